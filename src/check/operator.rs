//! Whether a field takes an operator, and which ones it takes instead.

use smol_str::SmolStr;

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
        let quantifier = match &comparison.operand {
            Operand::One(literal) => {
                let value = self.value(field, comparison, literal)?;
                return build(relation, Quantifier::Any, Some(value));
            }
            Operand::All(_) => Quantifier::All,
            _ => Quantifier::Any,
        };
        let literals = comparison.operand.literals();
        let mut values: Vec<Value> = Vec::with_capacity(literals.size_hint().0);
        let mut complete = true;
        for literal in literals {
            match self.value(field, comparison, literal) {
                Some(value) => values.push(value),
                None => complete = false,
            }
        }
        if !complete {
            return None;
        }
        match comparison.operand {
            Operand::List(_) | Operand::Any(_) | Operand::All(_) => {
                values = self.without_repeats(values);
            }
            Operand::Range(..) => self.check_range(field, comparison, &values)?,
            _ => {}
        }
        build(relation, quantifier, values)
    }
}

/// A test of a relation's kind, to ask for its encodings.
fn probe(relation: Relation) -> Test {
    let value = || Value {
        text: SmolStr::default(),
        span: Span::new(0, 0),
    };
    match relation {
        Relation::In => Test::OneOf(Vec::new()),
        Relation::Between => Test::Between(value(), value()),
        Relation::Contains | Relation::StartsWith | Relation::EndsWith => Test::Text {
            operator: text_operator(relation),
            quantifier: Quantifier::Any,
            values: Vec::new(),
        },
        _ => match build(relation, Quantifier::Any, Some(value())) {
            Some(test) => test,
            None => Test::OneOf(Vec::new()),
        },
    }
}

/// `None` where the values are not as many as the relation takes.
fn build(
    relation: Relation,
    quantifier: Quantifier,
    values: impl IntoIterator<Item = Value>,
) -> Option<Test> {
    use wire::Operator;
    let mut values = values.into_iter();
    let order = |operator, value| Test::Order { operator, value };
    let exactly = |operator, value| Test::Exactly { operator, value };
    Some(match relation {
        Relation::In => Test::OneOf(some(values)?),
        Relation::Contains | Relation::StartsWith | Relation::EndsWith => Test::Text {
            operator: text_operator(relation),
            quantifier,
            values: some(values)?,
        },
        Relation::IsNull => exactly(Operator::IsNull, None),
        Relation::IsBlank => exactly(Operator::IsBlank, None),
        Relation::Between => Test::Between(values.next()?, values.next()?),
        Relation::Equal => Test::Equal(values.next()?),
        Relation::Is => exactly(Operator::Is, Some(values.next()?)),
        Relation::Equals => exactly(Operator::Equals, Some(values.next()?)),
        Relation::Less => order(Operator::Less, values.next()?),
        Relation::LessOrEqual => order(Operator::LessOrEqual, values.next()?),
        Relation::Greater => order(Operator::Greater, values.next()?),
        Relation::GreaterOrEqual => order(Operator::GreaterOrEqual, values.next()?),
    })
}

fn text_operator(relation: Relation) -> wire::Operator {
    match relation {
        Relation::StartsWith => wire::Operator::StartsWith,
        Relation::EndsWith => wire::Operator::EndsWith,
        _ => wire::Operator::Contains,
    }
}

/// One or more values.
fn some(values: impl Iterator<Item = Value>) -> Option<Vec<Value>> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then_some(values)
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
        .map(|(relation, negated)| Operator { relation, negated }.name())
        .collect()
}
