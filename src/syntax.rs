//! The expression as written: what `parse` makes of the text and `check` reads.
//!
//! Nothing here knows a field or a type. AND and OR are n-ary and a run of NOTs is one node, so
//! the depth of a tree is the depth of its parentheses. Every node knows its exact bytes.

mod comments;

use compact_str::CompactString;

use crate::span::Span;

/// A whole source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// The word before WHERE.
    pub(crate) audience: Option<Name>,
    pub(crate) expr: Expr,
    /// Whether no mistake was found: only then is the shape of the tree what the author meant.
    pub(crate) sound: bool,
}

/// A field or an audience type, by the name it was written with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// Without backticks.
    pub(crate) text: CompactString,
    /// With backticks.
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expr {
    /// Two or more operands.
    And(Vec<Expr>),
    /// Two or more operands.
    Or(Vec<Expr>),
    Not(Not),
    Group(Group),
    Comparison(Comparison),
    Mistake(Mistake),
}

/// One or more NOTs in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Not {
    /// The NOT tokens in the order of the text.
    pub(crate) nots: Vec<Span>,
    pub(crate) operand: Box<Expr>,
}

/// An expression in parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) inner: Box<Expr>,
    /// With the parentheses.
    pub(crate) span: Span,
}

/// Field, operator, operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comparison {
    pub(crate) field: Name,
    pub(crate) operator: Operator,
    pub(crate) operator_span: Span,
    pub(crate) operand: Operand,
    /// Whether no value of a list is missing here because it could not be understood. One that is
    /// not complete has no meaning; the values that are here are still judged.
    pub(crate) complete: bool,
    pub(crate) span: Span,
}

/// What stands where something could not be understood. It was reported, and a tree that holds
/// one has no meaning: no filter is made of it. The fields of it that were understood are kept,
/// so that a misspelled one is reported in the same run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) fields: Vec<Name>,
    pub(crate) span: Span,
}

impl Expr {
    /// From the first byte of the first token to the last byte of the last.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::And(operands) | Self::Or(operands) => operands
                .first()
                .zip(operands.last())
                .map_or(Span::new(0, 0), |(first, last)| {
                    first.span().to(last.span())
                }),
            Self::Not(not) => not
                .nots
                .first()
                .map_or(not.operand.span(), |first| first.to(not.operand.span())),
            Self::Group(group) => group.span,
            Self::Comparison(comparison) => comparison.span,
            Self::Mistake(mistake) => mistake.span,
        }
    }
}

/// The operators of the language, each as one of a pair: the negative form is `negated`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Operator {
    pub(crate) relation: Relation,
    /// `!=`, `not in`, `is not`, ….
    pub(crate) negated: bool,
}

impl Operator {
    /// As the language spells it.
    pub(crate) fn name(self) -> &'static str {
        let Self { relation, negated } = self;
        match (relation, negated) {
            (Relation::Equal, false) => "=",
            (Relation::Equal, true) => "!=",
            (Relation::Less, _) => "<",
            (Relation::LessOrEqual, _) => "<=",
            (Relation::Greater, _) => ">",
            (Relation::GreaterOrEqual, _) => ">=",
            (Relation::In, false) => "in",
            (Relation::In, true) => "not in",
            (Relation::Contains, false) => "contains",
            (Relation::Contains, true) => "not contains",
            (Relation::StartsWith, false) => "starts with",
            (Relation::StartsWith, true) => "not starts with",
            (Relation::EndsWith, false) => "ends with",
            (Relation::EndsWith, true) => "not ends with",
            (Relation::Between, false) => "between",
            (Relation::Between, true) => "not between",
            (Relation::IsNull, false) => "is null",
            (Relation::IsNull, true) => "is not null",
            (Relation::IsBlank, false) => "is blank",
            (Relation::IsBlank, true) => "is not blank",
            (Relation::Is, false) => "is",
            (Relation::Is, true) => "is not",
            (Relation::Equals, false) => "equals",
            (Relation::Equals, true) => "not equals",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Relation {
    /// `=`
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Contains,
    StartsWith,
    EndsWith,
    Between,
    IsNull,
    IsBlank,
    /// `is`, the vendor's own.
    Is,
    /// `equals`, the vendor's own.
    Equals,
}

/// What the operator is applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    /// `is null`, `is blank`.
    None,
    One(Literal),
    /// The list of IN.
    List(Vec<Literal>),
    Any(Vec<Literal>),
    All(Vec<Literal>),
    /// BETWEEN low AND high.
    Range(Box<[Literal; 2]>),
}

impl Operand {
    /// Its values in the order of the text.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &Literal> {
        let literals: &[Literal] = match self {
            Self::None => &[],
            Self::One(value) => std::slice::from_ref(value),
            Self::List(values) | Self::Any(values) | Self::All(values) => values,
            Self::Range(bounds) => bounds.as_slice(),
        };
        literals.iter()
    }
}

/// A word or a string. What it means is decided by the field's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Without quotes, escapes resolved.
    pub(crate) text: CompactString,
    /// With quotes.
    pub(crate) span: Span,
    /// Whether it was written in quotes.
    pub(crate) quoted: bool,
}

/// Whether a word means something to the language, in any case, so that it is no plain value.
pub(crate) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: [&str; 24] = [
        "all",
        "and",
        "any",
        "between",
        "blank",
        "contains",
        "empty",
        "ends",
        "endswith",
        "equals",
        "false",
        "in",
        "is",
        "like",
        "not",
        "notin",
        "null",
        "or",
        "starts",
        "startswith",
        "true",
        "where",
        "with",
        "nil",
    ];
    KEYWORDS
        .iter()
        .any(|keyword| keyword.eq_ignore_ascii_case(word))
}

/// Marks that say "without" in front of a value, in searches elsewhere.
pub(crate) const MARKS_OF_WITHOUT: [char; 7] = ['-', '!', '~', '^', '\u{2012}', '–', '−'];

/// A string of the language that stands for `text`.
pub(crate) fn quoted(text: &str) -> String {
    let mut string = String::with_capacity(text.len() + 2);
    string.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => string.extend(['\\', character]),
            '\n' => string.push_str("\\n"),
            '\r' => string.push_str("\\r"),
            '\t' => string.push_str("\\t"),
            _ if character.is_control() => string.extend(character.escape_unicode()),
            _ => string.push(character),
        }
    }
    string.push('"');
    string
}

/// `10,000+`: a value, a comma and what follows it, written as people group the digits of one.
pub(crate) fn is_group_of_digits(text: &str, value: Span, next: Span) -> bool {
    if value.end() + 1 != next.start() {
        return false;
    }
    let slice = |span: Span| text.get(span.range()).unwrap_or_default();
    let left = slice(value);
    let before = left.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = left.len() - before.len();
    let right = slice(next).bytes().take_while(u8::is_ascii_digit);
    (1..=3).contains(&digits)
        && !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
        && right.count() == 3
}

/// `(100,200)`: of these nobody thinks that they are one number.
pub(crate) fn are_three_digits(values: &[Literal]) -> bool {
    values.iter().all(|value| {
        let is_digits = value.text.bytes().all(|byte| byte.is_ascii_digit());
        !value.quoted && value.text.len() == 3 && is_digits && !value.text.starts_with('0')
    })
}
