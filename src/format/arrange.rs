//! From the tree to the layout: which parentheses stay, and what each comment belongs to.
//!
//! A comment on the line on which an operand ends is that operand's; one on a line of its own
//! belongs to what follows. One inside a comparison moves in front of it, unless it stands in the
//! list. Comments are taken in the order of the text, so none changes places with another.

use super::comments::comments;
use super::layout::{Body, Comment, Header, Item, List, ListValue, Page};
use super::spelling;
use crate::span::Span;
use crate::syntax::{Comparison, Expr, Name, Operand, Source};

pub(super) fn arrange<'t>(source: &Source, text: &'t str) -> Page<'t> {
    let comments = comments(source, text);
    let mut arranger = Arranger {
        text,
        comments: &comments,
    };
    let start = start_of(&source.expr);
    let audience = source.audience.as_ref();
    let header = audience.map(|name| arranger.header(name, start));
    let leading = arranger.until(start);
    let (mut expr, mut end) = arranger.item(&source.expr, leading, Around::Nothing);
    arranger.settle(&mut expr, source.expr.span().end(), text.len(), &mut end);
    Page { header, expr, end }
}

/// What an expression stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Nothing, or parentheses: it needs none of its own.
    Nothing,
    /// AND or OR.
    Joined,
}

/// Whether parentheses stay.
enum Needed {
    Yes,
    /// What is in them comes to stand in what they stood in.
    NotIn(Around),
}

impl Needed {
    fn new(is_needed: bool, around: Around) -> Self {
        if is_needed {
            Self::Yes
        } else {
            Self::NotIn(around)
        }
    }
}

struct Arranger<'c, 't> {
    text: &'t str,
    /// Those that have no place yet.
    comments: &'c [Comment<'t>],
}

impl<'t> Arranger<'_, 't> {
    /// Takes the comments in front of a place.
    fn until(&mut self, end: usize) -> Vec<Comment<'t>> {
        let count = self.comments.partition_point(|comment| comment.start < end);
        let (taken, rest) = self.comments.split_at(count);
        self.comments = rest;
        taken.to_vec()
    }

    /// `start`: of what follows.
    fn header(&mut self, audience: &Name, start: usize) -> Header<'t> {
        let leading = self.until(audience.span.start());
        let trailing = self.comments.first().copied();
        let trailing = trailing.filter(|comment| {
            comment.start < start && self.on_one_line(audience.span.end(), comment)
        });
        if let (Some(_), Some((_, rest))) = (trailing, self.comments.split_first()) {
            self.comments = rest;
        }
        Header {
            leading,
            audience: audience.text.as_str().to_ascii_lowercase(),
            trailing,
        }
    }

    /// Whether no line ends between a place and a comment behind it.
    fn on_one_line(&self, from: usize, comment: &Comment<'_>) -> bool {
        let between = self.text.get(from..comment.start).unwrap_or_default();
        !between.contains(['\n', '\r'])
    }

    /// Gives an item the comment behind it on its line, and puts those that follow, up to `limit`,
    /// to the others that come after it.
    fn settle(
        &mut self,
        item: &mut Item<'t>,
        end: usize,
        limit: usize,
        after: &mut Vec<Comment<'t>>,
    ) {
        for comment in self.until(limit) {
            let is_free = item.trailing.is_none() && after.is_empty();
            if is_free && self.on_one_line(end, &comment) {
                item.trailing = Some(comment);
            } else {
                after.push(comment);
            }
        }
    }

    /// The item, and the comments that found no place in it and come behind it.
    fn item(
        &mut self,
        expr: &Expr,
        mut leading: Vec<Comment<'t>>,
        around: Around,
    ) -> (Item<'t>, Vec<Comment<'t>>) {
        match expr {
            Expr::Group(group) => {
                let inner = &group.inner;
                let is_needed = around == Around::Joined && (joins(inner) || is_bare_not(inner));
                self.group(
                    inner,
                    group.span,
                    0,
                    leading,
                    Needed::new(is_needed, around),
                )
            }
            Expr::Not(not) => {
                leading.extend(self.until(not.operand.span().start()));
                let nots = not.nots.len();
                match &*not.operand {
                    Expr::Group(group) => {
                        // In AND and OR they say where the NOT ends, and spare a warning.
                        let is_needed = around == Around::Joined || joins(&group.inner);
                        let needed = Needed::new(is_needed, around);
                        self.group(&group.inner, group.span, nots, leading, needed)
                    }
                    other => {
                        let (item, after) = self.item(other, leading, around);
                        (negated(item, nots), after)
                    }
                }
            }
            Expr::And(operands) => self.joined("and", operands, leading),
            Expr::Or(operands) => self.joined("or", operands, leading),
            Expr::Comparison(comparison) => {
                let item = self.comparison(comparison, leading);
                (item, Vec::new())
            }
            // INVARIANT: only a text without mistakes is arranged.
            Expr::Mistake(mistake) => {
                let written = self.text.get(mistake.span.range());
                let body = Body::Text(written.unwrap_or_default().to_owned());
                (Item::new(leading, 0, body), Vec::new())
            }
        }
    }

    /// What stands in parentheses, with them or without, and with NOTs in front.
    fn group(
        &mut self,
        inner: &Expr,
        span: Span,
        nots: usize,
        mut leading: Vec<Comment<'t>>,
        parentheses: Needed,
    ) -> (Item<'t>, Vec<Comment<'t>>) {
        let inside = self.until(start_of(inner));
        let place = inner.span().end();
        let Needed::NotIn(around) = parentheses else {
            let (mut item, mut end) = self.item(inner, inside, Around::Nothing);
            self.settle(&mut item, place, span.end(), &mut end);
            let inner = Box::new(item);
            let body = Body::Parentheses { inner, end };
            return (Item::new(leading, nots, body), Vec::new());
        };
        leading.extend(inside);
        let (item, mut after) = self.item(inner, leading, around);
        let mut item = negated(item, nots);
        self.settle(&mut item, place, span.end(), &mut after);
        (item, after)
    }

    fn joined(
        &mut self,
        word: &'static str,
        operands: &[Expr],
        leading: Vec<Comment<'t>>,
    ) -> (Item<'t>, Vec<Comment<'t>>) {
        let mut items: Vec<Item<'t>> = Vec::with_capacity(operands.len());
        let mut before = Vec::new();
        let mut end = 0;
        for operand in operands {
            let start = operand.span().start();
            if let Some(last) = items.last_mut() {
                self.settle(last, end, start, &mut before);
            }
            let (item, after) = self.item(operand, before, Around::Joined);
            items.push(item);
            before = after;
            end = operand.span().end();
        }
        let body = Body::Joined {
            word,
            operands: items,
        };
        let mut item = Item::new(leading, 0, body);
        hoist(&mut item);
        (item, before)
    }

    fn comparison(&mut self, comparison: &Comparison, mut leading: Vec<Comment<'t>>) -> Item<'t> {
        let head = spelling::head(comparison, self.text);
        let body = match &comparison.operand {
            Operand::List(values) | Operand::Any(values) | Operand::All(values) => {
                let first = values
                    .first()
                    .map_or(comparison.span.end(), |v| v.span.start());
                let gap = Span::new(comparison.operator_span.end(), first);
                leading.extend(self.until(self.parenthesis(gap)));
                let mut list = List {
                    head,
                    values: Vec::with_capacity(values.len()),
                    end: Vec::new(),
                };
                let mut end = gap.end();
                for value in values {
                    let leading = self.between_values(&mut list, end, value.span.start());
                    list.values.push(ListValue {
                        leading,
                        text: spelling::literal(value, self.text),
                        trailing: None,
                    });
                    end = value.span.end();
                }
                list.end = self.between_values(&mut list, end, comparison.span.end());
                Body::List(list)
            }
            Operand::None | Operand::One(_) | Operand::Range(..) => {
                leading.extend(self.until(comparison.span.end()));
                Body::Text(head)
            }
        };
        Item::new(leading, 0, body)
    }

    /// Gives the last value the comment behind it; the others up to `limit` are returned.
    fn between_values(
        &mut self,
        list: &mut List<'t>,
        end: usize,
        limit: usize,
    ) -> Vec<Comment<'t>> {
        let mut found = self.until(limit);
        if let (Some(last), Some(first)) = (list.values.last_mut(), found.first())
            && self.on_one_line(end, first)
        {
            last.trailing = Some(found.remove(0));
        }
        found
    }

    /// Where the `(` of a list is, between the operator and the first value.
    fn parenthesis(&self, gap: Span) -> usize {
        let mut in_comment = false;
        let between = self.text.get(gap.range()).unwrap_or_default();
        let found = between.char_indices().find(|(_, character)| {
            match character {
                '#' => in_comment = true,
                '\n' | '\r' => in_comment = false,
                _ => {}
            }
            *character == '(' && !in_comment
        });
        found.map_or(gap.end(), |(at, _)| gap.start() + at)
    }
}

