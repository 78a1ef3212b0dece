//! How long the program takes from exec to exit.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 400;
const EXPR: &str = "seniority_level = vp and department in (sales, marketing)";

pub fn print(filterc: Result<PathBuf, String>, bare: Result<PathBuf, String>) {
    println!("\nFrom exec to exit, median of {ROUNDS}, in turns:\n");
    let (filterc, bare) = match (filterc, bare) {
        (Ok(filterc), Ok(bare)) => (filterc, bare),
        (Err(reason), _) | (_, Err(reason)) => return println!("  - : {reason}"),
    };
    let contestants: [(&str, PathBuf, &[&str]); 3] = [
        ("true", PathBuf::from("true"), &[]),
        ("a bare Rust process", bare, &[]),
        ("filterc EXPR", filterc.clone(), &[EXPR]),
    ];
    let mut taken = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        for ((_, program, arguments), taken) in contestants.iter().zip(&mut taken) {
            let mut command = Command::new(program);
            command.args(*arguments).stdin(Stdio::null());
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let start = Instant::now();
            match command.status() {
                Ok(status) if status.success() => taken.push(start.elapsed().as_secs_f64() * 1e6),
                Ok(status) => return println!("  - : {}: {status}", program.display()),
                Err(error) => return println!("  - : {}: {error}", program.display()),
            }
        }
    }
    let medians = taken.map(|mut taken| {
        taken.sort_by(f64::total_cmp);
        taken[taken.len() / 2]
    });
    for ((name, ..), median) in contestants.iter().zip(medians) {
        let times = median / medians[0];
        println!("  {name:20} {median:6.0} µs  {times:.2} ×");
    }
    let met = if medians[2] <= 1.5 * medians[0] {
        "met   "
    } else {
        "MISSED"
    };
    println!("\n  {met}  `filterc EXPR` within 1.5 × `true`");
    let bytes = std::fs::metadata(&filterc).map(|file| file.len());
    println!(
        "          the program has {:.1} MB",
        bytes.unwrap_or(0) as f64 / 1e6
    );
}
