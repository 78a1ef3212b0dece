//! filterc beside its peers: how long text to JSON takes, all in one run.
//!
//! `cargo run --release --manifest-path benches/peers/Cargo.toml` builds every contestant, writes
//! the inputs in the syntax of each and prints a table, then how the figures stand to the goals.
//! `-- --rounds 5` is quicker and noisier. Every contestant is a process of its own (see `worker`),
//! and all take turns, so that what disturbs the machine disturbs all of them.

#![forbid(unsafe_code)]

mod contestant;
mod entries;
mod floor;
mod goals;
#[path = "../../instructions/inputs.rs"]
mod inputs;
mod measure;
mod process;
mod syntax;

use std::error::Error;

use filterc::Compiler;
use worker::{Answer, serve};

type Failure = Box<dyn Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--contestant", "filterc"] => serve_filterc(),
        ["--contestant", "by hand"] => serve_floor(),
        [] => compare(25)?,
        ["--rounds", rounds] => compare(rounds.parse()?)?,
        _ => return Err("usage: peers [--rounds N]".into()),
    }
    Ok(())
}

fn serve_filterc() {
    let compiler = Compiler::new();
    serve(|text| -> Answer<'_> {
        match compiler.compile(text) {
            Ok(compilation) => Ok(compilation.into_filter().to_string().len()),
            Err(error) => Err(Box::new(error)),
        }
    });
}

fn serve_floor() {
    serve(|text| match floor::compile(text) {
        Ok(json) => Ok(json.len()),
        Err(at) => Err(Box::new(format!("stopped at byte {at}"))),
    });
}

fn compare(rounds: usize) -> Result<(), Failure> {
    let folder = tempdir()?;
    let inputs = measure::write_inputs(&folder)?;
    for input in inputs.iter().filter(|input| input.is_right) {
        same_bytes(&input.text)?;
    }
    let entries = entries::entries();
    let results = measure::measure(&entries, &inputs, rounds);
    results.print();
    goals::print(&results);
    process::print(vec![
        ("true", Ok("true".into())),
        ("a bare Rust process", entries::bare_program()),
        (process::PROGRAM, entries::filterc_program()),
        (process::STATIC, entries::static_program()),
    ]);
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// Fails unless the parser by hand makes the same bytes as filterc does, and filterc no warning.
fn same_bytes(text: &str) -> Result<(), Failure> {
    let compilation = Compiler::new().compile(text)?;
    if let Some(warning) = compilation.warnings().first() {
        return Err(format!("an input has a warning: {}", warning.code()).into());
    }
    let by_hand = floor::compile(text).map_err(|at| format!("by hand: stopped at byte {at}"))?;
    if by_hand != compilation.filter().to_string() {
        return Err("the parser by hand makes another filter".into());
    }
    Ok(())
}

fn tempdir() -> Result<std::path::PathBuf, Failure> {
    let folder = std::env::temp_dir().join(format!("filterc-peers-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

#[cfg(test)]
mod tests {
    #[test]
    fn by_hand_the_filter_is_the_same() {
        for text in [
            "seniority_level = vp",
            "not seniority_level = vp",
            "not not (job_title = \"a \\\"b\\\" \\u{1F600}\\n\" or not job_title != 'c\"d')",
            "job_title contains any (a, b) or job_title = c or department != sales",
            "not (job_title contains all (a, b)) and company_name equals x",
            "job_title starts with a and (job_title ends with b and job_title is x)",
            "timestamp between 2026-01-01 and 2026-02-01 and timestamp > 2026-01-15",
            "not timestamp not between 2026-01-01 and 2026-02-01",
            "not (timestamp between 2026-01-01 and 2026-02-01) or timestamp <= 2026-01-02",
            "job_title is not null && !(company_name is blank || company_name is not y) # end",
            "company_name not in (a, b,) and\tcompany_domain <> acme.com",
        ] {
            let compiler = filterc::Compiler::new();
            let filter = compiler.compile(text).map(|made| made.into_filter());
            let filter = filter.map(|filter| filter.to_string());
            let by_hand = super::floor::compile(text);
            assert_eq!(by_hand.ok(), filter.ok(), "{text}");
        }
    }
}
