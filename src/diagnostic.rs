//! What a caller is told: problems with codes, spans, help and fixes.
//!
//! Each pass has an enum of its own problems and hands them over as [`Finding`]s; `compile` turns
//! those into [`Problem`]s, which are plain data. Must not know any pass, nor how a problem is shown.

use std::fmt;
use std::ops::Range;

use miette::Diagnostic;

use crate::span::{LONGEST_TEXT, Position, Span, locate};

/// Whether a problem stops the compiler.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// There is no filter.
    Error,
    /// There is a filter, and something about it deserves a look.
    Warning,
    /// There is a filter, and something about it is good to know.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// An edit that is certain to be what a problem asks for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Fix {
    /// What the edit does, as an imperative: `write AND`.
    pub title: String,
    /// The text to replace; empty for an insertion.
    pub span: Span,
    /// What to put there.
    pub replacement: String,
}

/// A place that a problem points at, with a few words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The words; may be empty.
    pub text: String,
}

/// One mistake, or one thing that deserves a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    code: String,
    severity: Severity,
    message: String,
    help: String,
    span: Span,
    start: Position,
    end: Position,
    labels: Vec<Label>,
    fixes: Vec<Fix>,
}

impl Problem {
    /// An error about a file as a whole, for callers that read files: that it is not there, or is
    /// no text. It has no labels, and its place is the start of the file.
    ///
    /// `message` and `help` are worded as those of other problems: one clause each, without a full
    /// stop. `code` is the caller's own.
    pub fn of_file(
        code: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        let start = Position { line: 1, column: 1 };
        Self {
            code: code.into(),
            severity: Severity::Error,
            message: message.into(),
            help: help.into(),
            span: Span::new(0, 0),
            start,
            end: start,
            labels: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// The same as a warning, for what a caller has to say of a file that it could read.
    pub fn warning_of_file(
        code: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::of_file(code, message, help)
        }
    }

    /// The stable name, as `filterc explain` takes it: `filterc::check::unknown_field`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Whether it stops the compiler.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// One clause that says what is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The smallest wrong place, in bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Line and column, in characters, of the start of [`span`](Self::span).
    pub fn start(&self) -> Position {
        self.start
    }

    /// Line and column, in characters, of the end of [`span`](Self::span).
    pub fn end(&self) -> Position {
        self.end
    }

    /// All places the problem points at, the one of [`span`](Self::span) first; none where it is
    /// about a file as a whole.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Edits of which each alone resolves the problem; empty unless one is certain to be meant.
    pub fn fixes(&self) -> &[Fix] {
        &self.fixes
    }
}

impl Problem {
    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Makes it an error.
    pub(crate) fn deny(&mut self) {
        self.severity = Severity::Error;
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(&self.help))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = miette::LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().map(|label| {
            miette::LabeledSpan::new_with_span(Some(label.text.clone()), label.span)
        })))
    }
}

/// Why a file that is no expression was not read: a catalog, a topic file, settings, a manifest.
///
/// Holds every problem found in it, at least one of them an error, but not the text itself, which
/// may be large: [`render`](crate::render) takes both. [`Display`](fmt::Display) writes one line a
/// problem, `line:column: severity[code]: message; help`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError(Box<[Problem]>);

impl FileError {
    /// At least one of the findings is an error.
    pub(crate) fn new(text: &str, findings: Vec<Finding>) -> Self {
        debug_assert!(findings.iter().any(Finding::is_error));
        Self(problems(text, findings).into())
    }

    /// Refuses a text that is too long for a place in it to be told.
    pub(crate) fn if_too_long(text: &str) -> Result<(), Self> {
        match too_long(text.len()) {
            Some(too_long) => Err(Self::new(text, vec![too_long])),
            None => Ok(()),
        }
    }

    /// Every problem, in the order of the text. Never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, problem) in self.0.iter().enumerate() {
            let Position { line, column } = problem.start;
            let (severity, code) = (problem.severity, &problem.code);
            let gap = if place == 0 { "" } else { "\n" };
            write!(
                out,
                "{gap}{line}:{column}: {severity}[{code}]: {}; {}",
                problem.message, problem.help
            )?;
        }
        Ok(())
    }
}

impl std::error::Error for FileError {}

/// A problem as a pass reports it: a variant of the pass's enum, and the edits that resolve it.
#[derive(Debug)]
pub(crate) struct Finding {
    what: Box<dyn Diagnostic + Send + Sync>,
    fixes: Vec<Fix>,
}

impl Finding {
    pub(crate) fn new(what: impl Diagnostic + Send + Sync + 'static) -> Self {
        Self {
            what: Box::new(what),
            fixes: Vec::new(),
        }
    }

    /// Adds an edit. `title` is an imperative.
    pub(crate) fn fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// The smallest wrong place: the label marked primary, else the first.
    pub(crate) fn span(&self) -> Span {
        place_of(&self.labels())
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }

    fn severity(&self) -> Severity {
        match self.what.severity() {
            None | Some(miette::Severity::Error) => Severity::Error,
            Some(miette::Severity::Warning) => Severity::Warning,
            Some(miette::Severity::Advice) => Severity::Note,
        }
    }

