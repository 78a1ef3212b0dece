//! An audience as a TOML file: every key of the Create Audience call, and the filter as text.
//!
//! Owns the rules between the keys; `request` has the table of them, `keys` reads. A problem
//! inside the filter's text is moved to its place in the file. Does not read files.

mod error;
mod layout;
mod rules;

use crate::catalog::AudienceType;
use crate::compile::{Compilation, CompileError, Compiler};
use crate::diagnostic::{Finding, Problem, moved, problems};
use crate::keys::{Inside, Keys, Placed};
use crate::request::keys::{KEYS, Key, Kind};
use crate::request::{Request, Value};
use crate::source_map::Place;
use crate::span::{Span, locate};
use error::ManifestProblem;

/// The keys of a manifest beside those of the call.
const FILTER_FILE: &str = "filter_file";

/// What people write for the keys of the call.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("name", "audience_name"),
    ("description", "audience_description"),
    ("audience", "type"),
    ("audience_type", "type"),
    ("segmentation", "segmentation_type"),
    ("org_id", "organization_id"),
    ("schedule", "renew_frequency"),
    ("frequency", "renew_frequency"),
    ("window_days", "intent_window_days"),
    ("file", FILTER_FILE),
    ("pixel_ids", "source_pixel_ids"),
    ("list_id", "source_list_id"),
];

/// A manifest, read key by key. What is wrong with it is said when a request is made of it.
///
/// The keys are those of `POST /api/v1/audiences`, with the filter as text: `filter = '''…'''`, or
/// `filter_file = "path"`, relative to the manifest. Audiences of the types `list` and `pixel` may
/// have neither, and are then not narrowed.
///
/// ```
/// use filterc::{Compiler, Manifest};
///
/// let manifest = Manifest::from_toml(r#"
///     audience_name = "VPs"
///     type = "elixir"
///     segmentation_type = "Persona"
///     organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
///     project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
///     filter = 'seniority = vp'
/// "#);
/// let made = manifest.request(&Compiler::new(), None);
/// assert!(made.problems().is_empty());
/// let body = made.request().map(ToString::to_string).unwrap_or_default();
/// assert!(body.starts_with(r#"{"audience_name":"VPs","type":"elixir","#));
/// ```
#[derive(Clone, Debug)]
pub struct Manifest {
    text: Box<str>,
    audience: Option<Placed<AudienceType>>,
    /// One for each key of [`KEYS`], in its order; that of the filter stays empty.
    values: Vec<Option<Placed<Value>>>,
    filter: Option<Placed<String>>,
    filter_file: Option<Placed<String>>,
    /// The keys that are there, readable or not.
    present: Vec<Placed<String>>,
    /// The keys that are there under a wrong name.
    meant: Vec<&'static str>,
    problems: Vec<Problem>,
}

/// A filter that stands in a file of its own.
#[derive(Clone, Copy, Debug)]
pub struct FilterFile<'a> {
    /// What the file is known by in problems: its path.
    pub name: &'a str,
    /// What it holds.
    pub text: &'a str,
}

/// What came of a manifest: a request, or why there is none.
#[derive(Clone, Debug)]
pub struct Made {
    request: Option<Request>,
    problems: Vec<Problem>,
    filter_problems: Vec<Problem>,
}

impl Made {
    /// The request; `None` if there is an error among the problems, or if the manifest names a
    /// filter file that was not given.
    pub fn request(&self) -> Option<&Request> {
        self.request.as_ref()
    }

    /// The problems of the manifest and of a filter in it, in the order of its text.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The problems of the filter file, in the order of its text.
    pub fn filter_problems(&self) -> &[Problem] {
        &self.filter_problems
    }
}

impl Manifest {
    /// Reads the text of a manifest.
    pub fn from_toml(text: &str) -> Self {
        let mut findings = Vec::new();
        let mut keys = Keys::read(text, &mut findings);
        let mut known: Vec<&'static str> = KEYS.iter().map(|key| key.name).collect();
        known.push(FILTER_FILE);
        let meant = keys.only(&known, &OTHER_NAMES);
        let mut manifest = Self {
            text: text.into(),
            audience: None,
            values: Vec::with_capacity(KEYS.len()),
            filter: keys.string("filter"),
            filter_file: keys.string(FILTER_FILE),
            present: keys.names(),
            meant,
            problems: Vec::new(),
        };
        for key in &KEYS {
            let value = manifest.value(&mut keys, key);
            manifest.values.push(value);
        }
        manifest.problems = problems(text, findings);
        manifest
    }

