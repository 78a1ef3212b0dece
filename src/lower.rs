//! Filter to the vendor's filter object: NOT is pushed to the leaves, every test gets an operator.
//!
//! The target has no NOT. De Morgan's laws turn groups, complements turn operators; where an
//! operator has none there is a problem and no output. The first encoding that the catalog grants
//! the field is taken (language page, section 3). Groups come out flat: none of one rule, none
//! inside one of the same condition.

mod error;

use crate::diagnostic::Finding;
use crate::filter::{Comparison, Encoding, Expr, Quantifier, Test, Value as FilterValue};
use crate::one_or_more::OneOrMore;
use crate::span::Span;
use crate::wire::{
    Condition, ConditionRules, FilterGroup, FilterRule, Operator, Rule, Shape, Value,
};
use error::LowerProblem;

/// The filter object, and what there is to say about it.
pub(crate) struct Lowered {
    /// `None` where any part of the filter has no counterpart, or is a `Mistake`.
    pub(crate) group: Option<FilterGroup>,
    /// In no particular order.
    pub(crate) findings: Vec<Finding>,
}

/// Lowers a whole filter or nothing of it.
pub(crate) fn lower(expr: Expr<'_>, text: &str) -> Lowered {
    lower_if(true, expr, text)
}

/// What [`lower`] has to say of a filter; nothing is made of it.
pub(crate) fn lower_findings(expr: Expr<'_>, text: &str) -> Vec<Finding> {
    lower_if(false, expr, text).findings
}

fn lower_if(makes_rules: bool, expr: Expr<'_>, text: &str) -> Lowered {
    let mut lowerer = Lowerer {
        text,
        makes_rules,
        findings: Vec::new(),
    };
    let group = lowerer
        .expr(expr, Polarity::Positive)
        .map(|rule| match rule {
            Rule::Group(group) => group,
            rule @ Rule::Field(_) => FilterGroup {
                condition: Condition::And,
                rules: vec![rule],
            },
        });
    Lowered {
        group,
        findings: lowerer.findings,
    }
}

/// Whether a node is wanted as it is, or its opposite.
#[derive(Clone, Copy)]
enum Polarity {
    Positive,
    /// With the NOT that asks for it.
    Negative(Span),
}

impl Polarity {
    fn is_negative(self) -> bool {
        matches!(self, Self::Negative(_))
    }

    fn turned_by(self, not: Span) -> Self {
        match self {
            Self::Positive => Self::Negative(not),
            Self::Negative(_) => Self::Positive,
        }
    }

    /// De Morgan's laws.
    fn turn(self, condition: Condition) -> Condition {
        if self.is_negative() {
            condition.dual()
        } else {
            condition
        }
    }
}

struct Lowerer<'s> {
    /// What the filter was read from, to quote it.
    text: &'s str,
    makes_rules: bool,
    findings: Vec<Finding>,
}

impl Lowerer<'_> {
    fn expr(&mut self, expr: Expr<'_>, polarity: Polarity) -> Option<Rule> {
        match expr {
            Expr::And(operands) => self.group(operands, polarity.turn(Condition::And), polarity),
            Expr::Or(operands) => self.group(operands, polarity.turn(Condition::Or), polarity),
            Expr::Not { not, operand } => self.expr(*operand, polarity.turned_by(not)),
            Expr::Comparison(comparison) => self.comparison(comparison, polarity),
            Expr::Mistake => None,
        }
    }

    /// All operands are lowered, so that every problem is found; the group is made only of all.
    fn group(
        &mut self,
        operands: Vec<Expr<'_>>,
        condition: Condition,
        polarity: Polarity,
    ) -> Option<Rule> {
        let length = if self.makes_rules { operands.len() } else { 0 };
        let mut rules = Vec::with_capacity(length);
        let mut complete = true;
        for operand in operands {
            let rule = match operand {
                // Most are, and `expr` would move each of them once more.
                Expr::Comparison(comparison) => self.comparison(comparison, polarity),
                other => self.expr(other, polarity),
            };
            match rule {
                // Rules of an inner group of the same condition move up.
                Some(Rule::Group(group)) if group.condition == condition => {
                    rules.extend(group.rules);
                }
                Some(rule) => rules.push(rule),
                None => complete = false,
            }
        }
        complete.then(|| join(condition, rules)).flatten()
    }

    fn comparison(&mut self, comparison: Comparison<'_>, polarity: Polarity) -> Option<Rule> {
        let negated = comparison.negated ^ polarity.is_negative();
        let Some(encoding) = comparison.encoding(negated) else {
            self.report_no_complement(&comparison, polarity, negated);
            return None;
        };
        if !encoding.is_granted(comparison.field) {
            self.findings
                .push(Finding::new(LowerProblem::ToleratedOperator {
                    field: self.name(&comparison),
                    operator: encoding.first.name().to_owned(),
                    instead: granted_names(&comparison),
                    span: comparison.operator_span,
                }));
        }
        if !self.makes_rules {
            return None;
        }
        encode(comparison, negated, encoding)
    }

    /// The field by the name it was written with.
    fn name(&self, comparison: &Comparison<'_>) -> String {
        let written = self.text.get(comparison.field_span.range());
        written.unwrap_or_default().trim_matches('`').to_owned()
    }

    /// `wanted_negated`: whether the opposite of the test is what has to be said.
    fn report_no_complement(
        &mut self,
        comparison: &Comparison<'_>,
        polarity: Polarity,
        wanted_negated: bool,
    ) {
        let field = self.name(comparison);
        let first = |negated| {
            comparison
                .test
                .kind()
                .encodings(negated)
                .next()
                .map(|way| way.first)
        };
        let (message, label, help) = match (first(wanted_negated), first(false)) {
            // The vendor has the operator, and this field does not take it.
            (Some(wanted), _) => (
                format!("`{field}` does not take `{wanted}`"),
                "not an operator of this field",
                format!("it takes {}", granted_names(comparison)),
            ),
            (None, positive) => {
                let operator = match positive {
                    Some(Operator::StartsWith) => "starts with",
                    Some(Operator::EndsWith) => "ends with",
                    Some(other) => other.name(),
                    None => "this operator",
                };
                (
                    format!("`{field}` cannot be tested for the opposite of `{operator}`"),
                    match polarity {
                        Polarity::Negative(_) => "this would be negated",
                        Polarity::Positive => "the filter object has no such operator",
                    },
                    format!(
                        "write `not contains` if the text may stand nowhere in the value, \
                         `not in (…)` for whole values, or say what it {operator} without NOT"
                    ),
                )
            }
        };
        let not = match polarity {
            Polarity::Positive => None,
            Polarity::Negative(not) => Some(not),
        };
        self.findings.push(Finding::new(LowerProblem::NoComplement {
            message,
            span: if not.is_some() {
                comparison.span
            } else {
                comparison.operator_span
            },
            label,
            not,
            help,
        }));
    }
}

