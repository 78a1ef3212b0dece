//! JSON that somebody saved, read so that a problem in it has a place.
//!
//! Owns what is said of text that is not JSON or has another shape, for every file that holds
//! JSON. Must not know what such a file means.

mod told;
mod tree;

use std::borrow::Cow;

use miette::Diagnostic;
use serde::Deserialize;
use thiserror::Error;

use crate::diagnostic::Finding;
use crate::span::{Span, boundary};
pub use told::is_json;
pub(crate) use tree::{Member, Tree, Unread, Value, trees};

/// What can be wrong with a file before anything in it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
enum JsonProblem {
    /// `{"fields": [`
    #[error("{file} is not JSON: {reason}")]
    #[diagnostic(
        code(filterc::json::not_json),
        help("save the answer again, whole and unchanged: {action}")
    )]
    NotJson {
        file: &'static str,
        reason: String,
        action: &'static str,
        #[label("{label}")]
        span: Span,
        label: &'static str,
    },

    /// `{"fields": 7}`
    #[error("{file} is not {wanted}: {reason}")]
    #[diagnostic(
        code(filterc::json::wrong_shape),
        help("save the answer of {call} as it comes")
    )]
    WrongShape {
        file: &'static str,
        wanted: &'static str,
        call: &'static str,
        reason: String,
        #[label("here")]
        span: Span,
    },
}

/// What a file is meant to be, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    /// `the catalog`
    pub(crate) file: &'static str,
    /// ``an answer of `GET …` ``
    pub(crate) wanted: &'static str,
    /// `` `GET …` ``
    pub(crate) call: &'static str,
}

/// What serde_json says of `json`, as a problem at its place.
pub(crate) fn finding(kind: Kind, json: &str, error: &serde_json::Error) -> Finding {
    let text = error.to_string();
    let said = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(said, _)| said);
    let reason = reworded(said);
    let span = place(json, error.line(), error.column());
    let Kind { file, wanted, call } = kind;
    match error.classify() {
        serde_json::error::Category::Data => Finding::new(JsonProblem::WrongShape {
            file,
            wanted,
            call,
            reason,
            span,
        }),
        serde_json::error::Category::Eof => Finding::new(JsonProblem::NotJson {
            file,
            reason,
            action: "its end is missing",
            span,
            label: "the file ends here",
        }),
        _ => Finding::new(JsonProblem::NotJson {
            file,
            reason,
            action: "what is here is no JSON",
            span,
            label: "up to here it is",
        }),
    }
}

/// serde_json's reasons name types of Rust and of serde.
fn reworded(said: &str) -> String {
    let said = match said {
        "EOF while parsing a list" => "a list has no end",
        "EOF while parsing an object" => "an object has no end",
        "EOF while parsing a string" => "a string has no end",
        "EOF while parsing a value" => "a value is missing",
        "control character (\\u0000-\\u001F) found while parsing a string" => {
            "a line break or another control character stands in a string"
        }
        other => other,
    };
    let unquoted = |rest: &str| rest.trim_matches('`').to_owned();
    if let Some(key) = said.strip_prefix("missing field ") {
        return format!("an object has no `{}`", unquoted(key));
    }
    if let Some(key) = said.strip_prefix("duplicate field ") {
        return format!("an object has `{}` twice", unquoted(key));
    }
    let Some((found, wanted)) = said
        .strip_prefix("invalid type: ")
        .and_then(|rest| rest.split_once(", expected "))
    else {
        return said.to_owned();
    };
    let found = match found {
        "map" => "an object",
        "sequence" => "a list",
        other => other,
    };
    let wanted = match wanted {
        "a sequence" => "a list",
        "a map" => "an object",
        other => other,
    };
    format!("{found} stands where {wanted} is expected")
}

/// The character that an error is about. serde_json counts bytes from 1, in lines that end at a
/// line feed alone, and names the last byte it read.
fn place(json: &str, line: usize, column: usize) -> Span {
    let before = line.saturating_sub(1);
    let start = match before.checked_sub(1) {
        None => 0,
        Some(nth) => json
            .match_indices('\n')
            .nth(nth)
            .map_or(json.len(), |(at, _)| at + 1),
    };
    let at = boundary(json, start + column.saturating_sub(1));
    let next = json.get(at..).and_then(|rest| rest.chars().next());
    Span::new(at, at + next.map_or(0, char::len_utf8))
}

/// A string that is borrowed where it has no escapes, which tells where it stands.
#[derive(Clone, Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl Text<'_> {
    /// Its place in `json`, without the quotes. A text with escapes is not found.
    pub(crate) fn span(&self, json: &str) -> Option<Span> {
        let Cow::Borrowed(text) = &self.0 else {
            return None;
        };
        let start = text.as_ptr().addr().checked_sub(json.as_ptr().addr())?;
        Some(Span::new(start, start + text.len()))
    }
}

impl From<Text<'_>> for Box<str> {
    fn from(Text(text): Text<'_>) -> Self {
        text.into()
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    fn at(json: &str) -> (usize, &str) {
        let error = serde_json::from_str::<Vec<bool>>(json).unwrap_err();
        let span = place(json, error.line(), error.column());
        (span.start(), &json[span.range()])
    }

    #[test]
    fn places_are_on_character_boundaries() {
        assert_eq!(at("[\n true, 1]"), (9, "1"));
        assert_eq!(at("[\"éé\""), (6, "\""));
        assert_eq!(at("[é"), (1, "é"));
        assert_eq!(at("[\n").1, "");
        assert_eq!(at(""), (0, ""));
    }

    #[test]
    fn reasons_are_in_the_words_of_json() {
        assert_eq!(
            reworded("invalid type: map, expected a sequence"),
            "an object stands where a list is expected"
        );
        assert_eq!(
            reworded("missing field `field_key`"),
            "an object has no `field_key`"
        );
        assert_eq!(reworded("duplicate field `a`"), "an object has `a` twice");
        assert_eq!(reworded("expected value"), "expected value");
    }
}
