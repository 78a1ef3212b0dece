//! A plain scan of the text before pest sees it: how deep brackets go, and characters that cannot be seen.
//!
//! pest recurses at brackets and has no guard here, so the depth must be known first. The scan and
//! `grammar/filter.pest` agree on what is skipped as one piece (its rule `lexeme`): strings,
//! comments, backticked names, words. Where they do not, the grammar's own `deeper` ends the recursion.
//! `plain` counts the parentheses that it reads itself.

use memchr::memchr3_iter;

use super::error::ParseProblem;
use super::warning::ParseWarning;
use crate::diagnostic::Finding;
use crate::invisible::is_invisible;
use crate::span::Span;

/// How many brackets may be open at once. The list of an IN at the deepest level is not counted.
pub(super) const NESTING_LIMIT: usize = 128;

/// The problems that make parsing impossible (`Err`), or else those that can be told already.
///
/// `printable`: what [`is_printable`] says of the text.
pub(super) fn scan(text: &str, printable: bool) -> Result<Vec<Finding>, Finding> {
    let mut brackets = memchr3_iter(b'(', b'[', b'{', text.as_bytes());
    let shallow = text.len() <= NESTING_LIMIT || brackets.nth(NESTING_LIMIT).is_none();
    if shallow && printable {
        return Ok(Vec::new());
    }
    let mut scanner = Scanner::new(text, 0);
    let mut findings = Vec::new();
    let mut depth = 0_usize;
    let mut last_word = Span::new(0, 0);
    while let Some(character) = scanner.peek() {
        let start = scanner.at;
        let place = scanner.skip_lexeme();
        let span = Span::new(start, scanner.at);
        if !printable {
            report_hidden(text, span, place, start == 0, &mut findings);
        }
        match character {
            '(' | '[' | '{' => {
                depth += 1;
                let list = depth == NESTING_LIMIT + 1 && opens_list(text, last_word);
                if depth > NESTING_LIMIT && !list {
                    let limit = NESTING_LIMIT;
                    return Err(Finding::new(ParseProblem::NestingTooDeep { limit, span }));
                }
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if place == Place::Comment || character.is_whitespace() || is_hidden(character) => {
                continue;
            }
            _ => {}
        }
        last_word = span;
    }
    Ok(findings)
}

/// Whether all is ASCII that can be seen. Pieces are looked at without a branch for each byte, and
/// in bytes alone, which compiles to vector instructions.
pub(super) fn is_printable(text: &str) -> bool {
    let hidden = |byte: u8| {
        let is_space = u8::from(byte == b'\t') | u8::from(byte == b'\n') | u8::from(byte == b'\r');
        let is_shown = u8::from(byte.wrapping_sub(b' ') <= b'~' - b' ');
        1 ^ (is_space | is_shown)
    };
    let all = |piece: &[u8]| piece.iter().fold(0, |any, byte| any | hidden(*byte)) == 0;
    text.as_bytes().chunks(256).all(all)
}

/// Where a character stands that cannot be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Code,
    Text,
    Comment,
}

/// Moves through a text by the grammar's `lexeme`s.
pub(super) struct Scanner<'t> {
    text: &'t str,
    pub(super) at: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Moves past one `lexeme` of the grammar.
    pub(super) fn skip_lexeme(&mut self) -> Place {
        let rest = self.rest();
        let (length, place) = lexeme(rest);
        self.at += length.max(1);
        place
    }
}

/// The length in bytes of the lexeme that `rest` begins with.
fn lexeme(rest: &str) -> (usize, Place) {
    let mut characters = rest.chars();
    let Some(first) = characters.next() else {
        return (0, Place::Code);
    };
    let second = characters.next();
    let line = || rest.find(['\n', '\r']).unwrap_or(rest.len());
    match (first, second) {
        ('"' | '\'', _) => (string(rest, first).unwrap_or_else(line), Place::Text),
        ('`', _) => match closed(rest, |c| c == '`') {
            Some(length) => (length, Place::Text),
            None => (1, Place::Code),
        },
        ('#', _) | ('/', Some('/')) | ('-', Some('-')) => (line(), Place::Comment),
        ('/', Some('*')) => {
            let inside = rest.get(2..).unwrap_or_default();
            let length = inside.find("*/").map_or(rest.len(), |end| end + 4);
            (length, Place::Comment)
        }
        ('-', Some(digit)) if digit.is_ascii_digit() => (word(rest), Place::Code),
        _ if first.is_ascii_alphanumeric() || first == '_' => (word(rest), Place::Code),
        _ if first.is_ascii() => (1, Place::Code),
        _ => match curly(rest, first) {
            Some(length) => (length, Place::Text),
            None => (first.len_utf8(), Place::Code),
        },
    }
}

