//! The filter that is tried: a text, that of a manifest, or one that was saved as JSON.
//!
//! Owns what is told where there is none to try, or more than one. How a filter is read is the
//! library's.

use std::path::Path;

use filterc::{
    ArrayRule, CaseRule, Catalog, Compiler, Explanation, FieldType, MatchOptions, Matcher, Problem,
    Row, SavedFilter, Selector, Truth,
};

use super::told::Told;
use crate::args::{EmptyText, IgnoreCase, Match};
use crate::expression::expression_or;
use crate::input::{self, Input, Origin};
use crate::output::{Failure, quoted};
use crate::paths::Target;
use crate::project::Project;
use crate::reports::Report;
use crate::unit::{Opened, Purpose};

/// The filter that is tried.
pub(crate) struct Tried {
    filter: Filter,
    /// Of each of its fields, whether the catalog says that it holds lists.
    lists: Vec<bool>,
}

/// From whichever end it came.
enum Filter {
    Text(Matcher),
    Json(Selector),
}

impl Tried {
    fn new(filter: Filter, catalog: &Catalog) -> Self {
        let mut tried = Self {
            filter,
            lists: Vec::new(),
        };
        let is_list = |name: &String| {
            let field = catalog.fields().find(|field| field.name() == name);
            field.is_some_and(|field| {
                use FieldType::{Array, AudienceId, Topic};
                matches!(field.field_type(), Array | AudienceId | Topic)
            })
        };
        tried.lists = tried.fields().iter().map(is_list).collect();
        tried
    }

    pub(crate) fn fields(&self) -> &[String] {
        match &self.filter {
            Filter::Text(matcher) => matcher.fields(),
            Filter::Json(selector) => selector.fields(),
        }
    }

    pub(crate) fn lists(&self) -> &[bool] {
        &self.lists
    }

    pub(crate) fn eval(&self, row: &impl Row) -> Truth {
        match &self.filter {
            Filter::Text(matcher) => matcher.eval(row),
            Filter::Json(selector) => selector.eval(row),
        }
    }

    pub(crate) fn explain(&self, row: &impl Row) -> Explanation {
        match &self.filter {
            Filter::Text(matcher) => matcher.explain(row),
            Filter::Json(selector) => selector.explain(row),
        }
    }
}

/// The filter; a failure where it has problems, which are told then.
pub(crate) fn tried(
    arguments: &Match,
    project: &Project,
    told: &mut Told,
) -> Result<Tried, Failure> {
    let options = options(arguments);
    if let Some(path) = &arguments.filter_json {
        let selector = saved(input::file(path)?, options, told)?;
        let catalog = project.catalog()?;
        let filter = Filter::Json(selector.typed_by(&catalog));
        return Ok(Tried::new(filter, &catalog));
    }
    let input = input::read(&Origin {
        expression: arguments.expression.as_deref(),
        file: arguments.file.as_deref(),
    })?;
    let catalog = project.catalog()?;
    let compiler = project.compiler_of(catalog.clone())?;
    let matcher = match arguments.file.clone().map(Target::new) {
        Some(Target::Manifest(path)) => {
            let opened = Opened::manifest(&path, input, project);
            of_manifest(&path, opened, &compiler, options, told)?
        }
        _ => {
            let help = "name the file of a saved filter by `--filter-json`";
            text(expression_or(input, help)?, compiler, options, told)?
        }
    };
    Ok(Tried::new(Filter::Text(matcher), &catalog))
}

/// What the arguments say of comparing.
fn options(arguments: &Match) -> MatchOptions {
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
    MatchOptions::new()
        .case(case)
        .arrays(arrays)
        .empty_is_null(arguments.empty == Some(EmptyText::Null))
        .spaces_are_blank(arguments.spaces_are_blank)
}

fn text(
    input: Input,
    compiler: Compiler,
    options: MatchOptions,
    told: &mut Told,
) -> Result<Matcher, Failure> {
    let compiler = compiler.source_name(input.name.as_str());
    let (matcher, problems) = match compiler.matcher(&input.text, options) {
        Err(error) => (None, error.problems().to_vec()),
        Ok(matcher) => {
            let warnings = matcher.warnings().to_vec();
            (Some(matcher), warnings)
        }
    };
    told.filter(vec![Report::of(input, &problems)])?;
    matcher.ok_or(Failure::Reported)
}

/// A manifest has to be whole, as for a request: what is tried is the audience that it makes.
fn of_manifest(
    path: &Path,
    opened: Opened,
    compiler: &Compiler,
    options: MatchOptions,
    told: &mut Told,
) -> Result<Matcher, Failure> {
    let matcher = opened
        .filter()
        .map(|text| opened.compiler(compiler).matcher(text, options));
    let mut unit = opened.compiled(compiler, Purpose::Create);
    let is_whole = unit.product.is_some();
    if let (true, None, Some(report)) = (is_whole, &matcher, unit.reports.first_mut()) {
        report.problems.push(not_narrowed(&quoted(path)));
    }
    let passed = told.filter(unit.reports);
    if !unit.was_read {
        return Err(Failure::Unread);
    }
    passed?;
    match matcher {
        Some(Ok(matcher)) if is_whole => Ok(matcher),
        _ => Err(Failure::Reported),
    }
}

/// The one filter of a file that the vendor may have written.
fn saved(file: Input, options: MatchOptions, told: &mut Told) -> Result<Selector, Failure> {
    let name = quoted(&file.name);
    let (filter, problems) = match SavedFilter::read(&file.text) {
        Err(error) => (None, error.problems().to_vec()),
        Ok(saved) => {
            let count = saved.len();
            let first = saved.into_iter().next().and_then(SavedFilter::into_filter);
            match first {
                _ if count > 1 => (None, vec![several(&name, count)]),
                None => (None, vec![not_narrowed(&name)]),
                filter => (filter, Vec::new()),
            }
        }
    };
    told.filter(vec![Report::of(file, &problems)])?;
    let filter = filter.ok_or(Failure::Reported)?;
    Ok(Selector::new(filter, options))
}

fn not_narrowed(name: &str) -> Problem {
    Problem::of_file(
        "filterc::match::not_narrowed",
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
