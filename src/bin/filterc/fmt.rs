//! `filterc fmt [PATH…]`: filters in their canonical layout, in place.
//!
//! Owns what is written where: changed files, the list of them, the difference. The layout is the
//! library's.

use std::path::PathBuf;
use std::process::ExitCode;

use filterc::{Compiler, Manifest, Problem};
use rayon::prelude::*;

use crate::args::Fmt;
use crate::expression::expression;
use crate::input::{self, Input};
use crate::output::{FAILED, Failure, GREEN, PROBLEMS, RED, painted, report};
use crate::paths::{Target, targets};
use crate::reports::{Counts, Report, counted_noun, written};
use crate::rewrite::{Mode, Rewrite};
use crate::terminal::Terminal;

/// For an expression in place of a path.
const ADVICE: &str = "to lay out an expression, pipe it in: `echo '…' | filterc fmt`";

pub(crate) fn run(arguments: &Fmt, terminal: Terminal) -> Result<ExitCode, Failure> {
    let files = match arguments.paths.as_slice() {
        [] => vec![laid_out(input::piped(), None)],
        [path] if input::is_dash(path) => vec![laid_out(input::file(path), None)],
        paths => targets(paths, ADVICE)?
            .par_iter()
            .map(|target| laid_out(input::file(target.path()), Some(target)))
            .collect(),
    };
    let mode = Mode::of(arguments.check, arguments.diff);
    let mut run = Run {
        terminal,
        mode,
        total: files.len(),
        changed: 0,
        reports: Vec::new(),
        is_whole: true,
    };
    for file in files {
        run.file(file)?;
    }
    Ok(run.end(arguments))
}

/// What became of one file.
enum File {
    LaidOut(Rewrite),
    Wrong(Report),
    Unread(Failure),
}

fn laid_out(read: Result<Input, Failure>, target: Option<&Target>) -> File {
    let read = match target {
        Some(Target::Manifest(_)) => read,
        _ => read.and_then(expression),
    };
    let input = match read {
        Ok(input) => input,
        Err(failure) => return File::Unread(failure),
    };
    let formatted: Result<String, Vec<Problem>> = match target {
        Some(Target::Manifest(_)) => {
            let formatted = Manifest::from_toml(&input.text).format_filter();
            formatted.map(|text| text.unwrap_or_else(|| input.text.clone()))
        }
        _ => {
            let compiler = Compiler::new().source_name(input.name.as_str());
            let formatted = compiler.format(&input.text);
            formatted.map_err(|error| error.problems().to_vec())
        }
    };
    match formatted {
        Ok(after) => File::LaidOut(Rewrite {
            name: input.name,
            path: target.map(|target| target.path().to_owned()),
            before: input.text,
            after,
        }),
        Err(problems) => File::Wrong(Report::of(input, &problems)),
    }
}

/// What a run came to.
struct Run {
    terminal: Terminal,
    mode: Mode,
    total: usize,
    /// How many files were not in the canonical layout.
    changed: usize,
    reports: Vec<Report>,
    /// Whether every file could be read and written.
    is_whole: bool,
}

impl Run {
    fn file(&mut self, file: File) -> Result<(), Failure> {
        match file {
            File::LaidOut(rewrite) => match rewrite.deliver(self.mode, self.terminal) {
                Ok(()) => self.changed += usize::from(rewrite.is_change()),
                Err(failure) if rewrite.is_of_file(self.mode) => {
                    failure.report(self.terminal);
                    self.is_whole = false;
                }
                Err(failure) => return Err(failure),
            },
            File::Wrong(report) => self.reports.push(report),
            File::Unread(failure) => {
                failure.report(self.terminal);
                self.is_whole = false;
            }
        }
        Ok(())
    }

    fn end(self, arguments: &Fmt) -> ExitCode {
        let style = self.terminal.human_style();
        if !self.reports.is_empty() {
            report(&written(&self.reports, self.terminal.format(), style));
        }
        let is_stream = arguments.paths.is_empty() || arguments.paths == [PathBuf::from("-")];
        if !is_stream {
            report(&self.summary(style.color));
        }
        let would_change = self.mode != Mode::Write && self.changed > 0;
        if !self.is_whole {
            ExitCode::from(FAILED)
        } else if !self.reports.is_empty() || would_change {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        }
    }

    /// `formatted 2 of 3 files`
    fn summary(&self, colors: bool) -> String {
        let changed = self.changed;
        let of = counted_noun(self.total, "file");
        let done = match (changed, self.mode) {
            (0, _) if self.reports.is_empty() => {
                painted(&format!("nothing to change in {of}"), GREEN, colors)
            }
            (_, Mode::Write) => format!("formatted {changed} of {of}"),
            _ => format!("{changed} of {of} would change"),
        };
        if self.reports.is_empty() {
            return done + "\n";
        }
        let counts = Counts::of(self.reports.iter().flat_map(|report| &report.problems));
        let words = counts.in_words();
        let wrong = counted_noun(self.reports.len(), "file");
        let error = painted("error:", RED, colors);
        format!("{error} {done}; {words} in {wrong}, left as they are\n")
    }
}
