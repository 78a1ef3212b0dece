//! The operator of a rule, and a value of the form that it takes.

use compact_str::CompactString;

use super::error::DecompileProblem as Problem;
use super::place::At;
use super::read::{Keys, Reader, described};
use crate::diagnostic::excerpt;
use crate::json::{Tree, Value as Json};
use crate::span::Span;
use crate::suggest::nearest;
use crate::wire::{ConditionRules, Operator, Shape, Value};

impl Reader<'_> {
    pub(super) fn condition_rules(
        &mut self,
        tree: &Tree<'_>,
        at: At<'_>,
    ) -> Option<ConditionRules> {
        let keys = self.object(
            tree,
            at,
            "an operator with its value",
            &["operator", "value"],
        )?;
        let Some(named) = keys.get("operator") else {
            return self.absent(&keys, at, "operator", "one of the vendor's operators");
        };
        let operator = self.operator(named, at.key("operator"))?;
        let value = self.value(&keys, operator, at)?;
        // INVARIANT: the value was read by the operator's shape.
        ConditionRules::new(operator, value)
    }

    fn operator(&mut self, tree: &Tree<'_>, at: At<'_>) -> Option<Operator> {
        let text = self.text(tree, at)?;
        let named = Operator::ALL.into_iter().find(|it| it.name() == text);
        if named.is_some() {
            return named;
        }
        let meant = in_catalogs(text).or_else(|| {
            let names = Operator::ALL.iter().map(|operator| operator.name());
            nearest(text, names)
        });
        self.report(Problem::NoSuchOperator {
            pointer: at.pointer(),
            found: excerpt(text),
            span: tree.span,
            help: match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    "the operators are `in`, `not in`, `is`, `is not`, `contains`, …".to_owned()
                }
            },
        });
        None
    }

    fn value(&mut self, keys: &Keys<'_, '_>, operator: Operator, at: At<'_>) -> Option<Value> {
        let at = at.key("value");
        let value = keys.get("value");
        match (operator.shape(), value.map(|value| &value.value)) {
            (Shape::Absent, None) => return Some(Value::Absent),
            (Shape::One, Some(Json::Text(text))) => {
                return Some(Value::One(text.as_ref().into()));
            }
            (Shape::Many, Some(Json::List(items))) if !items.is_empty() => {
                let texts: Vec<Option<CompactString>> = items
                    .iter()
                    .enumerate()
                    .map(|(place, item)| match &item.value {
                        Json::Text(text) => Some(text.as_ref().into()),
                        _ => {
                            let found = described(Some(&item.value));
                            self.wrong_operand(operator, at.index(place), found, item.span);
                            None
                        }
                    })
                    .collect();
                return texts.into_iter().collect::<Option<_>>().map(Value::Many);
            }
            _ => {}
        }
        let span = value.map_or(keys.tree.span, |value| value.span);
        self.wrong_operand(operator, at, described(value.map(|it| &it.value)), span);
        None
    }

    fn wrong_operand(&mut self, operator: Operator, at: At<'_>, found: &'static str, span: Span) {
        let (wanted, help) = match operator.shape() {
            Shape::Absent => ("no value", "take the value out"),
            Shape::One => (
                "one string",
                "write one value in quotes, numbers and dates too",
            ),
            Shape::Many => (
                "a list of strings",
                "write one or more values in `[…]`, each in quotes, numbers and dates too",
            ),
        };
        self.report(Problem::WrongOperand {
            operator: operator.name(),
            wanted,
            pointer: at.pointer(),
            found,
            span,
            help: help.to_owned(),
        });
    }
}

/// The operator that the Field Catalog spells so.
fn in_catalogs(text: &str) -> Option<&'static str> {
    Some(match text.to_ascii_lowercase().as_str() {
        "notin" => "not in",
        "eq" | "=" | "==" => "is",
        "neq" | "!=" | "<>" => "is not",
        "starts with" => "startswith",
        "ends with" => "endswith",
        "notnull" => "is not null",
        _ => return None,
    })
}
