//! What is told of rows that could not be read, and of fields that no row has.

use filterc::Problem;

use super::judge::Tally;
use crate::args::ErrorFormat;
use crate::output::{RED, painted, report};
use crate::reports::{Report, counted_noun, written};
use crate::terminal::Terminal;

/// How many broken rows are told one by one: of more a person learns nothing new.
const MOST: usize = 20;

pub(crate) struct Broken {
    name: String,
    terminal: Terminal,
    told: usize,
    /// A SARIF document is written at the end.
    kept: Vec<Report>,
}

impl Broken {
    pub(crate) fn new(name: &str, terminal: Terminal) -> Self {
        Self {
            name: name.to_owned(),
            terminal,
            told: 0,
            kept: Vec::new(),
        }
    }

    pub(crate) fn tell(&mut self, line: usize, message: &str) {
        self.told += 1;
        // Programs get them all, but for the format that has to be held in memory.
        if self.told > MOST && self.terminal.format() != ErrorFormat::Json {
            return;
        }
        let problem = Problem::of_file(
            "filterc::match::broken_row",
            format!("the row on line {line} cannot be read: {message}"),
            "correct the row; all others were tried",
        );
        self.write(format!("{}:{line}", self.name), problem);
    }

    pub(crate) fn tell_unseen(&mut self, field: &str) {
        let problem = Problem::warning_of_file(
            "filterc::match::field_not_in_rows",
            format!("no row has the field `{field}`"),
            "check how the rows spell it: a field of the filter is read by the vendor's name",
        );
        self.write(self.name.clone(), problem);
    }

    /// The last line: how many rows are broken.
    pub(crate) fn finish(&mut self, tally: Tally, is_strict: bool, terminal: Terminal) {
        if terminal.format() == ErrorFormat::Sarif {
            report(&written(
                &self.kept,
                terminal.format(),
                terminal.human_style(),
            ));
        }
        if tally.broken == 0 {
            return;
        }
        let error = painted("error:", RED, terminal.colors_stderr());
        report(&if is_strict {
            format!("{error} stopped at a row that cannot be read\n")
        } else {
            let of = counted_noun(tally.total(), "row");
            format!("{error} {} of {of} cannot be read\n", tally.broken)
        });
    }

    fn write(&mut self, name: String, problem: Problem) {
        let told = Report {
            name,
            text: String::new(),
            problems: vec![problem],
        };
        let format = self.terminal.format();
        if format == ErrorFormat::Sarif {
            self.kept.push(told);
        } else {
            report(&written(&[told], format, self.terminal.human_style()));
        }
    }
}
