//! One value of a row against one value of a rule.

use std::cmp::Ordering;

use crate::catalog::FieldType;
use crate::decimal::Decimal;
use crate::moment::Moment;
use crate::row::{CaseRule, Cell};
use crate::wire::Operator;

pub(super) enum Scalar<'c> {
    Null,
    Text(&'c str),
    /// A list as one text.
    Written(String),
    Number(&'c str),
    Flag(bool),
    /// An object, or a list in a list.
    Other,
}

impl<'c> Scalar<'c> {
    pub(super) fn of(cell: &'c Cell<'_>) -> Self {
        match cell {
            Cell::Null => Self::Null,
            Cell::Text(text) => Self::Text(text),
            Cell::Number(text) => Self::Number(text),
            Cell::Boolean(flag) => Self::Flag(*flag),
            Cell::Many(_) | Cell::Other(_) => Self::Other,
        }
    }

    fn text(&self) -> Option<&str> {
        Some(match self {
            Self::Text(text) | Self::Number(text) => text,
            Self::Written(text) => text,
            Self::Flag(flag) => {
                if *flag {
                    "true"
                } else {
                    "false"
                }
            }
            Self::Null | Self::Other => return None,
        })
    }
}

/// `None` where that cannot be said.
pub(super) fn holds(
    operator: Operator,
    held: &Scalar<'_>,
    value: &str,
    field_type: Option<FieldType>,
    case: CaseRule,
) -> Option<bool> {
    let text = held.text()?;
    match operator {
        Operator::Contains | Operator::StartsWith | Operator::EndsWith => {
            let lowered = |text: &str| match case {
                CaseRule::Exact => text.to_owned(),
                _ => text.to_lowercase(),
            };
            let (text, value) = (lowered(text), lowered(value));
            Some(match operator {
                Operator::Contains => text.contains(&value),
                Operator::StartsWith => text.get(..value.len()) == Some(&value),
                _ => text.strip_suffix(&value).is_some(),
            })
        }
        Operator::Less => order(held, value, field_type).map(|order| order == Ordering::Less),
        Operator::LessOrEqual => {
            order(held, value, field_type).map(|order| order != Ordering::Greater)
        }
        Operator::Greater => order(held, value, field_type).map(|order| order == Ordering::Greater),
        Operator::GreaterOrEqual => {
            order(held, value, field_type).map(|order| order != Ordering::Less)
        }
        _ => is_same(operator, held, value, field_type, case),
    }
}

fn is_same(
    operator: Operator,
    held: &Scalar<'_>,
    value: &str,
    field_type: Option<FieldType>,
    case: CaseRule,
) -> Option<bool> {
    let text = held.text()?;
    let are_same_texts = match case {
        CaseRule::Ignored => text.to_lowercase() == value.to_lowercase(),
        _ => text == value,
    };
    match (field_type, operator, held) {
        (Some(FieldType::Integer | FieldType::Number | FieldType::Timestamp), ..) => {
            order(held, value, field_type).map(Ordering::is_eq)
        }
        (Some(FieldType::Boolean), _, Scalar::Number(_) | Scalar::Written(_)) => None,
        (Some(FieldType::Boolean), ..) => match text.to_ascii_lowercase().as_str() {
            text @ ("true" | "false") => Some(text == value),
            _ => None,
        },
        (Some(_), ..) => Some(are_same_texts),
        (None, Operator::Equals, _) | (None, _, Scalar::Number(_)) => {
            let order = order(held, value, None);
            Some(order.map_or(are_same_texts, Ordering::is_eq))
        }
        (None, ..) => Some(are_same_texts),
    }
}

/// Of two numbers, or of two points in time; of what the field's type is, where that has an order.
fn order(held: &Scalar<'_>, value: &str, field_type: Option<FieldType>) -> Option<Ordering> {
    let (may_be_numbers, may_be_moments) = match field_type {
        Some(FieldType::Integer | FieldType::Number) => (true, false),
        Some(FieldType::Timestamp) => (false, true),
        _ => (true, true),
    };
    match held {
        Scalar::Text(text) | Scalar::Number(text) if may_be_numbers => {
            let pair = Decimal::read(text).zip(Decimal::read(value));
            if let Some((held, value)) = pair {
                return Some(held.cmp(&value));
            }
        }
        _ => {}
    }
    match held {
        Scalar::Text(text) if may_be_moments => {
            Some(Moment::of_row(text)?.cmp(&Moment::read(value)?))
        }
        _ => None,
    }
}
