//! Why a filter answers as it does about a row: a truth for each part of it.

use super::{Cell, Truth};

/// A part of a filter and its answer about one row, down to the comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    text: String,
    truth: Truth,
    /// Of a comparison: the field, and what the row holds there as JSON.
    compared: Option<(String, Option<String>)>,
    parts: Vec<Self>,
}

impl Explanation {
    /// Of `and`, `or` or `not`.
    pub(crate) fn of_parts(word: &str, truth: Truth, parts: Vec<Self>) -> Self {
        Self {
            text: word.to_owned(),
            truth,
            compared: None,
            parts,
        }
    }

    pub(crate) fn of_comparison(
        text: &str,
        truth: Truth,
        field: &str,
        cell: Option<&Cell<'_>>,
    ) -> Self {
        let value = cell.filter(|cell| **cell != Cell::Null);
        Self {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            truth,
            compared: Some((field.to_owned(), value.map(ToString::to_string))),
            parts: Vec::new(),
        }
    }

    /// `and`, `or`, `not`, or the comparison as it is written, on one line.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The answer of this part.
    pub fn truth(&self) -> Truth {
        self.truth
    }

    /// The operands of `and`, `or` and `not`; none of a comparison.
    pub fn parts(&self) -> &[Self] {
        &self.parts
    }

    /// The field that is compared; `None` of `and`, `or` and `not`.
    pub fn field(&self) -> Option<&str> {
        self.compared.as_ref().map(|(field, _)| field.as_str())
    }

    /// What the row holds in that field, as JSON on one line; `None` where it has no value.
    pub fn value(&self) -> Option<&str> {
        self.compared.as_ref()?.1.as_deref()
    }

    /// The comparisons that make the answer unknown, each field once: those that are unknown
    /// themselves, in the parts that are. None where the answer is known.
    pub fn unknowns(&self) -> Vec<&Self> {
        let mut found: Vec<&Self> = Vec::new();
        self.collect_unknowns(&mut found);
        found
    }

    fn collect_unknowns<'e>(&'e self, found: &mut Vec<&'e Self>) {
        if self.truth != Truth::Unknown {
            return;
        }
        let is_new = !found.iter().any(|one| one.field() == self.field());
        if self.compared.is_some() && is_new {
            found.push(self);
        }
        for part in &self.parts {
            part.collect_unknowns(found);
        }
    }
}
