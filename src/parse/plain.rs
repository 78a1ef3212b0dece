//! Texts without a mistake, read the short way: by the rule `plain` of the grammar.
//!
//! Makes the very tree that the long way makes, or none: whatever needs a second look, be it for a
//! warning, is left to the rule `source`. Most texts are plain, and this costs a fifth.

use pest::Parser;
use pest::iterators::Pair;

use super::comparison::is_keyword;
use super::grammar::Grammar;
use super::literal::look_alikes;
use super::value::meant_as_blank;
use super::{Rule, span};
use crate::span::Span;
use crate::syntax::{
    Comparison, Expr, Group, Literal, Name, Not, Operand, Operator, Relation, Source,
    is_group_of_digits,
};

/// The tree of a text in which `scan` found nothing. `None`: the long way has to read it.
pub(super) fn plain(text: &str) -> Option<Source> {
    if text.contains('\\') {
        return None;
    }
    let mut audience = None;
    for part in children(Grammar::parse(Rule::plain, text).ok()?.next()?) {
        if part.as_rule() == Rule::plain_disjunction {
            return disjunction(part).map(|expr| Source {
                audience,
                expr,
                sound: true,
            });
        }
        audience = part.into_inner().next().map(|word| Name {
            text: word.as_str().into(),
            span: span(&word),
        });
    }
    None
}

/// The tokens and nodes inside, comments left out.
fn children<'t>(pair: Pair<'t, Rule>) -> impl Iterator<Item = Pair<'t, Rule>> {
    let inner = pair.into_inner();
    inner.filter(|child| child.as_rule() != Rule::plain_comment)
}

fn disjunction(pair: Pair<'_, Rule>) -> Option<Expr> {
    join(children(pair).map(conjunction), Expr::Or)
}

fn conjunction(pair: Pair<'_, Rule>) -> Option<Expr> {
    let mut tokens = children(pair);
    let operands = std::iter::from_fn(|| {
        let mut nots = Vec::new();
        loop {
            let token = tokens.next()?;
            match token.as_rule() {
                Rule::plain_not => nots.push(span(&token)),
                Rule::plain_group => return Some(group(token).map(|group| negation(nots, group))),
                _ => return Some(comparison(token).map(|comparison| negation(nots, comparison))),
            }
        }
    });
    join(operands, Expr::And)
}

/// One operand is itself; several are joined. None if one of them is none.
fn join(
    mut operands: impl Iterator<Item = Option<Expr>>,
    several: fn(Vec<Expr>) -> Expr,
) -> Option<Expr> {
    let first = operands.next()??;
    let Some(second) = operands.next() else {
        return Some(first);
    };
    let mut all = vec![first, second?];
    for operand in operands {
        all.push(operand?);
    }
    Some(several(all))
}

fn negation(nots: Vec<Span>, operand: Expr) -> Expr {
    if nots.is_empty() {
        return operand;
    }
    let operand = Box::new(operand);
    Expr::Not(Not { nots, operand })
}

fn group(pair: Pair<'_, Rule>) -> Option<Expr> {
    let inside = span(&pair);
    let inner = disjunction(children(pair).next()?)?;
    Some(Expr::Group(Group {
        inner: Box::new(inner),
        // INVARIANT: the parentheses stand directly around what the rule matches.
        span: Span::new(inside.start.checked_sub(1)?, inside.end + 1),
    }))
}

fn comparison(pair: Pair<'_, Rule>) -> Option<Expr> {
    let whole = span(&pair);
    let mut tokens = children(pair);
    let field = name(&tokens.next()?)?;
    let operator = tokens.next()?;
    let mut operator_span = span(&operator);
    let (mut operator, quantifier) = operator_of(operator.as_str())?;
    let first = tokens.next()?;
    let operand = match (first.as_rule(), operator.relation, quantifier) {
        (Rule::plain_list, Relation::In, _) => Operand::List(literals(first)?),
        (Rule::plain_list, _, Some(quantifier)) => quantifier(literals(first)?),
        (Rule::plain_list, ..) | (_, Relation::In, _) | (.., Some(_)) => return None,
        (_, Relation::Between, _) => Operand::Range(literal(&first)?, literal(&tokens.next()?)?),
        _ => match existence(operator.relation, first.as_str()) {
            Some(relation) => {
                operator.relation = relation;
                operator_span = operator_span.to(span(&first));
                Operand::None
            }
            None => {
                let value = literal(&first)?;
                if meant_as_blank(operator, &value).is_some() {
                    return None;
                }
                Operand::One(value)
            }
        },
    };
    Some(Expr::Comparison(Comparison {
        field,
        operator,
        operator_span,
        operand,
        complete: true,
        span: whole,
    }))
}

