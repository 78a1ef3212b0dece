//! The levels of precedence: source, disjunction, conjunction, negation, group.

use super::error::ParseProblem;
use super::node::Node;
use super::phrase::is_name_of_several_words;
use super::{Builder, Rule};
use crate::diagnostic::{Finding, excerpt};
use crate::span::Span;
use crate::syntax::{Expr, Group, Mistake, Name, Not, Source};

impl<'t> Builder<'t> {
    /// `None` where there is no comparison at all.
    pub(super) fn source(&mut self, node: Node<'t>) -> Option<Source> {
        let mut audience = None;
        let mut parts = Vec::new();
        let mut has_strays = false;
        for child in node.children() {
            match child.rule() {
                Rule::header => audience = self.header(child),
                Rule::mistake_where => self.report_where(child.span()),
                Rule::and | Rule::or => self.joiner = Some(child.span()),
                Rule::mistake_close => {
                    has_strays = true;
                    self.joiner = None;
                    self.report_stray(&child);
                }
                Rule::disjunction if is_empty(&child) && self.joiner.is_none() => {}
                Rule::disjunction => parts.push(self.disjunction(child)),
                _ => {}
            }
        }
        match parts.len() {
            0 => None,
            1 if !has_strays => parts.pop(),
            // What was between stray brackets is checked, and has no meaning as a whole.
            _ => Some(mistaken(Expr::And(parts))),
        }
        .map(|expr| Source {
            audience,
            expr,
            sound: true,
        })
    }

    pub(super) fn header(&mut self, node: Node<'t>) -> Option<Name> {
        let mut audience = None;
        for child in node.children() {
            match child.rule() {
                Rule::audience => {
                    audience = Some(Name {
                        text: super::literal::visible(child.as_str()).into(),
                        span: child.span(),
                    });
                }
                _ => self.joiner = Some(child.span()),
            }
        }
        audience
    }

    pub(super) fn report_where(&mut self, span: Span) {
        self.report(Finding::new(ParseProblem::MisplacedWhere {
            span,
            help: "write `intents where …` at the start of the text, \
                   or leave WHERE out; comparisons are joined by AND and OR",
        }));
    }

    fn report_stray(&mut self, node: &Node<'t>) {
        self.report(Finding::new(ParseProblem::StrayParenthesis {
            bracket: node.as_str().to_owned(),
            span: node.span(),
        }));
    }

    fn disjunction(&mut self, node: Node<'t>) -> Expr {
        let mut operands = Vec::new();
        for child in node.children() {
            match child.rule() {
                Rule::sound_ors => operands.extend(self.sound(&child)),
                Rule::conjunction => operands.push(self.conjunction(child)),
                Rule::mistake_or => self.report_wrong_or(&child),
                _ => self.joiner = Some(child.span()),
            }
        }
        join(operands, Expr::Or)
    }

    fn conjunction(&mut self, node: Node<'t>) -> Expr {
        let mut operands: Vec<Expr> = Vec::new();
        let mut rest = node.children().peekable();
        let mut last: Option<Node<'t>> = None;
        while let Some(child) = rest.next() {
            let before = last.replace(child);
            match child.rule() {
                Rule::sound_ands | Rule::sound => operands.extend(self.sound(&child)),
                Rule::mistake_chained => {
                    let chained = operands.pop().map(|first| self.chained(first, child));
                    operands.extend(chained);
                }
                Rule::mistake_and
                    if rest
                        .peek()
                        .is_some_and(|next| self.is_comma_in_text(&child, next)) =>
                {
                    let last = operands.pop();
                    let tail = rest.next().unwrap_or(child);
                    operands.push(self.comma_in_text(last, tail.span()));
                }
                Rule::mistake_and => {
                    let nothing_follows = rest.peek().is_none_or(is_empty);
                    self.report_wrong_and(&child, nothing_follows);
                    if nothing_follows {
                        rest.next();
                    }
                }
                Rule::negation | Rule::mistake_juxtaposed
                    if rest
                        .peek()
                        .is_some_and(|next| is_name_of_several_words(&child, next)) =>
                {
                    let comparison = rest.next().unwrap_or(child);
                    operands.push(self.name_of_several_words(&child, &comparison));
                }
                Rule::negation => {
                    let is_chained = |next: &Node<'_>| next.rule() == Rule::mistake_chained;
                    let chained = rest.peek().is_some_and(is_chained);
                    operands.push(self.negation(child, chained));
                }
                Rule::mistake_juxtaposed => {
                    let after_mistake = matches!(operands.last(), Some(Expr::Mistake(_)));
                    let before = before.filter(|_| after_mistake);
                    let after_comparison = before.is_some_and(|node| has_form_of_comparison(&node));
                    operands.push(self.juxtaposed(child, after_mistake, after_comparison));
                }
                _ => self.joiner = Some(child.span()),
            }
        }
        join(operands, Expr::And)
    }

