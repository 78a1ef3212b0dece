//! The command line: which commands and arguments there are, and what the help says of each.
//!
//! Declarations only; `read` makes them from the words of the command line.

mod read;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, ColorChoice, Parser, Subcommand, ValueEnum, ValueHint};
use filterc::AudienceType;

pub(crate) use read::{color, command, meant_command, read};

use crate::help;

/// Compile a filter expression into the filter JSON of Delivr.ai's Audiences API
#[derive(Parser)]
#[command(
    name = "filterc",
    version,
    override_usage = help::USAGE,
    max_term_width = 100,
    disable_help_flag = true,
    disable_version_flag = true
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) compile: Compile,
    /// Colour: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Diagnostics"
    )]
    color: ColorChoice,
    /// Print help; `--help` adds examples and exit codes
    #[arg(short, long, action = ArgAction::HelpShort, help_heading = "Help")]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Help")]
    version: Option<bool>,
}

/// The arguments of a compilation.
#[derive(Args)]
pub(crate) struct Compile {
    /// The expression, as one argument; `-` or none reads standard input
    #[arg(
        value_name = "EXPRESSION",
        conflicts_with = "file",
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
    /// Indent the JSON, as on a terminal
    #[arg(long, conflicts_with = "compact", help_heading = "Output")]
    pub(crate) pretty: bool,
    /// Write the JSON on one line, as into a pipe or a file
    #[arg(long, help_heading = "Output")]
    pub(crate) compact: bool,
    /// How to write problems: human, short (one line each) or json (one object a line)
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_possible_values = true,
        help_heading = "Diagnostics"
    )]
    pub(crate) error_format: ErrorFormat,
    /// Take warnings for errors: print no filter, end with exit code 1
    #[arg(long, help_heading = "Diagnostics")]
    pub(crate) deny_warnings: bool,
}

// No comments on the variants: clap would spread the help of the whole program for them.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    Human,
    Json,
    Short,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Fields(Fields),
    Explain(Explain),
    Completions(Completions),
    Man(Man),
}

/// List the fields that an expression can name
#[derive(Args)]
#[command(after_help = "\
On a terminal the table fits its width; elsewhere each field is one line, with nothing left out.

--json writes one array of objects with the keys field, display_name, description, type, status, \
operators, tolerated_operators (these compile with a warning), options (of value and label), \
aliases, audience_types and unconfirmed_audience_types (these with a warning too). Keys may be \
added in later versions.

Ends with exit code 1 if no field matches.")]
pub(crate) struct Fields {
    /// Only fields with this in their name, display name or an alias, in any case
    pub(crate) pattern: Option<String>,
    /// Only fields that a filter for this audience type can name
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    common: Common,
}

/// Explain a problem by its code, or list all codes
#[derive(Args)]
pub(crate) struct Explain {
    /// The code, whole or its last part: `filterc::check::unknown_field`, `unknown_field`
    pub(crate) code: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// Write a completion script for a shell
#[derive(Args)]
#[command(after_help = "\
bash  filterc completions bash > ~/.local/share/bash-completion/completions/filterc
zsh   filterc completions zsh > \"${fpath[1]}/_filterc\"
fish  filterc completions fish > ~/.config/fish/completions/filterc.fish")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
    #[command(flatten)]
    common: Common,
}

/// Write the manual page, in roff
#[derive(Args)]
#[command(after_help = "Read it with: filterc man | man -l -")]
pub(crate) struct Man {
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// Colour: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true
    )]
    color: ColorChoice,
    /// Print help
    #[arg(short, long, action = ArgAction::HelpShort)]
    help: Option<bool>,
}

fn audience_type() -> impl TypedValueParser<Value = AudienceType> {
    PossibleValuesParser::new(AudienceType::ALL.map(AudienceType::name))
        .try_map(|name| name.parse::<AudienceType>())
}
