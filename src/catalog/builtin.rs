//! The built-in catalog, ready made, so that a program that starts has no JSON to read.
//!
//! `builtin/table.rs` is what `load` makes of `builtin.json` and `supplement.json`. A test compares
//! it with them; `CATALOG_UPDATE=1 cargo test --lib builtin` writes it anew.

#[rustfmt::skip]
mod table;

use std::borrow::Cow;
use std::sync::Arc;

use compact_str::CompactString;

use super::audience::AudienceType;
use super::field::{Field, FieldType, Placement, Status};
use super::options::{FieldOption, Options};
use super::set::Set;
use super::supplement::{MetBy, Requirement};
use super::{Catalog, Contents};

/// What a filter for that audience type has to compare.
pub(super) fn requirements(audience: AudienceType) -> impl Iterator<Item = &'static Requirement> {
    table::REQUIREMENTS
        .iter()
        .filter(move |requirement| requirement.audience_type == audience)
}

pub(super) fn catalog() -> Catalog {
    let fields = &table::FIELDS;
    let mut contents = Contents::with_capacity(2 * fields.len());
    for (position, field) in fields.iter().enumerate() {
        contents.add_name(field.name.clone(), position);
    }
    for (position, field) in fields.iter().enumerate() {
        for alias in field.aliases() {
            if contents.ignoring_case.get(alias).is_empty() {
                contents.ignoring_case.add(alias, position);
            }
        }
    }
    contents.fields = Cow::Borrowed(fields);
    Catalog(Arc::new(contents))
}

// How `table.rs` spells what would take lines.

const fn name(text: &'static str) -> CompactString {
    CompactString::const_new(text)
}

const fn options(all: &'static [FieldOption]) -> Options {
    Options::new(Cow::Borrowed(all))
}

const fn option(value: &'static str, label: Option<&'static str>) -> FieldOption {
    FieldOption {
        value: Cow::Borrowed(value),
        label: match label {
            None => None,
            Some(label) => Some(Cow::Borrowed(label)),
        },
    }
}

#[cfg(test)]
mod tests;
