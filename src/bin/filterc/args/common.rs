//! Arguments that several commands share. Declarations only.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, ColorChoice, ValueEnum, ValueHint};
use filterc::AudienceType;

/// What every command takes.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Common {
    /// Colour: auto (on a terminal, unless NO_COLOR is set), always or never
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        help_heading = "Diagnostics"
    )]
    color: ColorChoice,
    /// Print help
    #[arg(short, long, action = ArgAction::HelpShort, help_heading = "Help")]
    help: Option<bool>,
}

/// What every command takes that reports problems.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Reporting {
    /// How to write problems: human, short, json (one a line), github or sarif
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "human",
        hide_possible_values = true,
        help_heading = "Diagnostics"
    )]
    pub(crate) error_format: ErrorFormat,
    #[command(flatten)]
    common: Common,
}

/// What a command takes that knows an account.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Account {
    /// Take the fields from a saved answer of the Field Catalog
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Account")]
    pub(crate) catalog: Option<PathBuf>,
    /// Resolve the names of topics by saved answers of the taxonomy
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Account")]
    pub(crate) topics: Option<PathBuf>,
    /// Take the settings from this file, not from a `filterc.toml` here or further up
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Account")]
    pub(crate) config: Option<PathBuf>,
    /// Take no settings from a file
    #[arg(long, conflicts_with = "config", help_heading = "Account")]
    pub(crate) no_config: bool,
    #[command(flatten)]
    pub(crate) reporting: Reporting,
}

/// Which warnings count.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Levels {
    /// Do not tell warnings of this code; may be repeated
    #[arg(long, value_name = "CODE", help_heading = "Diagnostics")]
    pub(crate) allow: Vec<String>,
    /// Take warnings of this code for errors; may be repeated
    #[arg(long, value_name = "CODE", help_heading = "Diagnostics")]
    pub(crate) deny: Vec<String>,
    /// Take all warnings for errors: print no filter, end with exit code 1
    #[arg(long, help_heading = "Diagnostics")]
    pub(crate) deny_warnings: bool,
}

/// In which form the filter is written.
#[derive(Args, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Form {
    /// Rewrite the filter into a smaller equal one
    #[arg(long, help_heading = "Output")]
    pub(crate) optimize: bool,
    /// Rewrite it, and sort its rules and values
    #[arg(long, help_heading = "Output")]
    pub(crate) canonical: bool,
}

// No comments on the variants: clap would spread the help of the whole program for them.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum ErrorFormat {
    #[default]
    Human,
    Short,
    Json,
    Github,
    Sarif,
}

pub(crate) fn audience_type() -> impl TypedValueParser<Value = AudienceType> {
    PossibleValuesParser::new(AudienceType::ALL.map(AudienceType::name))
        .try_map(|name| name.parse::<AudienceType>())
}
