//! `filterc decompile [FILE…]`: the JSON of saved filters in, expressions out.
//!
//! Owns that there is no output at all where any file is wrong. What the text says is the
//! library's.

use std::path::PathBuf;
use std::process::ExitCode;

use filterc::Decompiler;

use crate::args::Decompile;
use crate::input::{self, Input};
use crate::output::{Failure, PROBLEMS, print, report};
use crate::project::Project;
use crate::reports::{Report, with_summary};
use crate::terminal::Terminal;

pub(crate) fn run(arguments: &Decompile, terminal: Terminal) -> Result<ExitCode, Failure> {
    let inputs = inputs(&arguments.files)?;
    let project = Project::new(&arguments.account, None, None, terminal)?;
    let mut decompiler = Decompiler::new()
        .catalog(project.catalog()?)
        .ids(arguments.ids);
    if let Some(topics) = project.topics()? {
        decompiler = decompiler.topics(topics);
    }
    let mut texts = Vec::new();
    let mut reports = Vec::new();
    for Input { name, text } in inputs {
        match decompiler.decompile(&text) {
            Ok(found) => texts.extend(found),
            Err(error) => reports.push(Report::of(Input { name, text }, error.problems())),
        }
    }
    if !reports.is_empty() {
        report(&with_summary(&reports, "text", false, terminal));
        return Ok(ExitCode::from(PROBLEMS));
    }
    let texts: Vec<&str> = texts.iter().map(|found| found.text()).collect();
    print(&texts.join("\n"))?;
    Ok(ExitCode::SUCCESS)
}

fn inputs(files: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if files.is_empty() {
        return Ok(vec![input::piped()?]);
    }
    let advice = "to read JSON that is no file, pipe it in: `echo '…' | filterc decompile`";
    let read = |file: &PathBuf| {
        input::refuse_expression(file, advice)?;
        input::file(file)
    };
    files.iter().map(read).collect()
}