/// Whether it is AND or OR, in parentheses or not.
fn joins(expr: &Expr) -> bool {
    match expr {
        Expr::Group(group) => joins(&group.inner),
        Expr::And(_) | Expr::Or(_) => true,
        Expr::Not(_) | Expr::Comparison(_) | Expr::Mistake(_) => false,
    }
}

/// `not a = 1`: in AND and OR it is easily misread, and parentheses around it spare a warning.
fn is_bare_not(expr: &Expr) -> bool {
    match expr {
        Expr::Group(group) => is_bare_not(&group.inner),
        Expr::Not(not) => matches!(*not.operand, Expr::Comparison(_)),
        Expr::And(_) | Expr::Or(_) | Expr::Comparison(_) | Expr::Mistake(_) => false,
    }
}

/// The start of an expression. Comments in front of it are on its left.
fn start_of(expr: &Expr) -> usize {
    expr.span().start()
}

fn negated(item: Item<'_>, nots: usize) -> Item<'_> {
    let Item {
        leading,
        nots: inner,
        body,
        trailing,
        ..
    } = item;
    Item {
        trailing,
        ..Item::new(leading, nots + inner, body)
    }
}

/// What stands at the edges of a joined item belongs to the whole of it: there it does not keep
/// the rest from one line.
fn hoist(item: &mut Item<'_>) {
    let Body::Joined { operands, .. } = &mut item.body else {
        return;
    };
    if let Some(first) = operands.first_mut() {
        item.leading.append(&mut first.leading);
    }
    if let Some(last) = operands.last_mut() {
        item.trailing = last.trailing.take();
    }
    let leading = std::mem::take(&mut item.leading);
    let trailing = item.trailing.take();
    let nots = item.nots;
    let body = std::mem::replace(&mut item.body, Body::Text(String::new()));
    *item = Item {
        trailing,
        ..Item::new(leading, nots, body)
    };
}
