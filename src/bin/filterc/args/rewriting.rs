//! The commands that write filters as text, and what each takes. Declarations only.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use filterc::AudienceType;

use super::common::{Account, Levels, Reporting, audience_type};

/// Write filters in their canonical layout, in place
#[derive(Args)]
#[command(after_help = "\
A folder stands for the `.filter` files in it and below, and the `.toml` files that are manifests, of \
which only a filter between ''' and ''' is touched. A file that cannot be read as a filter is \
reported and left as it is.

Ends with exit code 1 if a file is wrong, or with --check or --diff would change; 2 if a file could \
not be read or written.")]
pub(crate) struct Fmt {
    /// Files, folders, or patterns such as 'audiences/**/*.filter'; `-` or none is standard input,
    /// written to standard output
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Write nothing; list the files that would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) diff: bool,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// Apply the fixes of problems that are certain, in place
#[derive(Args)]
#[command(after_help = "\
Repeats until no problem has a fix: names that are nearly right, curly quotes, `=>`, brackets. A problem \
with several fixes is left, such as AND and OR without parentheses, and so is a file that would have a new \
problem. What is left is reported on standard error, like `filterc check` does on standard output.

A folder stands for the `.filter` files in it and below, and the `.toml` files that are manifests; the \
filter that a manifest names is fixed for its type. Any other file is left as it is where an error in it \
has no certain fix: it may be no filter at all.

Ends with exit code 1 if an error is left, or with --check or --diff if a file would change; 2 if a file \
could not be read or written.")]
pub(crate) struct Fix {
    /// Files, folders, or patterns such as 'audiences/**/*.filter'; `-` or none is standard input,
    /// written to standard output
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Fix filters that name no audience type for this one
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    /// Write nothing; list the files that would change
    #[arg(long)]
    pub(crate) check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) diff: bool,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
}

/// Write the JSON of saved filters as expressions
#[derive(Args)]
#[command(after_help = "\
Takes a filter, an audience or another object with a filter, an answer that lists audiences under \
data, or one of these a line. The name and the id of an audience become a comment, its type the \
header. Several texts have an empty line between them.

If anything in a file is no filter of the vendor's, nothing is written, and the exit code is 1.")]
pub(crate) struct Decompile {
    /// The files; `-` or none is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// Write the ids of topics, not their names
    #[arg(long)]
    pub(crate) ids: bool,
    #[command(flatten)]
    pub(crate) account: Account,
}