    /// Two operands with no operator between them. After a mistake that is no news, unless both
    /// have the form of a comparison: `email = null gender = f`.
    fn juxtaposed(&mut self, node: Node<'t>, after_mistake: bool, after_comparison: bool) -> Expr {
        let reported = self.findings.len();
        let place = node.span();
        let first_token = first_token(node);
        self.joiner = None;
        let expr = self.negation(node, false);
        let next = match &expr {
            // Read before: its node holds no tokens.
            Expr::Comparison(comparison) if comparison.span == first_token => comparison.field.span,
            _ => first_token,
        };
        let is_operand = has_meaning(&expr) || self.findings.len() == reported;
        if after_mistake && !(after_comparison && has_meaning(&expr)) {
            if !has_meaning(&expr) {
                self.findings.truncate(reported);
            }
        } else if is_operand {
            self.report(Finding::new(ParseProblem::MissingOperator {
                next: excerpt(self.slice(next)),
                span: Span::new(place.start(), next.end()),
            }));
        }
        expr
    }

    /// `chained`: a second operator follows, which explains a value on the left better.
    fn negation(&mut self, node: Node<'t>, chained: bool) -> Expr {
        let mut nots = Vec::new();
        let mut operand = None;
        let around = self.under_not;
        for child in node.children() {
            if child.rule() == Rule::not {
                self.joiner = Some(child.span());
                nots.push(child.span());
                self.under_not = !self.under_not;
            } else {
                operand = Some(self.operand(child, chained));
                self.joiner = None;
            }
        }
        self.under_not = around;
        let operand = operand.unwrap_or_else(|| mistake(Span::new(0, 0)));
        match (nots.is_empty(), operand) {
            (true, operand) | (false, operand @ Expr::Mistake(_)) => operand,
            (false, operand) => Expr::Not(Not {
                nots,
                operand: Box::new(operand),
            }),
        }
    }

    fn operand(&mut self, node: Node<'t>, chained: bool) -> Expr {
        match node.rule() {
            Rule::group => self.group(node),
            Rule::sound_juxtaposed => {
                let operand = self.sound(&node).pop();
                operand.unwrap_or_else(|| mistake(node.span()))
            }
            Rule::comparison | Rule::mistake_comparison => self.comparison(node),
            Rule::missing_operand => self.missing_operand(node.span().start()),
            Rule::mistake_no_field => self.no_field(node),
            Rule::mistake_operator => self.unknown_operator(node),
            Rule::mistake_reversed => self.reversed(node, chained),
            Rule::mistake_function => self.function(&node),
            Rule::mistake_no_operator => self.no_operator(node),
            Rule::mistake_bare => self.bare(node),
            _ => self.unexpected(&node),
        }
    }

