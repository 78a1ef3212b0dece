//! The values that a field can have, and how a text finds one of them.
//!
//! Knows nothing of the field. Filled by `load`, or ready made by `builtin`.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::OnceLock;

use crate::names::NameIndex;

/// A value that a field can have.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FieldOption {
    pub(super) value: Cow<'static, str>,
    /// `None` where it is the value.
    pub(super) label: Option<Cow<'static, str>>,
}

impl FieldOption {
    /// What a filter submits.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What the vendor shows to people.
    pub fn label(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.value)
    }
}

/// The answer of [`Field::option`](super::Field::option).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OptionMatch<'a> {
    One(&'a FieldOption),
    None,
    /// Options that differ in case alone, or that have the same label; in the order of the
    /// catalog, at least two, no two with the same value.
    Several(Vec<&'a FieldOption>),
}

/// The options of one field.
#[derive(Clone, Debug, Default)]
pub(super) struct Options {
    pub(super) all: Cow<'static, [FieldOption]>,
    /// Built on the first look-up: a catalog has fields with thousands of options, a filter
    /// compares a few of the fields.
    index: OnceLock<OptionIndex>,
}

#[derive(Clone, Debug)]
struct OptionIndex {
    values: NameIndex,
    labels: NameIndex,
}

impl Options {
    pub(super) const fn new(all: Cow<'static, [FieldOption]>) -> Self {
        Self {
            all,
            index: OnceLock::new(),
        }
    }

    pub(super) fn find(&self, text: &str) -> OptionMatch<'_> {
        let index = self.index.get_or_init(|| OptionIndex::new(&self.all));
        let by_label = || self.choose(index.labels.get(text), |option| option.label() == text);
        match self.choose(index.values.get(text), |option| option.value() == text) {
            OptionMatch::None => by_label(),
            // `Silver`, the value `silver` of one and the label of another: people see labels.
            OptionMatch::One(option) if option.value() != text => match by_label() {
                OptionMatch::One(other)
                    if other.label() == text && other.value() != option.value() =>
                {
                    OptionMatch::Several(vec![option, other])
                }
                _ => OptionMatch::One(option),
            },
            found => found,
        }
    }

    /// Of options that match ignoring case, those that match exactly if there are any.
    fn choose(
        &self,
        positions: &[usize],
        is_exact: impl Fn(&FieldOption) -> bool,
    ) -> OptionMatch<'_> {
        if let [position] = positions {
            let only = self.all.get(*position);
            return only.map_or(OptionMatch::None, OptionMatch::One);
        }
        let mut found: Vec<_> = positions
            .iter()
            .filter_map(|at| self.all.get(*at))
            .collect();
        if found.iter().any(|option| is_exact(option)) {
            found.retain(|option| is_exact(option));
        }
        let mut seen = HashSet::new();
        found.retain(|option| seen.insert(option.value()));
        match found.as_slice() {
            [] => OptionMatch::None,
            [option] => OptionMatch::One(option),
            _ => OptionMatch::Several(found),
        }
    }
}

impl OptionIndex {
    fn new(options: &[FieldOption]) -> Self {
        let mut values = NameIndex::with_capacity(options.len());
        let mut labels = NameIndex::with_capacity(options.len());
        for (position, option) in options.iter().enumerate() {
            values.add(option.value(), position);
            labels.add(option.label(), position);
        }
        Self { values, labels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(pairs: &[(&str, &str)]) -> Options {
        let option = |(value, label): &(&str, &str)| FieldOption {
            value: value.to_string().into(),
            label: Some(label.to_string().into()),
        };
        Options::new(pairs.iter().map(option).collect())
    }

    fn values(found: OptionMatch<'_>) -> Vec<&str> {
        match found {
            OptionMatch::None => vec![],
            OptionMatch::One(option) => vec![option.value()],
            OptionMatch::Several(options) => {
                assert!(options.len() > 1);
                options.into_iter().map(FieldOption::value).collect()
            }
        }
    }

    #[test]
    fn a_value_goes_before_a_label_and_exact_before_ignoring_case() {
        let options = options(&[("a", "B"), ("b", "A"), ("x", "Same"), ("y", "same")]);
        assert_eq!(values(options.find("a")), ["a"]);
        assert_eq!(values(options.find("b")), ["b"]);
        assert_eq!(values(options.find("A")), ["a", "b"]);
        assert_eq!(values(options.find("B")), ["b", "a"]);
        assert_eq!(values(options.find("Same")), ["x"]);
        assert_eq!(values(options.find("same")), ["y"]);
        assert_eq!(values(options.find("SAME")), ["x", "y"]);
        assert!(values(options.find("sam")).is_empty());
    }

    #[test]
    fn what_matches_several_options_names_them_and_what_is_listed_twice_is_one() {
        let options = options(&[
            ("us", "Acme"),
            ("US", "Acme"),
            ("uk", "Other"),
            ("uk", "Other"),
        ]);
        assert_eq!(values(options.find("us")), ["us"]);
        assert_eq!(values(options.find("US")), ["US"]);
        assert_eq!(values(options.find("Us")), ["us", "US"]);
        assert_eq!(values(options.find("Acme")), ["us", "US"]);
        assert_eq!(values(options.find("OTHER")), ["uk"]);
    }
}
