//! `filterc fingerprint`: a hash of what a filter says, however it is written.
//!
//! Owns the hash, which does not change: SHA-256 of the canonical filter as compact JSON.

use std::path::PathBuf;
use std::process::ExitCode;

use sha2::{Digest, Sha256};

use crate::args::Fingerprint;
use crate::expression::expression;
use crate::input::{self, Origin};
use crate::output::{FAILED, Failure, PROBLEMS, print, quoted, report};
use crate::paths::Target;
use crate::project::Project;
use crate::reports::{Counts, Report, with_summary};
use crate::terminal::Terminal;
use crate::unit::{self, Product, Unit};

pub(crate) fn run(arguments: &Fingerprint, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let text = match arguments.files.as_slice() {
        [] => Some(expression(input::read(&Origin {
            expression: arguments.expression.as_deref(),
            file: None,
        })?)?),
        _ => None,
    };
    for path in &arguments.files {
        input::refuse_expression(path, input::NO_FILE)?;
    }
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = project.compiler()?.canonical();
    let of_file = |path: &PathBuf| unit::compiled(&Target::new(path.clone()), &project, &compiler);
    let units: Vec<Unit> = match text {
        Some(text) => vec![unit::filter(text, &compiler)],
        None => arguments.files.iter().map(of_file).collect(),
    };

    let was_read = units.iter().all(|unit| unit.was_read);
    let (mut products, mut reports) = (Vec::new(), Vec::new());
    for unit in units {
        products.extend(unit.product);
        reports.extend(unit.reports);
    }
    let deny = project.deny_warnings;
    report(&with_summary(&reports, "fingerprint", deny, terminal));
    if !was_read {
        return Ok(ExitCode::from(FAILED));
    }
    let problems = reports.iter().flat_map(|report: &Report| &report.problems);
    if Counts::of(problems).fail(deny) {
        return Ok(ExitCode::from(PROBLEMS));
    }
    print(&lines(&products, &arguments.files))?;
    Ok(ExitCode::SUCCESS)
}

/// The hash alone; of several files each with its name, as `sha256sum` writes it.
fn lines(products: &[Product], files: &[PathBuf]) -> String {
    let hashes = products.iter().map(hash);
    if files.len() < 2 {
        return hashes.map(|hash| hash + "\n").collect();
    }
    let named = hashes.zip(files);
    named
        .map(|(hash, file)| format!("{hash}  {}\n", quoted(file)))
        .collect()
}

fn hash(product: &Product) -> String {
    let filter = match product {
        Product::Filter(filter) => Some(filter),
        Product::Request(request) => request.filter(),
    };
    // As the body of a request has it where the audience is not narrowed.
    let json = filter.map_or_else(|| "{}".to_owned(), ToString::to_string);
    let digest = Sha256::digest(json.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
