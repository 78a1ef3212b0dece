//! Conditions on one field that are joined by OR: whoever one of them leaves out, another lets in.
//! `size != 5 or size != 6`, `size > 50 or size < 500`.
//!
//! Reads the checked filter, where it is known which names are of one field. Must take time linear in
//! the number of values.

use rustc_hash::FxHashSet;

use super::Checker;
use super::value::as_written;
use super::warning::CheckWarning;
use crate::catalog::{Field, FieldType};
use crate::diagnostic::shortened;
use crate::filter::{Comparison, Expr, Test, Value};
use crate::wire::Operator;

/// A comparison that an OR has.
#[derive(Clone, Copy)]
pub(super) struct Alternative<'e, 'c> {
    comparison: &'e Comparison<'c>,
    /// Whether the opposite of its test is asked for.
    negated: bool,
}

impl<'e, 'c> Alternative<'e, 'c> {
    /// What a comparison leaves out, or bounds, if it does. `negated`: under an odd number of NOTs.
    fn new(comparison: &'e Comparison<'c>, negated: bool) -> Option<Self> {
        let negated = comparison.negated != negated;
        let is_looked_at = negated && (excludes_values(comparison) || excludes_part(comparison))
            || comparison.is_bound(negated);
        is_looked_at.then_some(Self {
            comparison,
            negated,
        })
    }
}

impl Checker<'_, '_> {
    /// Looks at the OR that a node is, and at every one inside. `negated`: under an odd number of
    /// NOTs. `found`: what was found in what is around it.
    pub(super) fn lint_alternatives<'e, 'c>(
        &mut self,
        expr: &'e Expr<'c>,
        negated: bool,
        found: &mut Vec<Alternative<'e, 'c>>,
    ) {
        let around = found.len();
        self.gather_alternatives(expr, negated, found);
        let of_or = found.get_mut(around..).unwrap_or_default();
        // Those of a field together, in the order of the text.
        of_or.sort_by_key(|it| std::ptr::from_ref(it.comparison.field));
        let is_same = |one: &Alternative<'_, '_>, next: &Alternative<'_, '_>| {
            std::ptr::eq(one.comparison.field, next.comparison.field)
        };
        for of_field in of_or.chunk_by(is_same).filter(|it| it.len() > 1) {
            let excluding = of_field.iter().filter(|it| it.negated);
            let excluding: Vec<&Comparison<'_>> = excluding
                .map(|it| it.comparison)
                .filter(|comparison| excludes_values(comparison))
                .collect();
            if leave_out_nobody(&excluding) {
                self.report_exclusions(&excluding);
            } else {
                self.lint_bounds(of_field);
                self.lint_parts(of_field);
            }
        }
        found.truncate(around);
    }

    /// What the OR asks of a field's value that an expression is or stands in; an AND is a filter of
    /// its own.
    fn gather_alternatives<'e, 'c>(
        &mut self,
        expr: &'e Expr<'c>,
        negated: bool,
        found: &mut Vec<Alternative<'e, 'c>>,
    ) {
        match expr {
            Expr::Not { operand, .. } => self.gather_alternatives(operand, !negated, found),
            Expr::And(operands) | Expr::Or(operands) => {
                let is_or = matches!(expr, Expr::Or(_)) != negated;
                for operand in operands {
                    match operand {
                        // To look costs less than a call, and most operands are comparisons.
                        Expr::Comparison(comparison) if is_or => {
                            found.extend(Alternative::new(comparison, negated));
                        }
                        // A filter of its own, and no OR.
                        Expr::Comparison(_) => {}
                        _ if is_or => self.gather_alternatives(operand, negated, found),
                        _ => self.lint_alternatives(operand, negated, found),
                    }
                }
            }
            Expr::Comparison(comparison) => found.extend(Alternative::new(comparison, negated)),
            Expr::Mistake => {}
        }
    }

