//! Compiles one expression for one audience type and prints the filter, or every mistake in it.
//!
//! `cargo run --example compile -- 'topic = 4eyes_115481 and seniority in (vp, cxo)'`

use std::process::ExitCode;

use filterc::{AudienceType, Compiler};

fn main() -> ExitCode {
    let Some(expression) = std::env::args().nth(1) else {
        eprintln!("usage: compile EXPRESSION");
        return ExitCode::from(2);
    };
    match Compiler::new()
        .audience(AudienceType::Intents)
        .compile(&expression)
    {
        Ok(compilation) => {
            for warning in compilation.warnings() {
                eprintln!("{}: {}", warning.start().line, warning);
            }
            println!("{}", compilation.filter());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
