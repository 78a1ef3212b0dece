//! The few lines around the labels of one problem, safe to draw.
//!
//! Fed with the text and a problem, read by miette. miette panics past column 65,535, prints long
//! lines whole, drops a label at the very end, counts columns in bytes and hands control characters
//! on: here lines are cut and made visible, always end in LF, and know their real numbers.
//! Must not know colours nor wording.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::visible::stand_in;
use super::window::{Lines, WIDEST, stands_alone};
use crate::diagnostic::{Label, Problem};
use crate::span::{Position, Span};

/// How many lines from the primary label another one may be and still be shown.
const NEAR_LINES: usize = 10;

/// A label in the shown text.
#[derive(Debug)]
pub(super) struct ShownLabel {
    pub(super) span: Span,
    pub(super) text: String,
    pub(super) is_primary: bool,
    /// Where it starts in the real text.
    position: Position,
}

#[derive(Debug)]
struct ShownLine {
    /// The real number, from 1.
    number: usize,
    /// In the shown text, with the LF at its end.
    span: Span,
    /// Whole and not blank: worth to be shown beside a labelled line.
    is_context: bool,
}

/// Consecutive lines of a text as they are shown.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<ShownLine>,
    labels: Vec<ShownLabel>,
}

impl Excerpt {
    /// The lines of all labels of `problem` near its primary one, each cut to fit into `columns`
    /// with `ellipsis` where it was cut.
    pub(super) fn new(
        name: &str,
        lines: &Lines<'_>,
        problem: &Problem,
        columns: usize,
        ellipsis: &str,
    ) -> Self {
        let labels = placed(lines, problem);
        let first = labels.iter().map(|label| label.line).min().unwrap_or(0);
        let last = labels.iter().map(|label| label.line).max().unwrap_or(0);
        let shown = first.saturating_sub(1)..(last + 2).min(lines.count());

        let gutter = shown.end.to_string().len() + " │ ".chars().count() + 1;
        let columns = columns.saturating_sub(gutter).min(WIDEST);
        let mut excerpt = Self {
            name: name.to_owned(),
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
        };
        for index in shown {
            let on_line: Vec<_> = labels.iter().filter(|label| label.line == index).collect();
            excerpt.push_line(lines, index, &on_line, columns, ellipsis);
        }
        excerpt.separate_labels();
        excerpt
    }

    /// In the order of the text, apart from each other, the primary one always among them.
    pub(super) fn labels(&self) -> &[ShownLabel] {
        &self.labels
    }

    fn push_line(
        &mut self,
        lines: &Lines<'_>,
        index: usize,
        labels: &[&Placed<'_>],
        columns: usize,
        ellipsis: &str,
    ) {
        let line = lines.line(index);
        let spans: Vec<_> = labels.iter().map(|label| label.span).collect();
        let window = lines.window(&line, &spans, columns, ellipsis);
        let is_whole = window == line;
        let start = self.text.len();

        if window.start > line.start {
            self.text.push_str(ellipsis);
        }
        let mut places = Vec::new();
        for (at, character) in lines.piece(window.clone()).char_indices() {
            places.push((window.start + at, self.text.len()));
            self.push_shown(character);
        }
        places.push((window.end, self.text.len()));
        if window.end < line.end {
            self.text.push_str(ellipsis);
        }
        self.text.push('\n');

        self.lines.push(ShownLine {
            number: index + 1,
            span: Span::new(start, self.text.len()),
            is_context: is_whole && !lines.piece(line).trim().is_empty(),
        });
        for label in labels {
            self.push_label(label, &window, &places);
        }
    }

    fn push_shown(&mut self, character: char) {
        match character {
            '\t' => self.text.push('\t'),
            shown if stands_alone(shown) => self.text.push(shown),
            hidden => self.text.push_str(&stand_in(hidden)),
        }
    }

    /// `places` has the byte of each shown character and of the end: real, shown; ascending.
    fn push_label(&mut self, label: &Placed<'_>, window: &Range<usize>, places: &[(usize, usize)]) {
        let Range { start, end } = label.span.range();
        let is_shown = if start == end {
            (window.start..=window.end).contains(&start)
        } else {
            start < window.end && end > window.start
        };
        if !is_shown {
            return;
        }
        let shown = |offset: usize| {
            let place = places.partition_point(|(real, _)| *real < offset);
            places
                .get(place)
                .or(places.last())
                .map_or(0, |(_, shown)| *shown)
        };
        self.labels.push(ShownLabel {
            span: Span::new(shown(start), shown(end)),
            text: label.text.to_owned(),
            is_primary: label.is_primary,
            position: label.position,
        });
    }

    /// miette draws the labels of a line side by side: one that overlaps another is pushed to
    /// where it does not belong. The primary one stays whole, others keep what is left of them.
    fn separate_labels(&mut self) {
        let mut labels = std::mem::take(&mut self.labels);
        labels.sort_by_key(|label| !label.is_primary);
        for mut label in labels {
            let whole = self.drawn(label.span);
            let Range { mut start, mut end } = whole.range();
            for other in &self.labels {
                let other = self.drawn(other.span);
                if start < other.start() {
                    end = end.min(other.start());
                } else if start < other.end() {
                    start = other.end();
                }
            }
            if Span::new(start, end) != whole {
                label.span = self.trimmed(start, end);
                if label.span.start() == label.span.end() {
                    continue;
                }
            }
            self.labels.push(label);
        }
        self.labels.sort_by_key(|label| label.span);
    }

    /// The characters that a label is drawn under: an empty one takes up one character too.
    fn drawn(&self, span: Span) -> Span {
        let rest = self.text.get(span.start()..).unwrap_or_default();
        let next = rest.chars().next().map_or(1, char::len_utf8);
        Span::new(span.start(), span.end().max(span.start() + next))
    }

    /// Without blanks at its ends, so that what is left of a label does not touch its neighbour.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let left = self.text.get(start..end).unwrap_or_default();
        let kept = left.trim_start();
        let start = start + left.len() - kept.len();
        Span::new(start, start + kept.trim_end().len())
    }

