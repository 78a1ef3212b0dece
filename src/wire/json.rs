//! Compact JSON of a filter object, straight to where it is wanted.
//!
//! The same text that serde makes of it, at a sixth of the cost: keys are written with what is
//! around them, and only a text that needs an escape is looked at character by character.

use std::fmt::{self, Write};

use super::{Condition, FilterGroup, FilterRule, Rule, Value};
use crate::bytes::ByteSet;

pub(super) fn write(group: &FilterGroup, out: &mut impl Write) -> fmt::Result {
    let mut out = Buffered {
        out,
        buffer: String::with_capacity(BUFFER),
    };
    write_group(group, &mut out)?;
    out.flush()
}

/// In bytes. What is written to grows by as much at a time, not by every word; a larger buffer
/// costs more to get than it saves.
const BUFFER: usize = 1_000;

struct Buffered<'o, W> {
    out: &'o mut W,
    buffer: String,
}

impl<W: Write> Buffered<'_, W> {
    fn flush(&mut self) -> fmt::Result {
        self.out.write_str(&self.buffer)?;
        self.buffer.clear();
        Ok(())
    }
}

impl<W: Write> Write for Buffered<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if self.buffer.len() + text.len() > BUFFER {
            self.flush()?;
            if text.len() > BUFFER {
                return self.out.write_str(text);
            }
        }
        self.buffer.push_str(text);
        Ok(())
    }
}

fn write_group(group: &FilterGroup, out: &mut impl Write) -> fmt::Result {
    out.write_str(match group.condition {
        Condition::And => r#"{"condition":"and","rules":["#,
        Condition::Or => r#"{"condition":"or","rules":["#,
    })?;
    for (at, rule) in group.rules.iter().enumerate() {
        let is_first = at == 0;
        match rule {
            Rule::Field(rule) => {
                out.write_str(if is_first {
                    r#"{"fieldName":""#
                } else {
                    r#",{"fieldName":""#
                })?;
                write_inside_rule(rule, out)?;
            }
            Rule::Group(group) => {
                if !is_first {
                    out.write_str(",")?;
                }
                write_group(group, out)?;
            }
        }
    }
    out.write_str("]}")
}

/// From the name of the field on.
fn write_inside_rule(rule: &FilterRule, out: &mut impl Write) -> fmt::Result {
    write_inside_quotes(&rule.field_name, out)?;
    out.write_str(rule.condition_rules.operator().json())?;
    match rule.condition_rules.value() {
        Value::Absent => Ok(()),
        Value::One(value) => {
            write_inside_quotes(value, out)?;
            out.write_str(r#""}}"#)
        }
        Value::Many(values) => {
            for (at, value) in values.iter().enumerate() {
                if at > 0 {
                    out.write_str(r#"",""#)?;
                }
                write_inside_quotes(value, out)?;
            }
            // INVARIANT: a list has one or more values, so a quote is open.
            out.write_str(r#""]}}"#)
        }
    }
}

/// The text of a string, without the quotes.
#[inline(always)] // Once a value: the call costs a part of what is done.
fn write_inside_quotes(text: &str, out: &mut impl Write) -> fmt::Result {
    const ESCAPED: ByteSet = ByteSet::of(&[(0, 0x1f), (b'"', b'"'), (b'\\', b'\\')]);
    if !ESCAPED.meets(text) {
        return out.write_str(text);
    }
    let string = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    out.write_str(string.get(1..string.len() - 1).unwrap_or_default())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::super::{ConditionRules, Operator, Shape};
    use super::*;

    fn groups() -> impl Strategy<Value = FilterGroup> {
        let text = "[a-c \"\\\\\u{0}-\u{1f}\u{7f}é😀]{0,8}|a{300,1200}";
        let rule = (text, select(Operator::ALL.as_slice()), vec(text, 1..4));
        let rule = rule.prop_map(|(name, operator, mut values)| {
            let value = match operator.shape() {
                Shape::Absent => Value::Absent,
                Shape::One => Value::One(values.pop().unwrap().into()),
                Shape::Many => Value::Many(values.into_iter().map(Into::into).collect()),
            };
            Rule::Field(FilterRule {
                field_name: name.into(),
                condition_rules: ConditionRules::new(operator, value).unwrap(),
            })
        });
        let group = |rules: Vec<Rule>, is_or| FilterGroup {
            condition: if is_or { Condition::Or } else { Condition::And },
            rules,
        };
        let rule = rule.prop_recursive(4, 20, 4, move |inner| {
            (vec(inner, 1..4), any::<bool>())
                .prop_map(move |(rules, is_or)| Rule::Group(group(rules, is_or)))
        });
        (vec(rule, 1..4), any::<bool>()).prop_map(move |(rules, is_or)| group(rules, is_or))
    }

    proptest! {
        #[test]
        fn it_is_what_serde_writes(group in groups()) {
            let mut json = String::new();
            write(&group, &mut json).unwrap();
            prop_assert_eq!(json, serde_json::to_string(&group).unwrap());
        }
    }
}
