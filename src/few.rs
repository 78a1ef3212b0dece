//! One or more of a kind, of which most often there is one. Imports nothing of ours.

use std::ops::Deref;

/// One or more; one alone needs no allocation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Few<T> {
    One(T),
    /// Two or more.
    Several(Vec<T>),
}

impl<T> Few<T> {
    /// `None` of none.
    pub(crate) fn new(mut all: Vec<T>) -> Option<Self> {
        if all.len() > 1 {
            return Some(Self::Several(all));
        }
        all.pop().map(Self::One)
    }
}

impl<T> Deref for Few<T> {
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
    use super::Few;

    #[test]
    fn one_alone_is_the_same_however_it_came() {
        assert_eq!(Few::<u8>::new(Vec::new()), None);
        assert_eq!(Few::new(vec![1]), Some(Few::One(1)));
        assert_eq!(Few::new(vec![1, 2]).as_deref(), Some([1, 2].as_slice()));
        assert_eq!(*Few::One(1), [1]);
    }
}
