//! Spellings that are allowed and easily misread: AND with OR, and NOT in front of one comparison.

use super::Checker;
use super::error::CheckProblem;
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Expr, Not};

impl Checker<'_, '_> {
    pub(super) fn lint(&mut self, expr: &Expr) {
        let operands = match expr {
            Expr::Or(operands) => {
                self.lint_mixed(operands);
                self.lint_nots(operands, false);
                operands
            }
            Expr::And(operands) => {
                self.lint_nots(operands, true);
                operands
            }
            Expr::Not(not) => return self.lint(&not.operand),
            Expr::Group(group) => return self.lint(&group.inner),
            Expr::Comparison(_) | Expr::Mistake(_) => return,
        };
        // To look costs less than a call, and most operands are comparisons.
        let is_other = |operand: &&Expr| !matches!(operand, Expr::Comparison(_));
        for operand in operands.iter().filter(is_other) {
            self.lint(operand);
        }
    }

    /// `a or b and c`: one warning an OR, and a fix for either reading. Two are a choice: which one is
    /// meant is not for us to say.
    fn lint_mixed(&mut self, operands: &[Expr]) {
        let is_and = |operand: &&Expr| matches!(operand, Expr::And(_));
        let Some(first) = operands.iter().find(is_and).map(Expr::span) else {
            return;
        };
        let finding = Finding::new(CheckProblem::MixedOperators(first));
        let Some(whole) = whole_of(operands) else {
            self.findings.push(finding);
            return;
        };
        let ands: Vec<Span> = operands.iter().filter(is_and).map(Expr::span).collect();
        let [around_and, around_or] =
            [ands, runs_of_or(operands)].map(|groups| self.with_parentheses(whole, &groups));
        self.findings.push(
            finding
                .fix("put AND in parentheses", whole, around_and)
                .fix("put OR in parentheses", whole, around_or),
        );
    }

    /// The text of a span with parentheses around parts of it, in their order.
    fn with_parentheses(&self, whole: Span, parts: &[Span]) -> String {
        let mut written = String::new();
        let mut at = whole.start();
        for part in parts {
            written.push_str(self.slice(Span::new(at, part.start())));
            written.push_str(&format!("({})", self.slice(*part)));
            at = part.end();
        }
        written + self.slice(Span::new(at, whole.end()))
    }

    /// `not a and b`: the NOT ends where the comparison does. In a row of ANDs, `a and not b and c`,
    /// nobody takes it for more.
    fn lint_nots(&mut self, operands: &[Expr], are_all: bool) {
        let Some((last, followed)) = operands.split_last() else {
            return;
        };
        let end = last.span().end();
        let followed = if are_all {
            followed.get(..1).unwrap_or_default()
        } else {
            followed
        };
        for operand in followed {
            match operand {
                Expr::Not(not) => self.lint_not(not, end),
                // `a and not b or c`: what follows belongs to the OR, and reads the same.
                Expr::And(inner) => {
                    if let Some(Expr::Not(not)) = inner.last() {
                        self.lint_not(not, end);
                    }
                }
                _ => {}
            }
        }
    }

    /// `end`: of all that may be meant.
    fn lint_not(&mut self, not: &Not, end: usize) {
        let (Expr::Comparison(comparison), Some(&span)) = (&*not.operand, not.nots.last()) else {
            return;
        };
        let own = comparison.span;
        let instead = format!("({})", self.slice(own));
        let not = self.slice(Span::new(span.start(), own.start()));
        let finding = Finding::new(CheckProblem::AmbiguousNot {
            instead: excerpt(&format!("{not}{instead}")),
            span,
        });
        let all = Span::new(own.start(), end);
        self.findings.push(if end - own.start() > MOST_BYTES {
            finding
        } else {
            let around_all = format!("({})", self.slice(all));
            finding
                .fix("put the comparison in parentheses", own, instead)
                .fix("put all of it in parentheses", all, around_all)
        });
    }
}

/// Of a longer text no fix is written: it would serve nobody, and nested ones would copy it many
/// times.
const MOST_BYTES: usize = 2_000;

fn whole_of(operands: &[Expr]) -> Option<Span> {
    let whole = operands.first()?.span().to(operands.last()?.span());
    (whole.len() <= MOST_BYTES).then_some(whole)
}

/// What would belong together if OR bound tighter than AND: of `a or b and c` it is `a or b`.
fn runs_of_or(operands: &[Expr]) -> Vec<Span> {
    let mut runs: Vec<(Span, usize)> = Vec::new();
    for operand in operands {
        let parts = match operand {
            Expr::And(parts) => parts.as_slice(),
            other => std::slice::from_ref(other),
        };
        for (at, part) in parts.iter().enumerate() {
            match runs.last_mut() {
                Some((run, count)) if at == 0 => {
                    *run = run.to(part.span());
                    *count += 1;
                }
                _ => runs.push((part.span(), 1)),
            }
        }
    }
    let several = runs.into_iter().filter(|(_, count)| *count > 1);
    several.map(|(run, _)| run).collect()
}
