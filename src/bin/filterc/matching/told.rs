//! What is told of the filter, of rows that could not be read, and of fields that rows have
//! otherwise than the filter.
//!
//! Owns which of these fail the run.

use filterc::{Problem, WarningLevels};

use super::judge::Tally;
use crate::args::ErrorFormat;
use crate::output::{Failure, RED, painted, report};
use crate::progress::Progress;
use crate::project::Project;
use crate::reports::{Counts, Report, counted_noun, written};
use crate::terminal::Terminal;

/// How many broken rows are told one by one: of more a person learns nothing new.
const MOST: usize = 20;

pub(crate) struct Told {
    /// What the rows are known by.
    name: String,
    /// Shown between what is told.
    progress: Progress,
    terminal: Terminal,
    levels: WarningLevels,
    deny_warnings: bool,
    broken: usize,
    /// A SARIF document is written at the end.
    kept: Vec<Report>,
    fails: bool,
}

impl Told {
    pub(crate) fn new(project: &Project, terminal: Terminal) -> Self {
        Self {
            name: String::new(),
            progress: Progress::new(None, false),
            terminal,
            levels: project.levels().clone(),
            deny_warnings: project.deny_warnings,
            broken: 0,
            kept: Vec::new(),
            fails: false,
        }
    }

    /// Names the rows that what follows is about, and begins to show how far they are read.
    pub(crate) fn read(&mut self, name: &str, progress: Progress) {
        name.clone_into(&mut self.name);
        self.progress = progress;
    }

    pub(crate) fn progress(&mut self) -> &mut Progress {
        &mut self.progress
    }

    /// Tells the problems of the filter. Fails where nothing is to be tried for them.
    pub(crate) fn filter(&mut self, reports: Vec<Report>) -> Result<(), Failure> {
        for report in reports {
            self.write(report);
        }
        if self.fails {
            self.write_kept();
            return Err(Failure::Reported);
        }
        Ok(())
    }

    /// `is_last`: no row behind it is tried.
    pub(crate) fn broken_row(&mut self, line: usize, message: &str, is_last: bool) {
        self.broken += 1;
        self.fails = true;
        // Programs get them all, but for the format that has to be held in memory.
        if self.broken > MOST && self.terminal.format() != ErrorFormat::Json {
            return;
        }
        let problem = Problem::of_file(
            "filterc::match::broken_row",
            format!("the row on line {line} cannot be read: {message}"),
            if is_last {
                "correct the row: none behind it was tried"
            } else {
                "correct the row; all others were tried"
            },
        );
        let name = format!("{}:{line}", self.name);
        self.write_one(name, problem);
    }

    pub(crate) fn unseen_field(&mut self, field: &str) {
        let problem = Problem::warning_of_file(
            "filterc::match::field_not_in_rows",
            format!("no row has the field `{field}`"),
            "check how the rows spell it: a field of the filter is read by the vendor's name",
        );
        self.write_one(self.name.clone(), problem);
    }

    pub(crate) fn unsplit_list(&mut self, field: &str, separator: char) {
        let problem = Problem::warning_of_file(
            "filterc::match::unsplit_list",
            format!(
                "`{field}` is a field of lists, and a cell with `{separator}` in it was read as \
                 one text"
            ),
            format!("write `--list-separator '{separator}'` where it separates values"),
        );
        self.write_one(self.name.clone(), problem);
    }

    /// The last line: how many rows are broken. Answers whether the run fails.
    pub(crate) fn finish(mut self, tally: Tally, is_strict: bool) -> bool {
        let format = self.terminal.format();
        if format == ErrorFormat::Sarif {
            self.write_kept();
        }
        let is_for_programs = matches!(format, ErrorFormat::Json | ErrorFormat::Sarif);
        if tally.broken > 0 && !is_for_programs {
            let error = painted("error:", RED, self.terminal.colors_stderr());
            report(&if is_strict {
                format!("{error} stopped at a row that cannot be read\n")
            } else {
                let of = counted_noun(tally.total(), "row");
                format!("{error} {} of {of} cannot be read\n", tally.broken)
            });
        }
        self.fails
    }

    fn write_one(&mut self, name: String, problem: Problem) {
        let mut problems = vec![problem];
        self.levels.apply(&mut problems);
        self.write(Report {
            name,
            text: String::new(),
            problems,
        });
    }

    fn write(&mut self, told: Report) {
        self.fails |= Counts::of(&told.problems).fail(self.deny_warnings);
        self.kept.push(told);
        if self.terminal.format() != ErrorFormat::Sarif {
            self.write_kept();
        }
    }

    fn write_kept(&mut self) {
        self.progress.clear();
        let (format, style) = (self.terminal.format(), self.terminal.human_style());
        report(&written(&std::mem::take(&mut self.kept), format, style));
    }
}
