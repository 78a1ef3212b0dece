//! Spellings that are allowed and easily misread: AND with OR, and NOT in front of one comparison.

use super::Checker;
use super::error::CheckProblem;
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
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

    /// `a or b and c`: one warning an OR, and one fix with parentheses around every AND in it.
    fn lint_mixed(&mut self, operands: &[Expr]) {
        // A fix that copies pages of text serves nobody, and nested ones would copy it many times.
        const MOST_BYTES: usize = 2_000;
        let mut ands = operands
            .iter()
            .filter(|operand| matches!(operand, Expr::And(_)))
            .map(Expr::span);
        let Some(first) = ands.next() else { return };
        let mut written = String::new();
        let mut whole = first;
        let last = operands.last().map_or(first, Expr::span);
        let finding = Finding::new(CheckProblem::MixedOperators(first));
        if last.end - first.start > MOST_BYTES {
            self.findings.push(finding);
            return;
        }
        for and in std::iter::once(first).chain(ands) {
            written.push_str(self.slice(Span::new(whole.end.max(first.start), and.start)));
            written.push_str(&format!("({})", self.slice(and)));
            whole = whole.to(and);
        }
        self.findings
            .push(finding.fix("write the parentheses", whole, written));
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
        let not = self.slice(Span::new(span.start, comparison.span.start));
        self.findings.push(
            Finding::new(CheckProblem::AmbiguousNot {
                instead: excerpt(&format!("{not}{instead}")),
                span,
            })
            .fix("write the parentheses", comparison.span, instead),
        );
    }
}
