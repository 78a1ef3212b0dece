//! Spans as regions: lines and columns of all places of a file from one sweep over its text.
//!
//! Must not scan the text again for each problem.

use super::document::{Bytes, Region};
use crate::diagnostic::Problem;
use crate::span::{Position, Span, locate};

/// The positions of everything that the problems of a text point at.
pub(super) struct Places {
    offsets: Vec<usize>,
    positions: Vec<Position>,
    text: Span,
}

impl Places {
    pub(super) fn of(text: &str, problems: &[Problem]) -> Self {
        let whole = inside(text);
        let mut offsets: Vec<usize> = problems
            .iter()
            .flat_map(spans)
            .flat_map(|span| [clamped(span.start(), whole), clamped(span.end(), whole)])
            .collect();
        offsets.sort_unstable();
        offsets.dedup();
        let mut positions = locate(text, &offsets);
        if let (Some(&offset), Some(position)) = (offsets.last(), positions.last_mut())
            && offset == whole.end()
        {
            *position = end_of_text(text, *position);
        }
        if whole.start() > 0 {
            for position in &mut positions {
                if position.line == 1 {
                    position.column = position.column.saturating_sub(1).max(1);
                }
            }
        }
        Self {
            offsets,
            positions,
            text: whole,
        }
    }

    /// The place as text and as bytes.
    pub(super) fn region(&self, span: Span) -> Region {
        let start = clamped(span.start(), self.text);
        let bytes = Bytes {
            byte_offset: start,
            byte_length: clamped(span.end(), self.text).saturating_sub(start),
        };
        Region {
            bytes: Some(bytes),
            ..self.text_region(span)
        }
    }

    /// The place as text only.
    pub(super) fn text_region(&self, span: Span) -> Region {
        let (start, end) = (self.position(span.start()), self.position(span.end()));
        Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
            bytes: None,
        }
    }

    fn position(&self, offset: usize) -> Position {
        let offset = clamped(offset, self.text);
        let found = self.offsets.binary_search(&offset).ok();
        let position = found.and_then(|index| self.positions.get(index));
        position.copied().unwrap_or(Position { line: 1, column: 1 })
    }
}

fn spans(problem: &Problem) -> impl Iterator<Item = Span> + '_ {
    let labels = problem.labels().iter().map(|label| label.span);
    let fixes = problem.fixes().iter().map(|fix| fix.span);
    [problem.span()].into_iter().chain(labels).chain(fixes)
}

/// The bytes that have a line and a column: all but those of a byte order mark, which is none of
/// the characters (§3.30.2).
fn inside(text: &str) -> Span {
    let mark = '\u{FEFF}';
    let start = if text.starts_with(mark) {
        mark.len_utf8()
    } else {
        0
    };
    Span::new(start, text.len())
}

/// The offset, moved into the text.
fn clamped(offset: usize, text: Span) -> usize {
    offset.clamp(text.start(), text.end())
}

/// Behind a line break at the end of a text there is no line: its end is on the last line there is,
/// behind the characters of the line break (§3.30.2, example 8).
fn end_of_text(text: &str, position: Position) -> Position {
    let (before, line_break) = if let Some(before) = text.strip_suffix("\r\n") {
        (before, 2)
    } else if let Some(before) = text.strip_suffix(['\n', '\r']) {
        (before, 1)
    } else {
        return position;
    };
    let last = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    Position {
        line: position.line.saturating_sub(1),
        column: last.chars().count() + line_break + 1,
    }
}
