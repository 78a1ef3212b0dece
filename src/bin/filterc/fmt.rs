//! `filterc fmt [PATH…]`: filters in their canonical layout, in place.
//!
//! Owns what is written where: changed files, the list of them, the difference. The layout is the
//! library's.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use filterc::{Compiler, Manifest, Problem};
use rayon::prelude::*;

use crate::args::Fmt;
use crate::difference::unified;
use crate::input::{self, Input};
use crate::output::{
    FAILED, Failure, GREEN, PROBLEMS, RED, painted, print, quoted, replace_file, report,
};
use crate::paths::{Target, targets};
use crate::reports::{Counts, Report, counted_noun, written};
use crate::terminal::Terminal;

pub(crate) fn run(arguments: &Fmt, terminal: Terminal) -> Result<ExitCode, Failure> {
    let files = match arguments.paths.as_slice() {
        [] => vec![laid_out(input::file(Path::new("-")), None)],
        [path] if input::is_dash(path) => vec![laid_out(input::file(path), None)],
        paths => targets(paths)?
            .par_iter()
            .map(|target| laid_out(input::file(target.path()), Some(target)))
            .collect(),
    };
    let mut run = Run {
        terminal,
        changed: Vec::new(),
        reports: Vec::new(),
        was_read: true,
    };
    let total = files.len();
    for file in files {
        run.file(file, arguments)?;
    }
    Ok(run.end(arguments, total))
}

/// What became of one file.
enum File {
    /// A text, and its canonical form.
    LaidOut {
        input: Input,
        /// `None` for standard input.
        path: Option<PathBuf>,
        text: String,
    },
    Wrong(Report),
    Unread(Failure),
}

fn laid_out(read: Result<Input, Failure>, target: Option<&Target>) -> File {
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
        Ok(text) => File::LaidOut {
            path: target.map(|target| target.path().to_owned()),
            input,
            text,
        },
        Err(problems) => File::Wrong(Report {
            name: input.name,
            text: input.text,
            problems,
        }),
    }
}

/// What a run came to.
struct Run {
    terminal: Terminal,
    /// The names of files that were not in the canonical layout.
    changed: Vec<String>,
    reports: Vec<Report>,
    was_read: bool,
}

impl Run {
    fn file(&mut self, file: File, arguments: &Fmt) -> Result<(), Failure> {
        let (input, path, text) = match file {
            File::LaidOut { input, path, text } => (input, path, text),
            File::Wrong(report) => {
                self.reports.push(report);
                return Ok(());
            }
            File::Unread(failure) => {
                failure.report(self.terminal);
                self.was_read = false;
                return Ok(());
            }
        };
        let is_changed = input.text != text;
        if arguments.diff && is_changed {
            let name = quoted(&input.name);
            let colors = self.terminal.colors_stdout();
            print(&unified(&name, &input.text, &text, colors))?;
        } else if arguments.check && is_changed {
            print(&format!("{}\n", quoted(&input.name)))?;
        }
        let only_looks = arguments.check || arguments.diff;
        match path {
            _ if only_looks => {}
            None => print(&text)?,
            Some(path) if is_changed => replace_file(&path, &text)?,
            Some(_) => {}
        }
        if is_changed {
            self.changed.push(input.name);
        }
        Ok(())
    }

    fn end(self, arguments: &Fmt, total: usize) -> ExitCode {
        let style = self.terminal.human_style();
        let format = self.terminal.format();
        if !self.reports.is_empty() {
            report(&written(&self.reports, format, style));
        }
        let only_looks = arguments.check || arguments.diff;
        let is_stream = arguments.paths.is_empty() || arguments.paths == [PathBuf::from("-")];
        if !is_stream {
            report(&self.summary(only_looks, total, style.color));
        }
        if !self.was_read {
            ExitCode::from(FAILED)
        } else if !self.reports.is_empty() || only_looks && !self.changed.is_empty() {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        }
    }

    /// `formatted 2 of 3 files`
    fn summary(&self, only_looks: bool, total: usize, colors: bool) -> String {
        let changed = self.changed.len();
        let of = counted_noun(total, "file");
        let done = match (changed, only_looks) {
            (0, _) if self.reports.is_empty() => {
                painted(&format!("nothing to change in {of}"), GREEN, colors)
            }
            (_, true) => format!("{changed} of {of} would change"),
            (_, false) => format!("formatted {changed} of {of}"),
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
