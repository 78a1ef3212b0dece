//! Problems as workflow commands, which GitHub Actions turns into annotations of a file's lines.
//!
//! Fed with [`Problem`]s alone. Source of all rules: GitHub's documentation of workflow commands,
//! and what its runner and its toolkit do where that says nothing (`ActionCommand.cs`,
//! `ActionCommandManager.cs`, the README of `@actions/core`). Must not write to a log itself.

use crate::diagnostic::{Problem, Severity};
use crate::render::visible::{visible, visible_but};

/// One workflow command a problem, each on a line of its own, to be written to the log of a step.
///
/// ```text
/// ::error file=us.filter,line=1,col=1,endLine=1,endColumn=5,title=filterc%3A%3Acheck%3A%3Aunknown_field::there is no field `gendr`; did you mean `gender`?
/// ```
///
/// Lines and columns count from 1, columns in characters. The end is the last line and the last
/// column of the place: GitHub says nothing of it, but lets both default to where the place starts.
/// A place over several lines has no columns, since GitHub drops them there.
///
/// `name` is the path of the file, as GitHub finds it from the root of the repository, with the
/// escapes that GitHub asks for: those of `%`, line breaks, `:` and `,`. Other control characters and
/// characters that show nothing are written as in [`short`](super::short), in all else line breaks
/// too: nothing can end the line, begin another command or steer the terminal that shows the log.
pub fn github(name: &str, problems: &[Problem]) -> String {
    problems
        .iter()
        .map(|problem| command(name, problem))
        .collect()
}

fn command(name: &str, problem: &Problem) -> String {
    let kind = match problem.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut text = visible(problem.message());
    if !problem.help().is_empty() {
        text.push_str("; ");
        text.push_str(&visible(problem.help()));
    }
    let name = visible_but(name, |character| matches!(character, '\r' | '\n'));
    format!(
        "::{kind} file={},{},title={}::{}\n",
        property(&name),
        place(problem),
        property(&visible(problem.code())),
        data(&text),
    )
}

fn place(problem: &Problem) -> String {
    let (start, end) = (problem.start(), problem.end());
    if start.line == end.line {
        let last = end.column.saturating_sub(1).max(start.column);
        return format!(
            "line={},col={},endLine={},endColumn={last}",
            start.line, start.column, end.line
        );
    }
    // A place that ends with a line break has nothing on the line after it.
    let last = if end.column == 1 {
        end.line.saturating_sub(1)
    } else {
        end.line
    };
    format!("line={},endLine={}", start.line, last.max(start.line))
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property, which ends at a comma, and all of them at `::`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
