//! Sets of the members of a small enum, as bits. Imports nothing of ours.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer};

/// An enum with at most 32 members.
pub(super) trait Member: Copy + fmt::Debug + 'static {
    /// All of them, in the order in which a set lists them.
    const ALL: &'static [Self];

    /// Below 32, and another one for each member.
    fn index(self) -> u32;
}

/// A set of members, read from a JSON list of them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Set<T> {
    bits: u32,
    of: PhantomData<T>,
}

impl<T> Set<T> {
    /// The members whose index is that of a bit which is one.
    pub(super) const fn from_bits(bits: u32) -> Self {
        Self {
            bits,
            of: PhantomData,
        }
    }
}

impl<T: Member> Set<T> {
    #[cfg(test)]
    pub(super) fn bits(self) -> u32 {
        self.bits
    }

    pub(super) fn contains(self, member: T) -> bool {
        self.bits & bit(member) != 0
    }

    pub(super) fn union(self, other: Self) -> Self {
        Self::from_bits(self.bits | other.bits)
    }

    pub(super) fn iter(self) -> impl Iterator<Item = T> {
        T::ALL
            .iter()
            .copied()
            .filter(move |member| self.contains(*member))
    }
}

fn bit<T: Member>(member: T) -> u32 {
    1 << member.index()
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::from_bits(0)
    }
}

impl<T: Member> fmt::Debug for Set<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.iter()).finish()
    }
}

impl<T: Member> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let members = members.into_iter();
        Self::from_bits(members.fold(0, |bits, member| bits | bit(member)))
    }
}

impl<'de, T: Member + Deserialize<'de>> Deserialize<'de> for Set<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from_iter)
    }
}
