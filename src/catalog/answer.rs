//! The vendor's answer as it stands in the JSON: borrowed from the text, not yet looked at.
//!
//! Owns the shape and no name that stands in it but the keys. Read by `load`.

use std::fmt;

use serde::de::{Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::json::Text;

/// The fields of an answer: under `fields`, that under `response`, or bare.
pub(super) struct Answer<'a>(pub(super) Vec<RawField<'a>>);

impl<'de> Deserialize<'de> for Answer<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

/// By hand, because serde's untagged enums lose the place of an error.
struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a list of fields, alone or under `fields`,")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(list.size_hint().unwrap_or_default());
        while let Some(field) = list.next_element()? {
            fields.push(field);
        }
        Ok(Answer(fields))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut answer = None;
        while let Some(Text(key)) = object.next_key()? {
            let found = match &*key {
                "fields" => Answer(object.next_value()?),
                "response" => object.next_value()?,
                _ => {
                    object.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            if answer.replace(found).is_some() {
                return Err(A::Error::custom("it has its fields twice"));
            }
        }
        answer.ok_or_else(|| A::Error::custom("it has no `fields`"))
    }
}

#[derive(Deserialize)]
#[serde(expecting = "the object of a field")]
pub(super) struct RawField<'a> {
    #[serde(borrow)]
    pub(super) field_key: Text<'a>,
    pub(super) display_name: Option<Text<'a>>,
    pub(super) description: Option<Text<'a>>,
    pub(super) data_type: Option<Text<'a>>,
    pub(super) field_type: Option<Text<'a>>,
    pub(super) schema_types: Option<Vec<Text<'a>>>,
    pub(super) operators: Option<Vec<Text<'a>>>,
    pub(super) options: Option<Vec<RawOption<'a>>>,
    pub(super) status: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(expecting = "the object of an option")]
pub(super) struct RawOption<'a> {
    #[serde(borrow)]
    pub(super) value: Text<'a>,
    pub(super) label: Option<Text<'a>>,
}
