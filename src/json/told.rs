//! How JSON is told from an expression.

use serde::de::IgnoredAny;
use serde_json::Deserializer;

/// Whether a text is objects and lists of JSON rather than an expression, which begins with neither
/// brace nor bracket. One that begins with a key and is broken further on counts as JSON too.
///
/// ```
/// assert!(filterc::is_json(r#"{"condition":"and","rules":[]}"#));
/// assert!(!filterc::is_json("seniority = vp"));
/// ```
pub fn is_json(text: &str) -> bool {
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
