//! Problems as JSON lines, a public format that programs build upon.
//!
//! Fed with [`Problem`]s alone. Owns the names and the order of the keys. Keys may be added; none
//! is renamed, removed or given another meaning. `problem.schema.json` says the same to machines.

use std::fmt::Write as _;

use serde::Serialize;

use crate::diagnostic::{Fix, Label, Problem, Severity};
use crate::invisible::is_invisible;
use crate::span::{Position, Span};

/// The JSON Schema (draft 2020-12) of one line of [`json()`].
pub const PROBLEM_SCHEMA: &str = include_str!("problem.schema.json");

/// One JSON object a line, one line a problem (NDJSON), every line ended by LF.
///
/// ```json
/// {"code":"filterc::check::unknown_field","severity":"error","message":"there is no field `gendr`",
///  "help":"did you mean `gender`?","source":"us.filter","span":{"start":0,"end":5},
///  "start":{"line":1,"column":1},"end":{"line":1,"column":6},
///  "labels":[{"span":{"start":0,"end":5},"text":"unknown field"}],
///  "fixes":[{"title":"write `gender`","span":{"start":0,"end":5},"replacement":"gender"}]}
/// ```
///
/// (wrapped here). Every key is always there, in this order:
///
/// - `code`, the stable name; `severity`, `"error"`, `"warning"` or `"note"`;
/// - `message`, what is wrong; `help`, what to write instead, may be empty;
/// - `source`, the `name` given;
/// - `span`, the smallest wrong place in UTF-8 bytes of the text, from 0, `end` exclusive;
///   `start` and `end`, the same place as line and column, from 1, columns in characters;
/// - `labels`, all places pointed at, that of `span` first, `text` may be empty;
/// - `fixes`, edits of which each alone resolves the problem; those of different problems may
///   overlap.
///
/// Characters that show nothing or steer a terminal are written as JSON escapes. Nothing is lost.
pub fn json(name: &str, problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        let line = Line {
            code: problem.code(),
            severity: problem.severity(),
            message: problem.message(),
            help: problem.help(),
            source: name,
            span: problem.span(),
            start: problem.start(),
            end: problem.end(),
            labels: problem.labels(),
            fixes: problem.fixes(),
        };
        #[expect(
            clippy::expect_used,
            reason = "strings and integers under fixed keys always serialise"
        )]
        let line = serde_json::to_string(&line).expect("a problem is representable as JSON");
        push_escaped(&mut lines, &line);
        lines.push('\n');
    }
    lines
}

/// The order of the fields is the order of the keys.
#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    help: &'a str,
    source: &'a str,
    span: Span,
    start: Position,
    end: Position,
    labels: &'a [Label],
    fixes: &'a [Fix],
}

/// serde_json escapes only what JSON demands. Outside of strings JSON is plain ASCII, so a hidden
/// character here is always inside one, where an escape means the same. A line break never is.
pub(super) fn push_escaped(lines: &mut String, line: &str) {
    for character in line.chars() {
        if character != '\n' && is_invisible(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a String cannot fail.
                let _ = write!(lines, "\\u{unit:04x}");
            }
        } else {
            lines.push(character);
        }
    }
}
