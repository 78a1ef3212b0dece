//! `filterc topics [PATTERN]`: topics of the topic file, as a table or as JSON.
//!
//! Owns the JSON, a public format: keys may be added, none is renamed or removed.

use std::process::ExitCode;

use filterc::Topic;
use serde::Serialize;

use crate::args::Topics;
use crate::columns::aligned;
use crate::nearest::nearest;
use crate::output::{Failure, PROBLEMS, RED, json, painted, print, quoted, report};
use crate::project::Project;
use crate::terminal::Terminal;

pub(crate) fn run(arguments: &Topics, terminal: Terminal) -> Result<ExitCode, Failure> {
    let project = Project::new(&arguments.account, None, None, terminal)?;
    let Some(topics) = project.topics()? else {
        return Err(Failure::Message(
            "there is no topic file; name one with --topics, or `topics = \"…\"` in filterc.toml"
                .to_owned(),
        ));
    };
    let pattern = arguments.pattern.as_deref().unwrap_or_default();
    let found: Vec<&Topic> = topics.search(pattern).collect();
    if arguments.json {
        let rows: Vec<Row> = found.iter().map(|topic| Row::new(topic)).collect();
        print(&json(&rows)?)?;
    } else if !found.is_empty() {
        print(&table(&found, terminal.colors_stdout()))?;
    }
    if found.is_empty() {
        let error = painted("error:", RED, terminal.colors_stderr());
        let names = topics.iter().map(Topic::name);
        let action = match nearest(pattern, names) {
            Some(name) => format!("did you mean `{}`?", quoted(name)),
            None => "try fewer words, or a part of one".to_owned(),
        };
        let pattern = quoted(pattern);
        report(&format!("{error} no topic matches `{pattern}`; {action}\n"));
        return Ok(ExitCode::from(PROBLEMS));
    }
    Ok(ExitCode::SUCCESS)
}

fn table(topics: &[&Topic], colors: bool) -> String {
    let headings = ["ID", "STATUS", "TYPE", "PATH"].map(str::to_owned);
    let rows = topics.iter().map(|topic| {
        [
            topic.id(),
            topic.status(),
            topic.topic_type(),
            &topic.path(),
        ]
        .map(quoted)
    });
    aligned(std::iter::once(headings).chain(rows).collect(), colors)
}

/// A topic as `--json` writes it. The order of the keys is that of the fields.
#[derive(Serialize)]
struct Row<'t> {
    id: &'t str,
    name: &'t str,
    path: String,
    status: &'t str,
    topic_type: &'t str,
}

impl<'t> Row<'t> {
    fn new(topic: &'t Topic) -> Self {
        Self {
            id: topic.id(),
            name: topic.name(),
            path: topic.path(),
            status: topic.status(),
            topic_type: topic.topic_type(),
        }
    }
}
