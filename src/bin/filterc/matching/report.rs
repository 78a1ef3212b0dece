//! How an answer is shown: the tree of a filter with the truth of each part, one line a part.

use std::fmt::Write as _;

use clap::builder::styling::Style;
use filterc::{Explanation, Truth};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::output::{BOLD, DIM, GREEN, RED, YELLOW, painted, quoted};
use crate::terminal::Terminal;

/// The widest a comparison is shown, in columns.
const WIDEST: usize = 60;

/// The widest a value is shown, in columns.
const WIDEST_VALUE: usize = 60;

pub(crate) struct Layout {
    colors: bool,
}

impl Layout {
    pub(crate) fn of(terminal: Terminal) -> Self {
        Self {
            colors: terminal.colors_stdout(),
        }
    }

    /// `line 3: unknown`, and the tree below.
    pub(crate) fn explained(&self, line: usize, explanation: &Explanation) -> String {
        let mut lines = Vec::new();
        flatten(explanation, 0, &mut lines);
        let widths = lines.iter().filter(|(_, part)| part.field().is_some());
        let widest = widths
            .map(|(depth, part)| 2 * depth + shown(part).width())
            .max();
        let truth = explanation.truth();
        let word = painted(truth.name(), style(truth), self.colors);
        let title = painted(&format!("line {line}:"), BOLD, self.colors);
        let mut text = format!("{title} {word}\n");
        for (depth, part) in lines {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{}",
                self.line(depth, part, widest.unwrap_or_default())
            );
        }
        text.push('\n');
        text
    }

    /// `  unknown    seniority = vp   seniority_level is missing`
    fn line(&self, depth: usize, part: &Explanation, widest: usize) -> String {
        let truth = part.truth();
        let word = painted(&format!("{truth:7}"), style(truth), self.colors);
        let shown = shown(part);
        let indent = 2 * depth;
        let mut line = format!("  {word}  {:indent$}{shown}", "");
        if part.field().is_some() {
            let padding = widest.saturating_sub(indent + shown.width()) + 3;
            let held = painted(&held(part), DIM, self.colors);
            let _ = write!(line, "{:padding$}{held}", "");
        }
        line
    }
}

fn flatten<'e>(part: &'e Explanation, depth: usize, lines: &mut Vec<(usize, &'e Explanation)>) {
    lines.push((depth, part));
    for inner in part.parts() {
        flatten(inner, depth + 1, lines);
    }
}

fn shown(part: &Explanation) -> String {
    shortened(&quoted(part.text()), WIDEST)
}

/// `seniority_level is missing`, `job_title is "CTO"`
fn held(part: &Explanation) -> String {
    let field = quoted(part.field().unwrap_or_default());
    match part.value() {
        None => format!("{field} is missing"),
        Some(value) => format!("{field} is {}", shortened(&quoted(value), WIDEST_VALUE)),
    }
}

fn shortened(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut width = 0;
    let start = text.chars().take_while(|character| {
        width += character.width().unwrap_or_default();
        width < most
    });
    start.collect::<String>() + "…"
}

fn style(truth: Truth) -> Style {
    match truth {
        Truth::True => GREEN,
        Truth::False => RED,
        Truth::Unknown => YELLOW,
    }
}

/// The line, the fields that make a row unknown, and where the row follows: with tabs between.
pub(crate) fn unknown_fields(line: usize, explanation: &Explanation) -> String {
    let unknowns = explanation.unknowns();
    let fields = unknowns.iter().map(|part| {
        let field = quoted(part.field().unwrap_or_default());
        match part.value() {
            None => field,
            Some(value) => format!("{field}={}", shortened(&quoted(value), WIDEST_VALUE)),
        }
    });
    format!("{line}\t{}\t", fields.collect::<Vec<_>>().join(","))
}
