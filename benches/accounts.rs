//! What a command of an account costs, as a process: `cargo bench --bench accounts`.
//!
//! Three commands run in turn, so that a busy machine slows them all: one that reads nothing, one
//! that loads a topic file of the real size (19,579 topics, 4 MB) and resolves ten names, and a
//! batch of 200,000 short expressions on one thread. Times are medians, from start to end of the
//! process; the ratio to the first is what to compare between machines.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::expect_used,
    reason = "a benchmark stops with words"
)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[path = "../tests/support/topics.rs"]
mod made;

const ROUNDS: usize = 15;
const EXPRESSIONS: usize = 200_000;

/// 14 to 47 characters.
const SHORT: [&str; 8] = [
    "seniority = vp",
    "email is not blank",
    "topic = 4eyes_115481",
    "seniority in (vp, cxo, director)",
    "company_domain ends with \".de\"",
    "score = high and seniority in (vp, cxo)",
    "not (seniority = staff or department = finance)",
    "job_title contains any (growth, \"data science\")",
];

fn main() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let topics = folder.join("topics.json");
    fs::write(&topics, made::pages()).expect("the folder takes files");
    let batch = folder.join("batch.txt");
    let lines = (0..EXPRESSIONS).map(|at| SHORT[at % SHORT.len()]);
    let lines: Vec<&str> = lines.collect();
    fs::write(&batch, lines.join("\n")).expect("the folder takes files");

    let numbers = (1..=10).map(|at| at * 1_900 + 3);
    let names = numbers.map(|number| made::topic(number).name.replace('"', "\\\""));
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let expression = format!("topic in ({})", names.join(", "));

    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(timed(
            Command::new(program()).args(["--no-config", "--version"]),
        ));
        times[1].push(timed(
            Command::new(program())
                .args(["--no-config", "--topics"])
                .args([topics.as_os_str(), expression.as_ref()]),
        ));
        times[2].push(timed(
            Command::new(program())
                .args(["--no-config", "--batch", "--file"])
                .arg(&batch)
                .env("RAYON_NUM_THREADS", "1"),
        ));
    }
    let [version, topics, batch] = times.map(median);
    let milliseconds = |time: Duration| time.as_secs_f64() * 1_000.0;
    let ratio = |time: Duration| time.as_secs_f64() / version.as_secs_f64();
    println!(
        "--version                          {:8.1} ms",
        milliseconds(version)
    );
    println!(
        "ten names of {} topics         {:8.1} ms  {:6.1} x",
        made::TOPICS,
        milliseconds(topics),
        ratio(topics)
    );
    let a_second = EXPRESSIONS as f64 / batch.as_secs_f64();
    println!(
        "batch of {EXPRESSIONS} on one thread     {:8.1} ms  {:6.1} x  {a_second:.0} expressions a second",
        milliseconds(batch),
        ratio(batch)
    );
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_filterc"))
}

/// From start to end, with the output thrown away.
fn timed(command: &mut Command) -> Duration {
    let null = File::create(if cfg!(windows) { "NUL" } else { "/dev/null" }).unwrap();
    command.stdout(Stdio::from(null)).stderr(Stdio::inherit());
    let start = Instant::now();
    let status = command.status().unwrap();
    let time = start.elapsed();
    assert!(status.success(), "{command:?}");
    time
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
