//! Whether a field takes an operator, and which ones it takes instead.

use super::Checker;
use super::error::CheckProblem;
use crate::catalog::Field;
use crate::diagnostic::Finding;
use crate::filter::{Quantifier, Test, Value};
use crate::span::Span;
use crate::syntax::{Comparison, Operand, Operator, Relation};
use crate::wire;

impl Checker<'_, '_> {
    /// Whether the comparison can be said of the field at all, be it negated. What NOT makes of
    /// it is judged when it is lowered.
    pub(super) fn takes_operator(&mut self, field: &Field, comparison: &Comparison) -> bool {
        let shape = probe(comparison.operator.relation);
        let taken = |test: &Test| {
            [false, true]
                .into_iter()
                .any(|negated| test.encodings(negated).any(|way| way.is_taken(field)))
        };
        if taken(&shape) {
            return true;
        }
        let operators = operators_of(field);
        let shown: Vec<String> = operators
            .iter()
            .take(5)
            .map(|operator| format!("`{operator}`"))
            .collect();
        let more = if operators.len() > 5 { ", …" } else { "" };
        let mut help = format!("it takes {}{more}", shown.join(", "));
        let ordered = matches!(
            comparison.operator.relation,
            Relation::Less
                | Relation::LessOrEqual
                | Relation::Greater
                | Relation::GreaterOrEqual
                | Relation::Between
        );
        if let Some(twin) = field.number_twin().filter(|_| ordered) {
            help.push_str(&format!("; the number itself is `{twin}`"));
        }
        let mut finding = Finding::new(CheckProblem::OperatorNotTaken {
            field: comparison.field.text.clone(),
            operator: name_of(comparison.operator).to_owned(),
            span: comparison.operator_span,
            field_type: field.field_type().name(),
            help,
        });
        let exact = matches!(
            comparison.operator.relation,
            Relation::Is | Relation::Equals
        );
        if exact && taken(&probe(Relation::Equal)) {
            let operator = if comparison.operator.negated {
                "!="
            } else {
                "="
            };
            let title = format!("write `{operator}`");
            finding = finding.fix(title, comparison.operator_span, operator);
        }
        self.findings.push(finding);
        false
    }

    /// The comparison's test, with every value in the vendor's spelling. `None` if one has none.
    pub(super) fn test(&mut self, field: &Field, comparison: &Comparison) -> Option<Test> {
        let relation = comparison.operator.relation;
        self.warn_of_values(field, comparison);
        let literals = comparison.operand.literals();
        let values: Vec<Option<Value>> = literals
            .map(|literal| self.value(field, comparison, literal))
            .collect();
        let mut values: Vec<Value> = values.into_iter().collect::<Option<_>>()?;
        let quantifier = match comparison.operand {
            Operand::All(_) => Quantifier::All,
            _ => Quantifier::Any,
        };
        if matches!(
            comparison.operand,
            Operand::List(_) | Operand::Any(_) | Operand::All(_)
        ) {
            values = self.without_repeats(values);
        }
        if relation == Relation::Between {
            self.check_range(field, comparison, &values)?;
        }
        build(relation, quantifier, values)
    }
}

/// An operator as the language spells it.
fn name_of(Operator { relation, negated }: Operator) -> &'static str {
    match (relation, negated) {
        (Relation::Equal, false) => "=",
        (Relation::Equal, true) => "!=",
        (Relation::Less, _) => "<",
        (Relation::LessOrEqual, _) => "<=",
        (Relation::Greater, _) => ">",
        (Relation::GreaterOrEqual, _) => ">=",
        (Relation::In, false) => "in",
        (Relation::In, true) => "not in",
        (Relation::Contains, false) => "contains",
        (Relation::Contains, true) => "not contains",
        (Relation::StartsWith, false) => "starts with",
        (Relation::StartsWith, true) => "not starts with",
        (Relation::EndsWith, false) => "ends with",
        (Relation::EndsWith, true) => "not ends with",
        (Relation::Between, false) => "between",
        (Relation::Between, true) => "not between",
        (Relation::IsNull, false) => "is null",
        (Relation::IsNull, true) => "is not null",
        (Relation::IsBlank, false) => "is blank",
        (Relation::IsBlank, true) => "is not blank",
        (Relation::Is, false) => "is",
        (Relation::Is, true) => "is not",
        (Relation::Equals, false) => "equals",
        (Relation::Equals, true) => "not equals",
    }
}

