//! How names, operators and values are written: each in one way.

use crate::syntax::{Comparison, Literal, Name, Operand};

/// The longest of the words that a name may have to be told apart from.
const LONGEST_WORD: usize = 12;

/// A field as it was written, without needless backticks.
pub(super) fn field<'t>(name: &'t Name, text: &'t str) -> &'t str {
    let written = text.get(name.span.range()).unwrap_or_default();
    if written.starts_with('`') && !needs_backticks(&name.text) {
        &name.text
    } else if written.starts_with('`') {
        written
    } else {
        &name.text
    }
}

/// Whether a name is none outside of backticks. Short words without `_` keep theirs where the
/// language, or what people take for it, has a use for the word.
pub(crate) fn needs_backticks(name: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = name.starts_with(is_start)
        && name
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_part));
    !is_name || is_word_of_the_language(name)
}

/// Whether a text can stand as a value without quotes, wherever a value can.
pub(crate) fn is_plain_word(text: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_part = |c: char| is_start(c) || "_.:@/+-".contains(c);
    text.starts_with(is_start) && text.chars().all(is_part) && !is_word_of_the_language(text)
}

fn is_word_of_the_language(name: &str) -> bool {
    #[rustfmt::skip]
    const WORDS: [&str; 74] = [
        "and", "or", "not", "in", "is", "contains", "starts", "ends", "with", "between", "any",
        "all", "null", "blank", "equals", "where", "true", "false", "startswith", "endswith",
        "adn", "nad", "andd", "anf", "amd", "ands", "an", "und", "but", "plus", "also", "ro",
        "orr", "oer", "oder", "eq", "neq", "ne", "isnt", "isn", "equal", "gte", "gt", "lte", "lt",
        "notin", "not_in", "isnull", "notnull", "includes", "include", "like", "ilike", "regexp",
        "regex", "rlike", "matches", "similar", "one", "one_of", "of", "has", "have", "begins",
        "begin", "greater", "less", "more", "fewer", "at", "than", "does", "doesnt", "to",
    ];
    name.len() <= LONGEST_WORD && WORDS.iter().any(|word| word.eq_ignore_ascii_case(name))
}

/// A comparison up to its list, or the whole of it where it has none.
pub(super) fn head(comparison: &Comparison, text: &str) -> String {
    let field = field(&comparison.field, text);
    let operator = comparison.operator.name();
    match &comparison.operand {
        Operand::None | Operand::List(_) => format!("{field} {operator}"),
        Operand::Any(_) => format!("{field} {operator} any"),
        Operand::All(_) => format!("{field} {operator} all"),
        Operand::One(value) => format!("{field} {operator} {}", literal(value, text)),
        Operand::Range(bounds) => {
            let [low, high] = bounds.each_ref().map(|bound| literal(bound, text));
            format!("{field} {operator} {low} and {high}")
        }
    }
}

/// A word as it is. A string in double quotes, unless it has those in it and no single ones.
///
/// An escape of a character that is not ASCII stays one: it says what would not be seen, or would
/// be taken for another.
pub(super) fn literal(literal: &Literal, text: &str) -> String {
    if !literal.quoted {
        return literal.text.to_string();
    }
    let quote = if literal.text.contains('"') && !literal.text.contains('\'') {
        '\''
    } else {
        '"'
    };
    let inside = literal.span.start() + 1..literal.span.end().saturating_sub(1);
    let mut raw = text.get(inside).unwrap_or_default();
    let mut written = String::with_capacity(raw.len() + 2);
    written.push(quote);
    for character in literal.text.chars() {
        let length = length_of(raw);
        let escaped = raw.starts_with('\\');
        raw = raw.get(length..).unwrap_or_default();
        match character {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            '\\' => written.push_str("\\\\"),
            _ if character == quote => written.extend(['\\', quote]),
            ' '..='~' => written.push(character),
            _ if escaped || matches!(character, '\u{B}' | '\u{C}') => {
                written.push_str(&format!("\\u{{{:X}}}", u32::from(character)));
            }
            _ => written.push(character),
        }
    }
    written.push(quote);
    written
}

/// The bytes that the first character of a string takes in the text.
fn length_of(raw: &str) -> usize {
    let mut characters = raw.chars();
    let first = characters.next().map_or(0, char::len_utf8);
    match characters.next() {
        Some('u') if raw.starts_with('\\') => raw.find('}').map_or(raw.len(), |end| end + 1),
        Some(second) if raw.starts_with('\\') => first + second.len_utf8(),
        _ => first,
    }
}
