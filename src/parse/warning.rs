//! What can be read and most likely says something else than it seems to.
//!
//! The doc of each variant is a text that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum ParseWarning {
    /// `email is empty`
    #[error("`{word}` is compared as a text")]
    #[diagnostic(
        code(filterc::parse::word_for_blank),
        severity(Warning),
        help("write `{instead}` if that is meant, or the text in quotes")
    )]
    WordForBlank {
        word: String,
        instead: &'static str,
        #[label("selects the people whose value is this word")]
        span: Span,
    },

    /// A string or a comment with a right-to-left override in it.
    #[error("{place} holds a character that cannot be seen: {character}")]
    #[diagnostic(code(filterc::parse::hidden_in_text), severity(Warning))]
    HiddenInText {
        place: &'static str,
        character: String,
        #[label("here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = "Сloud"` with a Cyrillic `С`.
    #[error("`{word}` mixes letters of {scripts}")]
    #[diagnostic(
        code(filterc::parse::mixed_scripts),
        severity(Warning),
        help(
            "type the word again if it is meant to be of one script: a look-alike letter selects nobody"
        )
    )]
    MixedScripts {
        word: String,
        scripts: String,
        #[label("letters of different scripts in one word")]
        span: Span,
    },
}
