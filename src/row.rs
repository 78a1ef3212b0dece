//! What a filter is tried on: rows with a value, or none, for each field; and what comes of it.
//!
//! Data that both evaluators share, and no more than data: neither compares anything here. Imports
//! nothing of ours.

mod explanation;
mod json;
mod options;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

pub use explanation::Explanation;
pub use json::{JsonRow, WrongRow};
pub use options::{ArrayRule, CaseRule, MatchOptions};

/// The answer of a filter, or of a part of it, about one row: as in SQL, only true selects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// The row is selected.
    True,
    /// The row is not selected, and would be by the opposite filter.
    False,
    /// The row is selected neither by the filter nor by its opposite: a value is missing.
    Unknown,
}

impl Truth {
    /// Whether the row is selected.
    pub fn is_true(self) -> bool {
        self == Self::True
    }

    /// `true`, `false` or `unknown`.
    pub fn name(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// The value of a field in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// JSON's `null`: the same as no value at all.
    Null,
    /// A text.
    Text(Cow<'a, str>),
    /// A number as it is written, of any length.
    Number(Cow<'a, str>),
    /// `true` or `false`.
    Boolean(bool),
    /// Several values.
    Many(Vec<Cell<'a>>),
    /// What no comparison can be made with, as it is written: an object, a list in a list.
    Other(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// Reads one JSON value.
    ///
    /// ```
    /// use filterc::Cell;
    ///
    /// let list = Cell::from_json(r#"["a", 1]"#)?;
    /// assert_eq!(list, Cell::Many(vec!["a".into(), Cell::Number("1".into())]));
    /// # Ok::<(), filterc::WrongRow>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not one JSON value.
    pub fn from_json(json: &'a str) -> Result<Self, WrongRow> {
        json::cell(json)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Cell<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number.to_string().into())
    }
}

impl<'a, C: Into<Cell<'a>>> From<Vec<C>> for Cell<'a> {
    fn from(values: Vec<C>) -> Self {
        Self::Many(values.into_iter().map(Into::into).collect())
    }
}

/// As JSON, on one line.
impl fmt::Display for Cell<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("null"),
            Self::Text(text) => {
                let quoted = serde_json::to_string(text).map_err(|_| fmt::Error)?;
                out.write_str(&quoted)
            }
            Self::Number(text) | Self::Other(text) => out.write_str(text),
            Self::Boolean(value) => write!(out, "{value}"),
            Self::Many(values) => {
                out.write_str("[")?;
                for (at, value) in values.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(out, "{comma}{value}")?;
                }
                out.write_str("]")
            }
        }
    }
}

/// A row: what each field holds.
///
/// Maps from names to [`Cell`]s are rows; [`JsonRow`] reads one from JSON.
pub trait Row {
    /// What the field of that name holds, spelled as the vendor spells it; `None` where the row
    /// has no value for it.
    fn cell(&self, field: &str) -> Option<&Cell<'_>>;

    /// The same for an evaluator that knows where the field stands in its own list of fields.
    /// A row that was read by that list finds it there faster.
    fn cell_at(&self, position: usize, field: &str) -> Option<&Cell<'_>> {
        let _ = position;
        self.cell(field)
    }
}

impl<K: std::borrow::Borrow<str> + Ord> Row for BTreeMap<K, Cell<'_>> {
    fn cell(&self, field: &str) -> Option<&Cell<'_>> {
        self.get(field)
    }
}

impl<K: std::borrow::Borrow<str> + Eq + std::hash::Hash> Row for HashMap<K, Cell<'_>> {
    fn cell(&self, field: &str) -> Option<&Cell<'_>> {
        self.get(field)
    }
}
