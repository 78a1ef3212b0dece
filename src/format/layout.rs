//! What is written where, before lines are broken: the tree with its comments and without needless
//! parentheses. Made by `arrange`, read by `print`.

/// A whole text.
pub(super) struct Page<'t> {
    pub(super) header: Option<Header<'t>>,
    pub(super) expr: Item<'t>,
    /// Behind everything.
    pub(super) end: Vec<Comment<'t>>,
}

/// `intents where`
pub(super) struct Header<'t> {
    pub(super) leading: Vec<Comment<'t>>,
    /// In small letters.
    pub(super) audience: String,
    pub(super) trailing: Option<Comment<'t>>,
}

/// An expression with the comments that belong to it.
pub(super) struct Item<'t> {
    /// On lines of their own in front of it.
    pub(super) leading: Vec<Comment<'t>>,
    /// How many NOTs stand in front of the body.
    pub(super) nots: usize,
    pub(super) body: Body<'t>,
    /// At the end of its last line.
    pub(super) trailing: Option<Comment<'t>>,
    /// The characters of NOTs and body on one line; `None` where a comment forbids that.
    pub(super) width: Option<usize>,
}

pub(super) enum Body<'t> {
    /// A comparison without a list.
    Text(String),
    List(List<'t>),
    /// Two or more operands. None but the first has comments in front, none but the last behind:
    /// those are the item's.
    Joined {
        word: &'static str,
        operands: Vec<Item<'t>>,
    },
    /// `( … )`
    Parentheses {
        inner: Box<Item<'t>>,
        /// In front of the closing one.
        end: Vec<Comment<'t>>,
    },
}

/// `topic in (a, b)`
pub(super) struct List<'t> {
    /// `topic in`
    pub(super) head: String,
    pub(super) values: Vec<ListValue<'t>>,
    /// In front of the closing parenthesis.
    pub(super) end: Vec<Comment<'t>>,
}

pub(super) struct ListValue<'t> {
    pub(super) leading: Vec<Comment<'t>>,
    pub(super) text: String,
    /// Behind it and its comma.
    pub(super) trailing: Option<Comment<'t>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'t> {
    /// From `#` on, without blanks at the end.
    pub(super) text: &'t str,
    /// Where the `#` is.
    pub(super) start: usize,
    /// An empty line stands in front of it, behind it.
    pub(super) blank_before: bool,
    pub(super) blank_after: bool,
}

impl<'t> Item<'t> {
    pub(super) fn new(leading: Vec<Comment<'t>>, nots: usize, body: Body<'t>) -> Self {
        let width = body.width().map(|width| nots * "not ".len() + width);
        Self {
            leading,
            nots,
            body,
            trailing: None,
            width,
        }
    }

    /// The characters on one line with all that belongs to it, if that can stand on one.
    pub(super) fn whole_width(&self) -> Option<usize> {
        let is_bare = self.leading.is_empty() && self.trailing.is_none();
        self.width.filter(|_| is_bare)
    }
}

impl Body<'_> {
    fn width(&self) -> Option<usize> {
        match self {
            Self::Text(text) => Some(text.chars().count()),
            Self::List(list) => list.width(),
            Self::Joined { word, operands } => {
                let mut width = (operands.len().saturating_sub(1)) * (word.len() + 2);
                for operand in operands {
                    width += operand.whole_width()?;
                }
                Some(width)
            }
            Self::Parentheses { inner, end } => {
                let width = inner.whole_width().filter(|_| end.is_empty())?;
                Some(width + "()".len())
            }
        }
    }
}

impl List<'_> {
    fn width(&self) -> Option<usize> {
        let is_bare = |value: &ListValue<'_>| value.leading.is_empty() && value.trailing.is_none();
        if !self.end.is_empty() || !self.values.iter().all(is_bare) {
            return None;
        }
        let commas = self.values.len().saturating_sub(1) * ", ".len();
        let values = self.values.iter().map(|value| value.text.chars().count());
        Some(self.head.chars().count() + " ()".len() + commas + values.sum::<usize>())
    }
}