/// The length of a string in curly quotes; a straight quote may close it, where nothing in it
/// looks like another comparison.
fn curly(rest: &str, quote: char) -> Option<usize> {
    const DOUBLE: &str = "“”„‟«»＂";
    const SINGLE: &str = "‘’‚‛‹›＇";
    let (length, straight) = if DOUBLE.contains(quote) {
        (closed(rest, |c| DOUBLE.contains(c)), '"')
    } else if SINGLE.contains(quote) {
        let marks = rest.char_indices().skip(1);
        let marks = marks.take_while(|(_, c)| !matches!(c, '\n' | '\r'));
        // As many as the grammar looks at: the last one closes, those before a letter do not.
        let mut marks = marks.filter(|(_, c)| SINGLE.contains(*c)).take(4);
        let end = marks.find_map(|(at, c)| {
            let end = at + c.len_utf8();
            let after = rest.get(end..).unwrap_or_default();
            let is_apostrophe = after.starts_with(|c: char| c.is_ascii_alphabetic());
            (!is_apostrophe).then_some(end)
        });
        (end, '\'')
    } else {
        return None;
    };
    length.or_else(|| {
        let length = closed(rest, |c| c == straight)?;
        let inside = rest.get(..length).unwrap_or_default();
        (!inside.contains('=')).then_some(length)
    })
}

/// The length of a string that ends on its line.
fn string(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '\n' | '\r' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The length up to and with the first closing character, if there is one on this line.
fn closed(rest: &str, closes: impl Fn(char) -> bool) -> Option<usize> {
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            '\n' | '\r' => return None,
            _ if closes(character) => return Some(at + character.len_utf8()),
            _ => {}
        }
    }
    None
}

fn word(rest: &str) -> usize {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_.:@/+-".contains(c) || is_hidden(c);
    rest.find(|c| !inside(c)).unwrap_or(rest.len())
}

/// Whether the lexeme before a bracket is one that a list follows.
fn opens_list(text: &str, before: Span) -> bool {
    let word = text.get(before.range()).unwrap_or_default();
    ["in", "any", "all"]
        .iter()
        .any(|keyword| word.eq_ignore_ascii_case(keyword))
}

/// The grammar's rule `hidden`: what is invisible and no white space.
pub(super) fn is_hidden(character: char) -> bool {
    is_invisible(character) && !character.is_whitespace()
}

/// A line break to some programs and not to this language: in a comment it hides what follows.
fn is_foreign_line_break(character: char) -> bool {
    matches!(
        character,
        '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

fn report_hidden(
    text: &str,
    lexeme: Span,
    place: Place,
    at_start_of_text: bool,
    findings: &mut Vec<Finding>,
) {
    let inside = text.get(lexeme.range()).unwrap_or_default();
    let mut characters = inside.char_indices().peekable();
    let blank_from = inside.trim_end().len();
    let mut before = '"';
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map_or('"', |(_, after)| *after);
        let joins_visible = place != Place::Code && joins(before, character, after);
        before = character;
        let hides = place == Place::Comment && at < blank_from;
        let foreign_break = hides && is_foreign_line_break(character);
        // In a value it looks like a plain blank and is not equal to one.
        let odd_blank = place == Place::Text && character.is_whitespace() && !character.is_ascii();
        let byte_order_mark = at_start_of_text && at == 0 && character == '\u{FEFF}';
        let is_reported = is_hidden(character) || foreign_break || odd_blank;
        if !is_reported || joins_visible || byte_order_mark {
            continue;
        }
        let start = lexeme.start() + at;
        let span = Span::new(start, start + character.len_utf8());
        let character = describe(character);
        findings.push(match place {
            Place::Code => Finding::new(ParseProblem::HiddenCharacter { character, span }).fix(
                "delete the character",
                span,
                "",
            ),
            Place::Text if odd_blank => {
                let help = "write a plain blank, or `\\u{…}` if the value holds this one";
                hidden_in_text("this string", character, span, help)
            }
            Place::Text => {
                let help = "delete it, or write it as an escape if the value holds it: `\\u{…}`";
                hidden_in_text("this string", character, span, help)
            }
            Place::Comment => {
                let help = "delete it: the text may not be what it looks like";
                hidden_in_text("this comment", character, span, help)
            }
        });
    }
}

/// Whether the character has a use between these two: it joins letters of some scripts, and emoji,
/// or chooses among the forms of one.
fn joins(before: char, character: char, after: char) -> bool {
    match character {
        '\u{200C}' | '\u{200D}' => !before.is_ascii() && !after.is_ascii(),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0020}'..='\u{E007F}' => !before.is_ascii(),
        _ => false,
    }
}

