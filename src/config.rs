//! `filterc.toml`: what a project takes for granted in every run.
//!
//! Owns which settings there are. Must not read files nor know arguments. Fed with the text of the
//! file, key by key.

mod error;

use crate::catalog::{AudienceType, Catalog};
use crate::diagnostic::{FileError, Finding};
use crate::keys::{Keys, Placed};
use crate::levels::WarningLevels;
use crate::span::locate;
use error::ConfigProblem;

/// A value that is set, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Setting<T> {
    /// What is set.
    pub value: T,
    /// The line of the file, from 1.
    pub line: usize,
}

/// What a `filterc.toml` says.
///
/// ```
/// let config = filterc::Config::from_toml("audience = \"intents\"\ntopics = \"topics.json\"")?;
/// assert_eq!(config.topics().map(|topics| topics.value.as_str()), Some("topics.json"));
/// assert_eq!(config.audience().map(|audience| audience.line), Some(1));
/// # Ok::<(), filterc::FileError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Config {
    text: Box<str>,
    catalog: Option<Setting<String>>,
    topics: Option<Setting<String>>,
    audience: Option<Setting<AudienceType>>,
    organization_id: Option<Setting<String>>,
    project_id: Option<Setting<String>>,
    aliases: Vec<(Placed<String>, Placed<String>)>,
    levels: WarningLevels,
}

const KEYS: [&str; 7] = [
    "catalog",
    "topics",
    "audience",
    "organization_id",
    "project_id",
    "aliases",
    "warnings",
];

/// What people write for these keys.
const OTHER_NAMES: [(&str, &str); 6] = [
    ("audience_type", "audience"),
    ("type", "audience"),
    ("fields", "catalog"),
    ("org_id", "organization_id"),
    ("alias", "aliases"),
    ("lints", "warnings"),
];

impl Config {
    /// Reads the text of a file.
    ///
    /// The keys are `catalog` and `topics` (paths, relative to the file), `audience` (an audience
    /// type), `organization_id` and `project_id` (UUIDs), the table `aliases` (from a name to the
    /// field it stands for) and the table `warnings` with the lists `allow` and `deny` of codes.
    /// Every one may be left out.
    ///
    /// # Errors
    ///
    /// If the text is not TOML, or has a key or a value that is not known.
    pub fn from_toml(text: &str) -> Result<Self, FileError> {
        let mut findings = Vec::new();
        let mut config = Self {
            text: text.into(),
            ..Self::default()
        };
        let mut keys = Keys::read(text, &mut findings);
        keys.only(&KEYS, &OTHER_NAMES);
        config.catalog = keys.string("catalog").map(|path| setting(text, path));
        config.topics = keys.string("topics").map(|path| setting(text, path));
        config.audience = keys
            .one_of("audience", &AudienceType::ALL.map(AudienceType::name))
            .and_then(|name| {
                let value = name.value.parse().ok()?;
                Some(setting(
                    text,
                    Placed {
                        value,
                        span: name.span,
                    },
                ))
            });
        config.organization_id = keys.uuid("organization_id").map(|id| setting(text, id));
        config.project_id = keys.uuid("project_id").map(|id| setting(text, id));
        if let Some(mut table) = keys.table("aliases") {
            for name in table.names() {
                let field = table.string(&name.value);
                config.aliases.extend(field.map(|field| (name, field)));
            }
            // The order of the file, so that the same file gives the same answer.
            config.aliases.sort_by_key(|(name, _)| name.span);
        }
        if let Some(mut table) = keys.table("warnings") {
            table.only(&["allow", "deny"], &[]);
            config.read_levels(&mut table);
        }
        if findings.is_empty() {
            Ok(config)
        } else {
            Err(FileError::new(text, findings))
        }
    }

    fn read_levels(&mut self, table: &mut Keys<'_, '_>) {
        for key in ["allow", "deny"] {
            for code in table
                .strings(key)
                .map(|list| list.value)
                .unwrap_or_default()
            {
                let set = match key {
                    "allow" => self.levels.allow(&code.value),
                    _ => self.levels.deny(&code.value),
                };
                if let Err(wrong) = set {
                    let finding = Finding::new(ConfigProblem::UnknownWarning {
                        message: wrong.message(),
                        span: code.span,
                        help: wrong.help(),
                    });
                    table.findings.push(match wrong.near() {
                        Some(near) => {
                            finding.fix(format!("write `{near}`"), code.span, format!("\"{near}\""))
                        }
                        None => finding,
                    });
                }
            }
        }
    }

    /// The path of the catalog, relative to the file.
    pub fn catalog(&self) -> Option<&Setting<String>> {
        self.catalog.as_ref()
    }

    /// The path of the topic file, relative to the file.
    pub fn topics(&self) -> Option<&Setting<String>> {
        self.topics.as_ref()
    }

    /// The audience type of filters that name none.
    pub fn audience(&self) -> Option<&Setting<AudienceType>> {
        self.audience.as_ref()
    }

    /// The `organization_id` of requests whose manifest has none.
    pub fn organization_id(&self) -> Option<&Setting<String>> {
        self.organization_id.as_ref()
    }

    /// The `project_id` of requests whose manifest has none.
    pub fn project_id(&self) -> Option<&Setting<String>> {
        self.project_id.as_ref()
    }

    /// From a name to the field that it stands for, in the order of the file.
    pub fn aliases(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        let aliases = self.aliases.iter();
        aliases.map(|(name, field)| (name.value.as_str(), field.value.as_str()))
    }

    /// The warnings that are allowed and denied.
    pub fn warning_levels(&self) -> &WarningLevels {
        &self.levels
    }

    /// The catalog with the aliases.
    ///
    /// # Errors
    ///
    /// If an alias is no name of a field, is that of another field, or stands for none; the
    /// problems are at their places in the text of the settings.
    pub fn with_aliases(&self, mut catalog: Catalog) -> Result<Catalog, FileError> {
        let mut findings = Vec::new();
        for (name, field) in &self.aliases {
            if let Err(wrong) = catalog.add_alias(&name.value, &field.value) {
                findings.push(Finding::new(ConfigProblem::WrongAlias {
                    message: wrong.message(),
                    span: if wrong.is_about_field() {
                        field.span
                    } else {
                        name.span
                    },
                    help: wrong.help(),
                }));
            }
        }
        if findings.is_empty() {
            Ok(catalog)
        } else {
            Err(FileError::new(&self.text, findings))
        }
    }
}

fn setting<T>(text: &str, placed: Placed<T>) -> Setting<T> {
    let position = locate(text, &[placed.span.start()]);
    Setting {
        value: placed.value,
        line: position.first().map_or(1, |position| position.line),
    }
}
