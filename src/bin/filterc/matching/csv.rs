//! Rows of CSV: where a record ends, and what the headings are.
//!
//! Quotes and delimiters are the `csv` crate's; this finds the ends of records by the same rules, so
//! that rows can be printed byte for byte and read on all cores.

use std::ops::Range;

use csv::{ByteRecord, Reader, ReaderBuilder, StringRecord};
use memchr::{memchr, memchr2};

use super::judge::utf8;
use crate::reports::counted_noun;

/// How the first record ends.
pub(crate) enum Record {
    /// With its line break, and how many line breaks that makes.
    Whole { length: usize, breaks: usize },
    /// The bytes end in it.
    Unfinished,
    /// They end in quotes.
    OpenQuote,
}

pub(crate) fn record(bytes: &[u8], delimiter: u8) -> Record {
    let mut at = 0;
    let mut breaks = 0;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(found) = memchr2(b'"', b'\n', rest).map(|found| at + found) else {
            return Record::Unfinished;
        };
        if bytes.get(found) == Some(&b'\n') {
            return Record::Whole {
                length: found + 1,
                breaks: breaks + 1,
            };
        }
        let before = found.checked_sub(1).and_then(|before| bytes.get(before));
        at = found + 1;
        // A quote within a field that has none at its start is a character like others.
        if before.is_none_or(|byte| *byte == delimiter) {
            let Some(inside) = quoted(bytes.get(at..).unwrap_or_default()) else {
                return Record::OpenQuote;
            };
            let text = bytes.get(at..at + inside).unwrap_or_default();
            breaks += memchr::memchr_iter(b'\n', text).count();
            at += inside;
        }
    }
}

/// How long it is to behind the closing quote.
fn quoted(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let quote = at + memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote + 1);
        }
        at = quote + 2;
    }
}

/// Where the line of headings ends, blank lines before it included.
pub(crate) fn header_end(bytes: &[u8], is_at_end: bool) -> Option<usize> {
    let start = bytes.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let rest = bytes.get(start..)?;
    match record(rest, delimiter(rest)) {
        Record::Whole { length, .. } => Some(start + length),
        _ if is_at_end => Some(bytes.len()),
        _ => None,
    }
}

/// The headings.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) delimiter: u8,
    names: Vec<String>,
}

impl Header {
    /// Of the line of headings; why not, as a clause, where it is none.
    pub(crate) fn read(line: &[u8]) -> Result<Self, String> {
        let text = utf8(line)?.trim_start();
        if text.contains('\0') {
            return Err("it is no text, for there is a NUL byte in it".to_owned());
        }
        let delimiter = delimiter(text.as_bytes());
        let mut record = StringRecord::new();
        let mut reader = reader(text.as_bytes(), delimiter);
        let read = reader.read_record(&mut record);
        read.map_err(|error| error.to_string())?;
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if !text.get(end..).unwrap_or_default().trim().is_empty() {
            return Err("a carriage return without a line feed ends it early".to_owned());
        }
        let names = record.iter().map(|name| name.trim_ascii().to_owned());
        Ok(Self {
            delimiter,
            names: names.collect(),
        })
    }

    /// The first of the fields that several columns are headed by.
    pub(crate) fn repeated<'f>(&self, fields: &'f [String]) -> Option<&'f str> {
        let is_repeated =
            |field: &&String| self.names.iter().filter(|name| name == field).count() > 1;
        fields.iter().find(is_repeated).map(String::as_str)
    }

    /// The columns of fields; `None` of one that there is no column for.
    pub(crate) fn columns(&self, fields: &[String]) -> Vec<Option<usize>> {
        let column = |field| self.names.iter().position(|name| name == field);
        fields.iter().map(column).collect()
    }
}

/// Of comma, semicolon and tab, the one that the headings have most of.
fn delimiter(header: &[u8]) -> u8 {
    let end = memchr(b'\n', header).unwrap_or(header.len());
    let line = header.get(..end).unwrap_or_default();
    let count = |delimiter: u8| memchr::memchr_iter(delimiter, line).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

fn reader(bytes: &[u8], delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(bytes.len().clamp(64, 1 << 16))
        .from_reader(bytes)
}

/// Reads records one after the other.
pub(crate) struct Records<'b> {
    bytes: &'b [u8],
    header: &'b Header,
    reader: Reader<&'b [u8]>,
    /// Where in the bytes the reader started.
    start: usize,
    record: ByteRecord,
}

impl<'b> Records<'b> {
    /// From the first byte of a record on.
    pub(crate) fn new(bytes: &'b [u8], header: &'b Header, start: usize) -> Self {
        let rest = bytes.get(start..).unwrap_or_default();
        Self {
            bytes,
            header,
            reader: reader(rest, header.delimiter),
            start,
            record: ByteRecord::new(),
        }
    }

    /// The record that is there, with as many fields as there are headings.
    pub(crate) fn read(&mut self, at: Range<usize>) -> Result<&ByteRecord, String> {
        let read = self.reader.read_byte_record(&mut self.record);
        let end = self.start + usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        // The reader stops before the `\n` of a `\r\n`.
        let is_in_step = end == at.end || end + 1 == at.end;
        if !is_in_step || !matches!(read, Ok(true)) {
            *self = Self::new(self.bytes, self.header, at.end);
            return Err("a carriage return without a line feed ends the row early".to_owned());
        }
        let (found, wanted) = (self.record.len(), self.header.names.len());
        if found != wanted {
            let (columns, headings) = (
                counted_noun(found, "column"),
                counted_noun(wanted, "heading"),
            );
            return Err(format!("it has {columns} under {headings}"));
        }
        Ok(&self.record)
    }
}
