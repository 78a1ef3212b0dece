//! `filterc locate POINTER`: the text that a part of the filter's JSON came from.
//!
//! Owns the line and the JSON, a public format: keys may be added, none is renamed or removed.

use std::path::Path;
use std::process::ExitCode;

use filterc::{Compiler, Place, Position, Problem, Severity, SourceMap, Span};
use serde::Serialize;

use crate::args::Locate;
use crate::compile::in_form;
use crate::expression::{self, expression};
use crate::input::{self, Input, Origin};
use crate::output::{Failure, PROBLEMS, RED, json, painted, print, quoted, report};
use crate::project::Project;
use crate::reports::{Report, written};
use crate::terminal::Terminal;
use crate::unit::{filter_path, read_manifest};

#[derive(Serialize)]
struct Found<'a> {
    pointer: &'a str,
    source: &'a str,
    span: Span,
    start: Position,
    end: Position,
    text: &'a str,
}

pub(crate) fn run(arguments: &Locate, terminal: Terminal) -> Result<ExitCode, Failure> {
    let input = input::read(&Origin {
        expression: arguments.expression.as_deref(),
        file: arguments.file.as_deref(),
    })?;
    let project = Project::new(&arguments.account, None, arguments.audience, terminal)?;
    let compiler = in_form(project.compiler()?, &arguments.form);
    let file = arguments.file.as_deref();
    let manifest = file.filter(|file| file.extension().is_some_and(|it| it == "toml"));
    let mapped = match manifest {
        None => Mapped::filter(expression(input)?, &compiler, terminal)?,
        Some(path) => Mapped::manifest(path, input, &project, compiler, terminal)?,
    };
    mapped.answer(arguments, terminal)
}

/// A compiled text with its map.
struct Mapped {
    input: Input,
    map: SourceMap,
    /// Where the filter stands in a manifest.
    manifest: Option<filterc::Manifest>,
}

impl Mapped {
    fn filter(input: Input, compiler: &Compiler, terminal: Terminal) -> Result<Self, Failure> {
        let compiler = compiler.clone().source_name(input.name.as_str());
        match compiler.compile_mapped(&input.text) {
            Ok((_, map)) => Ok(Self {
                input,
                map,
                manifest: None,
            }),
            Err(error) => Err(refused(input, error.problems(), terminal)),
        }
    }

    fn manifest(
        path: &Path,
        input: Input,
        project: &Project,
        compiler: Compiler,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let manifest = read_manifest(&input.text, project);
        let compiler = match manifest.audience() {
            Some(audience) => compiler.audience(audience),
            None => compiler,
        };
        match (manifest.filter(), manifest.filter_file()) {
            (Some(filter), _) => match compiler.compile_mapped(filter) {
                Ok((_, map)) => Ok(Self {
                    input,
                    map,
                    manifest: Some(manifest),
                }),
                Err(_) => {
                    let made = manifest.request(&compiler, None);
                    Err(refused(input, made.problems(), terminal))
                }
            },
            (None, Some(named)) => {
                let file = expression::named(&filter_path(path, named))?;
                Self::filter(file, &compiler, terminal)
            }
            (None, None) => {
                let shown = quoted(path);
                let message = format!("`{shown}` has no filter; there is nothing to locate in it");
                Err(Failure::Message(message))
            }
        }
    }

    fn answer(&self, arguments: &Locate, terminal: Terminal) -> Result<ExitCode, Failure> {
        let pointer = &arguments.pointer;
        let in_file = |place: Place| match &self.manifest {
            Some(manifest) => manifest.place_in_manifest(place).unwrap_or(place),
            None => place,
        };
        let Some(place) = self.map.locate(pointer).map(in_file) else {
            let (nearest, _) = self.map.nearest(pointer);
            let error = painted("error:", RED, terminal.colors_stderr());
            let pointer = quoted(pointer);
            let up_to = if nearest.is_empty() && pointer.starts_with('/') {
                "the filter begins with `/condition` and `/rules`".to_owned()
            } else if nearest.is_empty() {
                "a pointer begins with `/`, such as `/rules/0`".to_owned()
            } else {
                format!("the filter has `{nearest}`, and nothing of that name in it")
            };
            report(&format!(
                "{error} there is nothing at `{pointer}`; {up_to}\n"
            ));
            return Ok(ExitCode::from(PROBLEMS));
        };
        let Input { name, text } = &self.input;
        let slice = text.get(place.span.range()).unwrap_or_default();
        let Position { line, column } = place.start;
        print(&if arguments.json {
            json(&Found {
                pointer,
                source: name,
                span: place.span,
                start: place.start,
                end: place.end,
                text: slice,
            })?
        } else {
            let one_line: Vec<&str> = slice.split_whitespace().collect();
            format!(
                "{}:{line}:{column}: {}\n",
                quoted(name),
                quoted(one_line.join(" "))
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn refused(input: Input, problems: &[Problem], terminal: Terminal) -> Failure {
    let errors = problems
        .iter()
        .filter(|problem| problem.severity() == Severity::Error);
    let reports = [Report {
        problems: errors.cloned().collect(),
        name: input.name,
        text: input.text,
    }];
    report(&written(
        &reports,
        terminal.format(),
        terminal.human_style(),
    ));
    Failure::Reported
}
