//! What is said of a code: the rules of the document.
//!
//! Only codes that occur have a rule. The level of a rule is known from its problems alone, and the
//! pages of all codes would be most of a small document. Fed by `explain`.

use std::collections::BTreeMap;

use super::document::{Configuration, Descriptor, Help, Message};
use crate::diagnostic::{Problem, Severity};
use crate::explain::{self, Page};

/// The codes that occur, each with its gravest severity, sorted.
pub(super) struct Rules<'a> {
    codes: Vec<(&'a str, Severity)>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(problems: impl Iterator<Item = &'a Problem>) -> Self {
        let mut gravest = BTreeMap::new();
        for problem in problems {
            let severity = problem.severity();
            let known = gravest.entry(problem.code()).or_insert(severity);
            // The graver one is declared first.
            *known = severity.min(*known);
        }
        Self {
            codes: gravest.into_iter().collect(),
        }
    }

    /// Where the rule of a code stands.
    pub(super) fn index(&self, code: &str) -> usize {
        self.codes.partition_point(|(other, _)| *other < code)
    }

    pub(super) fn into_descriptors(self) -> Vec<Descriptor<'a>> {
        let codes = self.codes.into_iter();
        codes
            .map(|(code, severity)| descriptor(code, severity))
            .collect()
    }
}

/// The standard's word for a severity (§3.27.10).
pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn descriptor(code: &str, severity: Severity) -> Descriptor<'_> {
    let last = code.rsplit("::").next().unwrap_or(code);
    let page = explain::page(code).filter(|page| page.code() == code);
    // GitHub requires each of the texts, and none may be empty.
    let without_page = format!("The problem `{code}`.");
    Descriptor {
        id: code,
        name: pascal_case(last),
        short_description: Message::new(page.map_or(without_page.as_str(), |page| page.summary())),
        full_description: Message::new(&page.map_or(without_page.clone(), prose)),
        default_configuration: Configuration {
            level: level(severity),
        },
        help: Help::new(page.map_or(without_page.as_str(), |page| page.body())),
    }
}

/// The page up to its first example, a paragraph a line.
fn prose(page: Page) -> String {
    let paragraphs = page.body().split("\n\n");
    paragraphs
        .take_while(|paragraph| !matches!(*paragraph, "Wrong:" | "Right:"))
        .map(|paragraph| paragraph.lines().collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// `unknown_field` as `UnknownField`.
fn pascal_case(name: &str) -> String {
    name.split('_')
        .flat_map(|word| {
            let mut characters = word.chars();
            let first = characters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(characters)
        })
        .collect()
}
