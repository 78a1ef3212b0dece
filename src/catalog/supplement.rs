//! What the format of the Field Catalog cannot say: `supplement.json`, as types.
//!
//! Owns the reading of that file and nothing that is in it. `load` applies it to every catalog.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::audience::AudienceType;
use super::field::{Field, FieldType, Placement};
use super::set::Set;
use crate::wire::Operator;

pub(super) static SUPPLEMENT: LazyLock<Supplement> = LazyLock::new(parse);

#[expect(
    clippy::expect_used,
    reason = "the text is part of the program, and a test reads it"
)]
fn parse() -> Supplement {
    serde_json::from_str(include_str!("supplement.json")).expect("supplement.json is a supplement")
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Supplement {
    /// The catalog's spelling of an operator, and what it is in a filter.
    pub(super) operators: Vec<(String, Operator)>,
    /// `data_type`, and what the values of such a field are.
    pub(super) data_types: Vec<(String, FieldType)>,
    /// `field_type`, and what it makes of a field whose `data_type` says no more than text.
    pub(super) field_types: Vec<(String, FieldType)>,
    pub(super) schema_types: Vec<SchemaType>,
    /// That of a field that names none.
    pub(super) default_schema_type: String,
    /// What every field grants but the special ones.
    pub(super) existence_operators: Set<Operator>,
    /// What the fields of the built-in snapshot grant beside what `builtin.json` lists.
    pub(super) snapshot_grants: FxHashMap<FieldType, SnapshotGrants>,
    pub(super) special_fields: Vec<SpecialField>,
    /// From the name of a field to its other names.
    pub(super) aliases: FxHashMap<String, Vec<String>>,
    /// From a picklist of ranges to the field with the number.
    pub(super) number_twins: FxHashMap<String, String>,
    /// Ready made in `builtin`.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by a test"))]
    pub(super) requirements: Vec<Requirement>,
}

/// One of the `schema_types`, and the audience types in which its fields exist.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SchemaType {
    pub(super) name: String,
    pub(super) audience_types: Set<AudienceType>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnapshotGrants {
    pub(super) grants: Set<Operator>,
    /// Where the options are not known.
    #[serde(default)]
    pub(super) tolerates_when_open: Set<Operator>,
}

/// A field that is no column: the Field Catalog does not list it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpecialField {
    pub(super) name: String,
    pub(super) display_name: String,
    pub(super) description: String,
    #[serde(rename = "type")]
    pub(super) field_type: FieldType,
    /// What its values begin with; digits follow.
    pub(super) id_prefix: Option<String>,
    #[serde(default)]
    pub(super) options: Vec<String>,
    pub(super) operators: Set<Operator>,
    pub(super) audience_types: Set<AudienceType>,
    #[serde(default)]
    pub(super) unconfirmed_audience_types: Set<AudienceType>,
    #[serde(default)]
    pub(super) placement: Placement,
}

/// Something that a filter for one audience type has to compare.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirement {
    pub(super) audience_type: AudienceType,
    pub(super) needs: Cow<'static, str>,
    pub(super) example: Cow<'static, str>,
    pub(super) met_by: MetBy,
}

/// A field of one of these names, or of one of these schema types.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MetBy {
    #[serde(default)]
    pub(super) fields: Cow<'static, [Cow<'static, str>]>,
    #[serde(default)]
    pub(super) schema_types: Cow<'static, [Cow<'static, str>]>,
}

impl Requirement {
    /// Whether a comparison on that field is what is needed.
    pub(crate) fn met_by(&self, field: &Field) -> bool {
        let MetBy {
            fields,
            schema_types,
        } = &self.met_by;
        fields.iter().any(|name| name == field.name())
            || field
                .schema_types
                .iter()
                .any(|of| schema_types.iter().any(|wanted| wanted == of))
    }

    /// A noun phrase: ``a comparison on `topic` ``.
    pub(crate) fn needs(&self) -> &str {
        &self.needs
    }

    /// An expression that meets it: `topic = "4eyes_115481"`.
    pub(crate) fn example(&self) -> &str {
        &self.example
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::catalog::Catalog;

    #[test]
    fn what_names_a_field_or_a_schema_type_names_one_that_exists() {
        let catalog = Catalog::builtin();
        let exists = |name: &str| catalog.fields().any(|field| field.name() == name);
        let supplement = &*SUPPLEMENT;
        assert!(supplement.aliases.keys().all(|name| exists(name)));
        assert!(
            supplement
                .number_twins
                .iter()
                .all(|(a, b)| exists(a) && exists(b))
        );

        let schema_types = supplement.schema_types.iter().map(|of| &*of.name);
        let schema_types: HashSet<&str> = schema_types.collect();
        assert!(schema_types.contains(&*supplement.default_schema_type));
        for requirement in &supplement.requirements {
            assert!(requirement.met_by.fields.iter().all(|name| exists(name)));
            assert!(
                requirement
                    .met_by
                    .schema_types
                    .iter()
                    .all(|name| schema_types.contains(&**name))
            );
            assert!(catalog.fields().any(|field| requirement.met_by(field)));
        }
    }

    #[test]
    fn no_name_is_given_twice() {
        let supplement = &*SUPPLEMENT;
        let aliases = supplement.aliases.values().flatten();
        let aliases: Vec<_> = aliases.map(|alias| alias.to_lowercase()).collect();
        assert_eq!(aliases.iter().collect::<HashSet<_>>().len(), aliases.len());
        let spellings: HashSet<_> = supplement.operators.iter().map(|(name, _)| name).collect();
        assert_eq!(spellings.len(), supplement.operators.len());
    }
}