    fn group(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        self.joiner = None;
        let mut open = whole;
        let mut inner = None;
        let mut close = None;
        for child in node.children() {
            match child.rule() {
                Rule::open => open = child.span(),
                Rule::close => close = Some(child.span()),
                Rule::disjunction if is_empty(&child) => {}
                Rule::disjunction => inner = Some(self.disjunction(child)),
                _ => {}
            }
        }
        if inner.is_some() || close.is_none() {
            self.check_brackets(open, close, "the group");
        }
        match inner {
            Some(inner) => Expr::Group(Group {
                inner: Box::new(inner),
                span: whole,
            }),
            None => {
                if close.is_some() {
                    self.report(Finding::new(ParseProblem::EmptyParentheses(whole)));
                }
                mistake(whole)
            }
        }
    }

    /// Reports a bracket that is not closed, or not round.
    pub(super) fn check_brackets(&mut self, open: Span, close: Option<Span>, what: &'static str) {
        let Some(close) = close else {
            // A string that is not closed has the bracket inside it.
            if self
                .open_strings
                .last()
                .is_some_and(|string| string.start() > open.start())
            {
                return;
            }
            self.report(Finding::new(ParseProblem::UnclosedParenthesis {
                bracket: self.slice(open).to_owned(),
                what,
                span: open,
            }));
            return;
        };
        match (self.slice(open), self.slice(close)) {
            ("(", ")") => {}
            ("(", wrong) => self.report_with(
                ParseProblem::WrongBrackets {
                    found: wrong.to_owned(),
                    span: close,
                },
                "write `)`",
                close,
                ")".to_owned(),
            ),
            (wrong, ")") => self.report_with(
                ParseProblem::WrongBrackets {
                    found: wrong.to_owned(),
                    span: open,
                },
                "write `(`",
                open,
                "(".to_owned(),
            ),
            (wrong, _) => {
                let inside = self.slice(Span::new(open.end(), close.start()));
                self.report_with(
                    ParseProblem::WrongBrackets {
                        found: wrong.to_owned(),
                        span: open,
                    },
                    "write round parentheses",
                    open.to(close),
                    format!("({inside})"),
                );
            }
        }
    }
}

/// `email = null`, `job_title like x`: a field, an operator and something at the end.
fn has_form_of_comparison(operand: &Node<'_>) -> bool {
    let last = operand.inner().last();
    last.filter(|last| matches!(last.rule(), Rule::comparison | Rule::mistake_comparison))
        .and_then(|comparison| comparison.descendants().next_back())
        .is_some_and(|(rule, _)| !matches!(rule, Rule::missing_value | Rule::missing_close))
}

pub(super) fn mistake(span: Span) -> Expr {
    Expr::Mistake(Mistake {
        fields: Vec::new(),
        span,
    })
}

/// Whether there is more in an operand than a mistake.
fn has_meaning(expr: &Expr) -> bool {
    match expr {
        Expr::Mistake(_) => false,
        Expr::Group(group) => has_meaning(&group.inner),
        Expr::Not(not) => has_meaning(&not.operand),
        _ => true,
    }
}

/// An expression that is checked and has no meaning.
fn mistaken(expr: Expr) -> Expr {
    let span = expr.span();
    match expr {
        Expr::And(mut operands) => {
            operands.push(mistake(span));
            Expr::And(operands)
        }
        other => Expr::And(vec![other, mistake(span)]),
    }
}

/// One operand is itself; several are joined.
fn join(mut operands: Vec<Expr>, several: impl FnOnce(Vec<Expr>) -> Expr) -> Expr {
    match operands.len() {
        0 => mistake(Span::new(0, 0)),
        1 => operands.swap_remove(0),
        _ => several(operands),
    }
}

/// Whether a node has no token: all of it is missing.
fn is_empty(node: &Node<'_>) -> bool {
    node.span().len() == 0
}

/// The span of the first token inside a node.
pub(super) fn first_token(node: Node<'_>) -> Span {
    let mut token = node;
    while let Some(inner) = token.inner().next() {
        token = inner;
    }
    token.span()
}
