//! The command line: which commands and arguments there are, and what the help says of each.
//!
//! Declarations only; `read` makes them from the words of the command line.

mod commands;
mod common;
mod matching;
mod read;
mod rewriting;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, ValueEnum, ValueHint};
use filterc::AudienceType;

pub(crate) use commands::{
    Catalog, CatalogCommand, CatalogDiff, Check, Command, Completions, Config, Explain, Fields,
    Fingerprint, Locate, Request, Topics,
};
pub(crate) use common::{Account, ErrorFormat, Form, Levels};
pub(crate) use matching::{EmptyText, IgnoreCase, Match};
pub(crate) use read::{color, command, meant_command, read};
pub(crate) use rewriting::{Decompile, Fix, Fmt};

use crate::help;
use common::audience_type;

/// Compile a filter expression into the filter JSON of Delivr.ai's Audiences API
#[derive(Parser)]
#[command(
    name = "filterc",
    version,
    override_usage = help::USAGE,
    max_term_width = 100,
    disable_help_flag = true,
    disable_version_flag = true,
    mut_arg("help", |help| help.help("Print help; `--help` adds examples and exit codes"))
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) compile: Compile,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Help")]
    version: Option<bool>,
}

impl Arguments {
    /// How to write problems.
    pub(crate) fn error_format(&self) -> ErrorFormat {
        match &self.command {
            Some(command) => command.error_format(),
            None => self.compile.account.reporting.error_format,
        }
    }
}

/// The arguments of a compilation.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Compile {
    /// The expression, as one argument; `-` or none reads standard input
    #[arg(
        value_name = "EXPRESSION",
        conflicts_with_all = ["file", "batch"],
        help_heading = "Input",
        display_order = 0
    )]
    pub(crate) expression: Option<OsString>,
    // Only there to be complained about.
    #[arg(hide = true, conflicts_with = "file")]
    rest: Vec<OsString>,
    /// Read the expression from a file; `-` is standard input
    #[arg(
        short,
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Input"
    )]
    pub(crate) file: Option<PathBuf>,
    /// Compile for this audience type: only its fields, and what it requires
    #[arg(
        short,
        long,
        value_name = "TYPE",
        ignore_case = true,
        value_parser = audience_type(),
        help_heading = "Input"
    )]
    pub(crate) audience: Option<AudienceType>,
    /// Read one expression a line, or with `json` one object a line, and write one result a line
    #[arg(
        long,
        value_name = "FORMAT",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "lines",
        hide_possible_values = true,
        conflicts_with_all = ["pretty", "compact", "source_map"],
        help_heading = "Input"
    )]
    pub(crate) batch: Option<BatchFormat>,
    /// Indent the JSON, as on a terminal
    #[arg(long, conflicts_with = "compact", help_heading = "Output")]
    pub(crate) pretty: bool,
    /// Write the JSON on one line, as into a pipe or a file
    #[arg(long, help_heading = "Output")]
    pub(crate) compact: bool,
    /// Write where in the text each part of the filter comes from, as JSON
    #[arg(
        long,
        value_name = "FILE",
        value_hint = ValueHint::FilePath,
        help_heading = "Output"
    )]
    pub(crate) source_map: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
}

// No comments on the variants, as for the error format.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum BatchFormat {
    Lines,
    Json,
}
