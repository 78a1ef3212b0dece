//! Exclusions of one field that are joined by OR: whoever one of them leaves out, another lets in.
//!
//! Reads the checked filter, where it is known which names are of one field. Must take time linear in
//! the number of values.

use rustc_hash::FxHashSet;

use super::Checker;
use super::error::CheckProblem;
use super::value::as_written;
use crate::catalog::{Field, FieldType};
use crate::diagnostic::shortened;
use crate::filter::{Comparison, Expr, Test, Value};
use crate::wire::Operator;

impl Checker<'_, '_> {
    /// Looks at the OR that a node is, and at every one inside. `negated`: under an odd number of
    /// NOTs. `found`: what was found in what is around it.
    pub(super) fn lint_exclusions<'e, 'c>(
        &mut self,
        expr: &'e Expr<'c>,
        negated: bool,
        found: &mut Vec<&'e Comparison<'c>>,
    ) {
        let around = found.len();
        self.gather_exclusions(expr, negated, found);
        let of_or = found.get_mut(around..).unwrap_or_default();
        // Those of a field together, in the order of the text.
        of_or.sort_by_key(|comparison| std::ptr::from_ref(comparison.field));
        for of_field in of_or.chunk_by(|one, next| std::ptr::eq(one.field, next.field)) {
            if of_field.len() > 1 && leave_out_nobody(of_field) {
                self.report_exclusions(of_field);
            }
        }
        found.truncate(around);
    }

    /// What the OR excludes that an expression is or stands in; an AND is a filter of its own.
    fn gather_exclusions<'e, 'c>(
        &mut self,
        expr: &'e Expr<'c>,
        negated: bool,
        found: &mut Vec<&'e Comparison<'c>>,
    ) {
        match expr {
            Expr::Not { operand, .. } => self.gather_exclusions(operand, !negated, found),
            Expr::And(operands) | Expr::Or(operands) => {
                let is_or = matches!(expr, Expr::Or(_)) != negated;
                for operand in operands {
                    if is_or {
                        self.gather_exclusions(operand, negated, found);
                    } else {
                        self.lint_exclusions(operand, negated, found);
                    }
                }
            }
            Expr::Comparison(comparison) => {
                if comparison.negated != negated && excludes_values(comparison) {
                    found.push(comparison);
                }
            }
            Expr::Mistake => {}
        }
    }

    fn report_exclusions(&mut self, comparisons: &[&Comparison<'_>]) {
        let [first, .., last] = comparisons else {
            return;
        };
        let field = self.slice(first.field_span).to_owned();
        let mut shown: Vec<String> = Vec::new();
        for value in comparisons.iter().flat_map(|it| values(&it.test)) {
            let written = as_written(&shortened(&value.text));
            if shown.len() <= 5 && !shown.contains(&written) {
                shown.push(written);
            }
        }
        if shown.len() > 5 {
            shown.truncate(5);
            shown.push("…".to_owned());
        }
        let list = shown.join(", ");
        let help =
            format!("write `{field} not in ({list})` in their place to leave out all of these");
        self.report(CheckProblem::NobodyLeftOut {
            field,
            span: last.span,
            first: first.span,
            help,
        });
    }
}

/// Whether there is no value that all of them leave out.
fn leave_out_nobody(comparisons: &[&Comparison<'_>]) -> bool {
    let mut sets = comparisons
        .iter()
        .map(|comparison| folded_values(comparison));
    let Some(mut left_out) = sets.next() else {
        return false;
    };
    sets.any(|values| {
        left_out.retain(|value| values.contains(value));
        left_out.is_empty()
    })
}

/// Whether it is whole values that a comparison names, of a field that has one for each person: of
/// several values one may be left out and another not.
fn excludes_values(comparison: &Comparison<'_>) -> bool {
    let field = comparison.field;
    // One moment can be written in many ways.
    field.is_single_valued()
        && field.field_type() != FieldType::Timestamp
        && !values(&comparison.test).is_empty()
}

/// The values of `=`, IN, IS and EQUALS.
fn values(test: &Test) -> &[Value] {
    match test {
        Test::Equal(value) => std::slice::from_ref(value),
        Test::OneOf(values) => values,
        Test::Exactly {
            operator: Operator::Is | Operator::Equals,
            value,
        } => value.as_slice(),
        _ => &[],
    }
}

/// The values as they could be equal to others: whether the vendor minds case is not known.
fn folded_values(comparison: &Comparison<'_>) -> FxHashSet<String> {
    let values = values(&comparison.test).iter();
    values
        .map(|value| folded(comparison.field, &value.text))
        .collect()
}

fn folded(field: &Field, text: &str) -> String {
    if !matches!(field.field_type(), FieldType::Integer | FieldType::Number) {
        return text.to_lowercase();
    }
    let unsigned = text.strip_prefix('-');
    let digits = unsigned.unwrap_or(text).trim_start_matches('0');
    let digits = match digits.split_once('.') {
        Some((whole, decimals)) => match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            decimals => format!("{whole}.{decimals}"),
        },
        None => digits.to_owned(),
    };
    match unsigned {
        Some(_) if !digits.is_empty() => format!("-{digits}"),
        _ => digits,
    }
}
