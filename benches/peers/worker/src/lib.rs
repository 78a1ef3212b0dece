//! What every contestant does: it reads texts from files and compiles each a number of times.
//!
//! Contestants are processes, since in one program the features that one of them asks of a shared
//! dependency hold for all, and since one that overflows its stack must not end the comparison.
//! A request is a line `run TIMES ok|error PATH`; the answer is `took NANOSECONDS SIZE PEAK` or
//! `cannot REASON`. `peak` asks for the peak memory so far.

use std::fmt::Display;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::Instant;

/// What a contestant says of a text: the size of what it made of it, or its error, which is
/// written only if nobody expects one.
pub type Answer<'t> = Result<usize, Box<dyn Display + 't>>;

/// Answers requests until there are no more.
pub fn serve(mut compile: impl for<'t> FnMut(&'t str) -> Answer<'t>) {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let answer = if line == "peak" {
            format!("took 0 0 {}", peak())
        } else {
            run(&line, &mut compile).unwrap_or_else(|reason| {
                let first = reason.lines().next().unwrap_or_default();
                format!("cannot {first}")
            })
        };
        if writeln!(output, "{answer}")
            .and_then(|()| output.flush())
            .is_err()
        {
            return;
        }
    }
}

fn run(
    line: &str,
    compile: &mut impl for<'t> FnMut(&'t str) -> Answer<'t>,
) -> Result<String, String> {
    let mut words = line.splitn(4, ' ').skip(1);
    let mut word = || words.next().ok_or("no such request");
    let times: u32 = word()?.parse().map_err(|_| "no number of times")?;
    let wants_error = word()? == "error";
    let text = std::fs::read_to_string(word()?).map_err(|error| error.to_string())?;
    let mut size = 0;
    let start = Instant::now();
    for _ in 0..times {
        match (compile(black_box(&text)), wants_error) {
            (Ok(made), false) => size = black_box(made),
            (Err(error), true) => drop(black_box(error)),
            (Ok(_), true) => return Err("takes the mistake for none".to_owned()),
            (Err(error), false) => return Err(error.to_string()),
        }
    }
    let took = start.elapsed().as_nanos();
    Ok(format!("took {took} {size} {}", peak()))
}

/// The most memory that the process has had so far, in bytes; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}
