//! Places in the JSON as the way from its root, written out only where a problem names one.

use crate::diagnostic::excerpt;

/// A place in the JSON, as the way to it.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    up: Option<&'a At<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Root,
    Key(&'a str),
    Index(usize),
}

impl<'a> At<'a> {
    pub(super) const ROOT: At<'static> = At {
        up: None,
        step: Step::Root,
    };

    pub(super) fn key(&'a self, key: &'a str) -> Self {
        Self {
            up: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        Self {
            up: Some(self),
            step: Step::Index(index),
        }
    }

    /// `the group `/rules/1`` for `a group`; the outermost group is the filter.
    pub(super) fn named(&self, what: &'static str) -> String {
        let noun = what.split_once(' ').map_or(what, |(_, noun)| noun);
        match (self.step, noun) {
            (Step::Root, "group") => "the filter".to_owned(),
            (Step::Root, noun) => format!("the {noun}"),
            (_, noun) => format!("the {noun} `{}`", self.pointer()),
        }
    }

    /// As a JSON pointer, cut where a key is long; `/` for the whole.
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(here) = at {
            match here.step {
                Step::Root => {}
                Step::Key(key) => {
                    steps.push(excerpt(&key.replace('~', "~0").replace('/', "~1")));
                }
                Step::Index(index) => steps.push(index.to_string()),
            }
            at = here.up;
        }
        steps.reverse();
        format!("/{}", steps.join("/"))
    }
}
