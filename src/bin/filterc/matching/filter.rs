//! The filter that is tried: a text, that of a manifest, or one that was saved as JSON.
//!
//! Owns what is told where there is none to try, or more than one. How a filter is read is the
//! library's.

use std::path::Path;

use filterc::{ArrayRule, CaseRule, Compiler, MatchOptions, Problem, SavedFilter, Selector};

use super::judge::Tried;
use crate::args::{EmptyText, IgnoreCase, Match};
use crate::input::{self, Input, Origin};
use crate::output::{Failure, quoted, report};
use crate::paths::Target;
use crate::project::Project;
use crate::reports::{Counts, Report, written};
use crate::terminal::Terminal;
use crate::unit::{Opened, Purpose};

/// What the arguments say of comparing. An empty cell of CSV is how CSV writes that there is none.
pub(crate) fn options(arguments: &Match, is_csv: bool) -> MatchOptions {
    let case = match arguments.ignore_case {
        None => CaseRule::Exact,
        Some(IgnoreCase::Text) => CaseRule::IgnoredInText,
        Some(IgnoreCase::All) => CaseRule::Ignored,
    };
    let arrays = if arguments.arrays_as_text {
        ArrayRule::AsText
    } else {
        ArrayRule::AnyElement
    };
    let empty_is_null = match arguments.empty {
        None => is_csv,
        Some(empty) => empty == EmptyText::Null,
    };
    MatchOptions::new()
        .case(case)
        .arrays(arrays)
        .empty_is_null(empty_is_null)
        .spaces_are_blank(arguments.spaces_are_blank)
}

/// The filter; a failure where it has problems, which are reported then.
pub(crate) fn tried(
    arguments: &Match,
    project: &Project,
    options: MatchOptions,
    terminal: Terminal,
) -> Result<Tried, Failure> {
    let told = Told {
        terminal,
        deny_warnings: project.deny_warnings,
    };
    if let Some(path) = &arguments.filter_json {
        let selector = saved(input::file(path)?, options, &told)?;
        return Ok(Tried::Json(selector.typed_by(&project.catalog()?)));
    }
    let input = input::read(&Origin {
        expression: arguments.expression.as_deref(),
        file: arguments.file.as_deref(),
    })?;
    let compiler = project.compiler()?;
    match arguments.file.clone().map(Target::new) {
        Some(Target::Manifest(path)) => {
            let opened = Opened::manifest(&path, input, project);
            of_manifest(&path, opened, &compiler, options, &told)
        }
        _ => text(input, compiler, options, &told),
    }
}

fn text(
    input: Input,
    compiler: Compiler,
    options: MatchOptions,
    told: &Told,
) -> Result<Tried, Failure> {
    let compiler = compiler.source_name(input.name.as_str());
    let (matcher, problems) = match compiler.matcher(&input.text, options) {
        Err(error) => (None, error.problems().to_vec()),
        Ok(matcher) => {
            let warnings = matcher.warnings().to_vec();
            (Some(matcher), warnings)
        }
    };
    told.tell(&[Report::of(input, &problems)])?;
    matcher.map(Tried::Text).ok_or(Failure::Reported)
}

/// A manifest has to be whole, as for a request: what is tried is the audience that it makes.
fn of_manifest(
    path: &Path,
    opened: Opened,
    compiler: &Compiler,
    options: MatchOptions,
    told: &Told,
) -> Result<Tried, Failure> {
    let matcher = opened
        .filter()
        .map(|text| opened.compiler(compiler).matcher(text, options));
    let mut unit = opened.compiled(compiler, Purpose::Create);
    let is_whole = unit.product.is_some();
    if let (true, None, Some(report)) = (is_whole, &matcher, unit.reports.first_mut()) {
        report.problems.push(no_filter(&quoted(path)));
    }
    let passed = told.tell(&unit.reports);
    if !unit.was_read {
        return Err(Failure::Unread);
    }
    passed?;
    match matcher {
        Some(Ok(matcher)) if is_whole => Ok(Tried::Text(matcher)),
        _ => Err(Failure::Reported),
    }
}

/// The one filter of a file that the vendor may have written.
fn saved(file: Input, options: MatchOptions, told: &Told) -> Result<Selector, Failure> {
    let name = quoted(&file.name);
    let (filter, problems) = match SavedFilter::read(&file.text) {
        Err(error) => (None, error.problems().to_vec()),
        Ok(saved) => {
            let count = saved.len();
            let first = saved.into_iter().next().and_then(SavedFilter::into_filter);
            match first {
                _ if count > 1 => (None, vec![several(&name, count)]),
                None => (None, vec![no_filter(&name)]),
                filter => (filter, Vec::new()),
            }
        }
    };
    told.tell(&[Report::of(file, &problems)])?;
    let filter = filter.ok_or(Failure::Reported)?;
    Ok(Selector::new(filter, options))
}

fn no_filter(name: &str) -> Problem {
    Problem::of_file(
        "filterc::match::no_filter",
        format!("`{name}` has no filter to try: the audience is not narrowed"),
        "give it a filter, or take the rows as they are",
    )
}

fn several(name: &str, count: usize) -> Problem {
    Problem::of_file(
        "filterc::match::several_filters",
        format!("`{name}` holds {count} filters, and one is tried at a time"),
        "save the one that is meant alone, such as by `jq '.data[0]'`",
    )
}

/// How problems of the filter are told.
struct Told {
    terminal: Terminal,
    deny_warnings: bool,
}

impl Told {
    /// Reports them. Fails where nothing is to be tried for them.
    fn tell(&self, reports: &[Report]) -> Result<(), Failure> {
        let (format, style) = (self.terminal.format(), self.terminal.human_style());
        report(&written(reports, format, style));
        let counts = Counts::of(reports.iter().flat_map(|report| &report.problems));
        if counts.fail(self.deny_warnings) {
            return Err(Failure::Reported);
        }
        Ok(())
    }
}
