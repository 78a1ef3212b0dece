//! A comparison: its field, its operator, and what kind of operand the operator wants.

use super::error::ParseProblem;
use super::list::Values;
use super::literal::visible;
use super::node::Node;
use super::{Builder, LastComparison, Rule};
use crate::diagnostic::Finding;
use crate::span::Span;
use crate::syntax::{Comparison, Expr, Literal, Mistake, Name, Operand, Operator, Relation};

/// An operator as it stands in the text.
#[derive(Clone, Copy)]
pub(super) struct Written {
    pub(super) operator: Operator,
    /// From its first token to its last, ANY and ALL included.
    pub(super) span: Span,
}

/// What is asked of the field.
pub(super) struct Predicate {
    pub(super) written: Written,
    pub(super) operand: Operand,
    /// Whether every value of a list could be understood.
    pub(super) complete: bool,
}

impl Predicate {
    pub(super) fn new(written: Written, operand: Operand) -> Self {
        Self {
            written,
            operand,
            complete: true,
        }
    }
}

impl<'t> Builder<'t> {
    pub(super) fn comparison(&mut self, node: Node<'t>) -> Expr {
        let whole = node.span();
        self.bound_follows = false;
        let mut parts = node.children();
        let field = parts.next().and_then(|field| self.name(&field));
        let field_text = field
            .as_ref()
            .map_or("field", |field| &field.text)
            .to_owned();
        let predicate = parts
            .next()
            .and_then(|test| self.predicate(test, &field_text));
        if let Some(Predicate {
            written, operand, ..
        }) = &predicate
        {
            let last = LastComparison::new(&field_text, written.operator, written.span, operand);
            self.last_comparison = Some(last);
        }
        match (field, predicate) {
            (Some(field), Some(predicate)) => Expr::Comparison(Comparison {
                field,
                operator: predicate.written.operator,
                operator_span: predicate.written.span,
                operand: predicate.operand,
                complete: predicate.complete,
                span: whole,
            }),
            (field, _) => Expr::Mistake(Mistake {
                fields: field.into_iter().collect(),
                span: whole,
            }),
        }
    }

    /// The name of a field, unless it is a keyword.
    pub(super) fn name(&mut self, node: &Node<'t>) -> Option<Name> {
        let span = node.span();
        let raw = node.as_str();
        if node.rule() == Rule::quoted_name {
            let text = raw.trim_matches('`').into();
            return Some(Name { text, span });
        }
        if is_keyword(raw) {
            let found = raw.to_owned();
            self.report(Finding::new(ParseProblem::KeywordAsField { found, span }));
            return None;
        }
        Some(Name {
            text: visible(raw).into(),
            span,
        })
    }

    fn predicate(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        match test.rule() {
            Rule::range => self.range(test, field),
            Rule::identity => self.identity(test, field),
            Rule::mistake_not_in => self.joined_not_in(test, field),
            Rule::mistake_symbol => self.wrong_symbol(test, field),
            Rule::mistake_like => self.sql_like(test, field, None),
            Rule::mistake_regex => self.regular_expression(test),
            Rule::mistake_foreign => self.foreign(test, field),
            Rule::mistake_not => self.not_value(test, field),
            Rule::mistake_any => self.any_alone(test),
            _ => {
                let (written, quantifier, operand) = read_test(test);
                if quantifier == Some(Rule::mistake_quantifier) {
                    self.report_quantifier(written?);
                    return None;
                }
                self.operand_of(written?, quantifier, operand, field)
            }
        }
    }

    /// The operand in the form that the operator takes.
    pub(super) fn operand_of(
        &mut self,
        written: Written,
        quantifier: Option<Rule>,
        mut tokens: Vec<Node<'t>>,
        field: &str,
    ) -> Option<Predicate> {
        if tokens
            .first()
            .is_some_and(|first| first.rule() == Rule::redundant_any)
        {
            let any = tokens.remove(0).span();
            self.report_redundant_any(written, any);
        }
        let list: fn(Vec<Literal>) -> Operand = match (written.operator.relation, quantifier) {
            (Relation::In, _) => Operand::List,
            (_, Some(Rule::any)) => Operand::Any,
            (_, Some(_)) => Operand::All,
            _ => return self.value_slot(written, tokens, field),
        };
        let Values { literals, complete } = self.list_slot(written, tokens, field)?;
        Some(Predicate {
            written,
            operand: list(literals),
            complete,
        })
    }

