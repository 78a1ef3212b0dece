//! A text as lines, and which piece of a line is shown where not all of it fits.
//!
//! Owns what a character is reckoned to take on a terminal. Must look only at what may be shown:
//! a line may be a megabyte. Fed by `excerpt`.

use std::ops::Range;

use super::visible::stand_in;
use crate::invisible::is_invisible;
use crate::span::{Span, boundary};

/// The widest piece of a line that is shown, in columns.
pub(super) const WIDEST: usize = 160;

/// The distance of tab stops.
pub(super) const TAB_WIDTH: usize = 4;

/// A text cut into lines, each without its line break.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Never empty; ascending.
    lines: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    /// A line ends at LF, CR LF or CR, as for [`Position`](crate::span::Position).
    pub(super) fn new(text: &'a str) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for (at, line_break) in text.match_indices(['\n', '\r']) {
            let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
            let ends_crlf = line_break == "\n" && before == Some(&b'\r');
            if !ends_crlf {
                lines.push(start..at);
            }
            start = at + 1;
        }
        lines.push(start..text.len());
        Self { text, lines }
    }

    pub(super) fn count(&self) -> usize {
        self.lines.len()
    }

    /// The index of the line that has `offset`; a line break belongs to the line it ends.
    pub(super) fn index(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= offset)
            .saturating_sub(1)
    }

    pub(super) fn line(&self, index: usize) -> Range<usize> {
        self.lines.get(index).cloned().unwrap_or_default()
    }

    /// `offset`, or the start of the character that it is inside of: the text that is shown need
    /// not be the one that was compiled.
    pub(super) fn boundary(&self, offset: usize) -> usize {
        boundary(self.text, offset)
    }

    pub(super) fn piece(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The piece of `line` to show: all of it where it fits, else what is around its labels,
    /// all of them where they fit at once, or the first.
    pub(super) fn window(
        &self,
        line: &Range<usize>,
        labels: &[Span],
        columns: usize,
        ellipsis: &str,
    ) -> Range<usize> {
        let reach_after = |from: usize, columns| reach(self.piece(from..line.end).chars(), columns);
        let reach_before =
            |to: usize, columns| reach(self.piece(line.start..to).chars().rev(), columns);
        if reach_after(line.start, columns).0 == line.len() {
            return line.clone();
        }

        let columns = columns.saturating_sub(2 * ellipsis.chars().count());
        let nothing = Span::new(line.start, line.start);
        let first = labels.first().copied().unwrap_or(nothing);
        let all = labels.iter().fold(first, |all, label| all.to(*label));
        let fits = |span: Span| {
            let (length, _) = reach(self.piece(span.range()).chars(), columns);
            span.start() + length == span.end()
        };
        let focus = if fits(all) { all } else { first };

        // A label that is too long shows its start, and something of what is before it.
        let most = columns / if fits(focus) { 1 } else { 2 };
        let (length, used) = reach(self.piece(focus.range()).chars(), most);
        let end = focus.start() + length;
        let spare = columns - used;
        let (_, after) = reach_after(end, spare / 2);
        let (before_length, before) = reach_before(focus.start(), spare - after);
        let (after_length, _) = reach_after(end, spare - before);
        focus.start() - before_length..end + after_length
    }
}

/// How many bytes of `characters` fit into `columns`, and the columns that they fill.
fn reach(characters: impl Iterator<Item = char>, columns: usize) -> (usize, usize) {
    let mut bytes = 0;
    let mut filled = 0;
    for character in characters {
        let wider = filled + widest(character);
        if wider > columns {
            break;
        }
        filled = wider;
        bytes += character.len_utf8();
    }
    (bytes, filled)
}

/// The columns that a character takes at most. Never 0, so that what is cut is bounded in bytes
/// too; from U+1100 on, the first of the wide scripts, 2.
fn widest(character: char) -> usize {
    match character {
        '\t' => TAB_WIDTH,
        shown if !stands_alone(shown) => stand_in(shown).len(),
        '\0'..'\u{1100}' => 1,
        _ => 2,
    }
}

/// Whether a character takes the columns that miette counts for it. A skin tone does where it
/// stands alone, but melts into the emoji before it on some terminals and not on others.
pub(super) fn stands_alone(character: char) -> bool {
    !is_invisible(character) && !matches!(character, '\u{1F3FB}'..='\u{1F3FF}')
}
