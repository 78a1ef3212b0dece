//! Spans in the shape of the filter object, and the two ways through them: all of them, or one.
//!
//! The names of the object's keys stand here. Made of `origin`, whose groups know their comparisons
//! only; owns no text.

use crate::origin::{Group, Origin, Rule};
use crate::span::Span;
use crate::syntax::Expr;
use crate::wire::Shape;

/// A group or a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Group(GroupSpans),
    Rule(RuleSpans),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct GroupSpans {
    whole: Span,
    rules: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RuleSpans {
    whole: Span,
    field: Span,
    operator: Span,
    value: ValueSpans,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum ValueSpans {
    Absent,
    One(Span),
    Many(Vec<Span>),
}

impl Node {
    /// The whole filter, of the whole of what is written.
    pub(super) fn root(group: &Group<'_, '_>, written: Option<&Expr>) -> Self {
        let whole = written.map_or(group.span, Expr::span);
        Self::of_group(group, whole, written)
    }

    fn of_group(group: &Group<'_, '_>, whole: Span, written: Option<&Expr>) -> Self {
        let rules = group.rules.iter().map(|rule| match rule {
            Origin::Group(group) => {
                let whole = written.map_or(group.span, |expr| operands(expr, group.span));
                Self::of_group(group, whole, written)
            }
            Origin::Rule(rule) => Self::Rule(RuleSpans::new(rule)),
        });
        Self::Group(GroupSpans {
            whole,
            rules: rules.collect(),
        })
    }

    fn span(&self) -> Span {
        match self {
            Self::Group(group) => group.whole,
            Self::Rule(rule) => rule.whole,
        }
    }

    /// All spans, some of them more than once; the ends of every part's span are among theirs.
    pub(super) fn visit_spans(&self, visitor: &mut impl FnMut(Span)) {
        visitor(self.span());
        match self {
            Self::Group(group) => {
                for rule in &group.rules {
                    rule.visit_spans(visitor);
                }
            }
            Self::Rule(rule) => {
                visitor(rule.field);
                visitor(rule.operator);
                match &rule.value {
                    ValueSpans::Absent => {}
                    ValueSpans::One(value) => visitor(*value),
                    ValueSpans::Many(values) => values.iter().copied().for_each(visitor),
                }
            }
        }
    }

    /// Every part with its pointer, in the order of the JSON. `pointer` leads to this node, and
    /// does again afterwards.
    pub(super) fn visit<E>(
        &self,
        pointer: &mut String,
        visitor: &mut impl FnMut(&str, Span) -> Result<(), E>,
    ) -> Result<(), E> {
        visitor(pointer, self.span())?;
        match self {
            Self::Group(group) => {
                below(pointer, "condition", |pointer| {
                    visitor(pointer, group.whole)
                })?;
                below(pointer, "rules", |pointer| {
                    visitor(pointer, group.whole)?;
                    for (index, rule) in group.rules.iter().enumerate() {
                        below(pointer, index, |pointer| rule.visit(pointer, visitor))?;
                    }
                    Ok(())
                })
            }
            Self::Rule(rule) => rule.visit(pointer, visitor),
        }
    }
}

impl RuleSpans {
    fn new(rule: &Rule<'_, '_>) -> Self {
        let comparison = rule.comparison;
        let mut values = rule.values.iter().map(|value| value.span);
        Self {
            whole: comparison.span,
            field: comparison.field_span,
            operator: comparison.operator_span,
            value: match rule.operator.shape() {
                Shape::Absent => ValueSpans::Absent,
                Shape::One => values.next().map_or(ValueSpans::Absent, ValueSpans::One),
                Shape::Many => ValueSpans::Many(values.collect()),
            },
        }
    }

    /// What the comparison asks of its field.
    fn test(&self) -> Span {
        Span::new(self.operator.start(), self.whole.end())
    }

    fn value(&self) -> Option<Span> {
        match &self.value {
            ValueSpans::Absent => None,
            ValueSpans::One(value) => Some(*value),
            ValueSpans::Many(values) => values.iter().copied().reduce(Span::to),
        }
    }

    fn visit<E>(
        &self,
        pointer: &mut String,
        visitor: &mut impl FnMut(&str, Span) -> Result<(), E>,
    ) -> Result<(), E> {
        below(pointer, "fieldName", |pointer| visitor(pointer, self.field))?;
        below(pointer, "conditionRules", |pointer| {
            visitor(pointer, self.test())?;
            below(pointer, "operator", |pointer| {
                visitor(pointer, self.operator)
            })?;
            let Some(value) = self.value() else {
                return Ok(());
            };
            below(pointer, "value", |pointer| {
                visitor(pointer, value)?;
                let ValueSpans::Many(values) = &self.value else {
                    return Ok(());
                };
                for (index, value) in values.iter().enumerate() {
                    below(pointer, index, |pointer| visitor(pointer, *value))?;
                }
                Ok(())
            })
        })
    }
}

/// The operands that comparisons are in, from the first to the last: with the NOTs and parentheses
/// around each, for half of a pair says nothing. `comparisons`: from the first to the last.
fn operands(written: &Expr, comparisons: Span) -> Span {
    let mut expr = written;
    loop {
        expr = match expr {
            Expr::And(operands) | Expr::Or(operands) => {
                let first = operands.partition_point(|it| it.span().end() <= comparisons.start());
                let behind = operands.partition_point(|it| it.span().start() < comparisons.end());
                match operands.get(first..behind) {
                    Some([only]) => only,
                    Some([first, .., last]) => return first.span().to(last.span()),
                    _ => return comparisons,
                }
            }
            Expr::Not(not) => &not.operand,
            Expr::Group(group) => &group.inner,
            Expr::Comparison(_) | Expr::Mistake(_) => return comparisons,
        };
    }
}

/// Runs `visit` with the pointer of a member.
fn below<E>(
    pointer: &mut String,
    member: impl std::fmt::Display,
    visit: impl FnOnce(&mut String) -> Result<(), E>,
) -> Result<(), E> {
    use std::fmt::Write as _;
    let length = pointer.len();
    // Writing to a string does not fail.
    let _ = write!(pointer, "/{member}");
    visit(pointer)?;
    pointer.truncate(length);
    Ok(())
}

/// What a pointer can lead to.
#[derive(Clone, Copy)]
pub(super) enum Part<'m> {
    Node(&'m Node),
    /// The list of a group.
    Rules(&'m GroupSpans),
    /// The operator and the value of a rule.
    Test(&'m RuleSpans),
    /// Values, and the span from the first to the last.
    Values(&'m [Span], Span),
    /// A string.
    Text(Span),
}

impl<'m> Part<'m> {
    pub(super) fn span(self) -> Span {
        match self {
            Self::Node(node) => node.span(),
            Self::Rules(group) => group.whole,
            Self::Test(rule) => rule.test(),
            Self::Values(_, span) | Self::Text(span) => span,
        }
    }

    /// The member of an object or a list.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        match (self, name) {
            (Self::Node(Node::Group(group)), "condition") => Some(Self::Text(group.whole)),
            (Self::Node(Node::Group(group)), "rules") => Some(Self::Rules(group)),
            (Self::Node(Node::Rule(rule)), "fieldName") => Some(Self::Text(rule.field)),
            (Self::Node(Node::Rule(rule)), "conditionRules") => Some(Self::Test(rule)),
            (Self::Test(rule), "operator") => Some(Self::Text(rule.operator)),
            (Self::Test(rule), "value") => {
                let span = rule.value()?;
                Some(match &rule.value {
                    ValueSpans::Many(values) => Self::Values(values, span),
                    _ => Self::Text(span),
                })
            }
            (Self::Rules(group), index) => at(&group.rules, index).map(Self::Node),
            (Self::Values(values, _), index) => at(values, index).copied().map(Self::Text),
            _ => None,
        }
    }
}

/// The member of a list, by an index as RFC 6901 writes it: digits, none of them a leading zero.
fn at<'m, T>(list: &'m [T], index: &str) -> Option<&'m T> {
    let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    let plain = index == "0" || !index.starts_with('0');
    (digits && plain)
        .then(|| index.parse().ok())
        .flatten()
        .and_then(|index: usize| list.get(index))
}
