//! Spellings that are allowed and easily misread: AND with OR, and NOT in front of one comparison.

use super::Checker;
use super::error::CheckProblem;
use crate::diagnostic::{Finding, excerpt};
use crate::syntax::{Expr, Not};

impl Checker<'_, '_> {
    pub(super) fn lint(&mut self, expr: &Expr) {
        match expr {
            Expr::Or(operands) => {
                self.lint_mixed(operands);
                self.lint_nots(operands);
            }
            Expr::And(operands) => self.lint_nots(operands),
            Expr::Not(not) => self.lint(&not.operand),
            Expr::Group(group) => self.lint(&group.inner),
            Expr::Comparison(_) | Expr::Mistake(_) => {}
        }
        if let Expr::And(operands) | Expr::Or(operands) = expr {
            for operand in operands {
                self.lint(operand);
            }
        }
    }

    /// `a or b and c`: one warning an OR, with parentheses for every AND in it as a fix.
    fn lint_mixed(&mut self, operands: &[Expr]) {
        let mut finding: Option<Finding> = None;
        for operand in operands {
            if !matches!(operand, Expr::And(_)) {
                continue;
            }
            let span = operand.span();
            let instead = format!("({})", self.slice(span));
            let first = finding.take().unwrap_or_else(|| {
                Finding::new(CheckProblem::MixedOperators {
                    instead: excerpt(&instead),
                    span,
                })
            });
            finding = Some(first.fix("write the parentheses", span, instead));
        }
        self.findings.extend(finding);
    }

    /// `not a and b`: the NOT ends where the comparison does.
    fn lint_nots(&mut self, operands: &[Expr]) {
        let Some((_, followed)) = operands.split_last() else {
            return;
        };
        for operand in followed {
            match operand {
                Expr::Not(not) => self.lint_not(not),
                // `a and not b or c`: what follows belongs to the OR, and reads the same.
                Expr::And(inner) => {
                    if let Some(Expr::Not(not)) = inner.last() {
                        self.lint_not(not);
                    }
                }
                _ => {}
            }
        }
    }

    fn lint_not(&mut self, not: &Not) {
        let (Expr::Comparison(comparison), Some(&span)) = (&*not.operand, not.nots.last()) else {
            return;
        };
        let instead = format!("({})", self.slice(comparison.span));
        self.findings.push(
            Finding::new(CheckProblem::AmbiguousNot {
                instead: excerpt(&format!("{} {instead}", self.slice(span))),
                span,
            })
            .fix("write the parentheses", comparison.span, instead),
        );
    }
}
