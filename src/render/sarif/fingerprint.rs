//! What tells a problem again after the text around it was edited.
//!
//! All lines are hashed once. The hashes are part of the format: they must never change with the
//! compiler, the machine or the version, only under a new key.

use std::collections::BTreeMap;

use serde::Serialize;

/// §3.27.17 `partialFingerprints`.
#[derive(Serialize)]
pub(super) struct Fingerprints {
    /// As GitHub's upload action computes it (github/codeql-action, `fingerprints.ts`), which
    /// warns of any other value. It is the only one that GitHub uses.
    #[serde(rename = "primaryLocationLineHash")]
    line: String,
    /// Ours, for those who compare single problems: the code and its line, and the how-manieth of
    /// these it is.
    #[serde(rename = "filtercProblem/v1")]
    problem: String,
}

/// The lines of a text, and the problems that were asked for so far.
pub(super) struct Fingerprinter<'a> {
    /// The hash of each line and what follows it, and how many lines before have the same.
    lines: Vec<(u64, usize)>,
    /// The hash of each line, without blanks at its ends.
    trimmed: Vec<u64>,
    seen: BTreeMap<(&'a str, u64), usize>,
}

impl<'a> Fingerprinter<'a> {
    pub(super) fn of(text: &str) -> Self {
        let lines = lines(text);
        Self {
            trimmed: lines.iter().map(|line| fnv(START, line.trim())).collect(),
            lines: line_hashes(&lines),
            seen: BTreeMap::new(),
        }
    }

    /// The fingerprints of the next problem, which begins on `line`, counted from 1.
    pub(super) fn next(&mut self, code: &'a str, line: usize) -> Fingerprints {
        let index = line.saturating_sub(1);
        let (hash, before) = self.lines.get(index).copied().unwrap_or_default();
        let trimmed = self.trimmed.get(index).copied().unwrap_or(START);
        let count = self.seen.entry((code, trimmed)).or_default();
        *count += 1;
        Fingerprints {
            line: format!("{hash:x}:{}", before + 1),
            problem: format!("{:016x}:{count}", fnv(trimmed, code)),
        }
    }
}

/// A line ends at LF, CR LF or CR.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut pieces = text.split('\n').peekable();
    while let Some(piece) = pieces.next() {
        let ends_in_line_feed = pieces.peek().is_some();
        let whole = match piece.strip_suffix('\r') {
            Some(whole) if ends_in_line_feed => whole,
            _ => piece,
        };
        lines.extend(whole.split('\r'));
    }
    lines
}

/// GitHub's hash of a line: of the next 100 UTF-16 units from its first on, without blanks, with LF
/// for each line break, then one unit 65,535 for the end of the text, then zeros; as digits of a
/// number to the base 37, modulo 2^64.
fn line_hashes(lines: &[&str]) -> Vec<(u64, usize)> {
    let mut units: Vec<u16> = Vec::new();
    let mut starts = Vec::with_capacity(lines.len());
    for (line, number) in lines.iter().zip(1..) {
        starts.push(units.len());
        units.extend(line.encode_utf16().filter(|&unit| !is_blank(unit)));
        units.push(if number == lines.len() {
            u16::MAX
        } else {
            u16::from(b'\n')
        });
    }
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    starts
        .into_iter()
        .map(|start| {
            let rest = units.get(start..).unwrap_or_default().iter().copied();
            let hash = rest
                .chain(std::iter::repeat(0))
                .take(100)
                .fold(0_u64, |hash, unit| {
                    hash.wrapping_mul(37).wrapping_add(u64::from(unit))
                });
            let count = counts.entry(hash).or_default();
            *count += 1;
            (hash, *count - 1)
        })
        .collect()
}

fn is_blank(unit: u16) -> bool {
    unit == u16::from(b' ') || unit == u16::from(b'\t')
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a with 64 bits, from the hash of what comes before.
fn fnv(before: u64, text: &str) -> u64 {
    text.bytes().fold(before, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}
