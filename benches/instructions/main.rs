//! How many instructions compiling takes, against the numbers in `reference.txt`.
//!
//! `cargo bench --bench instructions` fails if an input takes 5 % more than its reference; counts
//! do not depend on how busy or fast the machine is, though they do on the compiler of Rust.
//! `-- --update` writes the reference anew, `-- --profile medium` says which functions the
//! instructions are in. It needs valgrind, and says so where there is none.

mod inputs;

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use filterc::Compiler;

/// What is measured, and how often, so that one compilation more or less does not matter.
const MEASURED: [(&str, u32); 6] = [
    ("small", 200),
    ("medium", 50),
    ("formatted", 50),
    ("large", 1),
    ("list", 1),
    ("erroneous", 50),
];

const TOLERANCE: f64 = 0.05;

type Failure = Box<dyn Error>;

fn main() -> Result<ExitCode, Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|word| *word != "--bench")
        .collect();
    match *words {
        ["--measure", name, times] => {
            measure(name, times.parse()?)?;
            Ok(ExitCode::SUCCESS)
        }
        ["--profile", name] => profile(name),
        ["--update"] => compare(true),
        [] if words.len() < arguments.len() => compare(false),
        // `cargo test --benches` does not say `--bench`: then it is enough that all compiles.
        _ => {
            for (name, _) in MEASURED {
                measure(name, 1)?;
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Compiles an input so many times, under valgrind or not.
fn measure(name: &str, times: u32) -> Result<(), Failure> {
    let text = text_of(name)?;
    let compiler = Compiler::new();
    // What is made on first use, such as the catalog's indices, is not counted.
    if compiler.compile(&text).is_err() != (name == "erroneous") {
        return Err(format!("`{name}` is not what it should be").into());
    }
    for _ in 0..times {
        measured_compilation(&compiler, &text);
    }
    Ok(())
}

fn text_of(name: &str) -> Result<String, Failure> {
    let is_changed = matches!(name, "formatted" | "erroneous");
    let expr = inputs::expression(if is_changed { "medium" } else { name });
    let text = inputs::text(&expr.ok_or("no such input")?);
    Ok(match name {
        // As files have it: a line for each comparison.
        "formatted" => filterc::format(&text)?,
        "erroneous" => inputs::with_mistake(&text),
        _ => text,
    })
}

/// Text to JSON; whether there is one. What is called here is counted, what is not is not.
#[inline(never)]
fn measured_compilation(compiler: &Compiler, text: &str) -> bool {
    let made = compiler.compile(std::hint::black_box(text));
    let json = made.map(|compilation| compilation.into_filter().to_string());
    std::hint::black_box(&json).is_ok()
}

fn compare(update: bool) -> Result<ExitCode, Failure> {
    let reference = folder().join("reference.txt");
    let known = std::fs::read_to_string(&reference).unwrap_or_default();
    if !has_valgrind() {
        return Ok(ExitCode::from(2));
    }
    println!(
        "{:10} {:>9} {:>13} {:>9} {:>13} {:>8}",
        "input", "bytes", "instructions", "per byte", "reference", "change"
    );
    let mut written = String::new();
    let mut failed = false;
    for (name, times) in MEASURED {
        let count = count(name, times)?;
        let bytes = text_of(name)?.len();
        let before = known.lines().find_map(|line| {
            let (input, number) = line.split_once(' ')?;
            (input == name).then(|| number.parse::<u64>().ok())?
        });
        let change = before.map(|before| count as f64 / before as f64 - 1.0);
        let is_worse = change.is_none_or(|change| change > TOLERANCE);
        failed |= is_worse;
        println!(
            "{name:10} {bytes:9} {count:13} {:9.1} {:>13} {:>8}{}",
            count as f64 / bytes as f64,
            before.map_or("-".to_owned(), |before| before.to_string()),
            change.map_or("-".to_owned(), |change| format!("{:+.1} %", change * 100.0)),
            if is_worse && !update {
                "  too many"
            } else {
                ""
            },
        );
        writeln!(written, "{name} {count}")?;
    }
    if update {
        std::fs::write(reference, written)?;
        return Ok(ExitCode::SUCCESS);
    }
    if failed {
        println!("\nmore than 5 % above the reference; if that is meant: `-- --update`");
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// The instructions of one compilation.
fn count(name: &str, times: u32) -> Result<u64, Failure> {
    let file = run_callgrind(name, times)?;
    let profile = std::fs::read_to_string(&file)?;
    std::fs::remove_file(file)?;
    let total = profile.lines().find_map(|line| {
        let number = line.strip_prefix("totals:")?;
        number.trim().parse::<u64>().ok()
    });
    match total {
        Some(total) if total > 0 => Ok(total / u64::from(times)),
        _ => Err("callgrind did not count: has the measured function another name?".into()),
    }
}

fn profile(name: &str) -> Result<ExitCode, Failure> {
    if !has_valgrind() {
        return Ok(ExitCode::from(2));
    }
    let times = MEASURED.iter().find(|(input, _)| *input == name);
    let file = run_callgrind(name, times.map_or(1, |(_, times)| *times))?;
    let mut annotate = Command::new("callgrind_annotate");
    annotate.arg("--threshold=95").arg(&file);
    let is_done = annotate.status()?.success();
    println!("the profile is {}", file.display());
    Ok(ExitCode::from(u8::from(!is_done)))
}

/// Runs this program again, under callgrind; the file with what it counted.
fn run_callgrind(name: &str, times: u32) -> Result<PathBuf, Failure> {
    let itself = std::env::current_exe()?;
    let file = itself.with_file_name(format!("callgrind.{name}.{}", std::process::id()));
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--toggle-collect=*measured_compilation*",
        ])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(itself)
        .args(["--measure", name, &times.to_string()])
        .output()?;
    if output.status.success() {
        Ok(file)
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into())
    }
}

/// Says so where there is none.
fn has_valgrind() -> bool {
    let is_there = Command::new("valgrind").arg("--version").output().is_ok();
    if !is_there {
        println!("nothing was counted: there is no `valgrind` on this machine");
    }
    is_there
}

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions"))
}
