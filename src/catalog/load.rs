//! An answer of the Field Catalog to a validated catalog, with the supplement applied to it.
//!
//! Must not know any field by name. Fed by `answer` from `builtin.json` or from a caller's file.

use std::borrow::Cow;
use std::sync::Arc;

use super::answer::{Answer, RawField, RawOption};
use super::error::CatalogProblem;
use super::field::{Field, FieldType, Placement, Status};
use super::options::{FieldOption, Options};
use super::set::Set;
use super::supplement::{SUPPLEMENT, SchemaType, SpecialField};
use super::{Catalog, Contents};
use crate::diagnostic::{FileError, Finding, excerpt, problems};
use crate::json::{Kind, Text};
use crate::span::Span;
use crate::wire::Operator;

/// Where an answer comes from, which decides whether the grants of the snapshot apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Snapshot,
    Account,
}

const KIND: Kind = Kind {
    file: "the catalog",
    wanted: "an answer of `GET /api/v1/field-catalog`",
    call: "`GET /api/v1/field-catalog?schema_type=audience&include_options=true`",
};

pub(super) fn catalog(json: &str, origin: Origin) -> Result<Catalog, FileError> {
    FileError::if_too_long(json)?;
    let bom = json.len() - json.trim_start_matches('\u{feff}').len();
    let read = serde_json::from_str(json.get(bom..).unwrap_or_default());
    let Answer(answer) =
        read.map_err(|error| FileError::new(json, vec![crate::json::finding(KIND, json, &error)]))?;

    let special = &SUPPLEMENT.special_fields;
    let mut contents = Contents::with_capacity(special.len() + answer.len());
    for field in special {
        contents.add(special_field(field));
    }
    let mut findings = Vec::new();
    // Where the name of each field stands; nowhere, for those that the answer does not list.
    let mut places = vec![None; special.len()];
    for raw in answer {
        let mut reader = Reader {
            json,
            origin,
            field: raw.field_key.0.clone(),
            place: raw.field_key.span(json),
            findings: &mut findings,
        };
        match contents.exact.get(&*raw.field_key.0) {
            None => {
                let place = reader.place;
                if let Some(field) = reader.read(raw) {
                    contents.add(field);
                    places.push(place);
                }
            }
            Some(position) if *position < special.len() => {}
            Some(position) => reader.report_repeated(places.get(*position).copied().flatten()),
        }
    }
    if findings.iter().any(Finding::is_error) {
        return Err(FileError::new(json, findings));
    }
    contents.warnings = problems(json, findings);
    contents.add_aliases();
    contents.add_number_twins();
    Ok(Catalog(Arc::new(contents)))
}

impl Contents {
    fn add_aliases(&mut self) {
        for (name, aliases) in &SUPPLEMENT.aliases {
            let Some(&position) = self.exact.get(name.as_str()) else {
                continue;
            };
            let Some(field) = self.fields.to_mut().get_mut(position) else {
                continue;
            };
            for alias in aliases {
                match self.ignoring_case.get(alias) {
                    [] => self.ignoring_case.add(alias, position),
                    // `intent` finds `INTENT` without help.
                    [already] if *already == position => {}
                    _ => continue,
                }
                field.aliases.to_mut().push(alias.into());
            }
        }
    }

    fn add_number_twins(&mut self) {
        for (name, twin) in &SUPPLEMENT.number_twins {
            let twin = self
                .exact
                .get_key_value(twin.as_str())
                .map(|(twin, _)| twin);
            let position = self.exact.get(name.as_str());
            if let Some(field) = position.and_then(|at| self.fields.to_mut().get_mut(*at)) {
                field.number_twin = twin.cloned();
            }
        }
    }
}

fn special_field(special: &'static SpecialField) -> Field {
    let option = |value: &String| FieldOption {
        value: Cow::Owned(value.clone()),
        label: None,
    };
    Field {
        name: special.name.as_str().into(),
        display_name: special.display_name.as_str().into(),
        description: special.description.as_str().into(),
        field_type: special.field_type,
        status: Status::Active,
        is_documented: true,
        options: Options::new(special.options.iter().map(option).collect()),
        aliases: Cow::default(),
        grants: special.operators,
        tolerates: Set::default(),
        audience_types: special.audience_types,
        unconfirmed: special.unconfirmed_audience_types,
        schema_types: Cow::default(),
        placement: special.placement,
        id_prefix: special.id_prefix.as_deref(),
        number_twin: None,
    }
}

