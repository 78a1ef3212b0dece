//! Where rows come from: a file or standard input, packed by gzip or not, in blocks of whole rows.
//!
//! Owns the reading and what the rows are written as. Must not look into a row.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::csv::{self, Header};
use super::split::{Form, Place, Splitter};
use crate::input;
use crate::output::Failure;

/// How much is read before it is judged, in bytes.
const BLOCK: usize = 4 << 20;

/// The longest row, in bytes.
const LONGEST: usize = 64 << 20;

/// Rows and the bytes they are in.
pub(crate) struct Block {
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: Vec<Place>,
    /// Why no more rows come than these, with the line.
    pub(crate) end: Option<(usize, String)>,
}

pub(crate) struct Rows {
    name: String,
    size: Option<u64>,
    bytes_read: Arc<AtomicU64>,
    reader: Box<dyn Read + Send>,
    splitter: Splitter,
    header: Option<Header>,
    header_line: Vec<u8>,
    /// What was read and is in no block yet.
    pending: Vec<u8>,
    is_at_end: bool,
    /// Whether there was something that ends all reading.
    is_stopped: bool,
}

impl Rows {
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let bytes_read = Arc::new(AtomicU64::new(0));
        let (name, size, raw): (_, _, Box<dyn Read + Send>) = if input::is_dash(path) {
            ("<stdin>".to_owned(), None, Box::new(io::stdin()))
        } else {
            let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
            let (metadata, file) = opened.map_err(|error| input::unreadable(path, &error))?;
            if metadata.is_dir() {
                let error = io::Error::from(io::ErrorKind::IsADirectory);
                return Err(input::unreadable(path, &error));
            }
            let size = Some(metadata.len()).filter(|_| metadata.is_file());
            (path.to_string_lossy().into_owned(), size, Box::new(file))
        };
        let mut rows = Self {
            name,
            size,
            reader: unpacked(raw, &bytes_read)?,
            bytes_read,
            splitter: Splitter::new(Form::Lines),
            header: None,
            header_line: Vec::new(),
            pending: Vec::new(),
            is_at_end: false,
            is_stopped: false,
        };
        rows.fill()?;
        if rows.pending.starts_with(b"\xEF\xBB\xBF") {
            rows.pending.drain(..3);
        }
        let form = Form::of(path, &rows.pending);
        rows.splitter = Splitter::new(form);
        if form == Form::Csv {
            rows.read_header()?;
        }
        Ok(rows)
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// In bytes as they are stored, where it is known.
    pub(crate) fn size(&self) -> Option<u64> {
        self.size
    }

    /// How many of them were read.
    pub(crate) fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
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

    /// The next rows; `None` at the end.
    pub(crate) fn next_block(&mut self) -> Result<Option<Block>, Failure> {
        while !self.is_stopped {
            self.fill()?;
            let mut rows = Vec::new();
            let split = self
                .splitter
                .split(&self.pending, self.is_at_end, &mut rows);
            let (used, mut end) = match split {
                Ok(used) => (used, None),
                Err((line, message)) => (self.pending.len(), Some((line, message.to_owned()))),
            };
            if used == 0 && self.pending.len() > LONGEST {
                let most = LONGEST >> 20;
                end = Some((
                    self.splitter.line(),
                    format!("the row is longer than {most} MiB: it and what follows were not read"),
                ));
            }
            if end.is_some() {
                self.is_stopped = true;
                let bytes = std::mem::take(&mut self.pending);
                return Ok(Some(Block { bytes, rows, end }));
            }
            if rows.is_empty() {
                if self.is_at_end {
                    return Ok(None);
                }
                self.pending.drain(..used);
                continue;
            }
            let rest = self.pending.split_off(used);
            let bytes = std::mem::replace(&mut self.pending, rest);
            return Ok(Some(Block { bytes, rows, end }));
        }
        Ok(None)
    }

    fn read_header(&mut self) -> Result<(), Failure> {
        loop {
            match csv::header_end(&self.pending, self.is_at_end) {
                Some(end) => {
                    let rest = self.pending.split_off(end);
                    self.header_line = std::mem::replace(&mut self.pending, rest);
                    let header = Header::read(&self.header_line);
                    self.splitter
                        .skip_header(&self.header_line, header.delimiter);
                    self.header = Some(header);
                    return Ok(());
                }
                None if self.pending.len() > LONGEST || self.is_at_end => {
                    let name = &self.name;
                    return Err(Failure::Message(format!(
                        "`{name}` has no line of headings"
                    )));
                }
                None => self.fill()?,
            }
        }
    }

    /// Reads on: a block, and half as much as is pending where no row ends in that.
    fn fill(&mut self) -> Result<(), Failure> {
        let wanted = BLOCK.max(self.pending.len() / 2);
        let before = self.pending.len();
        if self.is_at_end {
            return Ok(());
        }
        let mut part = self.reader.by_ref().take(wanted as u64);
        self.pending.reserve(wanted);
        let read = part.read_to_end(&mut self.pending);
        read.map_err(|error| Failure::Message(format!("cannot read `{}`: {error}", self.name)))?;
        self.is_at_end = self.pending.len() - before < wanted;
        Ok(())
    }
}

/// What is packed by gzip, whatever its name.
fn unpacked(
    mut raw: Box<dyn Read + Send>,
    bytes_read: &Arc<AtomicU64>,
) -> Result<Box<dyn Read + Send>, Failure> {
    let mut magic = Vec::new();
    let read = raw.by_ref().take(2).read_to_end(&mut magic);
    read.map_err(|error| Failure::Message(format!("cannot read the rows: {error}")))?;
    let is_packed = magic == [0x1F, 0x8B];
    let counted = Counted {
        reader: io::Cursor::new(magic).chain(raw),
        bytes: Arc::clone(bytes_read),
    };
    Ok(if is_packed {
        Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(
            1 << 18,
            counted,
        )))
    } else {
        Box::new(counted)
    })
}

struct Counted<R> {
    reader: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
