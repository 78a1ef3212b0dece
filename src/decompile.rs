//! Back from the vendor's JSON to text: what the UI saved becomes readable, and compiles to the same.
//!
//! `read` makes filter objects of JSON and drops nothing, `write` makes expressions of them, which
//! go through the formatter. Owns the choice of operators and names; the catalog and the topics say
//! which of them compile back.

mod change;
mod error;
mod operand;
mod place;
mod read;
mod write;

use std::borrow::Cow;

use crate::catalog::{AudienceType, Catalog};
use crate::compile::{Compiler, format};
use crate::diagnostic::{FileError, Finding};
use crate::topics::Topics;
use change::change;
use error::DecompileProblem;

pub use read::SavedFilter;

/// Writes saved filters as text, with the fields of a catalog and the names of topics.
///
/// ```
/// let saved = r#"{"audience_name":"Leaders","id":7,"type":"elixir","filter":
///     {"condition":"and","rules":[{"fieldName":"seniority_level",
///      "conditionRules":{"operator":"in","value":["vp","cxo"]}}]}}"#;
/// let found = filterc::Decompiler::new().decompile(saved)?;
/// assert_eq!(found[0].text(), "# Leaders (id 7)\nelixir where seniority_level in (vp, cxo)\n");
/// # Ok::<(), filterc::FileError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Decompiler {
    catalog: Cow<'static, Catalog>,
    topics: Option<Topics>,
    ids: bool,
}

impl Default for Decompiler {
    fn default() -> Self {
        Self::new()
    }
}

impl Decompiler {
    /// The built-in catalog, no topics.
    pub fn new() -> Self {
        Self {
            catalog: Cow::Borrowed(Catalog::builtin()),
            topics: None,
            ids: false,
        }
    }

    /// Chooses operators by the fields of this catalog.
    #[must_use]
    pub fn catalog(mut self, catalog: Catalog) -> Self {
        self.catalog = Cow::Owned(catalog);
        self
    }

    /// Writes the names of topics in place of their ids; the path where several have the name.
    #[must_use]
    pub fn topics(mut self, topics: Topics) -> Self {
        self.topics = Some(topics);
        self
    }

    /// Writes the ids of topics, whatever their names.
    #[must_use]
    pub fn ids(mut self, ids: bool) -> Self {
        self.ids = ids;
        self
    }

    /// Reads filters and writes each as text, in their order.
    ///
    /// Accepted is what [`SavedFilter::read`] takes. Where a filter uses operators that the catalog
    /// lets its fields take, and values that they have, the text compiles to the filter again, but
    /// for groups that say nothing: of one rule, or inside one of the same condition. Where it
    /// compiles to something
    /// else, a comment says so: what the language reads more kindly than the vendor, such as a field
    /// by an alias, comes out as the vendor spells it.
    ///
    /// # Errors
    ///
    /// If anything is not as the vendor's filter object is. Then there is no text at all, and the
    /// error holds all problems of the file.
    pub fn decompile(&self, json: &str) -> Result<Vec<Decompiled>, FileError> {
        let saved = SavedFilter::read(json)?;
        let mut compiler = Compiler::new().catalog(self.catalog.clone().into_owned());
        if let Some(topics) = &self.topics {
            compiler = compiler.topics(topics.clone());
        }
        let texts = saved
            .into_iter()
            .map(|saved| self.written(saved, &compiler));
        let texts: Result<Vec<Decompiled>, Finding> = texts.collect();
        texts.map_err(|finding| FileError::new(json, vec![finding]))
    }

    fn written(&self, saved: SavedFilter, compiler: &Compiler) -> Result<Decompiled, Finding> {
        let mut text = comment(&saved);
        match saved.filter() {
            None => text.push_str("# no filter: the audience is not narrowed\n"),
            Some(filter) => {
                if let Some(audience) = saved.audience() {
                    text.push_str(&format!("{audience} where "));
                }
                self.group(filter, &mut text);
                let formatted = format(&text);
                // INVARIANT: what is written can be read. Should it not, nothing is written.
                debug_assert!(formatted.is_ok(), "{text}\n{formatted:?}");
                text = formatted.map_err(|_| {
                    Finding::new(DecompileProblem::UnwritableField {
                        pointer: "/".to_owned(),
                        reason: "it cannot be read again",
                        span: saved.span(),
                    })
                })?;
                let compiled = compiler.compile(&text).ok();
                if let Some(change) = compiled.and_then(|it| change(filter, it.filter())) {
                    text = format!("# compiled, this is not the saved filter: {change}\n{text}");
                }
            }
        }
        Ok(Decompiled { text, saved })
    }
}

/// A filter as text, and what was saved with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decompiled {
    text: String,
    saved: SavedFilter,
}

impl Decompiled {
    /// The text, in the canonical layout. A comment alone where the audience has no filter.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the audience.
    pub fn name(&self) -> Option<&str> {
        self.saved.name()
    }

    /// The id of the audience.
    pub fn id(&self) -> Option<&str> {
        self.saved.id()
    }

    /// The type of the audience.
    pub fn audience(&self) -> Option<AudienceType> {
        self.saved.audience()
    }
}

/// `# Cloud researchers (id 7)`
fn comment(saved: &SavedFilter) -> String {
    let shown = |text: &str| -> String {
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || c.is_control())
            .collect();
        words.join(" ")
    };
    let name = saved.name().map(shown);
    let name = name.filter(|name| !name.trim().is_empty());
    match (name, saved.id().map(shown)) {
        (Some(name), Some(id)) => format!("# {name} (id {id})\n"),
        (Some(name), None) => format!("# {name}\n"),
        (None, Some(id)) => format!("# id {id}\n"),
        (None, None) => String::new(),
    }
}