fn name(pair: &Pair<'_, Rule>) -> Option<Name> {
    let raw = pair.as_str();
    (!is_keyword(raw)).then(|| Name {
        text: raw.trim_matches('`').into(),
        span: span(pair),
    })
}

/// What ANY or ALL behind an operator makes of a list.
type Quantifier = fn(Vec<Literal>) -> Operand;

/// What an operator token says.
fn operator_of(text: &str) -> Option<(Operator, Option<Quantifier>)> {
    let not = text
        .get(..3)
        .filter(|word| word.eq_ignore_ascii_case("not"));
    let positive = not.and_then(|not| text.get(not.len()..)).unwrap_or(text);
    let relation = relation_of(positive.trim_start())?;
    let negated = match relation {
        Relation::Equal => matches!(text, "!=" | "<>"),
        Relation::Is => text.len() > "is".len(),
        _ => not.is_some(),
    };
    let can_quantify = matches!(
        relation,
        Relation::Contains | Relation::StartsWith | Relation::EndsWith
    );
    let quantifier: Option<Quantifier> = match text.as_bytes() {
        [.., b'n' | b'N', b'y' | b'Y'] if can_quantify => Some(Operand::Any),
        [.., b'l' | b'L', b'l' | b'L'] if can_quantify => Some(Operand::All),
        _ => None,
    };
    Some((Operator { relation, negated }, quantifier))
}

/// The operators of the grammar's rules differ in these bytes.
fn relation_of(positive: &str) -> Option<Relation> {
    Some(match *positive.as_bytes() {
        [b'=' | b'!', ..] | [b'<', b'>'] => Relation::Equal,
        [b'<'] => Relation::Less,
        [b'<', ..] => Relation::LessOrEqual,
        [b'>'] => Relation::Greater,
        [b'>', ..] => Relation::GreaterOrEqual,
        [b'i' | b'I', b'n' | b'N'] => Relation::In,
        [b'i' | b'I', ..] => Relation::Is,
        [b'c' | b'C', ..] => Relation::Contains,
        [b's' | b'S', ..] => Relation::StartsWith,
        [b'e' | b'E', b'n' | b'N', ..] => Relation::EndsWith,
        [b'e' | b'E', ..] => Relation::Equals,
        [b'b' | b'B', ..] => Relation::Between,
        _ => return None,
    })
}

/// `null`, `blank` behind IS
fn existence(relation: Relation, word: &str) -> Option<Relation> {
    match relation {
        Relation::Is if word.eq_ignore_ascii_case("null") => Some(Relation::IsNull),
        Relation::Is if word.eq_ignore_ascii_case("blank") => Some(Relation::IsBlank),
        _ => None,
    }
}

fn literals(list: Pair<'_, Rule>) -> Option<Vec<Literal>> {
    let text = list.get_input();
    let mut literals: Vec<Literal> = Vec::new();
    for token in children(list) {
        let literal = literal(&token)?;
        let before = literals.last();
        if before.is_some_and(|before| is_group_of_digits(text, before.span, literal.span)) {
            return None;
        }
        literals.push(literal);
    }
    Some(literals)
}

fn literal(token: &Pair<'_, Rule>) -> Option<Literal> {
    let raw = token.as_str();
    let span = span(token);
    let quoted = raw.starts_with(['"', '\'']);
    let (text, is_plain) = if quoted {
        let inside = raw.get(1..raw.len() - 1)?;
        (inside, look_alikes(inside).next().is_none())
    } else {
        let after = token.get_input().as_bytes().get(span.end);
        // TRUE and FALSE are keywords to a name alone.
        let is_truth = raw.starts_with(['t', 'T', 'f', 'F']);
        (raw, after != Some(&b'#') && (is_truth || !is_keyword(raw)))
    };
    is_plain.then(|| Literal {
        text: text.into(),
        span,
        quoted,
    })
}

#[cfg(test)]
mod tests;
