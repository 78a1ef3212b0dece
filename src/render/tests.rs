//! What the renderers show, with problems made from a small enum of mistakes.

use miette::{Diagnostic, LabeledSpan, SourceSpan};

use super::*;
use crate::diagnostic::{Finding, problems};
use crate::span::Span;

mod github;
#[cfg(feature = "cli")]
mod human;
mod plain;
mod sarif;

#[derive(Debug, thiserror::Error, Diagnostic)]
enum Mistake {
    #[error("{message}")]
    #[diagnostic(code(filterc::check::unknown_field), help("{help}"))]
    Error {
        message: String,
        help: String,
        words: String,
        #[label(primary, "{words}")]
        at: SourceSpan,
        #[label(collection)]
        others: Vec<LabeledSpan>,
    },
    #[error("{message}")]
    #[diagnostic(severity(warning), code(filterc::check::always_true), help("{help}"))]
    Warning {
        message: String,
        help: String,
        #[label]
        at: SourceSpan,
    },
}

/// An error at `start..end` with other labels.
fn error_with(start: usize, end: usize, others: &[(usize, usize, &str)]) -> Mistake {
    Mistake::Error {
        message: "unknown field `contry`".to_owned(),
        help: "did you mean `country`?".to_owned(),
        words: "no such field".to_owned(),
        at: (start, end - start).into(),
        others: others
            .iter()
            .map(|(start, end, words)| {
                LabeledSpan::new(Some((*words).to_owned()), *start, end - start)
            })
            .collect(),
    }
}

fn error(start: usize, end: usize) -> Mistake {
    error_with(start, end, &[])
}

fn warning(start: usize, end: usize) -> Mistake {
    Mistake::Warning {
        message: "always true".to_owned(),
        help: "remove it".to_owned(),
        at: (start, end - start).into(),
    }
}

fn of(text: &str, mistakes: impl IntoIterator<Item = Mistake>) -> Vec<Problem> {
    problems(text, mistakes.into_iter().map(Finding::new).collect())
}

/// Characters that must not reach a terminal: a few of each kind.
const HOSTILE: &str = "\u{1B}[31m\0\u{7}\u{9B}\u{202E}\u{2066}\u{200B}\u{200D}\u{FEFF}\u{2028}\u{7F}\u{E0041}\u{FE0F}";

/// The characters of `shown`, other than the line breaks between its lines, that a terminal
/// would act on: by the renderers' own list, and by the one above.
fn hidden_in(shown: &str) -> String {
    let is_listed = |character| HOSTILE.contains(character) && !"[31m".contains(character);
    let is_hidden =
        |character: &char| crate::invisible::is_invisible(*character) || is_listed(*character);
    let hidden = |character: &char| *character != '\n' && is_hidden(character);
    shown.chars().filter(hidden).collect()
}
