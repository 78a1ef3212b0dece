//! What is an expression at all: JSON is none, whatever it says.
//!
//! Owns how JSON is told from an expression, and what is said of it. No expression begins with a
//! brace or a bracket, so none is refused here that would compile.

use std::path::Path;

use filterc::Problem;
use serde::de::IgnoredAny;
use serde_json::Deserializer;

use crate::input::{self, Input};
use crate::output::{Failure, quoted};

/// What there is for whoever has JSON.
const HELP: &str = "`filterc decompile` makes an expression of a saved filter";

/// The input, unless it is JSON.
pub(crate) fn expression(input: Input) -> Result<Input, Failure> {
    expression_or(input, HELP)
}

/// The same, with help of the caller's own.
pub(crate) fn expression_or(input: Input, help: &str) -> Result<Input, Failure> {
    if !is_json(&input.text) {
        return Ok(input);
    }
    let described = match input.name.as_str() {
        "<expression>" => "this".to_owned(),
        "<stdin>" => "standard input".to_owned(),
        name => format!("`{}`", quoted(name)),
    };
    let message = format!("{described} is JSON, not an expression");
    let problem = Problem::of_file("filterc::input::is_json", message, help);
    Err(Failure::File(Box::new((input.name, problem))))
}

/// Reads a file of an expression, or standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Input, Failure> {
    expression(input::file(path)?)
}

/// Reads the expression in the file of that name.
pub(crate) fn named(path: &Path) -> Result<Input, Failure> {
    expression(input::named(path)?)
}

/// Whether a text is objects and lists of JSON, or begins as one with a key does: one that is
/// broken further on is no expression either.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    text.starts_with(['{', '[']) && (has_key(text) || is_whole(text))
}

/// `{"condition":`, `[{"id":`
fn has_key(text: &str) -> bool {
    let inside = text.trim_start_matches(|c: char| matches!(c, '{' | '[') || c.is_whitespace());
    let mut strings = Deserializer::from_str(inside).into_iter::<String>();
    let is_string = matches!(strings.next(), Some(Ok(_)));
    let behind = inside.get(strings.byte_offset()..).unwrap_or_default();
    is_string && behind.trim_start().starts_with(':')
}

/// One value, or several one after the other.
fn is_whole(text: &str) -> bool {
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.all(|value| value.is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_is_told_from_expressions() {
        for json in [
            "{}",
            "[1]",
            "\u{FEFF} {\"condition\": \"and\", \"rules\": []}\n",
            "{\"a\": 1}\n{\"a\": 2}\n",
            "{\"a\": 1}\n{\"a\": oops\n",
            "[{\"a\": 1,}]",
            &("[".repeat(200_000) + &"]".repeat(200_000)),
        ] {
            assert!(is_json(json), "{json:.60}");
        }
        for other in [
            "",
            "{",
            "[vp, cxo]",
            "[\"vp\"] = seniority",
            "{seniority = vp}",
            "(seniority = vp)",
            "\"vp\"",
            "{{{{",
        ] {
            assert!(!is_json(other), "{other}");
        }
    }
}
