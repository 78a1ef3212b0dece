//! What the rule `plain` matched, taken to pieces: operators between operands, and comparisons.
//!
//! The grammar has seen to it that the pieces are there; what is doubtful nevertheless gives `None`.

use crate::parse::comparison::is_keyword;
use crate::parse::literal::look_alikes;
use crate::parse::value::meant_as_blank;
use crate::span::Span;
use crate::syntax::{Comparison, Literal, Name, Operand, Operator, Relation, is_group_of_digits};

/// A part of the text, and how far it was read.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

/// What ANY or ALL behind an operator makes of a list.
type Quantifier = fn(Vec<Literal>) -> Operand;

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str, at: usize, end: usize) -> Self {
        Self { text, at, end }
    }

    /// AND, OR or neither, and the NOTs, with nothing behind them: what stands before an operand.
    pub(super) fn lead(&mut self) -> Option<(bool, Vec<Span>)> {
        let mut is_or = false;
        let mut nots = Vec::new();
        loop {
            self.skip_gap();
            let start = self.at;
            let Some(first) = self.peek() else {
                return Some((is_or, nots));
            };
            self.at += match first {
                b'a' | b'A' => 3,
                b'&' => 2,
                b'o' | b'O' | b'|' => {
                    is_or = true;
                    2
                }
                b'n' | b'N' => 3,
                b'!' => 1,
                _ => return None,
            };
            if matches!(first, b'n' | b'N' | b'!') {
                nots.push(self.since(start));
            }
        }
    }

    pub(super) fn comparison(mut self) -> Option<Comparison> {
        let whole = Span::new(self.at, self.end);
        let field = self.name()?;
        self.skip_gap();
        let start = self.at;
        let (mut operator, quantifier) = self.operator()?;
        let mut operator_span = self.since(start);
        self.skip_gap();
        let is_list = self.peek() == Some(b'(');
        let operand = match (operator.relation, quantifier) {
            (Relation::In, None) if is_list => Operand::List(self.list()?),
            (_, Some(quantifier)) if is_list => quantifier(self.list()?),
            (Relation::In, _) | (_, Some(_)) => return None,
            (Relation::Between, _) => {
                let low = self.literal()?;
                self.skip_gap();
                self.at += "and".len();
                self.skip_gap();
                Operand::Range(low, self.literal()?)
            }
            (relation, None) => match self.existence(relation) {
                Some(relation) => {
                    operator.relation = relation;
                    operator_span = self.since(start);
                    Operand::None
                }
                None => Operand::One(self.literal()?),
            },
        };
        if let Operand::One(value) = &operand
            && meant_as_blank(operator, value).is_some()
        {
            return None;
        }
        (self.at == self.end).then_some(Comparison {
            field,
            operator,
            operator_span,
            operand,
            complete: true,
            span: whole,
        })
    }

    fn name(&mut self) -> Option<Name> {
        let start = self.at;
        let text = if self.peek() == Some(b'`') {
            let inside = self.quoted()?;
            // The long way reads no name out of two backticks.
            (!inside.is_empty()).then_some(inside)?
        } else {
            let mut last = b'.';
            let raw = self.take_while(|byte| {
                let is_part =
                    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.' && last != b'.';
                last = byte;
                is_part
            });
            let is_name = !raw.ends_with('.') && !is_keyword(raw);
            is_name.then_some(raw)?
        };
        Some(Name {
            text: text.into(),
            span: self.since(start),
        })
    }

    fn operator(&mut self) -> Option<(Operator, Option<Quantifier>)> {
        if let Some(operator) = self.symbol() {
            return Some((operator, None));
        }
        let mut word = self.word();
        let mut negated = word.eq_ignore_ascii_case("not");
        if negated {
            self.skip_blanks();
            word = self.word();
        }
        let is = |keyword: &str| word.eq_ignore_ascii_case(keyword);
        let relation = match word.as_bytes().first()? {
            b'i' | b'I' if is("in") => Relation::In,
            b'i' | b'I' if is("is") && !negated => {
                negated = self.word_behind_blanks("not");
                Relation::Is
            }
            b'c' | b'C' if is("contains") => Relation::Contains,
            b's' | b'S' if is("startswith") => Relation::StartsWith,
            b's' | b'S' if is("starts") && self.word_behind_blanks("with") => Relation::StartsWith,
            b'e' | b'E' if is("endswith") => Relation::EndsWith,
            b'e' | b'E' if is("ends") && self.word_behind_blanks("with") => Relation::EndsWith,
            b'e' | b'E' if is("equals") => Relation::Equals,
            b'b' | b'B' if is("between") => Relation::Between,
            _ => return None,
        };
        let can_quantify = matches!(
            relation,
            Relation::Contains | Relation::StartsWith | Relation::EndsWith
        );
        let quantifier: Option<Quantifier> = if !can_quantify {
            None
        } else if self.word_behind_blanks("any") {
            Some(Operand::Any)
        } else if self.word_behind_blanks("all") {
            Some(Operand::All)
        } else {
            None
        };
        Some((Operator { relation, negated }, quantifier))
    }

    fn symbol(&mut self) -> Option<Operator> {
        let rest = self.text.as_bytes().get(self.at..self.end)?;
        let (length, relation, negated) = match rest {
            [b'=', b'=', ..] => (2, Relation::Equal, false),
            [b'=', ..] => (1, Relation::Equal, false),
            [b'!', b'=', ..] | [b'<', b'>', ..] => (2, Relation::Equal, true),
            [b'<', b'=', ..] => (2, Relation::LessOrEqual, false),
            [b'<', ..] => (1, Relation::Less, false),
            [b'>', b'=', ..] => (2, Relation::GreaterOrEqual, false),
            [b'>', ..] => (1, Relation::Greater, false),
            _ => return None,
        };
        self.at += length;
        Some(Operator { relation, negated })
    }

    /// `null`, `blank` behind IS
    fn existence(&mut self, relation: Relation) -> Option<Relation> {
        if relation != Relation::Is {
            return None;
        }
        let rest = self.text.get(self.at..self.end)?;
        let existence = if rest.eq_ignore_ascii_case("null") {
            Relation::IsNull
        } else if rest.eq_ignore_ascii_case("blank") {
            Relation::IsBlank
        } else {
            return None;
        };
        self.at = self.end;
        Some(existence)
    }

    fn list(&mut self) -> Option<Vec<Literal>> {
        let mut literals: Vec<Literal> = Vec::new();
        self.at += "(".len();
        loop {
            self.skip_gap();
            if self.peek()? == b')' {
                self.at += 1;
                return Some(literals);
            }
            let literal = self.literal()?;
            let before = literals.last();
            if before.is_some_and(|before| is_group_of_digits(self.text, before.span, literal.span))
            {
                return None;
            }
            literals.push(literal);
            self.skip_gap();
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
    }

    fn literal(&mut self) -> Option<Literal> {
        let start = self.at;
        let quoted = matches!(self.peek()?, b'"' | b'\'');
        let (text, is_plain) = if quoted {
            let inside = self.quoted()?;
            (inside, look_alikes(inside).next().is_none())
        } else {
            let word =
                self.take_while(|byte| byte.is_ascii_alphanumeric() || b"_.:@/+-".contains(&byte));
            let after = self.text.as_bytes().get(self.at);
            // TRUE and FALSE are keywords to a name alone.
            let is_truth = word.starts_with(['t', 'T', 'f', 'F']);
            let is_value = !word.is_empty() && (is_truth || !is_keyword(word));
            (word, is_value && after != Some(&b'#'))
        };
        is_plain.then(|| Literal {
            text: text.into(),
            span: self.since(start),
            quoted,
        })
    }

    /// What is between a quote and the next one like it.
    fn quoted(&mut self) -> Option<&'t str> {
        let rest = self.text.get(self.at..self.end)?;
        let quote = *rest.as_bytes().first()?;
        let inside = rest.get(1..)?;
        let length = memchr::memchr(quote, inside.as_bytes())?;
        self.at += length + 2;
        inside.get(..length)
    }

    /// Letters: a part of an operator.
    fn word(&mut self) -> &'t str {
        self.take_while(|byte| byte.is_ascii_alphabetic())
    }

    /// Whether this word is next, and moves behind it if so.
    fn word_behind_blanks(&mut self, wanted: &str) -> bool {
        let start = self.at;
        self.skip_blanks();
        let is_there = self.word().eq_ignore_ascii_case(wanted);
        if !is_there {
            self.at = start;
        }
        is_there
    }

    fn skip_blanks(&mut self) {
        self.take_while(is_blank);
    }

    /// Moves past white space and comments.
    fn skip_gap(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'#' {
                self.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
            } else if is_blank(byte) {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    fn take_while(&mut self, mut takes: impl FnMut(u8) -> bool) -> &'t str {
        let rest = self.text.get(self.at..self.end).unwrap_or_default();
        let length = rest.bytes().position(|byte| !takes(byte));
        let taken = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn peek(&self) -> Option<u8> {
        let is_inside = self.at < self.end;
        self.text
            .as_bytes()
            .get(self.at)
            .copied()
            .filter(|_| is_inside)
    }

    fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }
}

/// The grammar's rule `plain_blank`.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b' ')
}
