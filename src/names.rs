//! Names that are looked up ignoring case. Knows nothing of fields, options or topics.

use std::borrow::Cow;
use std::slice;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::bytes::ByteSet;

/// From a name, ignoring case, to the positions of what bears it.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameIndex(FxHashMap<Box<str>, Positions>);

/// Nearly every name is borne by one: that one costs no allocation.
#[derive(Clone, Debug)]
enum Positions {
    One(usize),
    Several(Vec<usize>),
}

impl NameIndex {
    pub(crate) fn with_capacity(names: usize) -> Self {
        Self(FxHashMap::with_capacity_and_hasher(names, FxBuildHasher))
    }

    pub(crate) fn add(&mut self, name: &str, position: usize) {
        let name = fold(name);
        match self.0.get_mut(&*name) {
            None => {
                self.0.insert(name.into(), Positions::One(position));
            }
            Some(Positions::Several(positions)) => positions.push(position),
            Some(one @ Positions::One(_)) => {
                let mut positions = one.as_slice().to_vec();
                positions.push(position);
                *one = Positions::Several(positions);
            }
        }
    }

    /// In the order in which they were added; none where the name is unknown.
    pub(crate) fn get(&self, name: &str) -> &[usize] {
        // Most are written as they are kept.
        let as_written = self.0.get(name);
        as_written
            .or_else(|| self.0.get(&*fold(name)))
            .map_or(&[], |positions| positions.as_slice())
    }
}

impl Positions {
    fn as_slice(&self) -> &[usize] {
        match self {
            Self::One(position) => slice::from_ref(position),
            Self::Several(positions) => positions,
        }
    }
}

/// Equal for texts that differ in case alone. Borrows what is lower-case ASCII.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    const OTHER: ByteSet = ByteSet::of(&[(b'A', b'Z'), (0x80, 0xff)]);
    if !OTHER.meets(text) {
        Cow::Borrowed(text)
    } else if !text.is_ascii() {
        // Lower case alone keeps `ß` and `SS`, `ς` and `σ` apart.
        text.chars()
            .flat_map(char::to_lowercase)
            .flat_map(char::to_uppercase)
            .flat_map(char::to_lowercase)
            .collect()
    } else {
        Cow::Owned(text.to_ascii_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_ignored_in_every_script() {
        let same = |a: &str, b: &str| fold(a) == fold(b);
        assert!(same("Seniority_Level", "sENIORITY_lEVEL"));
        assert!(same("ÉCOLE", "école"));
        assert!(same("ΟΔΟΣ", "οδος"));
        assert!(same("Straße", "STRASSE"));
        assert!(same("\u{1E9E}", "ß"));
        assert!(!same("école", "ecole"));
        assert!(!same("a", "b"));
        assert!(matches!(fold("age_range 25-34"), Cow::Borrowed(_)));
    }

    #[test]
    fn positions_come_back_in_the_order_they_were_added() {
        let mut index = NameIndex::default();
        for (position, name) in ["a", "B", "A", "é", "a"].into_iter().enumerate() {
            index.add(name, position);
        }
        assert_eq!(index.get("A"), [0, 2, 4]);
        assert_eq!(index.get("b"), [1]);
        assert_eq!(index.get("É"), [3]);
        assert!(index.get("c").is_empty());
    }
}
