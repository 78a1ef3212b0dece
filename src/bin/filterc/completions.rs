//! `filterc completions SHELL`: a completion script, by clap_complete.

use std::process::ExitCode;

use crate::args::{self, Completions};
use crate::output::{Failure, print};

pub(crate) fn run(arguments: &Completions) -> Result<ExitCode, Failure> {
    // clap_complete panics where it cannot write, and to a Vec it can.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut completed(), "filterc", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}

/// The command line without the expression: no shell can complete one, and for its sake the
/// scripts would offer commands in the wrong place.
fn completed() -> clap::Command {
    let all = args::command();
    let options = all
        .get_arguments()
        .filter(|argument| !argument.is_positional());
    clap::Command::new("filterc")
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .disable_help_flag(true)
        .args(options)
        .subcommands(all.get_subcommands())
}
