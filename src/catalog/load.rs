//! An answer of the Field Catalog to a validated catalog, with the supplement applied to it.
//!
//! Must not know any field by name. Fed by `answer` from `builtin.json` or from a caller's file.

use std::collections::HashMap;
use std::sync::Arc;

use super::answer::{Answer, RawField, RawOption, Text};
use super::error::{CatalogError, Fault};
use super::field::{Field, FieldType, Placement, Status};
use super::index::NameIndex;
use super::options::{FieldOption, Options};
use super::set::Set;
use super::supplement::{SUPPLEMENT, SchemaType, SpecialField};
use super::{Catalog, Contents};
use crate::wire::Operator;

/// Where an answer comes from, which decides whether the grants of the snapshot apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Snapshot,
    Account,
}

pub(super) fn catalog(json: &str, origin: Origin) -> Result<Catalog, CatalogError> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    let Answer(answer) =
        serde_json::from_str(json).map_err(|error| CatalogError::from_serde(json, &error))?;

    let special = &SUPPLEMENT.special_fields;
    let mut contents = Contents::with_capacity(special.len() + answer.len());
    for field in special {
        contents.add(special_field(field));
    }
    for raw in answer {
        match contents.exact.get(&*raw.field_key.0) {
            None => contents.add(raw.into_field(json, origin)?),
            Some(position) if *position < special.len() => {}
            Some(_) => {
                let field = raw.field_key.0.as_ref().to_owned();
                return Err(raw.field_key.error(json, Fault::Duplicate { field }));
            }
        }
    }
    contents.add_aliases();
    contents.add_number_twins();
    Ok(Catalog(Arc::new(contents)))
}

impl Contents {
    fn with_capacity(fields: usize) -> Self {
        Self {
            fields: Vec::with_capacity(fields),
            exact: HashMap::with_capacity(fields),
            ignoring_case: NameIndex::with_capacity(fields),
        }
    }

    fn add(&mut self, field: Field) {
        let position = self.fields.len();
        self.exact.insert(field.name.clone(), position);
        self.ignoring_case.add(&field.name, position);
        self.fields.push(field);
    }

