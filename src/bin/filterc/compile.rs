//! `filterc EXPRESSION`: compiles, reports problems, prints the filter.
//!
//! Owns which of the two streams gets what, and the summary after the problems.

use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use filterc::{Compiler, Problem, Severity, render};

use crate::args::{self, Compile, ErrorFormat};
use crate::input::{self, Input};
use crate::output::{CYAN, Failure, PROBLEMS, RED, YELLOW, painted, print, quoted, report};
use crate::terminal::Terminal;

pub(crate) fn run(arguments: Compile, terminal: Terminal) -> Result<ExitCode, Failure> {
    let Some(input) = input::read(&arguments)? else {
        return Err(Failure::Help(args::command().render_help()));
    };
    let mut compiler = Compiler::new().source_name(input.name.as_str());
    if let Some(audience) = arguments.audience {
        compiler = compiler.audience(audience);
    }
    let compilation = match compiler.compile(&input.text) {
        Ok(compilation) => compilation,
        Err(error) => {
            report_problems(error.problems(), &input, &arguments, terminal);
            return Ok(ExitCode::from(PROBLEMS));
        }
    };
    report_problems(compilation.warnings(), &input, &arguments, terminal);
    if arguments.deny_warnings && !compilation.warnings().is_empty() {
        return Ok(ExitCode::from(PROBLEMS));
    }
    let filter = compilation.filter();
    let is_pretty = arguments.pretty || (!arguments.compact && io::stdout().is_terminal());
    print(&if is_pretty {
        format!("{filter:#}\n")
    } else {
        format!("{filter}\n")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn report_problems(problems: &[Problem], input: &Input, arguments: &Compile, terminal: Terminal) {
    let name = &input.name;
    match arguments.error_format {
        _ if problems.is_empty() => {}
        ErrorFormat::Json => report(&render::json(name, problems)),
        ErrorFormat::Short => report(&render::short(name, problems)),
        ErrorFormat::Human => {
            let style = terminal.human_style();
            let mut text = render::human(name, &input.text, problems, style);
            text.push('\n');
            if let Some(hint) = hint(problems, arguments) {
                text += &format!("{} {hint}\n", painted("help:", CYAN, style.color));
            }
            text += &summary(problems, arguments.deny_warnings, style.color);
            report(&text);
        }
    }
}

/// `filterc eu.filter`, `filterc explian`: an argument that fails as an expression and looks like
/// something else.
fn hint(problems: &[Problem], arguments: &Compile) -> Option<String> {
    let argument = arguments.expression.as_deref()?;
    if !problems.iter().any(is_error) {
        return None;
    }
    if Path::new(argument).is_file() {
        let name = quoted(argument);
        return Some(format!(
            "`{name}` is a file; to compile it, `filterc --file '{name}'`"
        ));
    }
    let command = args::meant_command(argument)?;
    Some(format!("did you mean the command `filterc {command}`?"))
}

/// `error: no filter: 2 errors, 1 warning`
fn summary(problems: &[Problem], deny_warnings: bool, colors: bool) -> String {
    let errors = problems.iter().filter(|problem| is_error(problem)).count();
    let warnings = problems.len() - errors;
    let counts = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>()
        .join(", ");
    let error = painted("error:", RED, colors);
    if errors > 0 {
        format!("{error} no filter: {counts}\n")
    } else if deny_warnings {
        format!("{error} no filter: {counts}, and --deny-warnings is given\n")
    } else {
        let compiled = format!("compiled with {counts}");
        painted(&compiled, YELLOW, colors) + "\n"
    }
}

fn is_error(problem: &Problem) -> bool {
    problem.severity() == Severity::Error
}