    fn labels(&self) -> Vec<Label> {
        let mut found: Vec<_> = self.what.labels().into_iter().flatten().collect();
        found.sort_by_key(|label| !label.primary());
        found
            .iter()
            .map(|label| Label {
                span: Span::new(label.offset(), label.offset() + label.len()),
                text: label.label().unwrap_or_default().to_owned(),
            })
            .collect()
    }
}

fn place_of(labels: &[Label]) -> Span {
    labels.first().map_or(Span::new(0, 0), |label| label.span)
}

/// A text to whose end no span reaches. For every kind of text, so it is no problem of one pass.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("the text has 4 GiB or more")]
#[diagnostic(
    code(filterc::input::too_large),
    help("divide it; nothing of an account is nearly that large")
)]
struct TooLarge(#[label("it begins here")] Span);

/// What there is to say of a text of so many bytes before it is read.
pub(crate) fn too_long(bytes: usize) -> Option<Finding> {
    (bytes > LONGEST_TEXT).then(|| Finding::new(TooLarge(Span::new(0, 0))))
}

/// Findings as problems, sorted by place, with lines and columns of `text`.
pub(crate) fn problems(text: &str, findings: Vec<Finding>) -> Vec<Problem> {
    let mut problems: Vec<Problem> = findings
        .into_iter()
        .map(|finding| {
            let written = |part: Option<Box<dyn fmt::Display + '_>>| {
                part.map_or(String::new(), |part| part.to_string())
            };
            let labels = finding.labels();
            Problem {
                code: written(finding.what.code()),
                severity: finding.severity(),
                message: finding.what.to_string(),
                help: written(finding.what.help()),
                span: place_of(&labels),
                start: Position::default(),
                end: Position::default(),
                labels,
                fixes: finding
                    .fixes
                    .into_iter()
                    .map(|fix| apart(text, fix))
                    .collect(),
            }
        })
        .collect();
    problems.sort_by_key(|problem| (problem.span, problem.severity));
    place(text, &mut problems);
    problems
}

/// The edit with a blank where it would make one word of two: `not"vp" = seniority` turned round
/// must not begin with `notseniority`.
fn apart(text: &str, mut fix: Fix) -> Fix {
    let is_word = |c: Option<char>| {
        c.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '@' | '/' | '+' | '-')
        })
    };
    let Range { start, end } = fix.span.range();
    let old = text.get(start..end).unwrap_or_default();
    let before = text.get(..start).and_then(|text| text.chars().next_back());
    let after = text.get(end..).and_then(|text| text.chars().next());
    let (first, last) = (
        fix.replacement.chars().next(),
        fix.replacement.chars().next_back(),
    );
    if is_word(before) && is_word(first) && !is_word(old.chars().next()) {
        fix.replacement.insert(0, ' ');
    }
    if is_word(last) && is_word(after) && !is_word(old.chars().next_back()) {
        fix.replacement.push(' ');
    }
    fix
}

/// Problems in a part of a file as problems of the whole: `moved` tells where a span of the part
/// is, `written` what an edit is there, if it can be made.
#[cfg(feature = "manifest")]
pub(crate) fn moved(
    file: &str,
    problems: &[Problem],
    moved: impl Fn(Span) -> Span,
    written: impl Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let mut problems = problems.to_vec();
    for problem in &mut problems {
        problem.span = moved(problem.span);
        for label in &mut problem.labels {
            label.span = moved(label.span);
        }
        problem.fixes = std::mem::take(&mut problem.fixes)
            .into_iter()
            .filter_map(|fix| {
                Some(Fix {
                    title: fix.title,
                    span: moved(fix.span),
                    replacement: written(&fix.replacement)?,
                })
            })
            .collect();
    }
    place(file, &mut problems);
    problems
}

/// Gives problems the lines and columns of their spans, in one sweep over `text`.
fn place(text: &str, problems: &mut [Problem]) {
    let mut offsets: Vec<_> = problems
        .iter()
        .flat_map(|problem| [problem.span.start(), problem.span.end()])
        .collect();
    offsets.sort_unstable();
    offsets.dedup();
    let positions = locate(text, &offsets);
    let position = |offset: usize| {
        let found = offsets.binary_search(&offset).ok();
        found.and_then(|index| positions.get(index)).copied()
    };
    for problem in problems {
        problem.start = position(problem.span.start()).unwrap_or_default();
        problem.end = position(problem.span.end()).unwrap_or_default();
    }
}

/// A text of the user's as a message quotes it: in one line, cut after 40 characters, and with
/// quotes around it where blanks at its ends would not be seen.
pub(crate) fn excerpt(text: &str) -> String {
    let shown = shortened(text);
    if shown.is_empty() || shown.trim() != shown {
        format!("\"{shown}\"")
    } else {
        shown
    }
}

/// A text of the user's in one line, cut after 40 characters.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let mut characters = text
        .chars()
        .map(|c| if c == '\n' || c == '\r' { ' ' } else { c });
    let mut shown: String = characters.by_ref().take(MOST).collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_refused_to_whose_end_no_span_reaches() {
        assert!(too_long(LONGEST_TEXT).is_none());
        // On 32 bits there is no longer text.
        let Some(longer) = LONGEST_TEXT.checked_add(1) else {
            return;
        };
        let told = problems("", too_long(longer).into_iter().collect());
        let codes: Vec<&str> = told.iter().map(Problem::code).collect();
        assert_eq!(codes, ["filterc::input::too_large"]);
        assert!(told.iter().all(Problem::is_error));
    }
}
