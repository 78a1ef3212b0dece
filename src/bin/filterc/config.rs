//! `filterc config`: every setting in force, and where it comes from.
//!
//! Owns the words and the JSON, a public format: keys may be added, none is renamed or removed.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::args::Config;
use crate::columns::aligned;
use crate::output::{Failure, json, print, quoted};
use crate::project::{From, InForce, Project};
use crate::reports::counted_noun;
use crate::terminal::Terminal;

/// A setting as it is shown.
#[derive(Serialize)]
struct Row {
    setting: String,
    /// `None` where nothing is set.
    value: Option<String>,
    from: Option<String>,
    /// How many fields or topics it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<String>,
}

pub(crate) fn run(arguments: &Config, terminal: Terminal) -> Result<ExitCode, Failure> {
    let levels = Some(&arguments.levels);
    let project = Project::new(&arguments.account, levels, arguments.audience, terminal)?;
    let rows = rows(&project)?;
    if arguments.json {
        print(&json(&rows)?)?;
    } else {
        let headings = ["SETTING", "VALUE", "FROM"].map(str::to_owned);
        let rows = rows.into_iter().map(|row| {
            [
                row.setting,
                match (row.value, row.count) {
                    (Some(value), Some(count)) => format!("{value} ({count})"),
                    (value, _) => value.unwrap_or_default(),
                },
                row.from.unwrap_or_default(),
            ]
            .map(quoted)
        });
        let rows = std::iter::once(headings).chain(rows).collect();
        print(&aligned(rows, terminal.colors_stdout()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// All settings. Reads the files they name, so that what is wrong with them is told here.
fn rows(project: &Project) -> Result<Vec<Row>, Failure> {
    let file = project.config_path.as_ref();
    let from = |from: &From| match (from, file) {
        (From::Argument(name), _) => (*name).to_owned(),
        (From::Line(line), Some(file)) => format!("{}:{line}", file.display()),
        _ => "built in".to_owned(),
    };
    let set = |setting: &str, value: Option<String>, place: Option<&From>| Row {
        setting: setting.to_owned(),
        value,
        from: place.map(from),
        count: None,
    };
    let catalog = project.catalog()?;
    let topics = project.topics()?;
    let fields = catalog.fields().count();
    let topic_count = topics.map(|topics| topics.iter().len());

    let path = |path: &InForce<PathBuf>| path.value.display().to_string();
    let catalog = match &project.catalog_path {
        Some(at) => set("catalog", Some(path(at)), Some(&at.from)),
        None => set("catalog", Some("built-in".to_owned()), Some(&From::BuiltIn)),
    };
    let at = project.topics_path.as_ref();
    let mut rows = vec![
        set("config", file.map(|file| file.display().to_string()), None),
        Row {
            count: Some(counted_noun(fields, "field")),
            ..catalog
        },
        Row {
            count: topic_count.map(|count| counted_noun(count, "topic")),
            ..set("topics", at.map(path), at.map(|at| &at.from))
        },
    ];
    let audience = project.audience.as_ref();
    let name = audience.map(|audience| audience.value.to_string());
    rows.push(set(
        "audience",
        name,
        audience.map(|audience| &audience.from),
    ));
    let config = &project.config;
    for (name, id) in [
        ("organization_id", config.organization_id()),
        ("project_id", config.project_id()),
    ] {
        let place = id.map(|id| From::Line(id.line));
        rows.push(set(name, id.map(|id| id.value.clone()), place.as_ref()));
    }
    let of_file = file.map(|file| file.display().to_string());
    rows.extend(config.aliases().map(|(alias, field)| Row {
        setting: format!("alias {alias}"),
        value: Some(field.to_owned()),
        from: of_file.clone(),
        count: None,
    }));
    rows.extend(levels(project, of_file.as_deref()));
    Ok(rows)
}

fn levels(project: &Project, file: Option<&str>) -> Vec<Row> {
    let in_file = project.config.warning_levels();
    let row = |level: &str, code: &'static str, is_in_file: bool| Row {
        setting: format!("{level} {}", code.rsplit("::").next().unwrap_or(code)),
        value: Some(code.to_owned()),
        from: match file {
            Some(file) if is_in_file => Some(file.to_owned()),
            _ => Some(format!("--{level}")),
        },
        count: None,
    };
    let allowed = project.levels().allowed();
    let allowed = allowed.map(|code| row("allow", code, in_file.allowed().any(|it| it == code)));
    let denied = project.levels().denied();
    let denied = denied.map(|code| row("deny", code, in_file.denied().any(|it| it == code)));
    let mut rows: Vec<Row> = allowed.chain(denied).collect();
    if project.deny_warnings {
        rows.push(Row {
            setting: "deny".to_owned(),
            value: Some("all warnings".to_owned()),
            from: Some("--deny-warnings".to_owned()),
            count: None,
        });
    }
    rows
}
