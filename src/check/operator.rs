//! Whether a field takes an operator, and which ones it takes instead.

use super::Checker;
use super::error::CheckProblem;
use crate::blank::says_present;
use crate::catalog::{Field, OptionMatch};
use crate::diagnostic::Finding;
use crate::filter::{Kind, Quantifier, Test, Value};
use crate::one_or_more::OneOrMore;
use crate::syntax::{Comparison, Literal, Name, Operand, Operator, Relation};
use crate::wire;

impl Checker<'_, '_> {
    /// Whether the comparison can be said of the field at all, be it negated. What NOT makes of
    /// it is judged when it is lowered.
    pub(super) fn takes_operator(&mut self, field: &Field, comparison: &Comparison) -> bool {
        let is_taken = |kind: Kind| {
            [false, true]
                .into_iter()
                .any(|negated| kind.encodings(negated).any(|way| way.is_taken(field)))
        };
        if is_taken(kind(comparison.operator.relation)) {
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
            field: comparison.field.text.to_string(),
            operator: comparison.operator.name().to_owned(),
            span: comparison.operator_span,
            field_type: field.field_type().name(),
            help,
        });
        let exact = matches!(
            comparison.operator.relation,
            Relation::Is | Relation::Equals
        );
        // `is not balnk`: a word behind IS may be one for no value.
        let is_value = |literal: &Literal| {
            literal.quoted
                || comparison.operator.relation == Relation::Equals
                || matches!(field.option(&literal.text), OptionMatch::One(_))
                || says_present(&literal.text).is_none()
        };
        if exact && is_taken(Kind::Equal) && comparison.operand.literals().all(is_value) {
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
    pub(super) fn test(
        &mut self,
        field: &Field,
        name: &Name,
        relation: Relation,
        operand: Operand,
    ) -> Option<Test> {
        let (literals, quantifier) = match operand {
            Operand::None => (Vec::new(), Quantifier::Any),
            Operand::One(literal) => {
                let value = self.value(field, name, relation, literal)?;
                return test_of(relation, value);
            }
            Operand::Range(bounds) => return self.range(field, name, *bounds),
            Operand::List(literals) | Operand::Any(literals) => (literals, Quantifier::Any),
            Operand::All(literals) => (literals, Quantifier::All),
        };
        let mut complete = true;
        // Made in the place of the literals.
        let values = literals.into_iter().filter_map(|literal| {
            let value = self.value(field, name, relation, literal);
            complete &= value.is_some();
            value
        });
        let values = values.collect();
        let values = complete.then(|| self.without_repeats(values))?;
        test_of_all(relation, quantifier, values)
    }
}

/// What is asked by a relation.
fn kind(relation: Relation) -> Kind {
    use wire::Operator;
    Kind::Exactly(match relation {
        Relation::Equal => return Kind::Equal,
        Relation::In => return Kind::OneOf,
        Relation::Between => return Kind::Between,
        Relation::Contains => Operator::Contains,
        Relation::StartsWith => Operator::StartsWith,
        Relation::EndsWith => Operator::EndsWith,
        Relation::IsNull => Operator::IsNull,
        Relation::IsBlank => Operator::IsBlank,
        Relation::Is => Operator::Is,
        Relation::Equals => Operator::Equals,
        Relation::Less => Operator::Less,
        Relation::LessOrEqual => Operator::LessOrEqual,
        Relation::Greater => Operator::Greater,
        Relation::GreaterOrEqual => Operator::GreaterOrEqual,
    })
}

/// The test of one value that is not in a list. `None` where the relation does not take it.
fn test_of(relation: Relation, value: Value) -> Option<Test> {
    let operator = match kind(relation) {
        Kind::Equal => return Some(Test::Equal(value)),
        Kind::OneOf | Kind::Between => return None,
        Kind::Exactly(operator) => operator,
    };
    Some(match relation {
        Relation::Contains | Relation::StartsWith | Relation::EndsWith => Test::Text {
            operator,
            quantifier: Quantifier::Any,
            values: OneOrMore::One(value),
        },
        Relation::IsNull | Relation::IsBlank => return None,
        Relation::Is | Relation::Equals => Test::Exactly {
            operator,
            value: Some(value),
        },
        _ => Test::Order { operator, value },
    })
}

/// The test of a list or of nothing. `None` where the relation does not take it.
fn test_of_all(relation: Relation, quantifier: Quantifier, values: Vec<Value>) -> Option<Test> {
    let is_empty = values.is_empty();
    Some(match (relation, kind(relation)) {
        (Relation::In, _) if !is_empty => Test::OneOf(values),
        (Relation::IsNull | Relation::IsBlank, Kind::Exactly(operator)) if is_empty => {
            Test::Exactly {
                operator,
                value: None,
            }
        }
        (
            Relation::Contains | Relation::StartsWith | Relation::EndsWith,
            Kind::Exactly(operator),
        ) => Test::Text {
            operator,
            quantifier,
            values: OneOrMore::new(values)?,
        },
        _ => return None,
    })
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
        kind(relation)
            .encodings(negated)
            .any(|way| way.is_granted(field))
    };
    WRITTEN
        .into_iter()
        .filter(|&(relation, negated)| takes(relation, negated))
        .map(|(relation, negated)| Operator { relation, negated }.name())
        .collect()
}