    fn add_aliases(&mut self) {
        for (name, aliases) in &SUPPLEMENT.aliases {
            let Some(&position) = self.exact.get(name.as_str()) else {
                continue;
            };
            let Some(field) = self.fields.get_mut(position) else {
                continue;
            };
            for alias in aliases {
                match self.ignoring_case.get(alias) {
                    [] => self.ignoring_case.add(alias, position),
                    // `intent` finds `INTENT` without help.
                    [already] if *already == position => {}
                    _ => continue,
                }
                field.aliases.push(alias.clone());
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
            if let Some(field) = position.and_then(|at| self.fields.get_mut(*at)) {
                field.number_twin = twin.cloned();
            }
        }
    }
}

fn special_field(special: &'static SpecialField) -> Field {
    let option = |value: &String| FieldOption {
        value: value.as_str().into(),
        label: None,
    };
    Field {
        name: special.name.as_str().into(),
        display_name: special.display_name.as_str().into(),
        description: special.description.as_str().into(),
        field_type: special.field_type,
        status: Status::Active,
        options: Options::new(special.options.iter().map(option).collect()),
        aliases: Vec::new(),
        grants: special.operators,
        tolerates: Set::default(),
        audience_types: special.audience_types,
        unconfirmed: special.unconfirmed_audience_types,
        schema_types: Vec::new(),
        placement: special.placement,
        id_prefix: special.id_prefix.as_deref(),
        number_twin: None,
    }
}

impl RawField<'_> {
    fn into_field(self, json: &str, origin: Origin) -> Result<Field, CatalogError> {
        let name = &*self.field_key.0;
        if name.is_empty() {
            return Err(self.field_key.error(json, Fault::EmptyName));
        }
        let reader = Reader { json, field: name };
        let missing = |key| {
            let field = name.to_owned();
            self.field_key.error(json, Fault::Missing { field, key })
        };

        let data_type = self.data_type.ok_or_else(|| missing("data_type"))?;
        let operators = self.operators.ok_or_else(|| missing("operators"))?;
        let options = options(self.options.unwrap_or_default());

        let field_type =
            reader.field_type(&data_type, self.field_type.as_ref(), !options.is_empty())?;
        let status = self
            .status
            .map_or(Ok(Status::Active), |text| reader.status(&text))?;
        let schema_types = reader.schema_types(&self.schema_types.unwrap_or_default())?;

        let mut grants = reader
            .operators(&operators)?
            .union(SUPPLEMENT.existence_operators);
        let mut tolerates = Set::default();
        if origin == Origin::Snapshot
            && let Some(more) = SUPPLEMENT.snapshot_grants.get(&field_type)
        {
            grants = grants.union(more.grants);
            if options.is_empty() {
                tolerates = more.tolerates_when_open;
            }
        }

        Ok(Field {
            display_name: self.display_name.map_or(name.into(), Box::from),
            description: self.description.map_or(Box::default(), Box::from),
            name: name.into(),
            field_type,
            status,
            options: Options::new(options),
            aliases: Vec::new(),
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
}

fn options(raw: Vec<RawOption<'_>>) -> Vec<FieldOption> {
    raw.into_iter()
        .map(|RawOption { value, label }| FieldOption {
            label: label.filter(|label| label.0 != value.0).map(Box::from),
            value: value.into(),
        })
        .collect()
}

/// Looks up the names that stand in one field.
struct Reader<'a> {
    json: &'a str,
    field: &'a str,
}

impl Reader<'_> {
    fn field_type(
        &self,
        data_type: &Text<'_>,
        field_type: Option<&Text<'_>>,
        has_options: bool,
    ) -> Result<FieldType, CatalogError> {
        let values = self.named("data_type", data_type, pairs(&SUPPLEMENT.data_types))?;
        let input = field_type
            .map(|text| self.named("field_type", text, pairs(&SUPPLEMENT.field_types)))
            .transpose()?;
        Ok(match (values, input) {
            (FieldType::Text, Some(input)) => input,
            (FieldType::Text, None) | (_, Some(FieldType::Picklist)) if has_options => {
                FieldType::Picklist
            }
            _ => values,
        })
    }

    fn status(&self, text: &Text<'_>) -> Result<Status, CatalogError> {
        let known = Status::ALL
            .into_iter()
            .map(|status| (status.name(), status));
        self.named("status", text, known)
    }

    fn operators(&self, texts: &[Text<'_>]) -> Result<Set<Operator>, CatalogError> {
        let of_filter = Operator::ALL
            .into_iter()
            .map(|operator| (operator.name(), operator));
        let known = pairs(&SUPPLEMENT.operators).chain(of_filter);
        texts
            .iter()
            .map(|text| self.named("operators", text, known.clone()))
            .collect()
    }

    fn schema_types(&self, texts: &[Text<'_>]) -> Result<Vec<&'static SchemaType>, CatalogError> {
        let known = SUPPLEMENT.schema_types.iter();
        if texts.is_empty() {
            let is_default = |of: &&SchemaType| of.name == SUPPLEMENT.default_schema_type;
            return Ok(known.filter(is_default).collect());
        }
        let known = known.map(|schema_type| (schema_type.name.as_str(), schema_type));
        texts
            .iter()
            .map(|text| self.named("schema_types", text, known.clone()))
            .collect()
    }

    /// What `text` is the name of.
    fn named<'n, T>(
        &self,
        key: &'static str,
        text: &Text<'_>,
        known: impl Iterator<Item = (&'n str, T)> + Clone,
    ) -> Result<T, CatalogError> {
        let found = known.clone().find(|(name, _)| *name == &*text.0);
        found.map(|(_, named)| named).ok_or_else(|| {
            let fault = Fault::Unknown {
                field: self.field.to_owned(),
                key,
                found: text.0.as_ref().to_owned(),
                known: some_of(known.map(|(name, _)| name)),
            };
            text.error(self.json, fault)
        })
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