    /// Whether a TOML text looks like a manifest: it has at least one key that only manifests have.
    ///
    /// Meant for folders with TOML files of other kinds in them.
    pub fn is_manifest(text: &str) -> bool {
        let names = Keys::read(text, &mut Vec::new()).names();
        names.iter().any(|name| {
            let is_key = KEYS.iter().any(|key| key.name == name.value);
            name.value == FILTER_FILE || is_key && name.value.contains('_')
        })
    }

    /// The type of the audience, if it is set and known.
    pub fn audience(&self) -> Option<AudienceType> {
        self.audience.as_ref().map(|audience| audience.value)
    }

    /// The path of the filter, relative to the manifest.
    pub fn filter_file(&self) -> Option<&str> {
        self.filter_file.as_ref().map(|path| path.value.as_str())
    }

    /// The text of the filter that stands in the manifest.
    pub fn filter(&self) -> Option<&str> {
        self.filter.as_ref().map(|filter| filter.value.as_str())
    }

    /// Takes these ids where the manifest has none.
    #[must_use]
    pub fn with_ids(mut self, organization: Option<&str>, project: Option<&str>) -> Self {
        for (name, id) in [("organization_id", organization), ("project_id", project)] {
            let at = KEYS.iter().position(|key| key.name == name);
            let slot = at.and_then(|at| self.values.get_mut(at));
            let is_absent = !self.present.iter().any(|key| key.value == name);
            if let (Some(slot), Some(id), true) = (slot, id, is_absent) {
                *slot = Some(Placed {
                    value: Value::Text(id.to_owned()),
                    span: Span::new(0, 0),
                });
            }
        }
        self
    }

    /// Checks the manifest and compiles its filter for its type.
    ///
    /// `file` is what [`filter_file`](Self::filter_file) names. The problems are those of all keys
    /// and of the filter at once.
    pub fn request(&self, compiler: &Compiler, file: Option<FilterFile<'_>>) -> Made {
        self.make(compiler, file, Compiler::compile)
    }

    /// The same, with warnings of all in the filter that the vendor's estimate call refuses.
    pub fn request_for_estimate(&self, compiler: &Compiler, file: Option<FilterFile<'_>>) -> Made {
        self.make(compiler, file, Compiler::compile_for_estimate)
    }

    /// Where a place in the filter's text is in the manifest's.
    pub fn place_in_manifest(&self, in_filter: Place) -> Option<Place> {
        let filter = self.filter.as_ref()?;
        let inside = Inside::new(&self.text, filter.span, &filter.value);
        let span = inside.span(in_filter.span);
        let [start, end] = locate(&self.text, &[span.start(), span.end()])
            .try_into()
            .ok()?;
        Some(Place { span, start, end })
    }

    fn make(
        &self,
        compiler: &Compiler,
        file: Option<FilterFile<'_>>,
        compile: impl Fn(&Compiler, &str) -> Result<Compilation, CompileError>,
    ) -> Made {
        let mut findings = Vec::new();
        self.check(&mut findings);
        let mut all = self.problems.clone();
        all.extend(problems(&self.text, findings));

        let mut compiler = compiler.clone();
        if let Some(audience) = self.audience() {
            compiler = compiler.audience(audience);
        }
        let compile = |text: &str| match compile(&compiler, text) {
            Ok(compilation) => {
                let warnings = compilation.warnings().to_vec();
                (Some(compilation.into_filter()), warnings)
            }
            Err(error) => (None, error.problems().to_vec()),
        };
        let mut filter_problems = Vec::new();
        let filter = match (&self.filter, file) {
            (Some(text), _) if !text.value.trim().is_empty() => {
                let (filter, mut found) = compile(&text.value);
                // Where joined lines hide a comparison, that is said already.
                if has_code(&all, "filterc::manifest::joined_comment") {
                    found.retain(|problem| problem.code() != "filterc::check::hidden_by_comment");
                }
                let inside = Inside::new(&self.text, text.span, &text.value);
                all.extend(moved(
                    &self.text,
                    &found,
                    |span| inside.span(span),
                    |edit| inside.written(edit),
                ));
                filter
            }
            (None, Some(file)) => {
                let (filter, found) = compile(file.text);
                filter_problems = found;
                filter
            }
            _ => None,
        };
        all.sort_by_key(|problem| (problem.span(), problem.severity()));
        compiler.levels().apply(&mut all);
        let is_wrong = all.iter().chain(&filter_problems).any(Problem::is_error);
        // INVARIANT: a filter that is named and did not compile was reported as an error.
        Made {
            request: if is_wrong { None } else { self.made(filter) },
            problems: all,
            filter_problems,
        }
    }

