//! The rules between the keys of a manifest: which are missing, which the type does not have.

use super::error::ManifestProblem;
use super::{FILTER_FILE, Manifest};
use crate::catalog::AudienceType;
use crate::diagnostic::Finding;
use crate::keys::{Inside, Placed};
use crate::request::Value;
use crate::request::keys::{KEYS, Kind, PIXEL_WINDOW_DAYS};
use crate::span::Span;

impl Manifest {
    pub(super) fn check(&self, findings: &mut Vec<Finding>) {
        self.check_missing(findings);
        self.check_type(findings);
        self.check_filter(findings);
        self.check_visits(findings);
    }

    fn place(&self, key: &str) -> Option<Span> {
        let found = self.present.iter().find(|present| present.value == key);
        found.map(|present| present.span)
    }

    fn value_of(&self, name: &str) -> Option<&Placed<Value>> {
        let mut found = KEYS.iter().zip(&self.values);
        found.find(|(key, _)| key.name == name)?.1.as_ref()
    }

    fn check_missing(&self, findings: &mut Vec<Finding>) {
        let audience = self.audience();
        let missing = |of_type: bool| -> Vec<&'static str> {
            let keys = KEYS.iter().zip(&self.values).filter(|(key, value)| {
                let is_wanted = match key.only {
                    None => !of_type,
                    Some(only) => of_type && audience == Some(only),
                };
                let is_there = self.place(key.name).is_some() || self.meant.contains(&key.name);
                key.is_required && is_wanted && value.is_none() && !is_there
            });
            let filterless = |key: &&str| *key != "filter" || !self.may_lack_filter();
            keys.map(|(key, _)| key.name).filter(filterless).collect()
        };
        let first_line = self.text.lines().next().unwrap_or_default().len();
        for (of_type, span, label) in [
            (
                false,
                Some(Span::new(0, first_line)),
                "not in this manifest".to_owned(),
            ),
            (
                true,
                self.audience.as_ref().map(|audience| audience.span),
                audience.map_or(String::new(), |audience| format!("what `{audience}` needs")),
            ),
        ] {
            let keys = missing(of_type);
            let (Some(span), [first, ..]) = (span, keys.as_slice()) else {
                continue;
            };
            let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let verb = if keys.len() == 1 { "is" } else { "are" };
            findings.push(Finding::new(ManifestProblem::MissingKey {
                keys: format!("{} {verb}", quoted.join(", ")),
                span,
                label,
                help: help(first),
            }));
        }
    }

    /// Whether the filter is there under another key, or the type needs none. `true` where the
    /// type is not known: that is reported.
    fn may_lack_filter(&self) -> bool {
        self.place(FILTER_FILE).is_some()
            || self.meant.contains(&FILTER_FILE)
            || !matches!(
                self.audience(),
                Some(AudienceType::Events | AudienceType::Intents | AudienceType::Elixir)
            )
    }

    fn check_type(&self, findings: &mut Vec<Finding>) {
        let Some(Placed {
            value: audience,
            span,
        }) = self.audience
        else {
            return;
        };
        if audience == AudienceType::Events {
            let audience = audience.name();
            findings.push(Finding::new(ManifestProblem::UnlistedType {
                audience,
                span,
            }));
        }
        for key in &KEYS {
            if let (Some(only), Some(span)) = (key.only, self.place(key.name))
                && only != audience
            {
                findings.push(Finding::new(ManifestProblem::KeyNotInAudience {
                    key: key.name.to_owned(),
                    audience: audience.name(),
                    only: only.name(),
                    span,
                }));
            }
        }
    }

    fn check_filter(&self, findings: &mut Vec<Finding>) {
        if let (Some(text), Some(span)) = (self.place("filter"), self.place(FILTER_FILE)) {
            findings.push(Finding::new(ManifestProblem::TwoFilters { span, text }));
        }
        if let Some(filter) = &self.filter {
            let inside = Inside::new(&self.text, filter.span, &filter.value);
            let joined = inside.joined_behind('#', &filter.value);
            findings.extend(joined.map(|at| Finding::new(ManifestProblem::JoinedComment(at))));
        }
        let empty = [("filter", &self.filter), (FILTER_FILE, &self.filter_file)];
        for (key, value) in empty {
            if let Some(value) = value.as_ref().filter(|value| value.value.trim().is_empty()) {
                let is_narrowed = !self.may_lack_filter();
                findings.push(Finding::new(ManifestProblem::EmptyValue {
                    key: key.to_owned(),
                    span: value.span,
                    help: if key == FILTER_FILE {
                        "write the path of the filter, from the folder of the manifest"
                    } else if is_narrowed {
                        "write the filter: audiences of this type need one"
                    } else {
                        "write the filter, or leave the key out to take everybody of the source"
                    },
                }));
            }
        }
    }

    fn check_visits(&self, findings: &mut Vec<Finding>) {
        let number = |name| match self.value_of(name) {
            Some(Placed {
                value: Value::Number(number),
                span,
            }) => Some((*number, *span)),
            _ => None,
        };
        let Some((days, span)) = number("source_pixel_min_visit_days") else {
            return;
        };
        let window = number("source_pixel_window_days");
        if window.is_none() && self.place("source_pixel_window_days").is_some() {
            return;
        }
        let at = window.map(|(_, at)| at);
        let window = window.map_or(PIXEL_WINDOW_DAYS, |(window, _)| window);
        if days > window {
            findings.push(Finding::new(ManifestProblem::VisitsExceedWindow {
                days,
                window,
                span,
                at,
            }));
        }
    }
}

/// A line that adds a key.
fn help(key: &str) -> String {
    let kind = KEYS
        .iter()
        .find(|known| known.name == key)
        .map(|known| known.kind);
    match kind {
        Some(Kind::Enum([first, second, ..])) => {
            format!("add such as `{key} = \"{first}\"` or `{key} = \"{second}\"`")
        }
        Some(Kind::Uuid) if key.starts_with("source_") => {
            format!("add `{key} = \"…\"`, the UUID that the vendor shows")
        }
        Some(Kind::Uuid) => {
            format!(
                "add `{key} = \"…\"`, the UUID that the vendor shows, or set it in `filterc.toml`"
            )
        }
        Some(Kind::AudienceType) => format!("add such as `{key} = \"elixir\"`"),
        Some(Kind::Filter) => "add `filter = '''…'''`, or `filter_file = \"…\"`".to_owned(),
        Some(Kind::Texts(..)) => format!("add `{key} = [\"…\"]`"),
        _ => format!("add `{key} = \"…\"`"),
    }
}
