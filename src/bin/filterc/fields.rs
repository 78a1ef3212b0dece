//! `filterc fields [PATTERN]`: the fields of the catalog in force, as a table or as JSON.
//!
//! Owns which fields are listed and the JSON, a public format: keys may be added, none is renamed
//! or removed. `table` draws.

use std::process::ExitCode;

use filterc::{AudienceType, Catalog, Field, FieldType, Operator, Status};
use serde::Serialize;

use crate::args::Fields;
use crate::nearest::nearest;
use crate::output::{Failure, PROBLEMS, RED, json, painted, print, quoted, report};
use crate::project::Project;
use crate::table;
use crate::terminal::Terminal;

pub(crate) fn run(arguments: &Fields, terminal: Terminal) -> Result<ExitCode, Failure> {
    let project = Project::new(&arguments.account, None, None, terminal)?;
    let catalog = project.catalog()?;
    let pattern = arguments.pattern.as_deref().unwrap_or_default();
    let fields: Vec<&Field> = catalog
        .fields()
        .filter(|field| is_in(field, arguments.audience) && matches(field, pattern))
        .collect();
    if arguments.json {
        let rows: Vec<_> = fields.iter().map(|field| Row::new(field)).collect();
        print(&json(&rows)?)?;
    } else if !fields.is_empty() {
        print(&match terminal.stdout_width() {
            Some(width) => table::fitted(&fields, width, terminal.colors_stdout()),
            None => table::flat(&fields),
        })?;
    }
    if fields.is_empty() {
        let error = painted("error:", RED, terminal.colors_stderr());
        let message = nothing_found(&catalog, pattern, arguments.audience);
        report(&format!("{error} {message}\n"));
        return Ok(ExitCode::from(PROBLEMS));
    }
    Ok(ExitCode::SUCCESS)
}

fn is_in(field: &Field, audience: Option<AudienceType>) -> bool {
    let mut types = field
        .audience_types()
        .chain(field.unconfirmed_audience_types());
    audience.is_none_or(|audience| types.any(|other| other == audience))
}

fn matches(field: &Field, pattern: &str) -> bool {
    let pattern = pattern.to_lowercase();
    field
        .names()
        .chain([field.display_name()])
        .any(|name| name.to_lowercase().contains(&pattern))
}

fn nothing_found(catalog: &Catalog, pattern: &str, audience: Option<AudienceType>) -> String {
    let place = audience.map_or(String::new(), |audience| format!(" in `{audience}`"));
    let elsewhere = catalog.fields().find(|field| matches(field, pattern));
    let action = match (
        elsewhere,
        nearest(pattern, catalog.fields().flat_map(Field::names)),
    ) {
        (Some(field), _) => {
            let types: Vec<_> = field.audience_types().map(AudienceType::name).collect();
            format!("`{}` exists in {}", field.name(), types.join(", "))
        }
        (None, Some(name)) => format!("did you mean `{name}`?"),
        (None, None) => "`filterc fields` lists them all".to_owned(),
    };
    format!("no field matches `{}`{place}; {action}", quoted(pattern))
}

/// A field as `--json` writes it. The order of the keys is that of the fields.
#[derive(Serialize)]
struct Row<'f> {
    field: &'f str,
    display_name: &'f str,
    description: &'f str,
    r#type: FieldType,
    status: Status,
    operators: Vec<Operator>,
    tolerated_operators: Vec<Operator>,
    options: Vec<Choice<'f>>,
    aliases: Vec<&'f str>,
    audience_types: Vec<AudienceType>,
    unconfirmed_audience_types: Vec<AudienceType>,
}

#[derive(Serialize)]
struct Choice<'f> {
    value: &'f str,
    label: &'f str,
}

impl<'f> Row<'f> {
    fn new(field: &'f Field) -> Self {
        let options = field.options().iter().map(|option| Choice {
            value: option.value(),
            label: option.label(),
        });
        Self {
            field: field.name(),
            display_name: field.display_name(),
            description: field.description(),
            r#type: field.field_type(),
            status: field.status(),
            operators: field.operators().collect(),
            tolerated_operators: field.tolerated_operators().collect(),
            options: options.collect(),
            aliases: field.aliases().collect(),
            audience_types: field.audience_types().collect(),
            unconfirmed_audience_types: field.unconfirmed_audience_types().collect(),
        }
    }
}
