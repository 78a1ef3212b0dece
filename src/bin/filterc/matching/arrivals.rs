//! Bytes as they arrive: a thread reads ahead, and whoever takes them waits for the first only.
//!
//! Owns the thread, and unpacking. What has arrived is judged at once, so that few rows a second
//! are shown as they come; where they come faster than they are judged, many are taken together.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, TryRecvError, channel, sync_channel};

use flate2::read::MultiGzDecoder;

use crate::input;
use crate::output::Failure;

/// How much is read at once, in bytes: what a pipe holds.
const PIECE: usize = 64 << 10;

/// How many pieces are read ahead.
const AHEAD: usize = 64;

pub(crate) struct Arrivals {
    /// In bytes as they are stored, where it is known.
    pub(crate) size: Option<u64>,
    /// How many of them were read.
    pub(crate) bytes_read: Arc<AtomicU64>,
    pieces: Receiver<io::Result<Vec<u8>>>,
    /// Pieces that were taken, to be filled again: new memory costs more than reading.
    emptied: Sender<Vec<u8>>,
}

impl Arrivals {
    /// Opens a file, or standard input for `-`, and begins to read it.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        let (size, raw): (_, Box<dyn Read + Send>) = if input::is_dash(path) {
            (None, Box::new(io::stdin()))
        } else {
            let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
            let (metadata, file) = opened.map_err(|error| input::unreadable(path, &error))?;
            if metadata.is_dir() {
                let error = io::Error::from(io::ErrorKind::IsADirectory);
                return Err(input::unreadable(path, &error));
            }
            let size = Some(metadata.len()).filter(|_| metadata.is_file());
            (size, Box::new(file))
        };
        let bytes_read = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            reader: raw,
            bytes: Arc::clone(&bytes_read),
        };
        let (sender, pieces) = sync_channel(AHEAD);
        let (emptied, empty) = channel();
        // It ends with the program, or when nobody takes any more.
        std::thread::spawn(move || send(counted, &sender, &empty));
        Ok(Self {
            size,
            bytes_read,
            pieces,
            emptied,
        })
    }

    /// Appends what has arrived, up to about that many bytes; where nothing has, waits for it if
    /// that is wanted. Answers whether more may come.
    pub(crate) fn take(
        &mut self,
        bytes: &mut Vec<u8>,
        most: usize,
        waits: bool,
    ) -> io::Result<bool> {
        let start = bytes.len();
        while bytes.len() - start < most {
            let piece = if waits && bytes.len() == start {
                self.pieces.recv().map_err(|_| TryRecvError::Disconnected)
            } else {
                self.pieces.try_recv()
            };
            match piece {
                Ok(piece) => {
                    let piece = piece?;
                    bytes.extend_from_slice(&piece);
                    // At the end nobody wants it.
                    let _ = self.emptied.send(piece);
                }
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => return Ok(false),
            }
        }
        Ok(true)
    }
}

/// Reads to the end, or to an error, as long as it is taken.
fn send(
    raw: impl Read + Send + 'static,
    pieces: &SyncSender<io::Result<Vec<u8>>>,
    empty: &Receiver<Vec<u8>>,
) {
    let mut reader = match unpacked(raw) {
        Ok(reader) => reader,
        Err(error) => {
            let _ = pieces.send(Err(error));
            return;
        }
    };
    loop {
        let mut piece = empty.try_recv().unwrap_or_default();
        piece.resize(PIECE, 0);
        let read = match reader.read(&mut piece) {
            Ok(0) => return,
            Ok(length) => {
                piece.truncate(length);
                Ok(piece)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => Err(error),
        };
        let is_over = read.is_err();
        if pieces.send(read).is_err() || is_over {
            return;
        }
    }
}

/// What is packed by gzip, whatever its name.
fn unpacked(mut raw: impl Read + Send + 'static) -> io::Result<Box<dyn Read>> {
    let mut magic = Vec::new();
    raw.by_ref().take(2).read_to_end(&mut magic)?;
    let is_packed = magic == [0x1F, 0x8B];
    let whole = io::Cursor::new(magic).chain(raw);
    Ok(if is_packed {
        Box::new(MultiGzDecoder::new(io::BufReader::with_capacity(
            PIECE, whole,
        )))
    } else {
        Box::new(whole)
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
