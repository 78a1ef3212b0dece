//! The catalog: which fields a filter can name, and what each of them accepts.
//!
//! Owns every question a pass may ask of a field. All answers are data: `builtin.json` is a
//! snapshot of what is public, in the format of the vendor's Field Catalog, `supplement.json`
//! says what that format cannot say, and a caller's own saved answer takes the snapshot's place.
//! Must not know expressions or filters. Fed by `load`, or ready made by `builtin`.

mod alias;
mod answer;
mod audience;
mod builtin;
mod diff;
mod error;
mod field;
mod load;
mod options;
mod set;
mod supplement;

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, LazyLock};

use rustc_hash::{FxBuildHasher, FxHashMap};

pub use alias::WrongAlias;
pub use audience::{AudienceType, UnknownAudienceType};
pub use diff::CatalogChange;
pub(crate) use field::Placement;
pub use field::{Field, FieldType, Status};
pub use options::FieldOption;
pub(crate) use options::OptionMatch;
pub(crate) use supplement::Requirement;

use compact_str::CompactString;

use crate::diagnostic::{FileError, Problem};
use crate::names::NameIndex;
use load::Origin;

/// The fields a filter can name.
///
/// Three of them are no columns and are in every catalog: `INTENT`, `score` and
/// `WEBSITE_VISITORS`. Cloning is cheap: clones share their fields.
///
/// ```
/// use filterc::Catalog;
///
/// let field = Catalog::builtin().find("Seniority").ok_or("no such field")?;
/// assert_eq!(field.name(), "seniority_level");
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct Catalog(Arc<Contents>);

#[derive(Clone)]
struct Contents {
    fields: Cow<'static, [Field]>,
    /// Field names as they are spelled.
    exact: FxHashMap<CompactString, usize>,
    /// Field names and, where no field has that name, aliases.
    ignoring_case: NameIndex,
    warnings: Vec<Problem>,
}

impl Catalog {
    /// The snapshot of the fields that the vendor's public pages name.
    ///
    /// The real catalog is per account and changes; [`Catalog::from_json`] reads it.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Catalog> = LazyLock::new(builtin::catalog);
        &BUILTIN
    }

    /// Reads a saved answer of `GET /api/v1/field-catalog`.
    ///
    /// Accepted are the answer itself (`{"total_count": …, "fields": […]}`), the answer under
    /// `response`, and the bare array of its fields. Keys that are not known are passed over. A
    /// field accepts the `operators` it lists, in the catalog's spelling or in that of a filter,
    /// and the four existence operators. One without `schema_types` is taken for an `audience`
    /// field. A special field (see [`Catalog`]) that the answer lists too stays as it is built
    /// in; an alias stays where the field it stands for exists and no other has its name.
    ///
    /// A name that is none of the vendor's today (an operator, a type, a status) makes the field
    /// accept less, and is a [warning](Self::warnings).
    ///
    /// # Errors
    ///
    /// If the text is not JSON or not such an answer; if a field has no `field_key`, an empty
    /// one, or that of another; if it has no `data_type` or no `operators`. The error holds all
    /// of these.
    pub fn from_json(json: &str) -> Result<Self, FileError> {
        load::catalog(json, Origin::Account)
    }

    /// What deserves a look in the file that the catalog was read from, in its order.
    pub fn warnings(&self) -> &[Problem] {
        &self.0.warnings
    }

    /// Every field: the three special ones, then the others in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.0.fields.iter()
    }

    /// The field of that name: spelled exactly so, else ignoring case, else by alias.
    ///
    /// A name that differs from those of several fields in case alone finds none of them.
    pub fn find(&self, name: &str) -> Option<&Field> {
        self.0.fields.get(self.position(name)?)
    }

    fn position(&self, name: &str) -> Option<usize> {
        Some(match self.0.ignoring_case.get(name) {
            [] => return None,
            // Every name is there, so if one is spelled exactly so it is this one.
            [position] => *position,
            _ => *self.0.exact.get(name)?,
        })
    }

    /// What a filter for that audience type has to compare.
    pub(crate) fn requirements(
        &self,
        audience: AudienceType,
    ) -> impl Iterator<Item = &'static Requirement> {
        builtin::requirements(audience)
    }
}

impl Contents {
    fn with_capacity(fields: usize) -> Self {
        Self {
            fields: Cow::default(),
            exact: FxHashMap::with_capacity_and_hasher(fields, FxBuildHasher),
            ignoring_case: NameIndex::with_capacity(fields),
            warnings: Vec::new(),
        }
    }

    fn add(&mut self, field: Field) {
        self.add_name(field.name.clone(), self.fields.len());
        self.fields.to_mut().push(field);
    }

    fn add_name(&mut self, name: CompactString, position: usize) {
        self.ignoring_case.add(&name, position);
        self.exact.insert(name, position);
    }
}

impl fmt::Debug for Catalog {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.fields().map(Field::name);
        out.write_str("Catalog ")?;
        out.debug_list().entries(names).finish()
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
mod tests;
