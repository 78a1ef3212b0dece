//! What changed between two catalogs, field by field.

use std::collections::HashSet;
use std::fmt;

use serde::Serialize;

use super::{Catalog, Field};

/// One difference between two catalogs. [`Display`](fmt::Display) writes a line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CatalogChange {
    /// The name of the field.
    pub field: String,
    /// What of it is another: `field` (all of it), `type`, `status`, `operators`, `options`,
    /// `audience types`.
    pub what: &'static str,
    /// What is there no more.
    pub gone: Vec<String>,
    /// What is new.
    pub new: Vec<String>,
}

impl Catalog {
    /// What is otherwise in a newer catalog: fields in the order of this one, then new ones.
    pub fn changes(&self, newer: &Self) -> Vec<CatalogChange> {
        let mut changes = Vec::new();
        for old in self.fields() {
            match newer.0.exact.get(old.name()) {
                None => changes.push(CatalogChange::of(old, "field", described(old), Vec::new())),
                Some(at) => {
                    let new = newer.0.fields.get(*at);
                    changes.extend(new.into_iter().flat_map(|new| differences(old, new)));
                }
            }
        }
        let is_new = |field: &&Field| !self.0.exact.contains_key(field.name());
        for new in newer.fields().filter(is_new) {
            changes.push(CatalogChange::of(new, "field", Vec::new(), described(new)));
        }
        changes
    }
}

impl CatalogChange {
    fn of(field: &Field, what: &'static str, gone: Vec<String>, new: Vec<String>) -> Self {
        Self {
            field: field.name().to_owned(),
            what,
            gone,
            new,
        }
    }
}

fn described(field: &Field) -> Vec<String> {
    vec![field.field_type().to_string()]
}

fn differences(old: &Field, new: &Field) -> Vec<CatalogChange> {
    let parts = std::iter::zip(parts(old), parts(new));
    let differences = parts.filter_map(|((what, before), (_, after))| {
        let without = |from: &[String], those: &[String]| {
            let those: HashSet<&String> = those.iter().collect();
            let left = from.iter().filter(|item| !those.contains(item));
            left.cloned().collect::<Vec<_>>()
        };
        let (gone, new) = (without(&before, &after), without(&after, &before));
        let differs = !gone.is_empty() || !new.is_empty();
        differs.then(|| CatalogChange::of(old, what, gone, new))
    });
    differences.collect()
}

/// What of a field decides whether a filter compiles, and to what.
fn parts(field: &Field) -> [(&'static str, Vec<String>); 5] {
    let types = field
        .audience_types()
        .chain(field.unconfirmed_audience_types());
    [
        ("type", described(field)),
        ("status", vec![field.status().to_string()]),
        (
            "operators",
            field.operators().map(|it| it.to_string()).collect(),
        ),
        ("options", options(field)),
        ("audience types", types.map(|it| it.to_string()).collect()),
    ]
}

/// A value with its label where that is another: a filter can be written with either.
fn options(field: &Field) -> Vec<String> {
    let options = field.options().iter();
    options
        .map(|option| {
            let (value, label) = (option.value(), option.label());
            if value == label {
                value.to_owned()
            } else {
                format!("{value} ({label})")
            }
        })
        .collect()
}

impl fmt::Display for CatalogChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let field = &self.field;
        match (self.what, self.gone.as_slice(), self.new.as_slice()) {
            ("field", [], [kind]) => write!(out, "+ {field} ({kind})"),
            ("field", [kind], []) => write!(out, "- {field} ({kind})"),
            ("type" | "status", [before], [after]) => {
                write!(out, "~ {field}: {} {before} is now {after}", self.what)
            }
            (what, gone, new) => {
                write!(out, "~ {field}: {what}")?;
                listed(out, "gone", gone)?;
                if !gone.is_empty() && !new.is_empty() {
                    out.write_str(";")?;
                }
                listed(out, "new", new)
            }
        }
    }
}

/// At most ten, and how many more there are.
fn listed(out: &mut fmt::Formatter<'_>, word: &str, items: &[String]) -> fmt::Result {
    const MOST: usize = 10;
    if items.is_empty() {
        return Ok(());
    }
    let shown: Vec<&str> = items.iter().take(MOST).map(String::as_str).collect();
    write!(out, " {word} {}", shown.join(", "))?;
    match items.len().saturating_sub(MOST) {
        0 => Ok(()),
        more => write!(out, " and {more} more"),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn every_part_that_a_filter_depends_on_is_compared() {
        let old = r#"[
            {"field_key":"gone","data_type":"string","operators":["eq"]},
            {"field_key":"same","data_type":"string","operators":["eq"]},
            {"field_key":"plan","data_type":"string","operators":["eq","neq"],"field_type":"text"},
            {"field_key":"tier","data_type":"string","operators":["in"],"field_type":"select",
             "options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]}]"#;
        let new = r#"[
            {"field_key":"tier","data_type":"string","operators":["in"],"field_type":"select",
             "options":[{"value":"b","label":"Bee"},{"value":"c"}],"status":"deprecated"},
            {"field_key":"plan","data_type":"integer","operators":["eq",">"],"schema_types":["event"]},
            {"field_key":"same","data_type":"string","operators":["eq"]},
            {"field_key":"new","data_type":"boolean","operators":["is"]}]"#;
        let [old, new] = [old, new].map(|json| Catalog::from_json(json).unwrap());
        let lines: Vec<String> = old.changes(&new).iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "- gone (text)",
                "~ plan: type text is now integer",
                "~ plan: operators gone is not; new >",
                "~ plan: audience types gone intents, elixir, list, pixel",
                "~ tier: status active is now deprecated",
                "~ tier: options gone a (A), b (B); new b (Bee), c",
                "+ new (boolean)",
            ]
        );
        assert_eq!(old.changes(&old), []);
    }
}
