//! Text to text: what the passes and the formatter make together.
//!
//! Owns the guard: no text leaves here that says something else than the one that came in.

use super::{CompileError, Compiler};
use crate::diagnostic::{Finding, Problem, problems};
use crate::format::{comment_texts, same};
use crate::parse::parse;
use crate::syntax::Source;

/// Writes a text in its one canonical layout. See [`Compiler::format`].
///
/// # Errors
///
/// If the text cannot be read; whether its fields and values exist is not asked.
///
/// ```
/// let text = "seniority IN ('vp','cxo',) && !(department==sales) # for now";
/// assert_eq!(
///     filterc::format(text)?,
///     "seniority in (\"vp\", \"cxo\") and not (department = sales) # for now\n"
/// );
/// # Ok::<(), filterc::CompileError>(())
/// ```
pub fn format(text: &str) -> Result<String, CompileError> {
    Compiler::new().format(text)
}

impl Compiler {
    /// Writes a text in its one canonical layout: one line where it fits in 100 columns, else one
    /// operand a line; one spelling of every operator; no needless parentheses; comments stay
    /// where they are. Ends in a line feed.
    ///
    /// Of the settings only the [source name](Self::source_name) matters. The text that comes out
    /// says the same, in the same order, and is written the same when it is formatted again. Takes
    /// linear time.
    ///
    /// # Errors
    ///
    /// If the text cannot be read: the error holds all problems of that kind. Whether its fields
    /// and values exist is not asked.
    pub fn format(&self, text: &str) -> Result<String, CompileError> {
        let source = self.read(text)?;
        let written = crate::format::format(&source, text);
        let again = parse(&written).source.filter(|again| {
            let comments = comment_texts(&source, text);
            again.sound && same(&source, again) && comment_texts(again, &written) == comments
        });
        // INVARIANT: what is written says what was read. Should it not, nothing is written.
        debug_assert!(again.is_some(), "{text:?} became {written:?}");
        match again {
            Some(_) => Ok(written),
            None => Err(self.failed(vec![changed()], text)),
        }
    }

    /// The tree of a text without mistakes.
    fn read(&self, text: &str) -> Result<Source, CompileError> {
        let parsed = parse(text);
        match parsed.source.filter(|source| source.sound) {
            Some(source) if !parsed.findings.iter().any(Finding::is_error) => Ok(source),
            _ => Err(self.failed(problems(text, parsed.findings), text)),
        }
    }
}

fn changed() -> Problem {
    Problem::of_file(
        "filterc::format::changed_meaning",
        "this text would say something else in the canonical layout",
        "leave it as it is and report it: this is a mistake in filterc",
    )
}
