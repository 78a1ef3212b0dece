//! `filterc fix [PATH…]`: certain fixes, in place, and a report of what is left.

use std::path::PathBuf;
use std::process::ExitCode;

use filterc::Compiler;

use crate::args::{ErrorFormat, Fix};
use crate::check::checked;
use crate::expression::expression;
use crate::fixing;
use crate::input;
use crate::output::{Failure, PROBLEMS, report};
use crate::paths::targets;
use crate::project::Project;
use crate::reports::{Counts, Report, written};
use crate::rewrite::{Mode, Rewrite};
use crate::terminal::Terminal;
use crate::unit;

/// For an expression in place of a path.
const ADVICE: &str = "to fix an expression, pipe it in: `echo '…' | filterc fix`";

pub(crate) fn run(arguments: &Fix, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = project.compiler()?;
    let mode = Mode::of(arguments.check, arguments.diff);
    if arguments.paths.is_empty() || arguments.paths == [PathBuf::from("-")] {
        return stream(&compiler, mode, project.deny_warnings, terminal);
    }
    let targets = unit::wholes(targets(&arguments.paths, ADVICE)?);
    let changes = fixing::changes(&targets, &project, &compiler);
    if let Some(code) = changes.deliver(mode, terminal)? {
        return Ok(code);
    }
    let left = checked(&targets, &project, &compiler);
    report(&written(
        &left.reports,
        terminal.format(),
        terminal.human_style(),
    ));
    report(&left.summary(&targets, project.deny_warnings, terminal));
    Ok(left.exit_code(project.deny_warnings))
}

/// Standard input to standard output, fixed as far as it goes.
fn stream(
    compiler: &Compiler,
    mode: Mode,
    deny_warnings: bool,
    terminal: Terminal,
) -> Result<ExitCode, Failure> {
    let input = expression(input::piped()?)?;
    let fixed = compiler.fix(&input.text);
    let rewrite = Rewrite {
        name: input.name.clone(),
        path: None,
        before: input.text,
        after: fixed.text().to_owned(),
    };
    rewrite.deliver(mode, terminal)?;
    if mode != Mode::Write {
        return Ok(if rewrite.is_change() {
            ExitCode::from(PROBLEMS)
        } else {
            ExitCode::SUCCESS
        });
    }
    let left = [Report {
        name: input.name,
        text: rewrite.after,
        problems: fixed.problems().to_vec(),
    }];
    let counts = Counts::of(fixed.problems());
    let mut text = written(&left, terminal.format(), terminal.human_style());
    if terminal.format() == ErrorFormat::Human && !fixed.problems().is_empty() {
        text += &format!("left: {}\n", counts.in_words());
    }
    report(&text);
    Ok(if counts.fail(deny_warnings) {
        ExitCode::from(PROBLEMS)
    } else {
        ExitCode::SUCCESS
    })
}