    fn made(&self, filter: Option<crate::wire::FilterGroup>) -> Option<Request> {
        let is_named = self.filter.is_some() || self.filter_file.is_some();
        if is_named && filter.is_none() {
            return None;
        }
        let values = KEYS
            .iter()
            .zip(&self.values)
            .map(|(key, value)| match key.kind {
                Kind::Filter => Some(Value::Filter(filter.clone())),
                _ => value.as_ref().map(|value| value.value.clone()),
            });
        Some(Request::new(self.audience()?, values.collect()))
    }

    /// The value of a key, if it is there and can be read.
    fn value(&mut self, keys: &mut Keys<'_, '_>, key: &Key) -> Option<Placed<Value>> {
        let text = |found: Placed<String>| Placed {
            value: Value::Text(found.value),
            span: found.span,
        };
        match key.kind {
            Kind::Filter => None,
            Kind::Text => {
                let found = keys.string(key.name)?;
                if found.value.trim().is_empty() {
                    keys.findings
                        .push(Finding::new(ManifestProblem::EmptyValue {
                            key: key.name.to_owned(),
                            span: found.span,
                            help: if key.is_required {
                                "write a text: it has to be there"
                            } else {
                                "write a text, or leave the key out"
                            },
                        }));
                }
                Some(text(found))
            }
            Kind::Uuid => keys.uuid(key.name).map(text),
            Kind::Enum(names) => {
                let Placed { value, span } = keys.one_of(key.name, names)?;
                let value = Value::Text(value.to_owned());
                Some(Placed { value, span })
            }
            Kind::AudienceType => {
                let names = AudienceType::ALL.map(AudienceType::name);
                let Placed { value: name, span } = keys.one_of(key.name, &names)?;
                let value = name.parse().ok()?;
                self.audience = Some(Placed { value, span });
                let value = Value::Text(name.to_owned());
                Some(Placed { value, span })
            }
            Kind::Integer(least, most) => {
                let Placed { value, span } = keys.integer(key.name, least, most)?;
                let value = Value::Number(value);
                Some(Placed { value, span })
            }
            Kind::Texts(least, most) => texts(keys, key.name, least, most),
        }
    }
}

fn texts(
    keys: &mut Keys<'_, '_>,
    key: &'static str,
    least: usize,
    most: usize,
) -> Option<Placed<Value>> {
    let Placed { value: texts, span } = keys.strings(key)?;
    if !(least..=most).contains(&texts.len()) {
        keys.findings
            .push(Finding::new(ManifestProblem::WrongCount {
                key: key.to_owned(),
                found: texts.len(),
                least,
                most,
                span,
            }));
    }
    for text in texts.iter().filter(|text| text.value.trim().is_empty()) {
        keys.findings
            .push(Finding::new(ManifestProblem::EmptyValue {
                key: key.to_owned(),
                span: text.span,
                help: "write a value, or take it out of the list",
            }));
    }
    let texts = texts.into_iter().map(|text| text.value);
    Some(Placed {
        value: Value::Texts(texts.collect()),
        span,
    })
}

fn has_code(problems: &[Problem], code: &str) -> bool {
    problems.iter().any(|problem| problem.code() == code)
}
