//! How many short expressions one thread compiles to JSON in a second.
//!
//! `cargo bench --bench batch` prints the median of several rounds. A number behind `--` sets how
//! many times a round goes through the list: `cargo bench --bench batch -- 100`.

use std::time::{Duration, Instant};

use filterc::{CompileError, Compiler};

/// Right expressions of 14 to 80 bytes.
const EXPRESSIONS: &[&str] = &[
    "seniority = vp",
    "department != sales",
    "score in (high, medium)",
    "not (seniority = staff)",
    "is_married = true",
    "job_title contains \"platform\"",
    "company_employee_count >= 500",
    "email is not blank",
    "last_updated between 2026-01-01 and 2026-06-30",
    "job_title starts with any (\"SRE\", \"DevOps\")",
    "topic = 4eyes_115481 and seniority in (vp, cxo)",
    "department = sales or department = marketing",
    "seniority not in (staff, manager) and email is not null",
    "event = page_view and client_ip is not null",
    "intents where topic in (4eyes_115481, 4eyes_115482) and score = high",
    "email is not blank and not (seniority = staff or department = \"human resources\")",
];

const ROUNDS: usize = 15;

fn main() -> Result<(), CompileError> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = arguments.iter().find_map(|argument| argument.parse().ok());
    // `cargo test --benches` does not say `--bench`: then it is enough that everything compiles.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let times: u32 = number.unwrap_or(if is_bench { 2_000 } else { 1 });
    let compiler = Compiler::new();
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        rounds.push(round(&compiler, times)?);
    }
    rounds.sort_unstable();
    let median = rounds.get(ROUNDS / 2).copied().unwrap_or_default();
    let compiled = f64::from(times) * EXPRESSIONS.len() as f64;
    println!(
        "{:.0} expressions a second",
        compiled / median.as_secs_f64()
    );
    Ok(())
}

/// The time it takes to compile the list that many times.
fn round(compiler: &Compiler, times: u32) -> Result<Duration, CompileError> {
    let start = Instant::now();
    for _ in 0..times {
        for expression in EXPRESSIONS {
            let json = compiler.compile(expression)?.into_filter().to_string();
            std::hint::black_box(json);
        }
    }
    Ok(start.elapsed())
}
