//! `filterc match`: tries a filter on rows, and prints those it selects as they came.
//!
//! Owns what is printed of which rows, the counts, and the exit code. Memory does not grow with the
//! number of rows: they are read, judged on all cores and written in blocks, in order.

mod broken;
mod csv;
mod filter;
mod judge;
mod report;
mod source;
mod split;
mod values;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Duration;

use indicatif::ProgressBar;
use rayon::prelude::*;

use crate::args::Match;
use crate::batch;
use crate::input;
use crate::output::{Failure, PROBLEMS, cannot_write, print};
use crate::project::Project;
use crate::reports::counted_noun;
use crate::terminal::Terminal;
use broken::Broken;
use judge::{BrokenRow, Judge, Outcome, Tally};
use source::{Block, Rows};

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
    let mut rows = Rows::open(&arguments.data)?;
    let options = filter::options(arguments, rows.is_csv());
    let tried = filter::tried(arguments, &project, options, terminal)?;
    let judge = Judge::new(tried, &rows, arguments, terminal);
    let is_seen = io::stderr().is_terminal() && (arguments.count || !io::stdout().is_terminal());
    let bar = batch::progress(rows.size(), is_seen);
    let mut run = Run {
        arguments,
        terminal,
        judge,
        tally: Tally::default(),
        broken: Broken::new(rows.name(), terminal),
        seen: Vec::new(),
        printed: 0,
    };
    if !arguments.count && !arguments.unknown && !arguments.explain {
        print_bytes(rows.header_line())?;
    }
    run.all(&mut rows, &bar)?;
    bar.finish_and_clear();
    run.finish()
}

fn reads_stdin_twice(arguments: &Match) -> bool {
    let filter_file = arguments.file.as_ref().or(arguments.filter_json.as_ref());
    let from_file = filter_file.map(input::is_dash);
    let from_argument = arguments.expression.as_ref().map(input::is_dash);
    input::is_dash(&arguments.data) && from_file.or(from_argument).unwrap_or(true)
}

struct Run<'a> {
    arguments: &'a Match,
    terminal: Terminal,
    judge: Judge<'a>,
    tally: Tally,
    broken: Broken,
    /// Of each field of the filter, whether any row has a value.
    seen: Vec<bool>,
    printed: usize,
}

impl Run<'_> {
    /// Judges one block while the next is read.
    fn all(&mut self, rows: &mut Rows, bar: &ProgressBar) -> Result<(), Failure> {
        let bytes_read = rows.bytes_read();
        let mut block = rows.next_block()?;
        while let Some(current) = block {
            let judge = &self.judge;
            let (outcomes, next) = rayon::join(|| outcomes(judge, &current), || rows.next_block());
            for outcome in outcomes {
                if self.take(outcome)? {
                    return Ok(());
                }
            }
            if let Some((line, message)) = &current.end {
                self.tally.broken += 1;
                self.broken.tell(*line, message);
            }
            if bar.elapsed() > Duration::from_secs(1) {
                bar.set_position(bytes_read.load(Ordering::Relaxed));
                bar.set_message(counted_noun(self.tally.total(), "row"));
            }
            block = next?;
        }
        Ok(())
    }

    /// Prints what comes of some rows; true where nothing is wanted beyond.
    fn take(&mut self, outcome: Outcome) -> Result<bool, Failure> {
        let stop = outcome.broken.first().filter(|_| self.arguments.strict);
        let mut end = stop.map_or(outcome.output.len(), |first| first.printed_before);
        let mut is_over = stop.is_some();
        let mut told = stop.map_or(outcome.broken.len(), |_| 1);
        if let Some(head) = self.arguments.head {
            let wanted = head.saturating_sub(self.printed);
            let printed = outcome.ends.iter().filter(|at| **at <= end).count();
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
            self.broken.tell(broken.line, &broken.message);
        }
        self.tally.add(Tally {
            broken: told,
            ..outcome.tally
        });
        self.seen.resize(outcome.seen.len(), false);
        for (known, seen) in self.seen.iter_mut().zip(&outcome.seen) {
            *known |= seen;
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
            let fields = self.judge.fields().iter().zip(&self.seen);
            for (field, _) in fields.filter(|(_, seen)| !**seen) {
                self.broken.tell_unseen(field);
            }
        }
        self.broken
            .finish(self.tally, self.arguments.strict, self.terminal);
        Ok(if self.tally.broken > 0 {
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
