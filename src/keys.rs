//! TOML read key by key: what is unknown, missing or of another type is told, all of it at once.
//!
//! Owns what is said of any TOML file. Must not know what a key means: `config` and `manifest`
//! do. Fed with the text of the file.

mod error;
mod string;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use uuid::Uuid;

use crate::diagnostic::{Finding, excerpt, too_long};
use crate::span::{Span, boundary};
use crate::suggest::{is_certain, nearest};
use error::KeysProblem;

pub(crate) use string::Inside;

/// A value and the place where it stands, with its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// One TOML table that is being read.
pub(crate) struct Keys<'f, 't> {
    text: &'t str,
    table: DeTable<'t>,
    /// Where the text is no TOML: values on these lines are not what was written.
    broken: Vec<Span>,
    pub(crate) findings: &'f mut Vec<Finding>,
}

impl<'f, 't> Keys<'f, 't> {
    /// Reads a file. What is no TOML is told, and the keys of the rest are read.
    pub(crate) fn read(text: &'t str, findings: &'f mut Vec<Finding>) -> Self {
        if let Some(too_long) = too_long(text.len()) {
            findings.push(too_long);
            return Self {
                text,
                table: DeTable::new(),
                broken: Vec::new(),
                findings,
            };
        }
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut broken = Vec::with_capacity(errors.len());
        for error in errors {
            let place = error.span().unwrap_or(text.len()..text.len());
            let span = inside(text, place);
            broken.push(span);
            findings.push(not_toml(text, span, error.message()));
        }
        Self {
            text,
            table: table.into_inner(),
            broken,
            findings,
        }
    }

