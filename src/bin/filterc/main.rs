//! The `filterc` program: an expression in, the JSON of a filter out, problems on standard error.
//!
//! Owns arguments, files, streams and exit codes. All knowledge of expressions and fields is the
//! library's: nothing here but its public names.

mod args;
mod batch;
mod catalog;
mod check;
mod columns;
mod compile;
mod completions;
mod config;
mod decompile;
mod explain;
mod expression;
mod fields;
mod fingerprint;
mod fix;
mod fixing;
mod fmt;
mod help;
mod input;
mod locate;
mod man;
mod matching;
mod nearest;
mod output;
mod paths;
mod progress;
mod project;
mod reports;
mod request;
mod rewrite;
mod table;
mod terminal;
mod topics;
mod unit;
mod wrap;

use std::process::ExitCode;

use args::{Arguments, Catalog, CatalogCommand, Command};
use output::Failure;
use terminal::Terminal;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let mut terminal = Terminal::new(args::color(&words));
    let ended = args::read(&words).and_then(|arguments| {
        terminal = terminal.with_format(arguments.error_format());
        run(arguments, terminal)
    });
    ended.unwrap_or_else(|failure| failure.report(terminal))
}

fn run(arguments: Arguments, terminal: Terminal) -> Result<ExitCode, Failure> {
    match arguments.command {
        None => compile::run(arguments.compile, terminal),
        Some(Command::Check(check)) => check::run(&check, terminal),
        Some(Command::Request(request)) => request::run(&request, terminal),
        Some(Command::Fmt(fmt)) => fmt::run(&fmt, terminal),
        Some(Command::Fix(fix)) => fix::run(&fix, terminal),
        Some(Command::Decompile(decompile)) => decompile::run(&decompile, terminal),
        Some(Command::Locate(locate)) => locate::run(&locate, terminal),
        Some(Command::Fingerprint(fingerprint)) => fingerprint::run(&fingerprint, terminal),
        Some(Command::Match(arguments)) => matching::run(&arguments, terminal),
        Some(Command::Fields(fields)) => fields::run(&fields, terminal),
        Some(Command::Topics(topics)) => topics::run(&topics, terminal),
        Some(Command::Catalog(Catalog {
            command: CatalogCommand::Diff(diff),
            ..
        })) => catalog::diff(&diff, terminal),
        Some(Command::Config(config)) => config::run(&config, terminal),
        Some(Command::Explain(explain)) => explain::run(&explain, terminal),
        Some(Command::Completions(completions)) => completions::run(&completions),
        Some(Command::Man(_)) => man::run(),
    }
}
