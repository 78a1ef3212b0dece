//! The filter object: its shape, and what it means. Reads JSON alone.

use std::collections::BTreeSet;

use filterc::{Catalog, Operator};
use serde_json::Value;

use crate::fields::{self, Kind};
use crate::row::{Held, Relation, Row, is_blank, is_null, relates};
use crate::truth::Truth;

/// What one of the eighteen operators asks.
#[derive(Clone, Copy)]
enum Asks {
    /// One string.
    One(Relation),
    /// A list of strings, of which one is enough.
    Many(Relation),
    Null,
    Blank,
}

/// The operator in its positive form, and whether it is negated. Nothing for any other text.
fn read_operator(name: &str) -> Option<(Asks, bool)> {
    Some(match name {
        "in" => (Asks::Many(Relation::In), false),
        "not in" => (Asks::Many(Relation::In), true),
        "is" => (Asks::One(Relation::Is), false),
        "is not" => (Asks::One(Relation::Is), true),
        "equals" => (Asks::One(Relation::Equals), false),
        "not equals" => (Asks::One(Relation::Equals), true),
        "contains" => (Asks::One(Relation::Contains), false),
        "not contains" => (Asks::One(Relation::Contains), true),
        "startswith" => (Asks::One(Relation::StartsWith), false),
        "endswith" => (Asks::One(Relation::EndsWith), false),
        "is blank" => (Asks::Blank, false),
        "is not blank" => (Asks::Blank, true),
        "is null" => (Asks::Null, false),
        "is not null" => (Asks::Null, true),
        ">" => (Asks::One(Relation::Greater), false),
        ">=" => (Asks::One(Relation::GreaterOrEqual), false),
        "<" => (Asks::One(Relation::Less), false),
        "<=" => (Asks::One(Relation::LessOrEqual), false),
        _ => return None,
    })
}

pub(crate) fn evaluate(filter: &Value, row: &Row) -> Truth {
    let look = |name: &str| (fields::find(name).kind, row.get(name));
    evaluate_by(filter, |relation| relation, &look)
}

/// `seen`: the relation that is asked in place of another. `look`: the kind of the field of that
/// name, and what the row has in it.
pub(crate) fn evaluate_by<'r>(
    filter: &Value,
    seen: fn(Relation) -> Relation,
    look: &impl Fn(&str) -> (Kind, Held<'r>),
) -> Truth {
    let Some(rules) = filter.get("rules").and_then(Value::as_array) else {
        return evaluate_rule(filter, seen, look);
    };
    let truths = rules.iter().map(|rule| evaluate_by(rule, seen, look));
    match filter.get("condition").and_then(Value::as_str) {
        Some("and") => Truth::all(truths),
        Some("or") => Truth::any(truths),
        other => panic!("no condition: {other:?}"),
    }
}

fn evaluate_rule<'r>(
    rule: &Value,
    seen: fn(Relation) -> Relation,
    look: &impl Fn(&str) -> (Kind, Held<'r>),
) -> Truth {
    let (name, operator, value) = parts(rule);
    let (kind, held) = look(name);
    let (asks, negated) = read_operator(operator).unwrap_or_else(|| panic!("{operator}"));
    let values = strings(value);
    let relate = |relation| {
        let relation = seen(relation);
        values
            .iter()
            .map(move |value| relates(kind, held, relation, value))
    };
    let truth = match asks {
        Asks::One(relation) | Asks::Many(relation) => Truth::any(relate(relation)),
        Asks::Null => is_null(held),
        Asks::Blank => is_blank(held),
    };
    truth.not_if(negated)
}

/// Field, operator and value of every rule, in order.
pub(crate) fn visit_rules(filter: &Value, visitor: &mut impl FnMut(&str, &str, Option<&Value>)) {
    match filter.get("rules").and_then(Value::as_array) {
        Some(rules) => {
            for rule in rules {
                visit_rules(rule, visitor);
            }
        }
        None => {
            let (name, operator, value) = parts(filter);
            visitor(name, operator, value);
        }
    }
}

/// How many values there are, objects and lists included.
pub(crate) fn count(json: &Value) -> usize {
    let members: usize = match json {
        Value::Object(members) => members.values().map(count).sum(),
        Value::Array(members) => members.iter().map(count).sum(),
        _ => 0,
    };
    members + 1
}

