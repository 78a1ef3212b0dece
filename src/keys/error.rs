//! What can be wrong with any TOML file. The doc of each variant is a file that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(super) enum KeysProblem {
    /// `audience = intents`
    #[error("this is not TOML: {reason}")]
    #[diagnostic(
        code(filterc::toml::not_toml),
        help("write `key = \"text\"`, `key = 7` or `key = [\"a\", \"b\"]`, each key once")
    )]
    NotToml {
        reason: String,
        #[label("here")]
        span: Span,
    },

    /// `catalogue = "fields.json"`
    #[error("there is no key `{key}`")]
    #[diagnostic(code(filterc::toml::unknown_key))]
    UnknownKey {
        key: String,
        #[label("unknown key")]
        span: Span,
        #[help]
        help: String,
    },

    /// `intent_window_days = "7"`
    #[error("`{key}` is {wanted}, not {found}")]
    #[diagnostic(code(filterc::toml::wrong_type), help("write {wanted}"))]
    WrongType {
        key: String,
        wanted: &'static str,
        found: &'static str,
        #[label("{found}")]
        span: Span,
    },

    /// `audience = "intent"`
    #[error("`{value}` is not a value of `{key}`")]
    #[diagnostic(code(filterc::toml::unknown_value))]
    UnknownValue {
        key: String,
        value: String,
        #[label("unknown value")]
        span: Span,
        #[help]
        help: String,
    },

    /// `intent_window_days = 30`
    #[error("`{key}` is a number from {least} to {most}, not {found}")]
    #[diagnostic(
        code(filterc::toml::out_of_range),
        help("write a whole number from {least} to {most}")
    )]
    OutOfRange {
        key: String,
        found: String,
        #[label("out of range")]
        span: Span,
        least: i64,
        most: i64,
    },

    /// `project_id = "my project"`
    #[error("`{value}` is not a UUID")]
    #[diagnostic(
        code(filterc::toml::not_a_uuid),
        help("write the id that the vendor shows, such as `8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20`")
    )]
    NotAUuid {
        key: String,
        value: String,
        #[label("`{key}` is a UUID")]
        span: Span,
    },
}
