//! Why a text is not a catalog. Fed by `load`; must not know how an error is shown.

use std::fmt;

use crate::span::Position;

/// Why [`Catalog::from_json`](crate::Catalog::from_json) read no catalog.
///
/// Says what is wrong, in which field if one was read so far, and where in the text.
#[derive(Clone, Debug)]
pub struct CatalogError(Box<Located>);

#[derive(Clone, Debug)]
struct Located {
    fault: Fault,
    position: Option<Position>,
}

impl CatalogError {
    pub(super) fn new(fault: Fault, position: Option<Position>) -> Self {
        Self(Box::new(Located { fault, position }))
    }

    /// What serde_json says of `json`.
    pub(super) fn from_serde(json: &str, error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let reason = text
            .rsplit_once(" at line ")
            .map_or(&*text, |(reason, _)| reason);
        let reason = reason.to_owned();
        let fault = match error.classify() {
            serde_json::error::Category::Data => Fault::Shape { reason },
            _ => Fault::Syntax { reason },
        };
        let position = (error.line() > 0).then(|| Position {
            line: error.line(),
            column: column_in_characters(json, error.line(), error.column()),
        });
        Self::new(fault, position)
    }
}

/// serde_json counts bytes, and a line ends at a line feed alone.
fn column_in_characters(json: &str, line: usize, column: usize) -> usize {
    let line = json
        .split('\n')
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let before = line.char_indices().take_while(|(at, _)| *at + 1 < column);
    before.count() + 1
}

impl fmt::Display for CatalogError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Located { fault, position } = &*self.0;
        match position {
            Some(Position { line, column }) => {
                write!(out, "{fault} (line {line}, column {column})")
            }
            None => fault.fmt(out),
        }
    }
}

impl std::error::Error for CatalogError {}

/// What is wrong with the text.
#[derive(Clone, Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("the catalog is not JSON: {reason}")]
    Syntax { reason: String },

    #[error("the catalog is not an answer of `GET /api/v1/field-catalog`: {reason}")]
    Shape { reason: String },

    #[error("a field has an empty `field_key`")]
    EmptyName,

    #[error("two fields have the `field_key` `{field}`")]
    Duplicate { field: String },

    #[error("the field `{field}` has no `{key}`")]
    Missing { field: String, key: &'static str },

    #[error("the field `{field}` has `{found}` in its `{key}`, which is none of {known}")]
    Unknown {
        field: String,
        key: &'static str,
        found: String,
        known: String,
    },
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn said(json: &str) -> String {
        let error = serde_json::from_str::<Vec<bool>>(json).unwrap_err();
        CatalogError::from_serde(json, &error).to_string()
    }

    #[test]
    fn columns_count_characters() {
        assert!(said("[\n \"é\", 1]").ends_with("(line 2, column 4)"));
        assert!(said("[\"éé\"").ends_with("(line 1, column 5)"));
        assert!(said("[\n").ends_with("(line 2, column 1)"));
    }

    #[test]
    fn what_is_not_json_is_told_from_what_has_another_shape() {
        assert!(said("[").starts_with("the catalog is not JSON: "));
        assert!(said("[1]").starts_with("the catalog is not an answer of "));
        assert!(!said("[1]").contains("at line"));
    }
}
