//! What a caller gets where there is no filter: the text and all its problems.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use miette::Diagnostic;

use crate::diagnostic::{Problem, Severity};
use crate::render;

/// A text that was compiled, with the name it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) name: Cow<'static, str>,
    pub(super) text: Arc<str>,
}

/// Why there is no filter: the text and every problem found in it, at least one of them an error.
///
/// [`Display`](fmt::Display) writes one line a problem, `name:line:column: severity[code]: message; help`.
/// As a [`miette::Diagnostic`] it carries its source and its problems, so that any handler can
/// show them; [`render`](crate::render) does it as the `filterc` program does.
#[derive(Clone, Debug)]
pub struct CompileError {
    source: Source,
    problems: Vec<Problem>,
}

impl CompileError {
    /// Only `compile` makes one, and only where there is an error among the problems.
    pub(super) fn new(source: Source, problems: Vec<Problem>) -> Self {
        debug_assert!(
            problems
                .iter()
                .any(|problem| problem.severity() == Severity::Error)
        );
        Self { source, problems }
    }

    /// Every problem, errors and warnings, in the order of the text. Never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The text that was compiled, without a leading byte-order mark or anything else removed.
    pub fn source_text(&self) -> &str {
        &self.source.text
    }

    /// The name of the text: a file path, or `<expression>`.
    pub fn source_name(&self) -> &str {
        &self.source.name
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = render::short(self.source_name(), &self.problems);
        out.write_str(text.trim_end())
    }
}

impl std::error::Error for CompileError {}

impl Diagnostic for CompileError {
    fn source_code(&self) -> Option<&dyn miette::SourceCode> {
        Some(&self.source.text)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(
            self.problems
                .iter()
                .map(|problem| problem as &dyn Diagnostic),
        ))
    }
}