/// A test of a relation's kind, to ask for its encodings.
fn probe(relation: Relation) -> Test {
    let value = || Value {
        text: String::new(),
        span: Span::new(0, 0),
    };
    let values = if matches!(relation, Relation::Between) {
        vec![value(), value()]
    } else {
        vec![value()]
    };
    build(relation, Quantifier::Any, values).unwrap_or(Test::OneOf(Vec::new()))
}

/// `None` where the values are not as many as the relation takes.
fn build(relation: Relation, quantifier: Quantifier, values: Vec<Value>) -> Option<Test> {
    use wire::Operator;
    let text = |operator| Test::Text {
        operator,
        quantifier,
        values: Vec::new(),
    };
    let shape = match relation {
        Relation::In => return (!values.is_empty()).then_some(Test::OneOf(values)),
        Relation::Contains => text(Operator::Contains),
        Relation::StartsWith => text(Operator::StartsWith),
        Relation::EndsWith => text(Operator::EndsWith),
        Relation::IsNull => return Some(exactly(Operator::IsNull, None)),
        Relation::IsBlank => return Some(exactly(Operator::IsBlank, None)),
        Relation::Between => {
            let mut bounds = values.into_iter();
            return Some(Test::Between(bounds.next()?, bounds.next()?));
        }
        Relation::Equal => return values.into_iter().next().map(Test::Equal),
        Relation::Is => return Some(exactly(Operator::Is, Some(values.into_iter().next()?))),
        Relation::Equals => {
            return Some(exactly(Operator::Equals, Some(values.into_iter().next()?)));
        }
        Relation::Less => return order(Operator::Less, values),
        Relation::LessOrEqual => return order(Operator::LessOrEqual, values),
        Relation::Greater => return order(Operator::Greater, values),
        Relation::GreaterOrEqual => return order(Operator::GreaterOrEqual, values),
    };
    match shape {
        Test::Text {
            operator,
            quantifier,
            ..
        } if !values.is_empty() => Some(Test::Text {
            operator,
            quantifier,
            values,
        }),
        _ => None,
    }
}

fn exactly(operator: wire::Operator, value: Option<Value>) -> Test {
    Test::Exactly { operator, value }
}

fn order(operator: wire::Operator, values: Vec<Value>) -> Option<Test> {
    let value = values.into_iter().next()?;
    Some(Test::Order { operator, value })
}

/// What can be written about a field, the most natural first.
fn operators_of(field: &Field) -> Vec<&'static str> {
    const WRITTEN: [(Relation, bool); 16] = [
        (Relation::Equal, false),
        (Relation::Equal, true),
        (Relation::In, false),
        (Relation::Greater, false),
        (Relation::GreaterOrEqual, false),
        (Relation::Less, false),
        (Relation::LessOrEqual, false),
        (Relation::Between, false),
        (Relation::Contains, false),
        (Relation::In, true),
        (Relation::Contains, true),
        (Relation::StartsWith, false),
        (Relation::EndsWith, false),
        (Relation::IsNull, false),
        (Relation::IsBlank, false),
        (Relation::IsBlank, true),
    ];
    let takes = |relation, negated| {
        probe(relation)
            .encodings(negated)
            .any(|way| way.is_granted(field))
    };
    WRITTEN
        .into_iter()
        .filter(|&(relation, negated)| takes(relation, negated))
        .map(|(relation, negated)| name_of(Operator { relation, negated }))
        .collect()
}
