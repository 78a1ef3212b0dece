//! Where rows come from: a file or standard input, in blocks of whole rows.
//!
//! Owns what the rows are written as, and how long one may be. Must not look into a row.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use filterc::Problem;

use super::arrivals::Arrivals;
use super::csv::{self, Header};
use super::split::{Form, Place, Splitter};
use crate::input;
use crate::output::{Failure, quoted, text_of};

/// How much is judged at once, in bytes, where that much has arrived.
const BLOCK: usize = 4 << 20;

/// The longest row, in bytes.
const LONGEST: usize = 64 << 20;

/// How a ZIP archive begins, and with it a workbook.
const ZIP: &[u8] = b"PK\x03\x04";

/// From here on a row that is not whole is looked at again only when there is half as much more of
/// it, so that long rows take time in proportion.
const LONG: usize = 1 << 20;

/// Rows and the bytes they are in.
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: Vec<Place>,
    /// A row behind these that could not be taken, with its line.
    pub(crate) broken: Option<(usize, String)>,
    /// Whether that ended all reading.
    pub(crate) is_last: bool,
}

pub(crate) struct Rows {
    path: PathBuf,
    name: String,
    arrivals: Arrivals,
    splitter: Splitter,
    header: Option<Header>,
    header_line: Vec<u8>,
    /// What arrived and is in no block yet.
    pending: Vec<u8>,
    /// The bytes of a block that was judged, to be written over.
    spare: Vec<u8>,
    /// How much of what is pending was not looked at.
    fresh: usize,
    is_at_end: bool,
    /// Why no more can be read.
    failure: Option<io::Error>,
    /// Whether there was something that ends all reading.
    is_stopped: bool,
    /// Whether the rest of a line is passed over.
    skips: bool,
}