    /// Whether the widest bounds on either side meet.
    fn lint_bounds(&mut self, alternatives: &[Alternative<'_, '_>]) {
        let bounds = alternatives.iter().flat_map(|it| {
            let bounds = it.comparison.bounds(it.negated);
            bounds.map(move |bound| (bound, it))
        });
        let (lower, upper): (Vec<_>, Vec<_>) = bounds.partition(|(bound, _)| bound.is_lower());
        let [lower, upper] = [lower, upper].map(|bounds| {
            let bounds = bounds.into_iter();
            bounds.min_by(|(one, _), (other, _)| one.strictness(other))
        });
        let (Some((lower, one)), Some((upper, other))) = (lower, upper) else {
            return;
        };
        if !lower.meets(&upper) {
            return;
        }
        let mut both = [one, other];
        both.sort_by_key(|it| it.comparison.span);
        let [first, last] = both;
        let [one, other] = both.map(|it| self.in_words(it));
        self.report(CheckWarning::NobodyLeftOut {
            field: self.slice(first.comparison.field_span).to_owned(),
            span: last.comparison.span,
            first: first.comparison.span,
            help: format!("write `{one} and {other}` in their place if both must hold"),
        });
    }

    /// A bound or a range that is left out, as it is written without a NOT in front.
    fn in_words(&self, alternative: &Alternative<'_, '_>) -> String {
        let Comparison {
            field_span, test, ..
        } = alternative.comparison;
        let field = self.slice(*field_span);
        match test {
            Test::Order { operator, value } => {
                let complement = operator.complement().filter(|_| alternative.negated);
                let operator = complement.unwrap_or(*operator);
                format!("{field} {operator} {}", shortened(&value.text))
            }
            Test::Between(bounds) => {
                let [low, high] = &**bounds;
                let [low, high] = [low, high].map(|bound| shortened(&bound.text));
                format!("{field} not between {low} and {high}")
            }
            _ => self.slice(alternative.comparison.span).to_owned(),
        }
    }

    /// `not contains gmail or not contains yahoo`
    fn lint_parts(&mut self, alternatives: &[Alternative<'_, '_>]) {
        let excluding = alternatives.iter().filter(|it| it.negated);
        let mut excluding = excluding
            .map(|it| it.comparison)
            .filter(|comparison| excludes_part(comparison));
        let values = excluding.clone().flat_map(|it| parts(&it.test));
        let shown = listed(values);
        let Some((first, last)) = excluding.next().zip(excluding.next_back()) else {
            return;
        };
        if shown.len() < 2 {
            return;
        }
        let (field, list) = (self.slice(first.field_span), shown.join(", "));
        let help = format!(
            "write `{field} not contains any ({list})` in their place to leave out who has one of these"
        );
        self.report(CheckWarning::PartsLeftOutTogether {
            span: last.span,
            first: first.span,
            help,
        });
    }

    fn report_exclusions(&mut self, comparisons: &[&Comparison<'_>]) {
        let [first, .., last] = comparisons else {
            return;
        };
        let field = self.slice(first.field_span).to_owned();
        let list = listed(comparisons.iter().flat_map(|it| values(&it.test))).join(", ");
        let help =
            format!("write `{field} not in ({list})` in their place to leave out all of these");
        self.report(CheckWarning::NobodyLeftOut {
            field,
            span: last.span,
            first: first.span,
            help,
        });
    }
}

/// Values as a list has them, each once; of many the first ones.
fn listed<'v>(values: impl Iterator<Item = &'v Value>) -> Vec<String> {
    const MOST: usize = 5;
    let mut shown: Vec<String> = Vec::new();
    for value in values {
        let written = as_written(&shortened(&value.text));
        if shown.len() <= MOST && !shown.contains(&written) {
            shown.push(written);
        }
    }
    if shown.len() > MOST {
        shown.truncate(MOST);
        shown.push("…".to_owned());
    }
    shown
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

/// Whether it is written as `not contains`. NOT in front of two that are joined by AND says what is
/// meant: `not (job_title contains vp and job_title contains sales)`.
fn excludes_part(comparison: &Comparison<'_>) -> bool {
    comparison.negated
        && matches!(
            comparison.test,
            Test::Text {
                operator: Operator::Contains,
                ..
            }
        )
}

/// The texts that a comparison looks for.
fn parts(test: &Test) -> &[Value] {
    match test {
        Test::Text { values, .. } => values,
        _ => &[],
    }
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::folded;
    use crate::catalog::Catalog;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let number = Catalog::builtin().find("company_total_revenue").unwrap();
        for (one, other) in [
            ("0", "-0"),
            ("0", "0.00"),
            ("1", "001.0"),
            ("-1.5", "-01.50"),
            ("0.5", ".5"),
        ] {
            assert_eq!(folded(number, one), folded(number, other), "{one} {other}");
        }
        for (one, other) in [("1", "-1"), ("1", "10"), ("1.5", "1.05"), ("0", "0.1")] {
            assert_ne!(folded(number, one), folded(number, other), "{one} {other}");
        }
    }
}