fn hidden_in_text(place: &'static str, character: String, span: Span, help: &str) -> Finding {
    Finding::new(ParseWarning::HiddenInText {
        place,
        character,
        span,
        help: help.to_owned(),
    })
}

/// `U+200B (zero width space)`
fn describe(character: char) -> String {
    let name = match character {
        '\0' => "null",
        '\u{1B}' => "escape",
        '\u{7F}' => "delete",
        '\u{A0}' | '\u{202F}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "text direction override",
        '\u{2060}' => "word joiner",
        '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{B}' | '\u{C}' => "line or page separator",
        '\u{FEFF}' => "zero width no-break space",
        _ if character.is_whitespace() => "white space",
        _ if character.is_control() => "control character",
        _ => "format character",
    };
    format!("U+{:04X} ({name})", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lexeme_is_skipped_whole() {
        use Place::{Code, Comment, Text};
        for (text, lexeme, place) in [
            (r#""a\"b" c"#, r#""a\"b""#, Text),
            (r#""a\\" c"#, r#""a\\""#, Text),
            ("'it' c", "'it'", Text),
            ("'open\nc'", "'open", Text),
            ("\"open", "\"open", Text),
            ("`a b` c", "`a b`", Text),
            ("`a\nb`", "`", Code),
            ("# note\nc", "# note", Comment),
            ("// note\rc", "// note", Comment),
            ("-- note", "-- note", Comment),
            ("/* a\nb */ c", "/* a\nb */", Comment),
            ("/* a", "/* a", Comment),
            ("/ c", "/", Code),
            ("-5 c", "-5", Code),
            ("-c", "-", Code),
            ("_a-b.c:@/+1 c", "_a-b.c:@/+1", Code),
            ("a\u{200B}b c", "a\u{200B}b", Code),
            ("“a b” c", "“a b”", Text),
            ("“a b\" c", "“a b\"", Text),
            ("“a = b\" c", "“", Code),
            ("“a\nb”", "“", Code),
            ("‘it’s’ c", "‘it’s’", Text),
            ("‘a’b’c’d’e’ c", "‘", Code),
            ("‘a b' c", "‘a b'", Text),
            ("‘a\nb’", "‘", Code),
            ("é c", "é", Code),
            ("(c", "(", Code),
        ] {
            let mut scanner = Scanner::new(text, 0);
            assert!(scanner.skip_lexeme() == place, "{text}");
            assert_eq!(text.get(..scanner.at), Some(lexeme), "{text}");
        }
    }

    #[test]
    fn what_is_printable_is_told_byte_by_byte() {
        for byte in 0..=0x7F_u8 {
            let text = format!("{}{}", "a".repeat(300), char::from(byte));
            let expected = matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~');
            assert_eq!(is_printable(&text), expected, "{byte:#X}");
        }
        assert!(!is_printable("é"));
    }

    /// Of as many brackets as are too many, those that `before` holds do not count.
    #[test]
    fn brackets_in_strings_and_comments_are_not_open() {
        let depth = |before: &str| {
            let text = format!("{before}{}", "(".repeat(NESTING_LIMIT));
            let found = scan(&text, is_printable(&text));
            found.map(|_| ()).map_err(|finding| finding.span())
        };
        for inside in ["'((' ", "# ((\n", "`(` ", "“(” ", "(a) ", "[{}] ", "é ) "] {
            assert_eq!(depth(inside), Ok(()), "{inside}");
        }
        for (open, at) in [("( ", 129), ("a = '(\n ( ", 137), ("\u{200B}[ ", 132)] {
            assert_eq!(depth(open), Err(Span::new(at, at + 1)), "{open}");
        }
    }

    #[test]
    fn the_list_of_an_operator_may_be_one_bracket_more() {
        let deep = "(".repeat(NESTING_LIMIT);
        for (rest, is_read) in [
            ("a in (x)", true),
            ("a contains ANY # note\n (x)", true),
            ("a starts with all (x)", true),
            ("a in ((x))", false),
            ("a within (x)", false),
            ("(a in x)", false),
        ] {
            let text = format!("{deep}{rest}");
            assert_eq!(scan(&text, true).is_ok(), is_read, "{rest}");
        }
    }
}