    /// `is null`, `is not blank`, `is vp`
    fn identity(&mut self, test: Node<'t>, field: &str) -> Option<Predicate> {
        let mut operator = Operator {
            relation: Relation::Is,
            negated: false,
        };
        let mut operator_span: Option<Span> = None;
        let mut operand = Vec::new();
        for child in test.children() {
            let place = child.span();
            match child.rule() {
                Rule::is => {}
                Rule::negated => operator.negated = true,
                Rule::mistake_bang => {
                    operator.negated = true;
                    let is = operator_span.unwrap_or(place).to(place);
                    let problem = ParseProblem::UnknownOperator {
                        found: self.slice(is).to_owned(),
                        span: is,
                        help: "write `is not`".to_owned(),
                    };
                    let replacement = self.padded(place, "not");
                    self.report_with(problem, "write `is not`", place, replacement);
                }
                Rule::null => operator.relation = Relation::IsNull,
                Rule::blank => operator.relation = Relation::IsBlank,
                Rule::mistake_is => {
                    let is = operator_span.unwrap_or(place);
                    let inner = child.children().next();
                    if let Some(like) = inner.filter(|inner| inner.rule() == Rule::mistake_like) {
                        return self.sql_like(like, field, Some((is, operator.negated)));
                    }
                    return self.redundant_is(is, operator.negated, child);
                }
                _ => {
                    operand.push(child);
                    continue;
                }
            }
            operator_span = Some(operator_span.map_or(place, |seen| seen.to(place)));
        }
        let written = Written {
            operator,
            span: operator_span?,
        };
        if matches!(operator.relation, Relation::IsNull | Relation::IsBlank) {
            return Some(Predicate::new(written, Operand::None));
        }
        self.value_slot(written, operand, field)
    }

    /// `is in (…)`: IS before an operator that does without it.
    fn redundant_is(&mut self, is: Span, negated: bool, inner: Node<'t>) -> Option<Predicate> {
        let whole = inner.span();
        let operator = super::reversed::operator_token(inner);
        let first = inner.children().next()?;
        let text = if first.rule() == Rule::redundant_is {
            replacement_of_phrase(first.as_str())
        } else {
            self.slice(operator)
        };
        let place = if first.rule() == Rule::redundant_is {
            is.to(first.span())
        } else {
            is.to(Span::new(whole.start(), operator.end()))
        };
        let word = text.starts_with(|c: char| c.is_ascii_alphabetic());
        let negative_form = match text {
            "=" => Some("!="),
            _ if !word => None,
            _ => Some(""),
        };
        let (instead, certain) = match (negated, negative_form) {
            (true, _) if text == "not in" => ("`in`, or `not in`".to_owned(), false),
            (false, _) => (text.to_owned(), true),
            (true, Some("")) => (format!("not {text}"), true),
            (true, Some(other)) => (other.to_owned(), true),
            (true, None) => (format!("NOT in front of the field, and `{text}`"), false),
        };
        let problem = ParseProblem::RedundantIs {
            instead: if certain {
                format!("`{instead}`")
            } else {
                instead.clone()
            },
            span: place,
        };
        if certain {
            self.report_with(problem, "remove `is`", place, instead);
        } else {
            self.report(Finding::new(problem));
        }
        None
    }
}

/// Operator, ANY or ALL, and the tokens of the operand.
pub(super) fn read_test<'t>(test: Node<'t>) -> (Option<Written>, Option<Rule>, Vec<Node<'t>>) {
    let mut negated = false;
    let mut relation = None;
    let mut quantifier = None;
    let mut operator_span: Option<Span> = None;
    let mut operand = Vec::new();
    for child in test.children() {
        match child.rule() {
            Rule::negated => negated = true,
            Rule::not_equal => {
                negated = true;
                relation = Some(Relation::Equal);
            }
            Rule::any | Rule::all | Rule::mistake_quantifier => quantifier = Some(child.rule()),
            rule => match relation_of(rule) {
                Some(found) => relation = Some(found),
                None => {
                    operand.push(child);
                    continue;
                }
            },
        }
        let place = child.span();
        operator_span = Some(operator_span.map_or(place, |seen| seen.to(place)));
    }
    let written = relation.zip(operator_span).map(|(relation, span)| Written {
        operator: Operator { relation, negated },
        span,
    });
    (written, quantifier, operand)
}

fn relation_of(rule: Rule) -> Option<Relation> {
    Some(match rule {
        Rule::equal => Relation::Equal,
        Rule::less => Relation::Less,
        Rule::less_or_equal => Relation::LessOrEqual,
        Rule::greater => Relation::Greater,
        Rule::greater_or_equal => Relation::GreaterOrEqual,
        Rule::r#in => Relation::In,
        Rule::contains => Relation::Contains,
        Rule::starts_with => Relation::StartsWith,
        Rule::ends_with => Relation::EndsWith,
        Rule::equals => Relation::Equals,
        _ => return None,
    })
}

/// The operator that a phrase behind IS stands for.
fn replacement_of_phrase(phrase: &str) -> &'static str {
    let phrase = phrase.to_ascii_lowercase().replace('_', " ");
    let words: Vec<&str> = phrase.split_whitespace().collect();
    match words.as_slice() {
        ["equal", ..] => "=",
        ["one", ..] => "in",
        ["none", ..] => "not in",
        ["less" | "fewer", _] => "<",
        ["less" | "fewer", ..] | [_, "most"] => "<=",
        [_, "than"] => ">",
        _ => ">=",
    }
}

/// The words that are a name only in backticks.
pub(super) fn is_keyword(word: &str) -> bool {
    /// By their length.
    const KEYWORDS: [&[&str]; 9] = [
        &[],
        &[],
        &["or", "in", "is"],
        &["and", "not", "any", "all"],
        &["with", "ends", "null", "true"],
        &["where", "false", "blank"],
        &["equals", "starts"],
        &["between"],
        &["contains"],
    ];
    KEYWORDS.get(word.len()).is_some_and(|words| {
        words
            .iter()
            .any(|keyword| keyword.eq_ignore_ascii_case(word))
    })
}
