//! Three-valued logic as in SQL.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    True,
    False,
    Unknown,
}

impl Truth {
    pub(crate) fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Its opposite where that is asked for.
    pub(crate) fn not_if(self, negated: bool) -> Self {
        if negated { self.not() } else { self }
    }

    /// AND of all: false if any is, else unknown if any is.
    pub(crate) fn all(truths: impl Iterator<Item = Self>) -> Self {
        truths.fold(Self::True, |one, other| match (one, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        })
    }

    /// OR of all: true if any is, else unknown if any is.
    pub(crate) fn any(truths: impl Iterator<Item = Self>) -> Self {
        truths.fold(Self::False, |one, other| match (one, other) {
            (Self::True, _) | (_, Self::True) => Self::True,
            (Self::False, Self::False) => Self::False,
            _ => Self::Unknown,
        })
    }
}

impl From<bool> for Truth {
    fn from(truth: bool) -> Self {
        if truth { Self::True } else { Self::False }
    }
}
