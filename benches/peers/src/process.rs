//! How long the program takes from exec to exit.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 400;
const EXPR: &str = "seniority_level = vp and department in (sales, marketing)";

pub const PROGRAM: &str = "filterc EXPR";
pub const STATIC: &str = "the same, linked statically";

/// What the times of the others are multiples of.
const BASE: &str = "true";

/// `programs`: the name of each, and where it is or why it is not there.
pub fn print(programs: Vec<(&str, Result<PathBuf, String>)>) {
    println!("\nFrom exec to exit, median of {ROUNDS}, in turns:\n");
    let mut there: Vec<(&str, PathBuf, Vec<f64>)> = Vec::new();
    for (name, program) in programs {
        match program {
            Ok(program) => there.push((name, program, Vec::new())),
            Err(reason) => println!("  - {name}: {reason}"),
        }
    }
    for _ in 0..ROUNDS {
        for (name, program, taken) in &mut there {
            match run(program) {
                Ok(time) => taken.push(time),
                Err(reason) => return println!("  - {name}: {reason}"),
            }
        }
    }
    let medians: Vec<(&str, f64)> = there
        .iter_mut()
        .map(|(name, _, taken)| {
            taken.sort_by(f64::total_cmp);
            (*name, taken[taken.len() / 2])
        })
        .collect();
    let Some((_, base)) = medians.iter().find(|(name, _)| *name == BASE) else {
        return;
    };
    for (name, median) in &medians {
        println!("  {name:28} {median:6.0} µs  {:.2} ×", median / base);
    }
    println!();
    for (name, median) in &medians {
        if [PROGRAM, STATIC].contains(name) {
            let is_met = *median <= 1.5 * base;
            let verdict = if is_met { "met   " } else { "MISSED" };
            println!("  {verdict}  `{name}` within 1.5 × `true`");
        }
    }
    for (name, program, _) in &there {
        if [PROGRAM, STATIC].contains(name) {
            let bytes = std::fs::metadata(program).map_or(0, |file| file.len());
            println!("          `{name}` has {:.1} MB", bytes as f64 / 1e6);
        }
    }
}

/// The microseconds that one run takes. Those that compile nothing pass over the expression.
fn run(program: &Path) -> Result<f64, String> {
    let mut command = Command::new(program);
    command.arg(EXPR).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().map_err(|error| error.to_string())?;
    let taken = start.elapsed().as_secs_f64() * 1e6;
    status
        .success()
        .then_some(taken)
        .ok_or_else(|| status.to_string())
}