impl Rows {
    /// Reads as far as tells what the rows are.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let name = if input::is_dash(path) {
            "<stdin>".to_owned()
        } else {
            text_of(path)
        };
        let mut rows = Self {
            path: path.to_owned(),
            name,
            arrivals: Arrivals::open(path)?,
            splitter: Splitter::new(Form::Lines),
            header: None,
            header_line: Vec::new(),
            pending: Vec::new(),
            spare: Vec::new(),
            fresh: 0,
            is_at_end: false,
            failure: None,
            is_stopped: false,
            skips: false,
        };
        let form = rows.read_form();
        if rows.pending.starts_with(ZIP) {
            return Err(rows.packed());
        }
        rows.splitter = Splitter::new(form);
        if form == Form::Csv {
            rows.read_header()?;
        }
        // What there is need not wait for more.
        rows.fresh = rows.pending.len();
        Ok(rows)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// In bytes as they are stored, where it is known.
    pub(crate) fn size(&self) -> Option<u64> {
        self.arrivals.size
    }

    /// How many of them were read.
    pub(crate) fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.arrivals.bytes_read)
    }

    pub(crate) fn form(&self) -> Form {
        self.splitter.form()
    }

    pub(crate) fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// As it came; empty where rows have no header.
    pub(crate) fn header_line(&self) -> &[u8] {
        &self.header_line
    }

    /// The next rows, as many as have arrived. `None` at the end, and where none have and they are
    /// not waited for.
    pub(crate) fn next_block(&mut self, waits: bool) -> Result<Option<Block>, Failure> {
        while !self.is_stopped {
            if !self.fill(waits) {
                return Ok(None);
            }
            self.fresh = 0;
            if self.skips {
                self.skip_line();
            }
            let mut rows = Vec::new();
            let is_at_end = self.is_at_end;
            let split = self.splitter.split(&self.pending, is_at_end, &mut rows);
            let (used, mut broken) = match split {
                Ok(used) => (used, None),
                Err((line, message)) => {
                    self.is_stopped = true;
                    (self.pending.len(), Some((line, message.to_owned())))
                }
            };
            if used == 0 && self.pending.len() > LONGEST {
                broken = Some((self.splitter.line(), self.too_long()));
            }
            if !rows.is_empty() || broken.is_some() {
                let mut rest = std::mem::take(&mut self.spare);
                rest.clear();
                rest.extend_from_slice(self.pending.get(used..).unwrap_or_default());
                let bytes = std::mem::replace(&mut self.pending, rest);
                return Ok(Some(Block {
                    bytes,
                    rows,
                    broken,
                    is_last: self.is_stopped,
                }));
            }
            self.pending.drain(..used);
            if self.is_over() {
                return match self.failure.take() {
                    Some(error) => Err(self.unreadable(&error)),
                    None => Ok(None),
                };
            }
        }
        Ok(None)
    }

    /// Takes back a block that was judged: new memory for each costs more than reading.
    pub(crate) fn reuse(&mut self, block: Block) {
        self.spare = block.bytes;
    }

    /// Gives up a row. Lines have an end that can be found without reading them.
    fn too_long(&mut self) -> String {
        let most = LONGEST >> 20;
        let is_line = self.splitter.form() == Form::Lines;
        self.skips |= is_line;
        self.is_stopped |= !is_line;
        format!("it is longer than {most} MiB")
    }

    fn skip_line(&mut self) {
        match memchr::memchr(b'\n', &self.pending) {
            Some(end) => {
                self.pending.drain(..=end);
                self.splitter.skip_line();
                self.skips = false;
            }
            None => self.pending.clear(),
        }
    }

    fn read_form(&mut self) -> Form {
        const MARK: &[u8] = b"\xEF\xBB\xBF";
        loop {
            self.fresh = 0;
            self.fill(true);
            let is_whole = self.is_over() || self.pending.len() > LONGEST;
            let may_be_zip = self.pending.len() < ZIP.len() && ZIP.starts_with(&self.pending);
            if (self.pending.len() < MARK.len() || may_be_zip) && !is_whole {
                continue;
            }
            let bytes = self.pending.strip_prefix(MARK).unwrap_or(&self.pending);
            if let Some(form) = Form::of(&self.path, bytes, is_whole) {
                let mark = self.pending.len() - bytes.len();
                self.pending.drain(..mark);
                return form;
            }
        }
    }

    fn read_header(&mut self) -> Result<(), Failure> {
        loop {
            if let Some(end) = csv::header_end(&self.pending, self.is_at_end) {
                let rest = self.pending.split_off(end);
                self.header_line = std::mem::replace(&mut self.pending, rest);
                let header = Header::read(&self.header_line);
                let header = header.map_err(|reason| self.no_headings(&reason))?;
                self.splitter
                    .skip_header(&self.header_line, header.delimiter);
                self.header = Some(header);
                return Ok(());
            }
            if let Some(error) = self.failure.take() {
                return Err(self.unreadable(&error));
            }
            if self.is_at_end {
                return Err(self.no_headings("there is nothing in it"));
            }
            if self.pending.len() > LONGEST {
                return Err(self.no_headings("its first line does not end"));
            }
            self.fresh = 0;
            self.fill(true);
        }
    }

    /// Reads on. Answers whether there is enough new to look at, or no more to come.
    fn fill(&mut self, waits: bool) -> bool {
        let known = self.pending.len() - self.fresh;
        let wanted = if known > LONG { known / 2 } else { 1 };
        while self.fresh < wanted && !self.is_over() {
            let before = self.pending.len();
            match self.arrivals.take(&mut self.pending, BLOCK, waits) {
                Ok(may_come) => self.is_at_end = !may_come,
                Err(error) => self.failure = Some(error),
            }
            let new = self.pending.len() - before;
            self.fresh += new;
            if new == 0 && !waits {
                break;
            }
        }
        self.fresh >= wanted || self.is_over()
    }

    fn is_over(&self) -> bool {
        self.is_at_end || self.failure.is_some()
    }

    fn no_headings(&self, reason: &str) -> Failure {
        let problem = Problem::of_file(
            "filterc::match::no_headings",
            format!("`{}` has no line of headings: {reason}", quoted(&self.name)),
            "begin CSV with the names of the columns, as UTF-8, and end lines by a line feed",
        );
        Failure::File(Box::new((self.name.clone(), problem)))
    }

    fn packed(&self) -> Failure {
        let problem = Problem::of_file(
            "filterc::input::not_utf8",
            format!("`{}` is not text, but a ZIP archive", quoted(&self.name)),
            "unpack it; of a workbook such as .xlsx, save a sheet as CSV in UTF-8",
        );
        Failure::File(Box::new((self.name.clone(), problem)))
    }

    fn unreadable(&self, error: &io::Error) -> Failure {
        input::unreadable(&self.path, error)
    }
}
