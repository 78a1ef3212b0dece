//! `filterc match`: tries a filter on rows, and prints those it selects as they came.
//!
//! Owns what is printed of which rows, the counts, and the exit code. Memory does not grow with the
//! number of rows: they are read, judged on all cores and written in blocks, in order.

mod arrivals;
mod cells;
mod csv;
mod filter;
mod judge;
mod report;
mod source;
mod split;
mod told;
mod values;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use filterc::Problem;
use rayon::prelude::*;

use crate::args::Match;
use crate::input;
use crate::output::{Failure, PROBLEMS, cannot_write, print, quoted};
use crate::progress::Progress;
use crate::project::Project;
use crate::reports::counted_noun;
use crate::terminal::Terminal;
use filter::Tried;
use judge::{BrokenRow, Found, Judge, Outcome, Tally};
use source::{Block, Rows};
use split::Form;
use told::Told;

/// How many rows a core takes at a time.
const SHARE: usize = 1024;

pub(crate) fn run(arguments: &Match, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    if reads_stdin_twice(arguments) {
        let message = "the filter and the rows cannot both be read from standard input; \
                       name the rows by --data";
        return Err(Failure::Message(message.to_owned()));
    }
    let mut told = Told::new(&project, terminal);
    let tried = filter::tried(arguments, &project, &mut told)?;
    let mut rows = Rows::open(&arguments.data)?;
    refuse(&rows, &tried, arguments)?;
    let judge = Judge::new(tried, &rows, arguments, terminal);
    let is_seen = io::stderr().is_terminal() && (arguments.count || !io::stdout().is_terminal());
    told.read(rows.name(), Progress::new(rows.size(), is_seen));
    let mut run = Run {
        arguments,
        tally: Tally::default(),
        told,
        found: vec![Found::default(); judge.fields().len()],
        judge,
        printed: 0,
    };
    if !arguments.count && !arguments.unknown && !arguments.explain {
        print_bytes(rows.header_line())?;
    }
    run.tell_absent_columns();
    run.all(&mut rows)?;
    run.told.progress().clear();
    run.finish()
}

/// Refuses rows that cannot be read as the arguments, or the filter, would have them.
fn refuse(rows: &Rows, tried: &Tried, arguments: &Match) -> Result<(), Failure> {
    if arguments.list_separator.is_some() && rows.form() != Form::Csv {
        let message = "--list-separator is about cells of CSV; rows of JSON have lists";
        return Err(Failure::Message(message.to_owned()));
    }
    let repeated = rows.header().and_then(|it| it.repeated(tried.fields()));
    let Some(field) = repeated else {
        return Ok(());
    };
    let name = rows.name().to_owned();
    let problem = Problem::of_file(
        "filterc::match::repeated_heading",
        format!("`{}` has several columns `{field}`", quoted(&name)),
        "rename those that are not meant: which of them counts would be chance",
    );
    Err(Failure::File(Box::new((name, problem))))
}

fn reads_stdin_twice(arguments: &Match) -> bool {
    let filter_file = arguments.file.as_ref().or(arguments.filter_json.as_ref());
    let from_file = filter_file.map(input::is_dash);
    let from_argument = arguments.expression.as_ref().map(input::is_dash);
    input::is_dash(&arguments.data) && from_file.or(from_argument).unwrap_or(true)
}

struct Run<'a> {
    arguments: &'a Match,
    judge: Judge<'a>,
    tally: Tally,
    told: Told,
    /// Of each field of the filter.
    found: Vec<Found>,
    printed: usize,
}

impl Run<'_> {
    /// Of CSV it is known before any row, of which there may be none, or none yet.
    fn tell_absent_columns(&mut self) {
        for (at, field) in self.judge.fields().iter().enumerate() {
            if self.judge.has_no_column(at) {
                self.told.unseen_field(field);
            }
        }
    }

    /// Judges what has arrived while what arrives meanwhile is taken.
    fn all(&mut self, rows: &mut Rows) -> Result<(), Failure> {
        let bytes_read = rows.bytes_read();
        let mut next = None;
        loop {
            // What was judged has been printed before any more is waited for.
            let block = match next.take() {
                Some(block) => block,
                None => match rows.next_block(true)? {
                    Some(block) => block,
                    None => return Ok(()),
                },
            };
            let judge = &self.judge;
            let (outcomes, arrived) =
                rayon::join(|| outcomes(judge, &block), || rows.next_block(false));
            for outcome in outcomes {
                if self.take(outcome)? {
                    return Ok(());
                }
            }
            if let Some((line, message)) = &block.broken {
                self.tally.broken += 1;
                let is_last = self.arguments.strict || block.is_last;
                self.told.broken_row(*line, message, is_last);
                if is_last {
                    return Ok(());
                }
            }
            let read = bytes_read.load(Ordering::Relaxed);
            let total = self.tally.total();
            let progress = self.told.progress();
            progress.at(read, || counted_noun(total, "row"));
            next = arrived?;
            rows.reuse(block);
        }
    }

    /// Prints what comes of some rows; true where nothing is wanted beyond.
    fn take(&mut self, outcome: Outcome) -> Result<bool, Failure> {
        let mut end = outcome.output.len();
        let mut told = outcome.broken.len();
        let mut is_over = self.arguments.strict && told > 0;
        if let Some(head) = self.arguments.head {
            let wanted = head.saturating_sub(self.printed);
            let printed = outcome.ends.len();
            self.printed += printed.min(wanted);
            if printed >= wanted {
                let last = wanted
                    .checked_sub(1)
                    .and_then(|last| outcome.ends.get(last));
                end = last.copied().unwrap_or_default();
                let is_before = |row: &&BrokenRow| row.printed_before < end;
                told = outcome.broken.iter().take(told).filter(is_before).count();
                is_over = true;
            }
        }
        for broken in outcome.broken.iter().take(told) {
            let is_last = self.arguments.strict;
            self.told.broken_row(broken.line, &broken.message, is_last);
        }
        self.tally.add(Tally {
            broken: told,
            ..outcome.tally
        });
        let fields = self.judge.fields().iter().zip(&mut self.found);
        for ((field, known), new) in fields.zip(&outcome.found) {
            known.is_seen |= new.is_seen;
            if let (None, Some(separator)) = (known.unsplit, new.unsplit) {
                known.unsplit = Some(separator);
                self.told.unsplit_list(field, separator);
            }
        }
        print_bytes(outcome.output.get(..end).unwrap_or_default())?;
        Ok(is_over)
    }

    fn finish(mut self) -> Result<ExitCode, Failure> {
        if self.arguments.count {
            print(&self.tally.in_words())?;
        }
        let is_whole = self.arguments.head.is_none() && self.tally.total() > self.tally.broken;
        if is_whole {
            let fields = self.judge.fields().iter().zip(&self.found).enumerate();
            for (at, (field, found)) in fields {
                if !found.is_seen && !self.judge.has_no_column(at) {
                    self.told.unseen_field(field);
                }
            }
        }
        let fails = self.told.finish(self.tally, self.arguments.strict);
        Ok(if fails {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn outcomes(judge: &Judge<'_>, block: &Block) -> Vec<Outcome> {
    let shares = block.rows.par_chunks(SHARE);
    shares
        .map(|rows| judge.outcome(&block.bytes, rows))
        .collect()
}

fn print_bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    written.map_err(|error| cannot_write(&error))
}