fn options(raw: Vec<RawOption<'_>>) -> Cow<'static, [FieldOption]> {
    raw.into_iter()
        .map(|RawOption { value, label }| FieldOption {
            label: label.filter(|label| label.0 != value.0).map(kept),
            value: kept(value),
        })
        .collect()
}

/// The text, for longer than the file it was read from.
fn kept(text: Text<'_>) -> Cow<'static, str> {
    Cow::Owned(text.0.into_owned())
}

/// Reads one field, and keeps what there is to say of it.
struct Reader<'a> {
    json: &'a str,
    origin: Origin,
    field: Cow<'a, str>,
    /// Where its name stands.
    place: Option<Span>,
    findings: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn span(&self, text: Option<&Text<'_>>) -> Span {
        let own = text.and_then(|text| text.span(self.json));
        own.or(self.place).unwrap_or(Span::new(0, 0))
    }

    fn report_repeated(&mut self, first: Option<Span>) {
        let problem = CatalogProblem::Repeated {
            field: excerpt(&self.field),
            span: self.span(None),
            first,
        };
        self.findings.push(Finding::new(problem));
    }

    /// `None` where the field cannot be had; that was reported.
    fn read(&mut self, raw: RawField<'_>) -> Option<Field> {
        let name = &*raw.field_key.0;
        if name.is_empty() {
            let problem = CatalogProblem::EmptyName(self.span(None));
            self.findings.push(Finding::new(problem));
            return None;
        }
        let data_type = self.required("data_type", raw.data_type);
        let operators = self.required("operators", raw.operators);
        let (data_type, operators) = (data_type?, operators?);
        let options = options(raw.options.unwrap_or_default());

        let field_type = self.field_type(&data_type, raw.field_type.as_ref(), !options.is_empty());
        let status = match raw.status {
            None => Status::Active,
            Some(text) => self.status(&text),
        };
        let schema_types = self.schema_types(&raw.schema_types.unwrap_or_default())?;

        // What the values of an unknown type look like cannot be checked.
        let listed = if pairs(&SUPPLEMENT.data_types).any(|(known, _)| *known == *data_type.0) {
            self.operators(&operators)
        } else {
            Set::default()
        };
        let mut grants = listed.union(SUPPLEMENT.existence_operators);
        let mut tolerates = Set::default();
        if self.origin == Origin::Snapshot
            && let Some(more) = SUPPLEMENT.snapshot_grants.get(&field_type)
        {
            grants = grants.union(more.grants);
            if options.is_empty() {
                tolerates = more.tolerates_when_open;
            }
        }

        Some(Field {
            display_name: raw.display_name.map_or(name.to_owned().into(), kept),
            description: raw.description.map_or(Cow::default(), kept),
            name: name.into(),
            field_type,
            status,
            // In the snapshot, beta is what was only seen in the vendor's output.
            is_documented: self.origin == Origin::Account || status != Status::Beta,
            options: Options::new(options),
            aliases: Cow::default(),
            grants,
            tolerates,
            audience_types: schema_types
                .iter()
                .fold(Set::default(), |types, of| types.union(of.audience_types)),
            unconfirmed: Set::default(),
            schema_types: schema_types
                .into_iter()
                .map(|of| of.name.as_str())
                .collect(),
            placement: Placement::Anywhere,
            id_prefix: None,
            number_twin: None,
        })
    }

    fn required<T>(&mut self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            let problem = CatalogProblem::MissingKey {
                field: excerpt(&self.field),
                key,
                span: self.span(None),
            };
            self.findings.push(Finding::new(problem));
        }
        value
    }

    fn field_type(
        &mut self,
        data_type: &Text<'_>,
        field_type: Option<&Text<'_>>,
        has_options: bool,
    ) -> FieldType {
        let values = self
            .named(
                "data_type",
                data_type,
                pairs(&SUPPLEMENT.data_types),
                "the field takes only `is null`, `is blank` and their opposites here",
            )
            .unwrap_or(FieldType::Text);
        let input = field_type.and_then(|text| {
            self.named(
                "field_type",
                text,
                pairs(&SUPPLEMENT.field_types),
                "the `data_type` alone decides",
            )
        });
        match (values, input) {
            (FieldType::Text, Some(input)) => input,
            (FieldType::Text, None) | (_, Some(FieldType::Picklist)) if has_options => {
                FieldType::Picklist
            }
            _ => values,
        }
    }

    fn status(&mut self, text: &Text<'_>) -> Status {
        let known = Status::ALL
            .into_iter()
            .map(|status| (status.name(), status));
        self.named("status", text, known, "it is taken for `beta`")
            .unwrap_or(Status::Beta)
    }

    fn operators(&mut self, texts: &[Text<'_>]) -> Set<Operator> {
        let of_filter = Operator::ALL
            .into_iter()
            .map(|operator| (operator.name(), operator));
        let known = pairs(&SUPPLEMENT.operators).chain(of_filter);
        texts
            .iter()
            .filter_map(|text| {
                self.named(
                    "operators",
                    text,
                    known.clone(),
                    "the field does not take it here",
                )
            })
            .collect()
    }

    fn schema_types(&mut self, texts: &[Text<'_>]) -> Option<Vec<&'static SchemaType>> {
        let known = SUPPLEMENT.schema_types.iter();
        if texts.is_empty() {
            let is_default = |of: &&SchemaType| of.name == SUPPLEMENT.default_schema_type;
            return Some(known.filter(is_default).collect());
        }
        let known = known.map(|schema_type| (schema_type.name.as_str(), schema_type));
        let consequence = "only in the other ones does the field exist here";
        let found: Vec<_> = texts
            .iter()
            .filter_map(|text| self.named("schema_types", text, known.clone(), consequence))
            .collect();
        (!found.is_empty()).then_some(found)
    }

    /// What `text` is the name of. A name that is not known is told, and what becomes of the field.
    fn named<'n, T>(
        &mut self,
        key: &'static str,
        text: &Text<'_>,
        known: impl Iterator<Item = (&'n str, T)> + Clone,
        consequence: &'static str,
    ) -> Option<T> {
        let found = known.clone().find(|(name, _)| *name == &*text.0);
        if found.is_none() {
            self.findings
                .push(Finding::new(CatalogProblem::UnknownName {
                    field: excerpt(&self.field),
                    key,
                    found: excerpt(&text.0),
                    span: self.span(Some(text)),
                    consequence,
                    known: some_of(known.map(|(name, _)| name)),
                }));
        }
        found.map(|(_, named)| named)
    }
}

fn pairs<T: Copy>(table: &[(String, T)]) -> impl Iterator<Item = (&str, T)> + Clone {
    table.iter().map(|(name, named)| (name.as_str(), *named))
}

/// At most five names in backticks, then "…".
fn some_of<'n>(mut names: impl Iterator<Item = &'n str>) -> String {
    let mut listed: Vec<_> = names
        .by_ref()
        .take(5)
        .map(|name| format!("`{name}`"))
        .collect();
    if names.next().is_some() {
        listed.push("…".to_owned());
    }
    listed.join(", ")
}