/// `` `in`, `not in` ``: what a field is documented to take, existence aside.
fn granted_names(comparison: &Comparison<'_>) -> String {
    let operators = comparison
        .field
        .operators()
        .filter(|operator| operator.shape() != Shape::Absent);
    let names: Vec<String> = operators
        .take(5)
        .map(|operator| format!("`{operator}`"))
        .collect();
    match names.split_last() {
        Some((last, [first @ .., before])) => {
            let mut list = first.join(", ");
            if !first.is_empty() {
                list.push_str(", ");
            }
            format!("{list}{before} or {last}")
        }
        _ => names.join(""),
    }
}

/// One rule is itself.
fn join(condition: Condition, mut rules: Vec<Rule>) -> Option<Rule> {
    match rules.len() {
        0 | 1 => rules.pop(),
        _ => Some(Rule::Group(FilterGroup { condition, rules })),
    }
}

/// The rule or rules that say a test with the operators of an encoding.
fn encode(comparison: Comparison<'_>, negated: bool, encoding: Encoding) -> Option<Rule> {
    let Encoding { first, second } = encoding;
    let Comparison { field, test, .. } = comparison;
    let rule = |condition_rules: Option<ConditionRules>| {
        Some(Rule::Field(FilterRule {
            field_name: field.owned_name(),
            condition_rules: condition_rules?,
        }))
    };
    let one =
        |operator, value: FilterValue| rule(ConditionRules::new(operator, Value::One(value.text)));
    let many = |values: Vec<FilterValue>| {
        // Made in the place of the values, which a long list has to spare.
        let mut texts: Vec<_> = values.into_iter().map(|value| value.text).collect();
        if texts.len() > 100 {
            texts.shrink_to_fit();
        }
        rule(ConditionRules::new(first, Value::Many(texts)))
    };
    let each = |condition: Condition, values: OneOrMore<FilterValue>| {
        let values = match values {
            OneOrMore::One(value) => return one(first, value),
            OneOrMore::Several(values) => values,
        };
        let condition = if negated { condition.dual() } else { condition };
        let rules = values.into_iter().map(|value| one(first, value));
        join(condition, rules.collect::<Option<Vec<_>>>()?)
    };
    match test {
        Test::Equal(value)
        | Test::Exactly {
            value: Some(value), ..
        } => rule(ConditionRules::of_one(first, value.text)),
        Test::OneOf(values) => match first.shape() {
            Shape::Many => many(values),
            _ => each(Condition::Or, OneOrMore::new(values)?),
        },
        Test::Text {
            quantifier, values, ..
        } => match quantifier {
            Quantifier::Any => each(Condition::Or, values),
            Quantifier::All => each(Condition::And, values),
        },
        Test::Order { value, .. } => one(first, value),
        Test::Between(bounds) => {
            let [low, high] = *bounds;
            let condition = if negated {
                Condition::Or
            } else {
                Condition::And
            };
            join(condition, vec![one(first, low)?, one(second?, high)?])
        }
        Test::Exactly { value: None, .. } => rule(ConditionRules::new(first, Value::Absent)),
    }
}
