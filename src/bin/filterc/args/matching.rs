//! What `filterc match` takes. Declarations only.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum, ValueHint};
use filterc::AudienceType;

use super::common::{Account, Levels, audience_type};

/// Try a filter on rows, and print those it selects
#[derive(Args)]
#[command(after_help = "\
filterc match 'seniority in (vp, cxo)' --data people.ndjson
filterc match --file eu.filter --data people.csv.gz --count
filterc match --filter-json saved.json --data people.json --unknown

Rows are JSON (one object a line, a list, or answers with a list under `data`) or CSV with a line of \
headings, packed by gzip or not; what they are is told by the name of the file or by how it begins. \
They are printed byte for byte as they came, rows of a JSON list each with a line break.

A comparison with a missing value is unknown, as in SQL: such a row is neither matched nor, under \
--invert, not matched.

Ends with exit code 0 whether or not any row matched, 1 if the filter has problems or a row could not \
be read, 2 if the file could not be.")]
pub(crate) struct Match {
    /// The expression, as one argument; `-` or none reads standard input
    #[arg(value_name = "EXPRESSION", conflicts_with_all = ["file", "filter_json"])]
    pub(crate) expression: Option<OsString>,
    /// Read the expression from a file, or from a manifest (`.toml`)
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// Take a filter object, or an audience with one, as `decompile` reads it, instead of an
    /// expression
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "file")]
    pub(crate) filter_json: Option<PathBuf>,
    /// The rows; `-` is standard input
    #[arg(short, long, value_name = "ROWS", value_hint = ValueHint::FilePath, default_value = "-")]
    pub(crate) data: PathBuf,
    /// Compile for this audience type; a manifest has its own
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    /// Print how many rows matched, did not, and are unknown
    #[arg(long, conflicts_with_all = ["invert", "unknown", "explain", "head"])]
    pub(crate) count: bool,
    /// Print the rows that do not match
    #[arg(long, conflicts_with = "unknown")]
    pub(crate) invert: bool,
    /// Print the rows of which the answer is unknown: line, fields that make it so, and row, with
    /// tabs between
    #[arg(long)]
    pub(crate) unknown: bool,
    /// Print for each row what each part of the filter says of it
    #[arg(long)]
    pub(crate) explain: bool,
    /// Stop after so many printed rows
    #[arg(long, value_name = "N")]
    pub(crate) head: Option<usize>,
    /// Stop at the first row that cannot be read
    #[arg(long)]
    pub(crate) strict: bool,
    /// Do not tell upper from lower case: in `contains`, `starts with` and `ends with` (text), or
    /// everywhere (all)
    #[arg(
        long,
        value_name = "WHERE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "text",
        hide_possible_values = true,
        help_heading = "Comparing"
    )]
    pub(crate) ignore_case: Option<IgnoreCase>,
    /// Compare a list as one text, its JSON, and not each of its values
    #[arg(long, help_heading = "Comparing")]
    pub(crate) arrays_as_text: bool,
    /// What separates the values in a cell of CSV, for fields of lists; without it they are JSON
    #[arg(
        long,
        value_name = "TEXT",
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "Comparing"
    )]
    pub(crate) list_separator: Option<String>,
    /// What an empty text is: text, or null, no value [default: null in CSV, else text]
    #[arg(
        long,
        value_name = "WHAT",
        hide_possible_values = true,
        help_heading = "Comparing"
    )]
    pub(crate) empty: Option<EmptyText>,
    /// Take texts of white space alone for blank too
    #[arg(long, help_heading = "Comparing")]
    pub(crate) spaces_are_blank: bool,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
}

// No comments on the variants, as for the error format.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum IgnoreCase {
    Text,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EmptyText {
    Text,
    Null,
}