    /// The index of the shown line that has `offset`.
    fn line_index(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.span.start() <= offset)
            .saturating_sub(1)
    }

    fn is_context(&self, index: usize) -> bool {
        self.lines.get(index).is_some_and(|line| line.is_context)
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let mut first = self.line_index(span.offset());
        let mut last = self.line_index(span.offset() + span.len());
        if lines_before > 0 && first > 0 && self.is_context(first - 1) {
            first -= 1;
        }
        if lines_after > 0 && self.is_context(last + 1) {
            last += 1;
        }
        let (Some(start), Some(end)) = (self.lines.get(first), self.lines.get(last)) else {
            return Err(MietteError::OutOfBounds);
        };
        let bytes = start.span.to(end.span);
        let shown = self.text.as_bytes().get(bytes.range());
        // miette asks without context for what its header says, and counts from 0.
        let here = self
            .labels
            .iter()
            .find(|label| lines_before == 0 && label.span.start() == span.offset())
            .map(|label| label.position);
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            shown.ok_or(MietteError::OutOfBounds)?,
            bytes.into(),
            here.map_or(start.number, |here| here.line)
                .saturating_sub(1),
            here.map_or(1, |here| here.column).saturating_sub(1),
            last - first + 1,
        )))
    }
}

/// A label on the first line that it covers.
struct Placed<'a> {
    line: usize,
    span: Span,
    text: &'a str,
    is_primary: bool,
    position: Position,
}

/// The primary label and those near it.
fn placed<'a>(lines: &Lines<'_>, problem: &'a Problem) -> Vec<Placed<'a>> {
    let place = |span: Span, text: &'a str, is_primary: bool| {
        let start = lines.boundary(span.start());
        let index = lines.index(start);
        let line = lines.line(index);
        let start = start.min(line.end);
        let span = Span::new(start, lines.boundary(span.end()).clamp(start, line.end));
        let position = if is_primary {
            problem.start()
        } else {
            Position {
                line: index + 1,
                column: lines.piece(line.start..start).chars().count() + 1,
            }
        };
        Placed {
            line: index,
            span,
            text,
            is_primary,
            position,
        }
    };
    let words = problem.labels().first().map_or("", |label| &label.text);
    let primary = place(problem.span(), words, true);
    let home = primary.line;
    let others = problem.labels().iter().skip(1);
    let mut placed = vec![primary];
    placed.extend(
        others
            .map(|Label { span, text }| place(*span, text, false))
            .filter(|label| label.line.abs_diff(home) <= NEAR_LINES),
    );
    placed
}
