//! The body of the vendor's Create Audience call: its keys in the vendor's order, and their values.
//!
//! Owns what the call takes; must not know where the values come from. `manifest` fills it.

pub(crate) mod keys;

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::catalog::AudienceType;
use crate::wire::FilterGroup;
use keys::{KEYS, default};

/// The body of `POST /api/v1/audiences`.
///
/// [`Display`](fmt::Display) writes compact JSON, `{:#}` indented JSON, both with the keys in the
/// order of the vendor's reference; serde writes the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    audience: AudienceType,
    /// One for each key of [`KEYS`], in its order.
    values: Vec<Option<Value>>,
}

/// What stands under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Texts(Vec<String>),
    /// `None` is `{}`: no narrowing.
    Filter(Option<FilterGroup>),
}

impl Request {
    /// The keys that are not in `values` are left out.
    pub(crate) fn new(audience: AudienceType, values: Vec<Option<Value>>) -> Self {
        Self { audience, values }
    }

    /// The type of the audience.
    pub fn audience(&self) -> AudienceType {
        self.audience
    }

    /// The filter; `None` where the audience is not narrowed, which is `{}` in the body.
    pub fn filter(&self) -> Option<&FilterGroup> {
        self.values.iter().flatten().find_map(|value| match value {
            Value::Filter(filter) => filter.as_ref(),
            _ => None,
        })
    }

    /// The request with every key that was left out and of which the vendor documents what it is
    /// then.
    ///
    /// What each type of audience has as its defaults is on the reference page of the call.
    #[must_use]
    pub fn with_defaults(mut self) -> Self {
        for (key, value) in KEYS.iter().zip(&mut self.values) {
            if value.is_none() {
                *value = default(key, self.audience);
            }
        }
        self
    }

    /// The body of `POST /api/v1/audiences/estimate`; `None` where there is no filter to estimate.
    pub fn estimate(&self) -> Option<EstimateRequest> {
        let window =
            KEYS.iter()
                .zip(&self.values)
                .find_map(|(key, value)| match (key.name, value) {
                    ("intent_window_days", Some(Value::Number(days))) => Some(*days),
                    _ => None,
                });
        Some(EstimateRequest {
            filter: self.filter()?.clone(),
            intent_window_days: window,
        })
    }
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        for (key, value) in KEYS.iter().zip(&self.values) {
            if let Some(value) = value {
                object.serialize_entry(key.name, value)?;
            }
        }
        object.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Filter(Some(filter)) => filter.serialize(serializer),
            Self::Filter(None) => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

impl fmt::Display for Request {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_json(self, out)
    }
}

/// The body of `POST /api/v1/audiences/estimate`, the vendor's only dry run.
///
/// [`Display`](fmt::Display) writes compact JSON, `{:#}` indented JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EstimateRequest {
    filter: FilterGroup,
    #[serde(skip_serializing_if = "Option::is_none")]
    intent_window_days: Option<i64>,
}

impl fmt::Display for EstimateRequest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_json(self, out)
    }
}

fn write_json(body: &impl Serialize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let json = if out.alternate() {
        serde_json::to_string_pretty(body)
    } else {
        serde_json::to_string(body)
    };
    out.write_str(&json.map_err(|_| fmt::Error)?)
}
