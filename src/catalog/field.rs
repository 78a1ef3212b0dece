//! A field and what a pass may ask of it.
//!
//! Owns the answers, not where they come from: `load` fills every field, or `builtin`. Must not know any field
//! by name.

use std::borrow::Cow;
use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use super::audience::AudienceType;
use super::options::{FieldOption, OptionMatch, Options};
use super::set::{Member, Set};
use crate::wire::Operator;

/// Something a filter can compare.
#[derive(Clone)]
pub struct Field {
    pub(super) name: CompactString,
    pub(super) display_name: Cow<'static, str>,
    pub(super) description: Cow<'static, str>,
    pub(super) field_type: FieldType,
    pub(super) status: Status,
    pub(super) is_documented: bool,
    pub(super) options: Options,
    pub(super) aliases: Cow<'static, [CompactString]>,
    pub(super) grants: Set<Operator>,
    pub(super) tolerates: Set<Operator>,
    pub(super) audience_types: Set<AudienceType>,
    pub(super) unconfirmed: Set<AudienceType>,
    pub(super) schema_types: Cow<'static, [&'static str]>,
    pub(super) placement: Placement,
    pub(super) id_prefix: Option<&'static str>,
    pub(super) number_twin: Option<CompactString>,
}

impl Field {
    /// The `fieldName` of a rule, and the `field_key` of the Field Catalog.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same, to be kept.
    pub(crate) fn owned_name(&self) -> CompactString {
        self.name.clone()
    }

    /// The name for people; that of a rule where the catalog has no other.
    pub fn display_name(&self) -> &str {
        &self.display_name
    }

    /// What the field holds; empty where the catalog does not say.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// What its values are.
    pub fn field_type(&self) -> FieldType {
        self.field_type
    }

    /// The values it can have, in the order of the catalog; empty where they are not known.
    pub fn options(&self) -> &[FieldOption] {
        &self.options.all
    }

    /// Other names that find the field.
    pub fn aliases(&self) -> impl Iterator<Item = &str> {
        self.aliases.iter().map(CompactString::as_str)
    }

    /// All names that find the field, its own first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name()).chain(self.aliases())
    }

    /// What the vendor says of its readiness.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Whether the vendor documents that a filter can name it.
    ///
    /// True of every field of an account's own catalog; false of the columns in the built-in one
    /// that were only seen in the vendor's output.
    pub fn is_documented(&self) -> bool {
        self.is_documented
    }

    /// The operators it accepts, in the order of [`Operator::ALL`].
    pub fn operators(&self) -> impl Iterator<Item = Operator> {
        self.grants.iter()
    }

    /// The operators it is not known to accept but that compile, with a warning; in the order of
    /// [`Operator::ALL`].
    pub fn tolerated_operators(&self) -> impl Iterator<Item = Operator> {
        self.tolerates.iter()
    }

    /// The audience types it is documented to exist in.
    pub fn audience_types(&self) -> impl Iterator<Item = AudienceType> {
        self.audience_types.iter()
    }

    /// The audience types of which nothing public says whether the field exists there: it compiles
    /// for them with a warning.
    pub fn unconfirmed_audience_types(&self) -> impl Iterator<Item = AudienceType> {
        self.unconfirmed.iter()
    }

    pub(crate) fn grants(&self, operator: Operator) -> bool {
        self.grants.contains(operator)
    }

    /// Whether the operator compiles with a warning.
    pub(crate) fn tolerates(&self, operator: Operator) -> bool {
        self.tolerates.contains(operator)
    }

    /// Whether a filter for that audience type can name the field, documented or unconfirmed.
    pub(crate) fn exists_in(&self, audience: AudienceType) -> bool {
        self.audience_types.contains(audience) || self.is_unconfirmed_in(audience)
    }

    /// Whether nothing public says if the field exists there.
    pub(crate) fn is_unconfirmed_in(&self, audience: AudienceType) -> bool {
        self.unconfirmed.contains(audience)
    }

    /// Whether its values are its options and nothing else.
    pub(crate) fn is_closed(&self) -> bool {
        self.field_type == FieldType::Picklist && !self.options.all.is_empty()
    }

    /// The option with that value, else with that value ignoring case, else with that label,
    /// else with that label ignoring case.
    pub(crate) fn option(&self, text: &str) -> OptionMatch<'_> {
        self.options.find(text)
    }

    /// Whether a text has the form of the field's ids. True of a field that has no such form.
    pub(crate) fn has_id_form(&self, text: &str) -> bool {
        let Some(prefix) = self.id_prefix else {
            return true;
        };
        let digits = text.strip_prefix(prefix).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// The digits of an id with what the field's ids begin with.
    pub(crate) fn with_id_prefix(&self, digits: &str) -> Option<String> {
        let id = format!("{}{digits}", self.id_prefix?);
        self.has_id_form(&id).then_some(id)
    }

    /// Whether a row has at most one value of it. The fields that are no columns have as many as
    /// there are signals; what shows them is that no filter can ask whether they have any.
    pub(crate) fn is_single_valued(&self) -> bool {
        let several = matches!(
            self.field_type,
            FieldType::Array | FieldType::Topic | FieldType::AudienceId
        );
        !several && self.grants(Operator::IsNull)
    }

    pub(crate) fn placement(&self) -> Placement {
        self.placement
    }

    /// The field with the number where this one has ranges of it.
    pub(crate) fn number_twin(&self) -> Option<&str> {
        self.number_twin.as_deref()
    }
}

impl fmt::Debug for Field {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Field")
            .field("name", &self.name)
            .field("field_type", &self.field_type)
            .finish_non_exhaustive()
    }
}

impl Member for Operator {
    const ALL: &'static [Self] = &Self::ALL;

    fn index(self) -> u32 {
        self as u32
    }
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum FieldType {
    /// Any text.
    Text,
    /// One of a list of texts, which may not be known.
    Picklist,
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Number,
    /// `true` and `false`.
    Boolean,
    /// Points in time.
    Timestamp,
    /// Several texts.
    Array,
    /// Ids of intent topics.
    Topic,
    /// Ids of audiences.
    #[serde(rename = "audience id")]
    AudienceId,
}

impl FieldType {
    /// The name for people: `picklist`, `audience id`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Picklist => "picklist",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Timestamp => "timestamp",
            Self::Array => "array",
            Self::Topic => "topic",
            Self::AudienceId => "audience id",
        }
    }
}

impl fmt::Display for FieldType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// What the vendor says of a field's readiness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Ready for use.
    Active,
    /// In the built-in catalog: seen in the vendor's output, not documented for filters.
    Beta,
    /// About to go.
    Deprecated,
}

impl Status {
    pub(super) const ALL: [Self; 3] = [Self::Active, Self::Beta, Self::Deprecated];

    /// The vendor's spelling: `active`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Beta => "beta",
            Self::Deprecated => "deprecated",
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.name())
    }
}

/// Where in a filter a field can be compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Placement {
    #[default]
    Anywhere,
    /// As a rule of the root group, and only where that is an `and`.
    TopLevelAnd,
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn names_and_serde_agree() {
        for name in [
            "text",
            "picklist",
            "integer",
            "number",
            "boolean",
            "timestamp",
            "array",
            "topic",
            "audience id",
        ] {
            let field_type: FieldType = serde_json::from_value(name.into()).unwrap();
            assert_eq!(field_type.name(), name);
        }
        for status in Status::ALL {
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
    }
}