fn parts(rule: &Value) -> (&str, &str, Option<&Value>) {
    let text = |value: Option<&'_ Value>| value.and_then(Value::as_str).map(str::to_owned);
    let test = rule.get("conditionRules");
    let operator = test.and_then(|test| test.get("operator"));
    if text(rule.get("fieldName")).is_none() || text(operator).is_none() {
        panic!("no rule: {rule}");
    }
    (
        rule.get("fieldName")
            .and_then(Value::as_str)
            .unwrap_or_default(),
        operator.and_then(Value::as_str).unwrap_or_default(),
        test.and_then(|test| test.get("value")),
    )
}

pub(crate) fn strings(value: Option<&Value>) -> Vec<&str> {
    match value {
        None => Vec::new(),
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        Some(value) => value.as_str().into_iter().collect(),
    }
}

/// The shape rules of language.md, section 3, and domain.md, section 1.
pub(crate) fn assert_well_formed(filter: &Value, catalog: &Catalog) {
    assert_group(filter, None, catalog);
    let conjunctive = filter.get("condition").and_then(Value::as_str) == Some("and");
    let rules = filter
        .get("rules")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    for rule in rules {
        let nested = rule.get("rules").is_some();
        visit_rules(rule, &mut |name, _, _| {
            let allowed = name != "WEBSITE_VISITORS" || (conjunctive && !nested);
            assert!(allowed, "visitors in an OR or a nested group: {filter}");
        });
    }
}

fn assert_group(group: &Value, outer: Option<&str>, catalog: &Catalog) {
    assert_keys(group, &["condition", "rules"]);
    let condition = group.get("condition").and_then(Value::as_str);
    assert!(matches!(condition, Some("and" | "or")), "{group}");
    assert!(
        condition != outer,
        "a group in one of the same condition: {group}"
    );
    let rules = group.get("rules").and_then(Value::as_array);
    let rules = rules.unwrap_or_else(|| panic!("no rules: {group}"));
    let fewest = if outer.is_some() { 2 } else { 1 };
    assert!(rules.len() >= fewest, "a group of {}: {group}", rules.len());
    if let [lone] = rules.as_slice() {
        let wrapped = condition == Some("and") && lone.get("rules").is_none();
        assert!(wrapped, "only a lone rule is wrapped, in an AND: {group}");
    }
    for rule in rules {
        if rule.get("rules").is_some() {
            assert_group(rule, condition, catalog);
        } else {
            assert_rule(rule, catalog);
        }
    }
}

fn assert_rule(rule: &Value, catalog: &Catalog) {
    assert_keys(rule, &["conditionRules", "fieldName"]);
    let (name, operator, value) = parts(rule);
    let (asks, _) = read_operator(operator).unwrap_or_else(|| panic!("no operator: {rule}"));
    let test = rule.get("conditionRules").unwrap_or(&Value::Null);
    match asks {
        Asks::Null | Asks::Blank => assert_keys(test, &["operator"]),
        Asks::One(_) => {
            assert_keys(test, &["operator", "value"]);
            assert!(value.is_some_and(Value::is_string), "{rule}");
        }
        Asks::Many(_) => {
            assert_keys(test, &["operator", "value"]);
            let values = value.and_then(Value::as_array);
            let values = values.unwrap_or_else(|| panic!("no list: {rule}"));
            assert!(
                !values.is_empty() && values.iter().all(Value::is_string),
                "{rule}"
            );
            let different: BTreeSet<_> = values.iter().map(Value::as_str).collect();
            assert_eq!(different.len(), values.len(), "a repeated value: {rule}");
        }
    }
    let field = catalog
        .find(name)
        .unwrap_or_else(|| panic!("no field: {rule}"));
    assert_eq!(field.name(), name, "not the name of the column: {rule}");
    let mut taken = field
        .operators()
        .chain(field.tolerated_operators())
        .map(Operator::name);
    assert!(
        taken.any(|taken| taken == operator),
        "the field does not take this: {rule}"
    );
}

fn assert_keys(object: &Value, expected: &[&str]) {
    let keys = object
        .as_object()
        .map(|object| object.keys().map(String::as_str));
    let mut keys: Vec<&str> = keys.into_iter().flatten().collect();
    keys.sort_unstable();
    assert_eq!(keys, expected, "in {object}");
}
