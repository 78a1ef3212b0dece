//! The `filterc` program: an expression in, the JSON of a filter out, problems on standard error.
//!
//! Owns arguments, files, streams and exit codes. All knowledge of expressions and fields is the
//! library's: nothing here but its public names.

mod args;
mod compile;
mod completions;
mod explain;
mod fields;
mod help;
mod input;
mod man;
mod nearest;
mod output;
mod table;
mod terminal;
mod wrap;

use std::process::ExitCode;

use args::{Arguments, Command};
use output::Failure;
use terminal::Terminal;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let terminal = Terminal::new(args::color(&words));
    let ended = args::read(&words).and_then(|arguments| run(arguments, terminal));
    ended.unwrap_or_else(|failure| failure.report(terminal))
}

fn run(arguments: Arguments, terminal: Terminal) -> Result<ExitCode, Failure> {
    match arguments.command {
        None => compile::run(arguments.compile, terminal),
        Some(Command::Fields(fields)) => fields::run(&fields, terminal),
        Some(Command::Explain(explain)) => explain::run(&explain, terminal),
        Some(Command::Completions(completions)) => completions::run(&completions),
        Some(Command::Man(_)) => man::run(),
    }
}
