//! From a filter to the JSON that the page says it is, and to its truth on a row.

use filterc::Field;
use serde_json::{Value, json};

use crate::fields;
use crate::reader::Tree;
use crate::reader::{Leaf, Refusal, Test};
use crate::resolve::{Filter, operator, relations};
use crate::row::{self, Held, Relation};
use crate::truth::Truth;

/// The filter object, byte for byte in the order of the text.
pub(crate) fn emit(filter: &Filter<'_>) -> Result<Value, Refusal> {
    let emitted = rule(filter, false)?;
    let whole = if emitted.get("rules").is_some() {
        emitted
    } else {
        json!({"condition": "and", "rules": [emitted]})
    };
    if visitors_are_misplaced(&whole) {
        return Err(Refusal("visitors in an OR or in a group"));
    }
    Ok(whole)
}

fn rule(filter: &Filter<'_>, negated: bool) -> Result<Value, Refusal> {
    let all = |operands: &[Filter<'_>]| -> Result<Vec<Value>, Refusal> {
        operands.iter().map(|one| rule(one, negated)).collect()
    };
    match filter {
        Tree::And(operands) => Ok(group(!negated, all(operands)?)),
        Tree::Or(operands) => Ok(group(negated, all(operands)?)),
        Tree::Not(operand) => rule(operand, !negated),
        Tree::Leaf(leaf) => comparison(leaf, negated != leaf.negated),
    }
}

fn comparison(leaf: &Leaf<&Field>, negated: bool) -> Result<Value, Refusal> {
    let relations = relations(leaf, negated)?;
    let one = |relation: Relation, value: Value| {
        let operator = operator(relation, negated);
        json!({
            "fieldName": leaf.field.name(),
            "conditionRules": {"operator": operator, "value": value},
        })
    };
    let existence = |name: &str| {
        let operator = if negated {
            format!("is not {name}")
        } else {
            format!("is {name}")
        };
        json!({"fieldName": leaf.field.name(), "conditionRules": {"operator": operator}})
    };
    let values = leaf.test.values();
    Ok(match (&leaf.test, relations.as_slice()) {
        (Test::Null, _) => existence("null"),
        (Test::Blank, _) => existence("blank"),
        (_, [Relation::In]) => one(Relation::In, json!(values)),
        // Of several values one is enough, or all are wanted; two bounds are both wanted.
        (test, relations) => {
            let is_and = matches!(test, Test::Between(..) | Test::Text(_, _, true));
            let relations = relations.iter().cycle();
            let rules = relations
                .zip(&values)
                .map(|(relation, value)| one(*relation, json!(value)));
            group(is_and != negated, rules.collect())
        }
    })
}

/// The rules joined: one is itself, and what is joined in the same way moves up.
pub(crate) fn group(is_and: bool, rules: Vec<Value>) -> Value {
    let condition = if is_and { "and" } else { "or" };
    let mut flat = Vec::with_capacity(rules.len());
    for mut rule in rules {
        let is_same = rule.get("condition").is_some_and(|own| own == condition);
        match rule.get_mut("rules").and_then(Value::as_array_mut) {
            Some(inner) if is_same => flat.append(inner),
            _ => flat.push(rule),
        }
    }
    if flat.len() == 1 {
        return flat.swap_remove(0);
    }
    json!({"condition": condition, "rules": flat})
}

fn visitors_are_misplaced(whole: &Value) -> bool {
    let name = |rule: &Value| {
        rule.get("fieldName")
            .is_some_and(|name| name == "WEBSITE_VISITORS")
    };
    let is_and = whole
        .get("condition")
        .is_some_and(|condition| condition == "and");
    let rules = whole
        .get("rules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    rules.into_iter().any(|rule| {
        let is_below = rule.get("rules").is_some() && rule.to_string().contains("WEBSITE_VISITORS");
        is_below || !is_and && name(rule)
    })
}

/// Each kind of equality compares texts in its own way, so that none can take another's place
/// unnoticed.
pub(crate) fn three_equalities(relation: Relation) -> Relation {
    relation
}

/// All compare as `equals` does: what the library's evaluators take them for.
pub(crate) fn one_equality(relation: Relation) -> Relation {
    match relation {
        Relation::In | Relation::Is => Relation::Equals,
        other => other,
    }
}

/// What a filter says of a row: `look` tells what a field holds.
///
/// `negated` is whether the opposite is asked for, which can be another operator's business; NOT is
/// taken by truth values all the same.
pub(crate) fn evaluate<'r>(
    filter: &Filter<'_>,
    negated: bool,
    seen: fn(Relation) -> Relation,
    look: &impl Fn(&str) -> Held<'r>,
) -> Truth {
    let of = |one: &Filter<'_>| evaluate(one, negated, seen, look);
    match filter {
        Tree::And(operands) => Truth::all(operands.iter().map(of)),
        Tree::Or(operands) => Truth::any(operands.iter().map(of)),
        Tree::Not(operand) => evaluate(operand, !negated, seen, look).not(),
        Tree::Leaf(leaf) => truth(leaf, negated, seen, look(leaf.field.name())),
    }
}

fn truth(
    leaf: &Leaf<&Field>,
    negated: bool,
    seen: fn(Relation) -> Relation,
    held: Held<'_>,
) -> Truth {
    let relations = relations(leaf, negated != leaf.negated);
    let relations = relations.unwrap_or_else(|why| panic!("{why:?} in {leaf:?}"));
    let values = leaf.test.values();
    let each = relations
        .iter()
        .cycle()
        .zip(&values)
        .map(|(relation, value)| {
            row::relates(fields::kind(leaf.field), held, seen(*relation), value)
        });
    let truth = match leaf.test {
        Test::Null => row::is_null(held),
        Test::Blank => row::is_blank(held),
        Test::Between(..) | Test::Text(_, _, true) => Truth::all(each),
        _ => Truth::any(each),
    };
    truth.not_if(leaf.negated)
}
