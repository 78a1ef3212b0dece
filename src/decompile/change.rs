//! Whether a text compiles to the filter that was saved, and what becomes another thing if not.
//!
//! The language reads names and values more kindly than the vendor: a field by an alias, an option
//! in any case. Where a saved filter leans on that, it must not change without a word.

use crate::wire::{Condition, ConditionRules, FilterGroup, FilterRule, Rule, Value};

/// What of `saved` is something else in `compiled`, as a clause; `None` if they say the same.
pub(super) fn change(saved: &FilterGroup, compiled: &FilterGroup) -> Option<String> {
    let saved = normal(saved);
    if saved == *compiled {
        return None;
    }
    let (mut was, mut is) = (Vec::new(), Vec::new());
    leaves(&saved, &mut was);
    leaves(compiled, &mut is);
    let first = was.iter().zip(&is).find(|(was, is)| was != is);
    let Some((was, is)) = first else {
        return Some("the groups are others".to_owned());
    };
    let (operator, other) = (
        was.condition_rules.operator(),
        is.condition_rules.operator(),
    );
    Some(if was.field_name != is.field_name {
        format!("`{}` becomes `{}`", was.field_name, is.field_name)
    } else if operator != other {
        format!("`{operator}` on `{}` becomes `{other}`", was.field_name)
    } else {
        format!("a value of `{}` is spelled otherwise", was.field_name)
    })
}

fn leaves<'g>(group: &'g FilterGroup, found: &mut Vec<&'g FilterRule>) {
    for rule in &group.rules {
        match rule {
            Rule::Field(rule) => found.push(rule),
            Rule::Group(inner) => leaves(inner, found),
        }
    }
}

/// By the shape rules of the language: what says nothing is taken out.
fn normal(group: &FilterGroup) -> FilterGroup {
    match normal_group(group) {
        Rule::Group(group) => group,
        rule @ Rule::Field(_) => FilterGroup {
            condition: Condition::And,
            rules: vec![rule],
        },
    }
}

/// Not in a group of the same condition, and not of one rule.
fn normal_group(group: &FilterGroup) -> Rule {
    let condition = group.condition;
    let mut rules = Vec::with_capacity(group.rules.len());
    for rule in &group.rules {
        match rule {
            Rule::Field(rule) => rules.push(Rule::Field(without_repeats(rule))),
            Rule::Group(inner) => match normal_group(inner) {
                Rule::Group(inner) if inner.condition == condition => rules.extend(inner.rules),
                other => rules.push(other),
            },
        }
    }
    match rules.pop() {
        Some(only) if rules.is_empty() => only,
        last => {
            rules.extend(last);
            Rule::Group(FilterGroup { condition, rules })
        }
    }
}

fn without_repeats(rule: &FilterRule) -> FilterRule {
    let mut rule = rule.clone();
    if let Value::Many(values) = rule.condition_rules.value() {
        let mut seen = std::collections::HashSet::new();
        let first = values.iter().filter(|value| seen.insert(*value));
        let values = Value::Many(first.cloned().collect());
        let operator = rule.condition_rules.operator();
        if let Some(without) = ConditionRules::new(operator, values) {
            rule.condition_rules = without;
        }
    }
    rule
}
