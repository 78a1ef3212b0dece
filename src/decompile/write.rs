//! From a filter object to an expression: the operator that compiles to the same one again.
//!
//! The text is plain; its layout is the formatter's.

use std::collections::HashSet;

use compact_str::CompactString;

use super::Decompiler;
use crate::catalog::{Field, FieldType};
use crate::filter::{Test, Value as FilterValue};
use crate::format::{is_plain_word, needs_backticks};
use crate::invisible::is_invisible;
use crate::span::Span;
use crate::syntax::quoted;
use crate::topics::{TopicMatch, Topics};
use crate::wire::{Condition, FilterGroup, FilterRule, Operator, Rule, Value};

impl Decompiler {
    /// An expression without parentheses around it.
    pub(super) fn group(&self, group: &FilterGroup, text: &mut String) {
        if let Some(quantified) = self.quantified(group) {
            text.push_str(&quantified);
            return;
        }
        let joiner = match group.condition {
            Condition::And => " and ",
            Condition::Or => " or ",
        };
        for (place, rule) in group.rules.iter().enumerate() {
            if place > 0 {
                text.push_str(joiner);
            }
            match rule {
                Rule::Field(rule) => text.push_str(&self.rule(rule)),
                Rule::Group(inner) => {
                    text.push('(');
                    self.group(inner, text);
                    text.push(')');
                }
            }
        }
    }

    /// `contains any (…)` for a group of nothing else.
    fn quantified(&self, group: &FilterGroup) -> Option<String> {
        let (first, rest) = match group.rules.split_first()? {
            (Rule::Field(first), rest) if !rest.is_empty() => (first, rest),
            _ => return None,
        };
        let operator = first.condition_rules.operator();
        let words = match operator {
            Operator::Contains => "contains",
            Operator::NotContains => "not contains",
            Operator::StartsWith => "starts with",
            Operator::EndsWith => "ends with",
            _ => return None,
        };
        let is_negated = operator == Operator::NotContains;
        let quantifier = match (group.condition, is_negated) {
            (Condition::Or, false) | (Condition::And, true) => "any",
            (Condition::And, false) | (Condition::Or, true) => "all",
        };
        let mut values = vec![one_value(first)?];
        for rule in rest {
            let Rule::Field(rule) = rule else { return None };
            let is_same =
                rule.field_name == first.field_name && rule.condition_rules.operator() == operator;
            values.push(one_value(rule).filter(|_| is_same)?);
        }
        // A value that comes twice in a list is emitted once.
        let mut seen = HashSet::new();
        let mut are_different = values.iter().map(|value| seen.insert(*value));
        if !are_different.all(|is_new| is_new) {
            return None;
        }
        let field = self.catalog.find(&first.field_name);
        let list = self.list(field, values.into_iter());
        let name = name(&first.field_name);
        Some(format!("{name} {words} {quantifier} {list}"))
    }

    fn rule(&self, rule: &FilterRule) -> String {
        let field = self.catalog.find(&rule.field_name);
        let operator = rule.condition_rules.operator();
        let name = name(&rule.field_name);
        let is_negated = matches!(
            operator,
            Operator::NotIn | Operator::IsNot | Operator::NotEquals
        );
        let equal = if is_negated { "!=" } else { "=" };
        match rule.condition_rules.value() {
            Value::Absent => format!("{name} {}", operator.name()),
            Value::Many(values) => match values {
                [value] if emits(field, is_negated, operator) => {
                    format!("{name} {equal} {}", self.value(field, value))
                }
                _ => {
                    let list = self.list(field, values.iter().map(CompactString::as_str));
                    format!("{name} {} {list}", operator.name())
                }
            },
            Value::One(value) => {
                let is_equality = matches!(
                    operator,
                    Operator::Is | Operator::IsNot | Operator::Equals | Operator::NotEquals
                );
                if is_equality && emits(field, is_negated, operator) {
                    return format!("{name} {equal} {}", self.value(field, value));
                }
                let words = match operator {
                    Operator::StartsWith => "starts with",
                    Operator::EndsWith => "ends with",
                    other => other.name(),
                };
                // A bare word behind `is` may be taken for one of its keywords.
                let value = if is_equality {
                    string(value)
                } else {
                    self.value(field, value)
                };
                format!("{name} {words} {value}")
            }
        }
    }

    fn list<'v>(&self, field: Option<&Field>, values: impl Iterator<Item = &'v str>) -> String {
        let values: Vec<String> = values.map(|value| self.value(field, value)).collect();
        format!("({})", values.join(", "))
    }

    /// A value as the language writes it; the id of a topic by a name that is only its own.
    fn value(&self, field: Option<&Field>, value: &str) -> String {
        let is_topic = field.is_some_and(|field| field.field_type() == FieldType::Topic);
        let topics = self.topics.as_ref().filter(|_| is_topic && !self.ids);
        let name = topics.and_then(|topics| name_of(topics, value));
        match name {
            Some(name) => string(&name),
            None if is_plain_word(value) => value.to_owned(),
            None => string(value),
        }
    }
}

fn one_value(rule: &FilterRule) -> Option<&str> {
    match rule.condition_rules.value() {
        Value::One(value) => Some(value),
        Value::Absent | Value::Many(_) => None,
    }
}

/// Whether `=` or `!=` on that field compiles to the operator.
fn emits(field: Option<&Field>, is_negated: bool, operator: Operator) -> bool {
    let Some(field) = field else { return false };
    let test = Test::Equal(FilterValue {
        text: CompactString::default(),
        span: Span::new(0, 0),
    });
    let granted = test
        .kind()
        .encodings(is_negated)
        .find(|way| way.is_granted(field));
    let taken = || {
        test.kind()
            .encodings(is_negated)
            .find(|way| way.is_taken(field))
    };
    let emitted = granted.or_else(taken);
    emitted.is_some_and(|way| way.first == operator)
}

/// What finds the topic of an id and no other: its name, else its path.
fn name_of(topics: &Topics, id: &str) -> Option<String> {
    let topic = topics.get(id)?;
    let finds = |text: &str| {
        let found = topics.find(text);
        topics.get(text).is_none() && matches!(found, TopicMatch::One(one) if one.id() == id)
    };
    [topic.name().to_owned(), topic.path()]
        .into_iter()
        .find(|text| finds(text))
}

fn name(field: &str) -> String {
    if needs_backticks(field) {
        format!("`{field}`")
    } else {
        field.to_owned()
    }
}

/// A string in which everything can be seen.
fn string(text: &str) -> String {
    let is_shown = |c: char| c.is_ascii() || !(is_invisible(c) || c.is_whitespace());
    let mut written = String::with_capacity(text.len() + 2);
    for character in quoted(text).chars() {
        if is_shown(character) {
            written.push(character);
        } else {
            written.extend(character.escape_unicode());
        }
    }
    written
}