    /// Reads the table under `key`.
    pub(crate) fn table<'k>(&'k mut self, key: &str) -> Option<Keys<'k, 't>> {
        let value = self.table.get(key)?;
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(key, "a table");
            return None;
        };
        Some(Keys {
            text: self.text,
            table: table.clone(),
            broken: self.broken.clone(),
            findings: &mut *self.findings,
        })
    }

    /// Every key, as it is written, in no particular order.
    pub(crate) fn names(&self) -> Vec<Placed<String>> {
        let keys = self.table.keys();
        keys.map(|key| Placed {
            value: key.get_ref().to_string(),
            span: inside(self.text, key.span()),
        })
        .collect()
    }

    /// Tells every key that is none of `known`. `other_names` are what people write for a key.
    ///
    /// Answers the keys that were meant: they are not missing.
    pub(crate) fn only<'n>(
        &mut self,
        known: &[&'n str],
        other_names: &[(&str, &'n str)],
    ) -> Vec<&'n str> {
        let mut all_meant = Vec::new();
        for Placed { value: name, span } in self.names() {
            if known.contains(&name.as_str()) {
                continue;
            }
            let meant = other_names.iter().find(|(other, _)| *other == name);
            let near = meant.map(|(_, key)| *key);
            let near = near.or_else(|| {
                let near = nearest(&name, known.iter().copied())?;
                known.iter().copied().find(|key| *key == near)
            });
            all_meant.extend(near);
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", listed(known)),
            };
            let finding = Finding::new(KeysProblem::UnknownKey {
                key: excerpt(&name),
                span,
                help,
            });
            // A second spelling of a key that is there is no typing slip.
            let certain = near.filter(|near| {
                let is_sure = meant.is_some() || is_certain(&name, near, known.iter().copied());
                is_sure && !self.table.contains_key(*near)
            });
            self.findings.push(match certain {
                Some(near) => finding.fix(format!("write `{near}`"), span, near),
                None => finding,
            });
        }
        all_meant
    }

    /// A string.
    pub(crate) fn string(&mut self, key: &str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(self.placed(&value, text.to_owned())),
            None => {
                self.wrong_type(key, "a string");
                None
            }
        }
    }

    /// A list of strings.
    pub(crate) fn strings(&mut self, key: &str) -> Option<Placed<Vec<Placed<String>>>> {
        let value = self.get(key)?;
        let items = value.get_ref().as_array().and_then(|items| {
            let texts = items.iter();
            let texts =
                texts.map(|item| Some(self.placed(item, item.get_ref().as_str()?.to_owned())));
            texts.collect::<Option<Vec<_>>>()
        });
        if items.is_none() {
            self.wrong_type(key, "a list of strings");
        }
        items.map(|items| self.placed(&value, items))
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn integer(&mut self, key: &str, least: i64, most: i64) -> Option<Placed<i64>> {
        let value = self.get(key)?;
        let Some(number) = value.get_ref().as_integer() else {
            self.wrong_type(key, "a whole number without quotes");
            return None;
        };
        let digits = number.as_str().replace('_', "");
        let number = i64::from_str_radix(&digits, number.radix()).ok();
        let found = self.placed(&value, number.unwrap_or_default());
        if number.is_some_and(|number| (least..=most).contains(&number)) {
            return Some(found);
        }
        self.findings.push(Finding::new(KeysProblem::OutOfRange {
            key: key.to_owned(),
            found: excerpt(self.slice(found.span)),
            span: found.span,
            least,
            most,
        }));
        None
    }

    /// A string that is one of `known`, which are spelled in one case only.
    pub(crate) fn one_of(
        &mut self,
        key: &str,
        known: &[&'static str],
    ) -> Option<Placed<&'static str>> {
        let found = self.string(key)?;
        if let Some(name) = known.iter().find(|name| **name == found.value) {
            return Some(Placed {
                value: name,
                span: found.span,
            });
        }
        self.unknown_value(key, &found, known);
        None
    }

    /// Tells that a value is none of `known`.
    pub(crate) fn unknown_value(&mut self, key: &str, found: &Placed<String>, known: &[&str]) {
        let near = nearest(&found.value, known.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`? it is one of {}", listed(known)),
            None => format!("it is one of {}", listed(known)),
        };
        let finding = Finding::new(KeysProblem::UnknownValue {
            key: key.to_owned(),
            value: excerpt(&found.value),
            span: found.span,
            help,
        });
        let certain = near.filter(|near| is_certain(&found.value, near, known.iter().copied()));
        self.findings.push(match certain {
            Some(near) => finding.fix(format!("write `{near}`"), found.span, format!("\"{near}\"")),
            None => finding,
        });
    }

    /// A UUID in the form with hyphens, as it is written.
    pub(crate) fn uuid(&mut self, key: &str) -> Option<Placed<String>> {
        let found = self.string(key)?;
        let has_hyphens = found.value.len() == uuid::fmt::Hyphenated::LENGTH;
        if has_hyphens && Uuid::try_parse(&found.value).is_ok() {
            return Some(found);
        }
        self.findings.push(Finding::new(KeysProblem::NotAUuid {
            key: key.to_owned(),
            value: excerpt(&found.value),
            span: found.span,
        }));
        None
    }

    /// The value of a key, if it is there as it was written.
    fn get(&self, key: &str) -> Option<Spanned<DeValue<'t>>> {
        let value = self.table.get(key)?;
        let Range { start, end } = inside(self.text, value.span()).range();
        let before = self.text.get(..start).and_then(|text| text.rfind('\n'));
        let behind = self.text.get(end..).and_then(|text| text.find('\n'));
        let first = before.map_or(0, |at| at + 1);
        let last = behind.map_or(self.text.len(), |at| end + at);
        let is_broken = self
            .broken
            .iter()
            .any(|it| (first..=last).contains(&it.start()));
        (!is_broken).then(|| value.clone())
    }

    fn placed<T>(&self, value: &Spanned<DeValue<'t>>, inner: T) -> Placed<T> {
        Placed {
            value: inner,
            span: inside(self.text, value.span()),
        }
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn wrong_type(&mut self, key: &str, wanted: &'static str) {
        let Some(value) = self.get(key) else { return };
        self.findings.push(Finding::new(KeysProblem::WrongType {
            key: key.to_owned(),
            wanted,
            found: match value.get_ref() {
                DeValue::String(_) => "a string",
                DeValue::Integer(_) => "a whole number",
                DeValue::Float(_) => "a number with a fraction",
                DeValue::Boolean(_) => "`true` or `false`",
                DeValue::Datetime(_) => "a date",
                DeValue::Array(_) => "a list",
                DeValue::Table(_) => "a table",
            },
            span: inside(self.text, value.span()),
        }));
    }
}

/// `range` as a span on character boundaries of `text`.
fn inside(text: &str, range: Range<usize>) -> Span {
    let start = boundary(text, range.start);
    Span::new(start, boundary(text, range.end).max(start))
}

/// What the parser says, in one clause. The usual mistake is a text without quotes.
fn not_toml(text: &str, span: Span, message: &str) -> Finding {
    let found = text.get(span.range()).unwrap_or_default();
    let is_word = found.starts_with(|c: char| c.is_ascii_alphabetic())
        && !found.contains(['"', '\'', '=', '\n']);
    let before = text.get(..span.start()).unwrap_or_default().trim_end();
    if is_word && before.ends_with(['=', '[', ',']) {
        let finding = Finding::new(KeysProblem::NotToml {
            reason: format!("`{}` stands without quotes", excerpt(found)),
            span,
        });
        return finding.fix("write the quotes", span, format!("\"{found}\""));
    }
    let one_line = message.replace('\n', ", ");
    Finding::new(KeysProblem::NotToml {
        reason: one_line.trim_end_matches('.').to_owned(),
        span,
    })
}

/// At most five names, then "…"; all where they are nearly that few.
pub(crate) fn listed(names: &[&str]) -> String {
    let shown = if names.len() <= 6 { names.len() } else { 5 };
    let quoted: Vec<String> = names
        .iter()
        .take(shown)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = if names.len() > shown { ", …" } else { "" };
    quoted.join(", ") + more
}
