//! Where something stands in the source: byte ranges, and the line and column of a byte.
//!
//! Every node and every problem carries a [`Span`]; lines and columns are computed only for
//! what is shown to a person, by [`locate`]. Imports nothing of ours.

use std::ops::Range;

use memchr::memchr2_iter;
use serde::Serialize;

/// A range of the source text in UTF-8 bytes: `start` inclusive, `end` exclusive.
///
/// Both ends lie on character boundaries of the text the span was made from, which is shorter than
/// 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    // Not `usize`: every node has several, and the smaller they are the faster is a large filter.
    start: u32,
    end: u32,
}

/// How long a text can be, in bytes, for a span to point at any part of it.
pub(crate) const LONGEST_TEXT: usize = u32::MAX as usize;

impl Span {
    /// Of a text of at most [`LONGEST_TEXT`] bytes.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { start, end }
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Both, to cut a text by: `text.get(span.range())`.
    pub fn range(self) -> Range<usize> {
        Range {
            start: self.start(),
            end: self.end(),
        }
    }

    /// How many bytes there are from the one to the other.
    pub(crate) fn len(self) -> usize {
        self.range().len()
    }

    /// The smallest span that covers both.
    pub(crate) fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

impl From<Span> for miette::SourceSpan {
    fn from(span: Span) -> Self {
        (span.start(), span.len()).into()
    }
}

/// `offset`, or the start of the character that it is inside of; the end of `text` beyond it.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place in the source as an editor shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// The line, from 1. A line ends at LF, CR LF or CR.
    pub line: usize,
    /// The column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

/// The positions of `offsets`, which are ascending byte offsets on character boundaries of `text`.
///
/// One sweep over the text serves all of them: a million-byte line with thousands of problems
/// costs one pass, not thousands.
pub(crate) fn locate(text: &str, offsets: &[usize]) -> Vec<Position> {
    let mut here = Position { line: 1, column: 1 };
    let mut at = 0;
    let mut positions = Vec::with_capacity(offsets.len());
    for &offset in offsets {
        let offset = boundary(text, offset);
        let passed = text.get(at..offset).unwrap_or_default();
        let mut on_this_line = passed;
        for end in memchr2_iter(b'\n', b'\r', passed.as_bytes()) {
            let is_pair = text
                .get(at + end..)
                .is_some_and(|rest| rest.starts_with("\r\n"));
            if !is_pair {
                here = Position {
                    line: here.line + 1,
                    column: 1,
                };
                on_this_line = passed.get(end + 1..).unwrap_or_default();
            }
        }
        here.column += on_this_line.chars().count();
        at = offset.max(at);
        positions.push(here);
    }
    positions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let found = locate(text, &[offset]);
        found.first().map_or((0, 0), |p| (p.line, p.column))
    }

    #[test]
    fn columns_count_characters_and_lines_end_at_any_line_break() {
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("é=1", 2), (1, 2));
        assert_eq!(at("a\nb", 2), (2, 1));
        assert_eq!(at("a\r\nb", 3), (2, 1));
        assert_eq!(at("a\rb", 2), (2, 1));
        assert_eq!(at("a\n", 2), (2, 1));
        assert_eq!(at("a\r\nb", 2), (1, 3));
        assert_eq!(at("a\r\rb\u{1D11E}é", 8), (3, 3));
        assert_eq!(at("a", 9), (1, 2));
    }

    #[test]
    fn a_span_takes_eight_bytes() {
        assert_eq!(size_of::<Span>(), 8);
    }

    #[test]
    fn a_span_reaches_to_the_end_of_the_longest_text() {
        let last = Span::new(LONGEST_TEXT - 1, LONGEST_TEXT);
        assert_eq!(last.range(), LONGEST_TEXT - 1..LONGEST_TEXT);
        let beyond = Span::new(LONGEST_TEXT, usize::MAX);
        assert!(beyond.range().is_empty());
    }

    #[test]
    fn one_sweep_answers_all_offsets() {
        let found = locate("ab\ncd", &[0, 1, 1, 4, 5]);
        let pairs: Vec<_> = found.iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(pairs, [(1, 1), (1, 2), (1, 2), (2, 2), (2, 3)]);
        let found = locate("ab\r\nc", &[1, 3, 4, 5]);
        let pairs: Vec<_> = found.iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(pairs, [(1, 2), (1, 4), (2, 1), (2, 2)]);
    }
}
