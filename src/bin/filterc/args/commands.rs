//! The commands beside compiling, and what each takes. Declarations only.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};
use filterc::AudienceType;

use super::common::{Account, Common, ErrorFormat, Form, Levels, audience_type};
use super::matching::Match;
use super::rewriting::{Decompile, Fix, Fmt};

#[derive(Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Request(Request),
    Fmt(Fmt),
    Fix(Fix),
    Decompile(Decompile),
    Locate(Locate),
    Fingerprint(Fingerprint),
    Match(Match),
    Fields(Fields),
    Topics(Topics),
    Catalog(Catalog),
    Config(Config),
    Explain(Explain),
    Completions(Completions),
    Man(Man),
}

impl Command {
    /// How the command writes problems.
    pub(crate) fn error_format(&self) -> ErrorFormat {
        match self {
            Self::Check(Check { account, .. })
            | Self::Request(Request { account, .. })
            | Self::Fix(Fix { account, .. })
            | Self::Decompile(Decompile { account, .. })
            | Self::Locate(Locate { account, .. })
            | Self::Fingerprint(Fingerprint { account, .. })
            | Self::Match(Match { account, .. })
            | Self::Fields(Fields { account, .. })
            | Self::Topics(Topics { account, .. })
            | Self::Config(Config { account, .. })
            | Self::Catalog(Catalog {
                command: CatalogCommand::Diff(CatalogDiff { account, .. }),
                ..
            }) => account.reporting.error_format,
            Self::Fmt(Fmt { reporting, .. }) => reporting.error_format,
            Self::Explain(_) | Self::Completions(_) | Self::Man(_) => ErrorFormat::Human,
        }
    }
}

/// Compile filters and manifests, and report what is wrong with them
#[derive(Args)]
#[command(after_help = "\
A folder stands for the `.filter` files in it and below, and the `.toml` files that are manifests. \
A filter that a manifest names by filter_file is checked as part of that manifest.

The report is written to standard output, in the order of the paths; a line of summary to standard \
error. Ends with exit code 1 if anything has an error, 2 if a file could not be read.

--fix repeats until no problem has a fix, and leaves a file alone that would have a new problem. With \
--diff it ends with exit code 1 if a file would change.")]
pub(crate) struct Check {
    /// Files, folders, or patterns such as 'audiences/**/*.filter' [default: this folder]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Check filters that name no audience type for this one
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    /// Apply the fixes that are certain, in place, and check what comes of it
    #[arg(long)]
    pub(crate) fix: bool,
    /// With --fix: write no file, show the changes instead
    #[arg(long, requires = "fix")]
    pub(crate) diff: bool,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
}

/// Write the body of the Create Audience call for a manifest
#[derive(Args)]
#[command(after_help = "\
A manifest is TOML with the keys of the call and the filter as text (filter = '''…''') or as a path \
(filter_file). `list` and `pixel` audiences may have no filter.

One manifest gives one JSON object, indented on a terminal; several give one a line. If any of them \
has an error, nothing is written.")]
pub(crate) struct Request {
    /// The manifests; `-` is standard input
    #[arg(value_name = "AUDIENCE.toml", value_hint = ValueHint::FilePath, required = true)]
    pub(crate) manifests: Vec<PathBuf>,
    /// Write the body of the estimate call instead, and warn of what it refuses
    #[arg(long)]
    pub(crate) estimate: bool,
    /// Write out what the vendor takes where a key is left out
    #[arg(long, conflicts_with = "estimate")]
    pub(crate) explicit: bool,
    /// Indent the JSON, as on a terminal
    #[arg(long, conflicts_with = "compact")]
    pub(crate) pretty: bool,
    /// Write the JSON on one line, as into a pipe or a file
    #[arg(long)]
    pub(crate) compact: bool,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
}

/// Find the text that a part of the filter JSON came from
#[derive(Args)]
#[command(after_help = "\
filterc locate /rules/2/rules/0 --file eu.filter
filterc locate /filter/rules/0/conditionRules/value/3 --file audience.toml

