//! One or more of a kind, of which most often there is one. Imports nothing of ours.

use std::ops::Deref;

/// One or more; one alone needs no allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum OneOrMore<T> {
    One(T),
    /// Two or more.
    Several(Vec<T>),
}

impl<T> OneOrMore<T> {
    /// `None` of none.
    pub(crate) fn new(mut all: Vec<T>) -> Option<Self> {
        if all.len() > 1 {
            return Some(Self::Several(all));
        }
        all.pop().map(Self::One)
    }
}

impl<T> Deref for OneOrMore<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OneOrMore;

    #[test]
    fn one_alone_is_the_same_however_it_came() {
        assert_eq!(OneOrMore::<u8>::new(Vec::new()), None);
        assert_eq!(OneOrMore::new(vec![1]), Some(OneOrMore::One(1)));
        assert_eq!(
            OneOrMore::new(vec![1, 2]).as_deref(),
            Some([1, 2].as_slice())
        );
        assert_eq!(*OneOrMore::One(1), [1]);
    }
}
