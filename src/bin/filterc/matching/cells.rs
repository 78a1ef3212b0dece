//! What a cell of CSV holds: a text, no value, or a list where the field is one of lists.

use csv::ByteRecord;
use filterc::{Cell, Row};

use super::csv::Header;
use crate::args::{EmptyText, Match};

/// What separates values in a cell, as far as can be seen.
const SEPARATORS: [char; 3] = [';', '|', ','];

/// Where the fields of a filter stand, and how their cells are read.
pub(crate) struct Columns<'a> {
    /// `None` of a field that there is no column for.
    at: Vec<Option<usize>>,
    /// Of each field, whether it is one of lists.
    lists: Vec<bool>,
    separator: Option<&'a str>,
    /// Whether a list is compared as one text, as it is meant to be.
    are_texts: bool,
    empty_is_null: bool,
}

impl<'a> Columns<'a> {
    pub(crate) fn new(
        header: &Header,
        fields: &[String],
        lists: &[bool],
        arguments: &'a Match,
    ) -> Self {
        Self {
            at: header.columns(fields),
            lists: lists.to_vec(),
            separator: arguments.list_separator.as_deref(),
            are_texts: arguments.arrays_as_text,
            // An empty cell is how CSV writes that there is no value.
            empty_is_null: arguments.empty != Some(EmptyText::Text),
        }
    }

    /// Whether there is no column for the field.
    pub(crate) fn is_absent(&self, field: usize) -> bool {
        self.at.get(field).is_some_and(Option::is_none)
    }

    /// The fields of the filter in a record.
    pub(crate) fn row<'r>(
        &self,
        fields: &'r [String],
        record: &'r ByteRecord,
    ) -> Result<CsvRow<'r>, String>
    where
        'a: 'r,
    {
        let columns = self.at.iter().zip(&self.lists).zip(fields);
        let cells = columns.map(|((column, is_list), field)| {
            let Some(bytes) = column.and_then(|column| record.get(column)) else {
                return Ok(None);
            };
            let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
            let cell = self.cell(text, *is_list);
            cell.map(Some)
                .map_err(|error| format!("`{field}` begins like a JSON list, and is none: {error}"))
        });
        let cells: Result<_, String> = cells.collect();
        Ok(CsvRow {
            fields,
            cells: cells?,
        })
    }

    fn cell<'r>(&self, text: &'r str, is_list: bool) -> Result<Cell<'r>, String> {
        if text.is_empty() && self.empty_is_null {
            return Ok(Cell::Null);
        }
        if !is_list {
            return Ok(Cell::from(text));
        }
        match self.separator {
            Some(separator) => {
                let values = text.split(separator).map(str::trim);
                let values = values.filter(|value| !value.is_empty());
                Ok(Cell::Many(values.map(Cell::from).collect()))
            }
            None if text.trim_start().starts_with('[') => {
                Cell::from_json(text).map_err(|wrong| wrong.to_string())
            }
            None => Ok(Cell::from(text)),
        }
    }

    /// Of the fields of lists, those whose cell was read as one text, and what in it may separate
    /// several values.
    pub(crate) fn unsplit<'r>(
        &'r self,
        row: &'r CsvRow<'_>,
    ) -> impl Iterator<Item = (usize, char)> + 'r {
        let cells = row.cells.iter().zip(&self.lists).enumerate();
        cells.filter_map(|(at, (cell, is_list))| match cell {
            Some(Cell::Text(text)) if *is_list && !self.are_texts => {
                let found = SEPARATORS.into_iter().find(|found| text.contains(*found));
                found.map(|found| (at, found))
            }
            _ => None,
        })
    }
}

/// The fields of a filter in a record.
pub(crate) struct CsvRow<'r> {
    fields: &'r [String],
    cells: Vec<Option<Cell<'r>>>,
}

impl Row for CsvRow<'_> {
    fn cell(&self, field: &str) -> Option<&Cell<'_>> {
        let at = self.fields.iter().position(|name| name == field)?;
        self.cells.get(at)?.as_ref()
    }

    fn cell_at(&self, position: usize, _: &str) -> Option<&Cell<'_>> {
        self.cells.get(position)?.as_ref()
    }
}
