//! Other names that a project gives to fields.

use std::fmt;
use std::sync::Arc;

use super::{Catalog, Field};
use crate::suggest::nearest;

impl Catalog {
    /// Gives a field another name, which is found ignoring case.
    ///
    /// Clones of the catalog stay as they are.
    ///
    /// # Errors
    ///
    /// If `alias` is not written as the name of a field is, if another field has that name in any
    /// case, or if there is no `field`.
    ///
    /// ```
    /// let mut catalog = filterc::Catalog::builtin().clone();
    /// catalog.add_alias("vertical", "industry")?;
    /// assert_eq!(catalog.find("Vertical").map(|field| field.name()), Some("company_industry"));
    /// # Ok::<(), filterc::WrongAlias>(())
    /// ```
    pub fn add_alias(&mut self, alias: &str, field: &str) -> Result<(), WrongAlias> {
        let wrong = |what| WrongAlias {
            alias: alias.into(),
            what,
        };
        if !is_name(alias) {
            return Err(wrong(What::NotAName));
        }
        let position = match self.position(field) {
            Some(position) => position,
            None => {
                let names = self.fields().map(Field::name);
                let near = nearest(field, names).map(Box::from);
                let field = field.into();
                return Err(wrong(What::NoField { field, near }));
            }
        };
        match self.0.ignoring_case.get(alias) {
            [] => {}
            [taken] if *taken == position => return Ok(()),
            _ => return Err(wrong(What::Taken)),
        }
        let contents = Arc::make_mut(&mut self.0);
        contents.ignoring_case.add(alias, position);
        if let Some(field) = contents.fields.to_mut().get_mut(position) {
            field.aliases.to_mut().push(alias.into());
        }
        Ok(())
    }
}

/// A field name without backticks: letters, digits and `_`, parts joined by dots.
fn is_name(alias: &str) -> bool {
    alias.split('.').all(|part| {
        let mut characters = part.chars();
        characters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
            && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

/// Why a name is not taken as an alias.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongAlias {
    alias: Box<str>,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    NotAName,
    Taken,
    NoField {
        field: Box<str>,
        near: Option<Box<str>>,
    },
}

impl WrongAlias {
    pub(crate) fn message(&self) -> String {
        let alias = &self.alias;
        match &self.what {
            What::NotAName => format!("`{alias}` cannot be the name of a field"),
            What::Taken => format!("`{alias}` is the name of another field already"),
            What::NoField { field, .. } => format!("there is no field `{field}`"),
        }
    }

    pub(crate) fn help(&self) -> String {
        match &self.what {
            What::NotAName => "write letters, digits and `_`, a letter first".to_owned(),
            What::Taken => {
                "choose another name: a filter would mean something else by it".to_owned()
            }
            What::NoField {
                near: Some(near), ..
            } => format!("did you mean `{near}`?"),
            What::NoField { near: None, .. } => {
                "`filterc fields` lists the fields there are".to_owned()
            }
        }
    }

    /// Whether it is the field that is wrong, not the alias.
    #[cfg(feature = "manifest")]
    pub(crate) fn is_about_field(&self) -> bool {
        matches!(self.what, What::NoField { .. })
    }
}

impl fmt::Display for WrongAlias {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}; {}", self.message(), self.help())
    }
}

impl std::error::Error for WrongAlias {}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn said(alias: &str, field: &str) -> String {
        let mut catalog = Catalog::builtin().clone();
        catalog.add_alias(alias, field).unwrap_err().to_string()
    }

    #[test]
    fn an_alias_finds_its_field_and_leaves_the_catalog_that_it_came_from_alone() {
        let mut catalog = Catalog::builtin().clone();
        catalog.add_alias("vertical", "industry").unwrap();
        catalog.add_alias("Vertical", "company_industry").unwrap();
        let field = catalog.find("VERTICAL").unwrap();
        assert!(field.aliases().eq(["industry", "vertical"]));
        assert!(Catalog::builtin().find("vertical").is_none());
    }

    #[test]
    fn what_would_mean_two_things_or_none_is_refused() {
        assert!(said("gender", "industry").starts_with("`gender` is the name of another field"));
        assert!(said("topic", "industry").contains("another field"));
        let cases = r#"[{"field_key":"Foo","data_type":"string","operators":[]},
            {"field_key":"foo","data_type":"string","operators":[]},
            {"field_key":"bar","data_type":"string","operators":[]}]"#;
        let mut cases = Catalog::from_json(cases).unwrap();
        assert!(cases.add_alias("FOO", "bar").is_err());
        assert!(said("2nd", "industry").contains("cannot be the name"));
        assert!(said("a b", "industry").contains("cannot be the name"));
        assert!(said("", "industry").contains("cannot be the name"));
        assert!(said("x", "company_industri").ends_with("did you mean `company_industry`?"));
    }
}
