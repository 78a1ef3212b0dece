//! Where in the bytes each row begins and ends, and on which line.

use std::path::Path;

use memchr::{memchr, memchr_iter};

use super::csv;
use super::values::Values;

/// What rows are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// One JSON object a line.
    Lines,
    /// JSON lists of objects, answers with such a list under `data`, objects over several lines.
    Values,
    Csv,
}

impl Form {
    /// By the name where that says it, else by how the bytes begin. `None` where these, which may
    /// not be all, do not tell yet.
    pub(crate) fn of(path: &Path, bytes: &[u8], is_whole: bool) -> Option<Self> {
        let name = path.to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        if name.ends_with(".csv") || name.ends_with(".tsv") {
            return Some(Self::Csv);
        }
        if name.ends_with(".ndjson") || name.ends_with(".jsonl") {
            return Some(Self::Lines);
        }
        let text = bytes.trim_ascii_start();
        match text.first() {
            None => is_whole.then_some(Self::Lines),
            Some(b'[') => Some(Self::Values),
            Some(b'{') => Self::of_objects(text, is_whole),
            Some(_) => Some(Self::Csv),
        }
    }

    fn of_objects(text: &[u8], is_whole: bool) -> Option<Self> {
        if Values::is_answer(text) {
            return Some(Self::Values);
        }
        // The first row may be a broken one.
        let mut rest = text;
        for _ in 0..2 {
            let end = memchr(b'\n', rest);
            if end.is_none() && !is_whole {
                return None;
            }
            let (line, behind) = rest.split_at(end.unwrap_or(rest.len()));
            if is_object(line) {
                return Some(Self::Lines);
            }
            rest = behind.get(1..).unwrap_or_default();
        }
        Some(Self::Values)
    }
}

/// Whether a line is a whole object, from its first character on.
fn is_object(line: &[u8]) -> bool {
    let is_json = || serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    line.first() == Some(&b'{') && is_json()
}

/// Where a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: usize,
    /// With the line break, where rows are lines.
    pub(crate) end: usize,
    /// Of its first byte, from 1.
    pub(crate) line: usize,
}

/// The line, and why there can be no more rows.
pub(crate) type Stop = (usize, &'static str);

pub(crate) struct Splitter {
    form: Form,
    line: usize,
    delimiter: u8,
    values: Values,
}

impl Splitter {
    pub(crate) fn new(form: Form) -> Self {
        Self {
            form,
            line: 1,
            delimiter: b',',
            values: Values::default(),
        }
    }

    pub(crate) fn form(&self) -> Form {
        self.form
    }

    /// The line that is next.
    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// Passes over a line without a row.
    pub(crate) fn skip_line(&mut self) {
        self.line += 1;
    }

    pub(crate) fn skip_header(&mut self, header: &[u8], delimiter: u8) {
        self.line += memchr_iter(b'\n', header).count();
        self.delimiter = delimiter;
    }

    /// Finds the whole rows at the start of the bytes, and answers how many bytes they are.
    pub(crate) fn split(
        &mut self,
        bytes: &[u8],
        is_at_end: bool,
        rows: &mut Vec<Place>,
    ) -> Result<usize, Stop> {
        match self.form {
            Form::Lines => Ok(self.lines(bytes, is_at_end, rows)),
            Form::Csv => self.records(bytes, is_at_end, rows),
            Form::Values => self.values.split(bytes, is_at_end, &mut self.line, rows),
        }
    }

    fn lines(&mut self, bytes: &[u8], is_at_end: bool, rows: &mut Vec<Place>) -> usize {
        let mut start = 0;
        let breaks = memchr_iter(b'\n', bytes).map(|at| at + 1);
        let last =
            (is_at_end && bytes.last().is_some_and(|byte| *byte != b'\n')).then_some(bytes.len());
        for end in breaks.chain(last) {
            let line = bytes.get(start..end).unwrap_or_default();
            if !line.trim_ascii().is_empty() {
                rows.push(Place {
                    start,
                    end,
                    line: self.line,
                });
            }
            self.line += 1;
            start = end;
        }
        start
    }

    fn records(
        &mut self,
        bytes: &[u8],
        is_at_end: bool,
        rows: &mut Vec<Place>,
    ) -> Result<usize, Stop> {
        let mut start = 0;
        while start < bytes.len() {
            let rest = bytes.get(start..).unwrap_or_default();
            let (length, breaks) = match csv::record(rest, self.delimiter) {
                csv::Record::Whole { length, breaks } => (length, breaks),
                csv::Record::Unfinished if !is_at_end => break,
                csv::Record::Unfinished => (rest.len(), memchr_iter(b'\n', rest).count()),
                csv::Record::OpenQuote if !is_at_end => break,
                csv::Record::OpenQuote => {
                    return Err((self.line, "a quote is opened here and not closed"));
                }
            };
            let end = start + length;
            if !rest
                .get(..length)
                .unwrap_or_default()
                .trim_ascii()
                .is_empty()
            {
                rows.push(Place {
                    start,
                    end,
                    line: self.line,
                });
            }
            self.line += breaks;
            start = end;
        }
        Ok(start)
    }
}
