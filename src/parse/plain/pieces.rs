//! The pieces of a plain text, each read strictly where it should be: `None` if something else is there.
//!
//! Reads texts of which the scan has nothing to tell.

use crate::bytes::ByteSet;
use crate::parse::comparison::is_keyword;
use crate::parse::literal::look_alikes;
use crate::parse::value::meant_as_blank;
use crate::span::Span;
use crate::syntax::{Comparison, Literal, Name, Operand, Operator, Relation, is_group_of_digits};

/// A text, and how far it was read.
pub(super) struct Pieces<'t> {
    text: &'t str,
    pub(super) at: usize,
}

/// What ANY or ALL behind an operator makes of a list.
type Quantifier = fn(Vec<Literal>) -> Operand;

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Moves past a word or symbol that a blank or a parenthesis follows.
    pub(super) fn skip_keyword(&mut self, keyword: &str) -> Option<()> {
        let end = self.at + keyword.len();
        let bytes = self.text.as_bytes();
        let (word, ends) = (bytes.get(self.at..end)?, bytes.get(end));
        let is_there = word.eq_ignore_ascii_case(keyword.as_bytes())
            && ends.is_some_and(|byte| is_blank(*byte) || *byte == b'(');
        is_there.then(|| self.at = end)
    }

    /// Whether an AND or OR is next.
    pub(super) fn is_at_joiner(&mut self) -> bool {
        let start = self.at;
        let is_there = self.skip_joiner().is_some();
        self.at = start;
        is_there
    }

    /// Whether something is next that is written for AND or OR: a symbol, or a word, with blanks in
    /// front of it (`is_apart`), that a comparison follows. Moves.
    pub(super) fn may_be_at_wrong_joiner(&mut self, is_apart: bool) -> bool {
        match self.peek() {
            Some(b',' | b';' | b'&' | b'|') => true,
            Some(first) if is_apart && first.is_ascii_alphabetic() => {
                self.word();
                self.skip_gap();
                while self.peek() == Some(b'(') {
                    self.at += 1;
                    self.skip_gap();
                }
                let is_negated = self.skip_keyword("not").is_some();
                self.skip_gap();
                let is_named = is_negated || self.name().is_some();
                self.skip_gap();
                is_negated || is_named && self.operator().is_some()
            }
            _ => false,
        }
    }

    /// Moves past an AND or OR.
    pub(super) fn skip_joiner(&mut self) -> Option<()> {
        let mut joiners = ["and", "or", "&&", "||"].into_iter();
        joiners.find_map(|joiner| self.skip_keyword(joiner))
    }

    /// A comparison of the field that was read last.
    #[inline(always)] // As `name`: a call costs as much as a part of what is read.
    pub(super) fn comparison(&mut self, field: Name) -> Option<Comparison> {
        let whole = field.span.start();
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
                self.skip_keyword("and")?;
                self.skip_gap();
                Operand::Range(Box::new([low, self.literal()?]))
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
        Some(Comparison {
            field,
            operator,
            operator_span,
            operand,
            complete: true,
            span: self.since(whole),
        })
    }

    /// A field, or the word before WHERE.
    #[inline(always)]
    pub(super) fn name(&mut self) -> Option<Name> {
        let start = self.at;
        let text = if self.peek() == Some(b'`') {
            let inside = self.quoted()?;
            // The long way reads no name out of two backticks.
            (!inside.is_empty()).then_some(inside)?
        } else {
            let mut last = b'.';
            let raw = self.take_while(|byte| {
                let is_part = is_name_byte(byte) || byte == b'.' && last != b'.';
                last = byte;
                is_part
            });
            let is_name = !raw.ends_with('.')
                && raw.starts_with(|first: char| !first.is_ascii_digit())
                && !is_keyword(raw);
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
        let ends = self
            .peek()
            .is_some_and(|byte| is_blank(byte) || byte == b'(');
        ends.then_some((Operator { relation, negated }, quantifier))
    }

    fn symbol(&mut self) -> Option<Operator> {
        let rest = self.text.as_bytes().get(self.at..)?;
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
        let start = self.at;
        let word = self.take_while(is_word_byte);
        if word.eq_ignore_ascii_case("null") {
            return Some(Relation::IsNull);
        }
        if word.eq_ignore_ascii_case("blank") {
            return Some(Relation::IsBlank);
        }
        self.at = start;
        None
    }

    fn list(&mut self) -> Option<Vec<Literal>> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let list = rest.get(..memchr::memchr(b')', rest)?)?;
        let most = match list.len() {
            // To count costs more than room for one too many: most values and commas are as long.
            length @ ..64 => length / 12,
            // As many as there can be, unless a string has a parenthesis: a long list is not copied.
            _ => memchr::memchr_iter(b',', list).count(),
        };
        let mut literals: Vec<Literal> = Vec::with_capacity(most + 1);
        self.at += "(".len();
        loop {
            self.skip_gap();
            if self.peek()? == b')' && !literals.is_empty() {
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
            match self.peek()? {
                b',' => self.at += 1,
                b')' => {}
                _ => return None,
            }
        }
    }

    fn literal(&mut self) -> Option<Literal> {
        let start = self.at;
        let quoted = matches!(self.peek()?, b'"' | b'\'');
        let (text, is_plain) = if quoted {
            let inside = self.quoted()?;
            (
                inside,
                inside.is_ascii() || look_alikes(inside).next().is_none(),
            )
        } else {
            let word = self.take_while(is_word_byte);
            let after = self.peek();
            // TRUE and FALSE are keywords to a name alone.
            let is_truth = word.starts_with(['t', 'T', 'f', 'F']);
            let is_value = begins_word(word) && (is_truth || !is_keyword(word));
            (word, is_value && after != Some(b'#'))
        };
        is_plain.then(|| Literal {
            text: text.into(),
            span: self.since(start),
            quoted,
        })
    }

    /// What is between a quote and the next one like it, which is on the same line.
    fn quoted(&mut self) -> Option<&'t str> {
        let bytes = self.text.as_bytes();
        let quote = self.peek()?;
        let start = self.at + 1;
        let length = memchr::memchr3(quote, b'\n', b'\r', bytes.get(start..)?)?;
        self.at = start + length + 1;
        let is_closed = bytes.get(start + length) == Some(&quote);
        self.text.get(start..start + length).filter(|_| is_closed)
    }

    /// Letters: a part of an operator.
    fn word(&mut self) -> &'t str {
        self.take_while(|byte| byte.is_ascii_alphabetic())
    }

    /// Whether this word is next, and moves behind it if so.
    fn word_behind_blanks(&mut self, wanted: &str) -> bool {
        let start = self.at;
        self.skip_blanks();
        let end = self.at + wanted.len();
        let bytes = self.text.as_bytes();
        let (word, ends) = (bytes.get(self.at..end), bytes.get(end));
        let is_there = word.is_some_and(|word| word.eq_ignore_ascii_case(wanted.as_bytes()))
            && !ends.is_some_and(u8::is_ascii_alphabetic);
        self.at = if is_there { end } else { start };
        is_there
    }

    fn skip_blanks(&mut self) {
        self.take_while(is_blank);
    }

    /// Moves past white space and comments.
    pub(super) fn skip_gap(&mut self) {
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
        let start = self.at;
        while self.peek().is_some_and(&mut takes) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn since(&self, start: usize) -> Span {
        Span::new(start, self.at)
    }
}

/// White space of ASCII; of the control characters in between none is met.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b'\t'..=b' ')
}

/// The grammar's rule `word_char`.
fn is_word_byte(byte: u8) -> bool {
    const WORD: ByteSet = ByteSet::of(&[
        (b'a', b'z'),
        (b'-', b':'),
        (b'@', b'Z'),
        (b'_', b'_'),
        (b'+', b'+'),
    ]);
    WORD.has(byte)
}

/// What a name has besides points.
fn is_name_byte(byte: u8) -> bool {
    const NAME: ByteSet = ByteSet::of(&[(b'a', b'z'), (b'A', b'Z'), (b'0', b'9'), (b'_', b'_')]);
    NAME.has(byte)
}

/// Whether a word begins as the grammar's rule `word` does.
fn begins_word(word: &str) -> bool {
    match *word.as_bytes() {
        [b'-', digit, ..] => digit.is_ascii_digit(),
        [first, ..] => first.is_ascii_alphanumeric() || first == b'_',
        [] => false,
    }
}