Ends with exit code 1 if the filter has an error, or nothing at that place.")]
pub(crate) struct Locate {
    /// A JSON pointer into the filter, or into the body of a request
    #[arg(value_name = "POINTER")]
    pub(crate) pointer: String,
    /// The expression, as one argument; `-` or none reads standard input
    #[arg(value_name = "EXPRESSION", conflicts_with = "file")]
    pub(crate) expression: Option<std::ffi::OsString>,
    /// Read the expression from a file, or from a manifest (`.toml`)
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) file: Option<PathBuf>,
    /// Compile for this audience type
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) form: Form,
    #[command(flatten)]
    pub(crate) account: Account,
}

/// Write a hash of what a filter says, however it is written
#[derive(Args)]
#[command(after_help = "\
filterc fingerprint 'seniority in (vp, cxo)'
filterc fingerprint --file audiences/*.toml | sort

The SHA-256, as hex, of the JSON that `filterc --canonical --compact` writes, without its line break. \
Equal for texts that differ in layout, comments, order or spelling only; the audience type is no \
part of it. It is not the vendor's filter_fingerprint, of which the algorithm is not known.

Of several files each is a line, with the name behind the hash. Ends with exit code 1 if any filter \
has an error, and then writes none.")]
pub(crate) struct Fingerprint {
    /// The expression, as one argument; `-` or none reads standard input
    #[arg(value_name = "EXPRESSION", conflicts_with = "files")]
    pub(crate) expression: Option<std::ffi::OsString>,
    /// Read filters, or manifests (`.toml`), from files; `-` is standard input
    #[arg(short, long = "file", value_name = "FILE", value_hint = ValueHint::FilePath, num_args = 1..)]
    pub(crate) files: Vec<PathBuf>,
    /// Compile for this audience type; a manifest has its own
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
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
    pub(crate) account: Account,
}

/// Search the topic file
#[derive(Args)]
#[command(after_help = "\
Finds topics with all words of the pattern in their path, in any case, and the one with that id.

--json writes one array of objects with the keys id, name, path, status and topic_type. Keys may be \
added in later versions.

Ends with exit code 1 if no topic matches.")]
pub(crate) struct Topics {
    /// Words of the name or path, or an id; without it all topics
    pub(crate) pattern: Option<String>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) account: Account,
}

/// Work on saved answers of the Field Catalog
#[derive(Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true
)]
pub(crate) struct Catalog {
    #[command(subcommand)]
    pub(crate) command: CatalogCommand,
    #[command(flatten)]
    common: Common,
}

#[derive(Subcommand)]
pub(crate) enum CatalogCommand {
    Diff(CatalogDiff),
}

/// Tell what changed between two catalogs, and which filters it breaks
#[derive(Args)]
#[command(after_help = "\
Each change is one line: `+` for what is new, `-` for what is gone, `~` for what is otherwise.

A filter breaks if it compiles with the old catalog and not with the new one. One whose JSON is \
another is listed too.

--json writes one object with the keys changes, broken_aliases, broken, changed and failed_before. \
Ends with exit code 1 if a filter or an alias breaks, 2 if a file could not be read.")]
pub(crate) struct CatalogDiff {
    /// The older saved answer; `builtin` is the built-in catalog
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub(crate) old: PathBuf,
    /// The newer one
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub(crate) new: PathBuf,
    /// Filters and manifests to try with both: files, folders or patterns
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) account: Account,
}

/// Show the settings in force, and where each comes from
#[derive(Args)]
#[command(after_help = "\
Settings come from arguments, then from `filterc.toml` in this folder or the nearest one above. It \
may have these keys, paths counting from its own folder:

catalog = \"catalog.json\"
topics = \"topics.ndjson\"
audience = \"intents\"
organization_id = \"…\"
project_id = \"…\"

[aliases]
vertical = \"company_industry\"

[warnings]
allow = [\"beta_field\"]
deny = [\"mixed_operators\"]")]
pub(crate) struct Config {
    /// Write JSON, for programs
    #[arg(long)]
    pub(crate) json: bool,
    /// The audience type, as for the other commands
    #[arg(short, long, value_name = "TYPE", ignore_case = true, value_parser = audience_type())]
    pub(crate) audience: Option<AudienceType>,
    #[command(flatten)]
    pub(crate) account: Account,
    #[command(flatten)]
    pub(crate) levels: Levels,
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
