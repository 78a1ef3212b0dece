//! What the fuzz targets share: texts, saved filters and rows in the shape of real ones, and what
//! must hold of every answer.

pub mod holds;
pub mod saved;
pub mod text;

/// Values that texts, saved filters and rows have in common, so that comparisons come out true.
pub const VALUES: [&str; 18] = [
    "vp",
    "cxo",
    "VP",
    "a",
    "b",
    "ab",
    "7",
    "7.0",
    "-1",
    "10000+",
    "2026-01-31",
    "true",
    "false",
    "4eyes_115481",
    "high",
    " ",
    "or",
    "",
];
