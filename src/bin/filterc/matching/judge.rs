//! What the filter says of some rows, and the bytes to print for them. Runs on many cores at once.

use std::fmt::Write as _;

use filterc::{JsonRow, Row, Truth};

use super::cells::Columns;
use super::csv::{Header, Records};
use super::filter::Tried;
use super::report::Layout;
use super::source::Rows;
use super::split::{Form, Place};
use crate::args::Match;
use crate::terminal::Terminal;

/// How many rows there are of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) matched: usize,
    pub(crate) not_matched: usize,
    pub(crate) unknown: usize,
    pub(crate) broken: usize,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.matched += other.matched;
        self.not_matched += other.not_matched;
        self.unknown += other.unknown;
        self.broken += other.broken;
    }

    pub(crate) fn total(self) -> usize {
        self.matched + self.not_matched + self.unknown + self.broken
    }

    pub(crate) fn in_words(self) -> String {
        let lines = [
            ("matched", self.matched),
            ("not matched", self.not_matched),
            ("unknown", self.unknown),
            ("broken", self.broken),
            ("total", self.total()),
        ];
        let width = self.total().to_string().len();
        let mut text = String::new();
        for (name, count) in lines {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{name:11}  {count:>width$}");
        }
        text
    }

    fn count(&mut self, truth: Truth) {
        match truth {
            Truth::True => self.matched += 1,
            Truth::False => self.not_matched += 1,
            Truth::Unknown => self.unknown += 1,
        }
    }
}

/// What comes of some rows.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) output: Vec<u8>,
    /// Where in the output each printed row ends.
    pub(crate) ends: Vec<usize>,
    pub(crate) tally: Tally,
    pub(crate) broken: Vec<BrokenRow>,
    /// Of each field of the filter, what was found out about it.
    pub(crate) found: Vec<Found>,
}

/// What rows say of a field.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Found {
    /// Whether a row has it.
    pub(crate) is_seen: bool,
    /// Of a field of lists: what may separate values in a cell that was read as one text.
    pub(crate) unsplit: Option<char>,
}

pub(crate) struct BrokenRow {
    pub(crate) line: usize,
    pub(crate) message: String,
    /// How much output there was before it.
    pub(crate) printed_before: usize,
}

pub(crate) struct Judge<'a> {
    tried: Tried,
    table: Option<(Header, Columns<'a>)>,
    /// Whether a row has a line break of its own.
    are_lines: bool,
    arguments: &'a Match,
    layout: Layout,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(tried: Tried, rows: &Rows, arguments: &'a Match, terminal: Terminal) -> Self {
        let table = rows.header().map(|header| {
            let columns = Columns::new(header, tried.fields(), tried.lists(), arguments);
            (header.clone(), columns)
        });
        Self {
            tried,
            table,
            are_lines: rows.form() != Form::Values,
            arguments,
            layout: Layout::of(terminal),
        }
    }

    pub(crate) fn fields(&self) -> &[String] {
        self.tried.fields()
    }

    /// Whether no row can have that field, the place of which is told, because no column does.
    pub(crate) fn has_no_column(&self, field: usize) -> bool {
        let columns = self.table.as_ref().map(|(_, columns)| columns);
        columns.is_some_and(|columns| columns.is_absent(field))
    }

    pub(crate) fn outcome(&self, bytes: &[u8], rows: &[Place]) -> Outcome {
        let mut outcome = Outcome {
            found: vec![Found::default(); self.fields().len()],
            ..Outcome::default()
        };
        let start = rows.first().map_or(0, |row| row.start);
        let table = self.table.as_ref();
        let mut table =
            table.map(|(header, columns)| (Records::new(bytes, header, start), columns));
        for row in rows {
            let raw = bytes.get(row.start..row.end).unwrap_or_default();
            let judged = match &mut table {
                None => self.json(raw, row, &mut outcome),
                Some((records, columns)) => self.csv(records, columns, raw, row, &mut outcome),
            };
            if let Err(message) = judged {
                outcome.tally.broken += 1;
                outcome.broken.push(BrokenRow {
                    line: row.line,
                    message,
                    printed_before: outcome.output.len(),
                });
                if self.arguments.strict {
                    break;
                }
            }
        }
        outcome
    }

    fn json(&self, raw: &[u8], place: &Place, outcome: &mut Outcome) -> Result<(), String> {
        let text = utf8(raw)?.trim_end();
        let row = JsonRow::read(text, self.fields()).map_err(|wrong| wrong.to_string())?;
        self.judge(&row, raw, place, outcome);
        Ok(())
    }

    fn csv(
        &self,
        records: &mut Records<'_>,
        columns: &Columns<'_>,
        raw: &[u8],
        place: &Place,
        outcome: &mut Outcome,
    ) -> Result<(), String> {
        let record = records.read(place.start..place.end)?;
        utf8(raw)?;
        let row = columns.row(self.fields(), record)?;
        for (field, separator) in columns.unsplit(&row) {
            if let Some(found) = outcome.found.get_mut(field) {
                found.unsplit.get_or_insert(separator);
            }
        }
        self.judge(&row, raw, place, outcome);
        Ok(())
    }

    fn judge(&self, row: &impl Row, raw: &[u8], place: &Place, outcome: &mut Outcome) {
        let truth = self.tried.eval(row);
        outcome.tally.count(truth);
        for ((at, field), found) in self.fields().iter().enumerate().zip(&mut outcome.found) {
            found.is_seen = found.is_seen || row.cell_at(at, field).is_some();
        }
        let wanted = match self.arguments {
            Match { count: true, .. } => false,
            Match { invert: true, .. } => truth == Truth::False,
            Match { unknown: true, .. } => truth == Truth::Unknown,
            Match { explain: true, .. } => true,
            _ => truth == Truth::True,
        };
        if !wanted {
            return;
        }
        let output = &mut outcome.output;
        if self.arguments.explain {
            let explanation = self.tried.explain(row);
            output.extend(self.layout.explained(place.line, &explanation).bytes());
        } else if self.arguments.unknown {
            let explanation = self.tried.explain(row);
            output.extend(super::report::unknown_fields(place.line, &explanation).bytes());
            let row = without_end(raw);
            // Of JSON, what is between its tokens may go.
            let is_laid_out = |byte: &&u8| !self.are_lines && matches!(byte, b'\n' | b'\r');
            output.extend(row.iter().filter(|byte| !is_laid_out(byte)));
            output.push(b'\n');
        } else {
            output.extend(raw);
            if !self.are_lines {
                output.push(b'\n');
            }
        }
        outcome.ends.push(outcome.output.len());
    }
}

/// A row without the line break behind it.
fn without_end(raw: &[u8]) -> &[u8] {
    let raw = raw.strip_suffix(b"\n").unwrap_or(raw);
    raw.strip_suffix(b"\r").unwrap_or(raw)
}

/// The text of a row, or of the line of headings.
pub(crate) fn utf8(raw: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(raw).map_err(|error| {
        let at = error.valid_up_to() + 1;
        format!("it is not UTF-8 from its byte {at} on")
    })
}
