//! What pest read, as nodes in one vector, with their places in the text.
//!
//! pest's own tokens are shared by counted references, and their places are those in what it was
//! given: there, one character stands for each part that was read before (`sound`).

use pest::Token;
use pest::iterators::Pairs;

use super::Rule;
use super::plain::Part;
use super::sound::MARK;
use crate::span::Span;

/// The nodes of a parse, each in front of those inside of it.
pub(super) struct Tree<'t> {
    text: &'t str,
    nodes: Vec<Entry>,
}

struct Entry {
    rule: Rule,
    span: Span,
    /// How many nodes are inside of it, and of those.
    inside: usize,
}

impl<'t> Tree<'t> {
    /// `parts`: what the marks stand for in what pest read, in the order of the text.
    pub(super) fn new(text: &'t str, pairs: Pairs<'_, Rule>, parts: &[Part]) -> Self {
        let mut places = Places::new(parts);
        let tokens = pairs.tokens();
        // Each has a token where it begins and one where it ends.
        let mut nodes: Vec<Entry> = Vec::with_capacity(tokens.len() / 2);
        let mut open = Vec::new();
        for token in tokens {
            match token {
                Token::Start { rule, pos } => {
                    let start = places.of(pos.pos());
                    open.push(nodes.len());
                    nodes.push(Entry {
                        rule,
                        span: Span::new(start, start),
                        inside: 0,
                    });
                }
                Token::End { pos, .. } => {
                    let end = places.of(pos.pos());
                    let last = nodes.len();
                    let begun = open.pop().and_then(|at| Some((at, nodes.get_mut(at)?)));
                    if let Some((at, node)) = begun {
                        node.span = Span::new(node.span.start(), end);
                        node.inside = last - at - 1;
                    }
                }
            }
        }
        Self { text, nodes }
    }

    /// The node that all others are inside of.
    pub(super) fn root(&'t self) -> Option<Node<'t>> {
        let mut all = Nodes {
            text: self.text,
            rest: &self.nodes,
        };
        all.next()
    }
}

/// From places in what pest read to those in the text; asked in their order.
struct Places<'p> {
    parts: std::slice::Iter<'p, Part>,
    next: Option<&'p Part>,
    /// How much longer the parts in front are than their marks, in bytes.
    shift: usize,
}

impl<'p> Places<'p> {
    fn new(parts: &'p [Part]) -> Self {
        let mut parts = parts.iter();
        Self {
            next: parts.next(),
            parts,
            shift: 0,
        }
    }

    fn of(&mut self, at: usize) -> usize {
        while let Some(part) = self.next.filter(|part| at + self.shift > part.span.start()) {
            self.shift += part.span.len() - MARK;
            self.next = self.parts.next();
        }
        at + self.shift
    }
}

/// What a rule of the grammar matched.
#[derive(Clone, Copy)]
pub(super) struct Node<'t> {
    text: &'t str,
    entry: &'t Entry,
    inside: &'t [Entry],
}

impl<'t> Node<'t> {
    pub(super) fn rule(self) -> Rule {
        self.entry.rule
    }

    pub(super) fn span(self) -> Span {
        self.entry.span
    }

    pub(super) fn as_str(self) -> &'t str {
        self.text.get(self.span().range()).unwrap_or_default()
    }

    /// What is between it and one behind it.
    pub(super) fn text_up_to(self, next: &Node<'_>) -> &'t str {
        let between = self.span().end()..next.span().start();
        self.text.get(between).unwrap_or_default()
    }

    /// The nodes directly inside of it.
    pub(super) fn inner(self) -> Nodes<'t> {
        Nodes {
            text: self.text,
            rest: self.inside,
        }
    }

    /// The nodes inside of it that are no comments.
    pub(super) fn children(self) -> impl Iterator<Item = Node<'t>> {
        self.inner()
            .filter(|child| !matches!(child.rule(), Rule::comment | Rule::mistake_comment))
    }

    /// The rules and places of all nodes inside of it, in the order of the text.
    pub(super) fn descendants(self) -> impl DoubleEndedIterator<Item = (Rule, Span)> {
        self.inside.iter().map(|entry| (entry.rule, entry.span))
    }
}

/// Nodes beside each other.
pub(super) struct Nodes<'t> {
    text: &'t str,
    rest: &'t [Entry],
}

impl<'t> Iterator for Nodes<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let (entry, behind) = self.rest.split_first()?;
        let (inside, rest) = behind.split_at_checked(entry.inside)?;
        self.rest = rest;
        Some(Node {
            text: self.text,
            entry,
            inside,
        })
    }
}
