//! `filterc EXPRESSION`: compiles, reports problems, prints the filter.
//!
//! Owns which of the two streams gets what, and the hints after the problems.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use filterc::{Compiler, Manifest, Problem, Severity};

use crate::args::{self, Compile, ErrorFormat, Form};
use crate::batch;
use crate::expression::expression;
use crate::input::{self, Input, Origin};
use crate::output::{CYAN, Failure, PROBLEMS, painted, print, quoted, report, write_file};
use crate::project::Project;
use crate::reports::{Counts, Report, summary, written};
use crate::terminal::Terminal;

pub(crate) fn run(arguments: Compile, terminal: Terminal) -> Result<ExitCode, Failure> {
    if let Some(format) = arguments.batch {
        return batch::run(&arguments, format, terminal);
    }
    if let Some(path) = &arguments.source_map {
        refuse_source(path, arguments.file.as_deref())?;
    }
    let input = input::read(&Origin {
        expression: arguments.expression.as_deref(),
        file: arguments.file.as_deref(),
    })?;
    let is_toml = |file: &Path| {
        file.extension()
            .is_some_and(|extension| extension == "toml")
    };
    if arguments.file.as_deref().is_some_and(is_toml) && Manifest::is_manifest(&input.text) {
        return Err(Failure::Message(manifest(&input.name)));
    }
    let input = expression(input)?;
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let compiler = in_form(project.compiler()?, &arguments.form).source_name(input.name.as_str());
    let (compilation, map) = match &arguments.source_map {
        None => (compiler.compile(&input.text), None),
        Some(path) => match compiler.compile_mapped(&input.text) {
            Ok((compilation, map)) => (Ok(compilation), Some((path, map))),
            Err(error) => (Err(error), None),
        },
    };
    let compilation = match compilation {
        Ok(compilation) => compilation,
        Err(error) => {
            report_problems(error.problems(), input, &arguments, terminal);
            return Ok(ExitCode::from(PROBLEMS));
        }
    };
    let warnings = compilation.warnings();
    let fails = Counts::of(warnings).fail(project.deny_warnings);
    report_problems(warnings, input, &arguments, terminal);
    if fails {
        return Ok(ExitCode::from(PROBLEMS));
    }
    if let Some((path, map)) = map {
        write_file(path, &format!("{map}\n"))?;
    }
    let filter = compilation.filter();
    print(&if is_pretty(arguments.pretty, arguments.compact) {
        format!("{filter:#}\n")
    } else {
        format!("{filter}\n")
    })?;
    Ok(ExitCode::SUCCESS)
}

fn manifest(name: impl AsRef<OsStr>) -> String {
    let name = quoted(name);
    format!("`{name}` is a manifest; `filterc request {name}` makes the body of a call of it")
}

/// A map must not take the place of the text, nor stand among the JSON.
fn refuse_source(map: &Path, text: Option<&Path>) -> Result<(), Failure> {
    let is_text = match (map.canonicalize(), text.map(Path::canonicalize)) {
        (Ok(map), Some(Ok(text))) => map == text,
        _ => false,
    };
    if is_text || input::is_dash(map) {
        let message = format!(
            "--source-map writes a file of its own, not `{}`",
            quoted(map)
        );
        return Err(Failure::Message(message));
    }
    Ok(())
}

/// The compiler that makes filters of the form that is asked for.
pub(crate) fn in_form(compiler: Compiler, form: &Form) -> Compiler {
    match form {
        Form {
            canonical: true, ..
        } => compiler.canonical(),
        Form { optimize: true, .. } => compiler.optimize(),
        Form { .. } => compiler,
    }
}

/// Whether the JSON is indented: as it is asked for, else on a terminal.
pub(crate) fn is_pretty(pretty: bool, compact: bool) -> bool {
    pretty || (!compact && io::stdout().is_terminal())
}

fn report_problems(problems: &[Problem], input: Input, arguments: &Compile, terminal: Terminal) {
    let reports = [Report::of(input, problems)];
    let mut text = written(&reports, terminal.format(), terminal.human_style());
    if terminal.format() == ErrorFormat::Human
        && let Some(hint) = hint(problems, arguments)
    {
        text += &format!(
            "{} {hint}\n",
            painted("help:", CYAN, terminal.colors_stderr())
        );
    }
    text += &summary(&reports, "filter", arguments.levels.deny_warnings, terminal);
    report(&text);
}

/// `filterc eu.filter`, `filterc explian`: an argument that fails as an expression and looks like
/// something else.
fn hint(problems: &[Problem], arguments: &Compile) -> Option<String> {
    let argument = arguments.expression.as_deref()?;
    if !problems
        .iter()
        .any(|problem| problem.severity() == Severity::Error)
    {
        return None;
    }
    if Path::new(argument).is_file() {
        if argument.to_string_lossy().ends_with(".toml") {
            return Some(manifest(argument));
        }
        let name = quoted(argument);
        return Some(format!(
            "`{name}` is a file; to compile it, `filterc --file '{name}'`"
        ));
    }
    let command = args::meant_command(argument)?;
    Some(format!("did you mean the command `filterc {command}`?"))
}
