//! `filterc fingerprint`: a hash of what a filter says, however it is written.
//!
//! Owns the hash, which does not change: SHA-256 of the canonical filter as compact JSON.

use std::process::ExitCode;

use sha2::{Digest, Sha256};

use crate::args::Fingerprint;
use crate::input::{self, Origin};
use crate::output::{Failure, PROBLEMS, print, report};
use crate::project::Project;
use crate::reports::{Counts, Report, with_summary};
use crate::terminal::Terminal;

pub(crate) fn run(arguments: &Fingerprint, terminal: Terminal) -> Result<ExitCode, Failure> {
    let input = input::read(&Origin {
        expression: arguments.expression.as_deref(),
        file: arguments.file.as_deref(),
    })?;
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = project.compiler()?.canonical();
    let compiled = compiler
        .source_name(input.name.as_str())
        .compile(&input.text);
    let problems = match &compiled {
        Ok(compilation) => compilation.warnings(),
        Err(error) => error.problems(),
    };
    let counts = Counts::of(problems);
    let reports = [Report::of(input, problems)];
    let deny = project.deny_warnings;
    report(&with_summary(&reports, "filter", deny, terminal));
    match compiled {
        Ok(compilation) if !counts.fail(deny) => {
            print(&format!("{}\n", hash(&compilation.filter().to_string())))?;
            Ok(ExitCode::SUCCESS)
        }
        _ => Ok(ExitCode::from(PROBLEMS)),
    }
}

fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
