//! From a place inside a TOML string's text to the place in the file, and the way back for edits.
//!
//! Must not know what the text is. Follows the TOML specification, version 1.1: what it makes of
//! a string is compared with what the parser made of it before it is believed.

use crate::span::Span;

/// The text inside a string literal of a TOML file.
pub(crate) struct Inside {
    quotes: Quotes,
    literal: Span,
    /// For each character and for the end of the text.
    places: Vec<Place>,
}

/// Where a character is in the text, and in the file.
struct Place {
    at: usize,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    /// `'…'`
    Literal,
    /// `'''…'''`
    LiteralLines,
    /// `"…"`
    Basic,
    /// `"""…"""`
    BasicLines,
    /// It could not be made out where the characters are.
    Unknown,
}

impl Inside {
    /// `literal` is where the string with its quotes stands in `file`, `text` what it says.
    pub(crate) fn new(file: &str, literal: Span, text: &str) -> Self {
        let raw = file.get(literal.range()).unwrap_or_default();
        let quotes = match raw {
            _ if raw.starts_with("'''") => Quotes::LiteralLines,
            _ if raw.starts_with("\"\"\"") => Quotes::BasicLines,
            _ if raw.starts_with('\'') => Quotes::Literal,
            _ => Quotes::Basic,
        };
        let (decoded, places) = decode(raw, literal.start(), quotes);
        let is_right = decoded == text;
        Self {
            quotes: if is_right { quotes } else { Quotes::Unknown },
            literal,
            places: if is_right { places } else { Vec::new() },
        }
    }

    /// Where a span of the text is in the file.
    pub(crate) fn span(&self, span: Span) -> Span {
        if self.quotes == Quotes::Unknown {
            return self.literal;
        }
        let next = self.places.partition_point(|place| place.at < span.start());
        let start = self
            .places
            .get(next)
            .map_or(self.literal.end(), |place| place.start);
        let behind = self.places.partition_point(|place| place.at < span.end());
        let last = behind.checked_sub(1).and_then(|last| self.places.get(last));
        let end = last.map_or(start, |place| place.end);
        Span::new(start, end.max(start))
    }

    /// Where a line of `text` with `mark` in it goes on in another line of the file: a backslash at
    /// the end of the first joins them.
    pub(crate) fn joined_behind(&self, mark: char, text: &str) -> Option<Span> {
        let mut is_marked = false;
        let mut characters = text.chars();
        std::iter::zip(&self.places, self.places.iter().skip(1)).find_map(|(place, next)| {
            match characters.next() {
                Some('\n' | '\r') => is_marked = false,
                Some(character) => is_marked |= character == mark,
                None => {}
            }
            let is_joined = next.start > place.end;
            (is_marked && is_joined).then(|| Span::new(place.end, next.start))
        })
    }

    /// What to write in the file for `replacement` in the text; `None` where the quotes forbid it.
    pub(crate) fn written(&self, replacement: &str) -> Option<String> {
        let is_plain = |forbidden: &[char]| !replacement.contains(forbidden);
        match self.quotes {
            Quotes::Literal => is_plain(&['\'', '\n', '\r']).then(|| replacement.to_owned()),
            Quotes::LiteralLines => is_plain(&['\'', '\r']).then(|| replacement.to_owned()),
            Quotes::Basic | Quotes::BasicLines => is_plain(&['\n', '\r'])
                .then(|| replacement.replace('\\', "\\\\").replace('"', "\\\"")),
            Quotes::Unknown => None,
        }
    }
}

/// The text of a literal, and the places of its characters. `start` is where the literal begins.
fn decode(raw: &str, start: usize, quotes: Quotes) -> (String, Vec<Place>) {
    let has_lines = matches!(quotes, Quotes::LiteralLines | Quotes::BasicLines);
    let has_escapes = matches!(quotes, Quotes::Basic | Quotes::BasicLines);
    let width = if has_lines { 3 } else { 1 };
    let end = raw.len().saturating_sub(width).max(width);
    let body = raw.get(width..end).unwrap_or_default();
    let first = ["\r\n", "\n"]
        .into_iter()
        .find(|line_break| has_lines && body.starts_with(line_break));
    let skipped = first.map_or(0, str::len);
    let body = body.get(skipped..).unwrap_or_default();
    let start = start + width + skipped;

    let mut text = String::with_capacity(body.len());
    let mut places = Vec::with_capacity(body.len() + 1);
    let mut rest = body;
    while let Some(character) = rest.chars().next() {
        let at = start + body.len() - rest.len();
        let (decoded, length) = if has_escapes && character == '\\' {
            escape(rest)
        } else {
            (Some(character), character.len_utf8())
        };
        if let Some(decoded) = decoded {
            places.push(Place {
                at: text.len(),
                start: at,
                end: at + length,
            });
            text.push(decoded);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    let end = start + body.len();
    places.push(Place {
        at: text.len(),
        start: end,
        end,
    });
    (text, places)
}

/// The character that an escape at the start of `rest` stands for, and the escape's length in
/// bytes. A backslash at the end of a line stands for none, and takes the blanks behind it along.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(kind) = rest.chars().nth(1) else {
        return (None, rest.len());
    };
    let hex = |digits: usize| {
        let code = rest.get(2..2 + digits);
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        (code.and_then(char::from_u32), 2 + digits)
    };
    let simple = |character| (Some(character), 2);
    match kind {
        'b' => simple('\u{8}'),
        't' => simple('\t'),
        'n' => simple('\n'),
        'f' => simple('\u{c}'),
        'r' => simple('\r'),
        'e' => simple('\u{1b}'),
        'x' => hex(2),
        'u' => hex(4),
        'U' => hex(8),
        ' ' | '\t' | '\r' | '\n' => {
            let behind = rest.get(1..).unwrap_or_default();
            let kept = behind.trim_start_matches([' ', '\t', '\r', '\n']);
            (None, rest.len() - kept.len())
        }
        other => (Some(other), 1 + other.len_utf8()),
    }
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]
mod tests {
    use super::*;

    /// What the parser makes of a file with one key, and what is thought of it here.
    fn opened(file: &str) -> (String, Inside) {
        let table = toml::de::DeTable::parse(file).unwrap();
        let value = table.get_ref().get("k").unwrap();
        let text = value.get_ref().as_str().unwrap().to_owned();
        let literal = Span::new(value.span().start, value.span().end);
        let inside = Inside::new(file, literal, &text);
        (text, inside)
    }

    #[test]
    fn every_kind_of_string_is_found_again_character_by_character() {
        for file in [
            "k = 'a é b'",
            "k = '''\na\n é'' b'''",
            "k = '''a\r\nb'''",
            "a = 1\nk = \"a \\\"q\\\" \\\\ \\u00e9 \\U0001F600 é\\n\"",
            "k = \"\"\"\na \\\n   b \"\" c\\t\"\"\"",
            "k = ''",
            "k = \"\\x41\\e[0m\"",
        ] {
            let (text, inside) = opened(file);
            assert!(inside.quotes != Quotes::Unknown, "{file}");
            for (at, character) in text.char_indices() {
                let found = inside.span(Span::new(at, at + character.len_utf8()));
                let written = &file[found.range()];
                let is_itself = written == character.to_string();
                assert!(
                    is_itself || written.starts_with('\\'),
                    "{file}: {written:?}"
                );
            }
            let end = inside.span(Span::new(text.len(), text.len()));
            assert!(
                file[end.start()..]
                    .trim_start_matches(['\'', '"'])
                    .is_empty()
            );
        }
    }

    #[test]
    fn edits_respect_the_quotes() {
        let (_, literal) = opened("k = '''\na'''");
        assert_eq!(literal.written("b\n\"c\""), Some("b\n\"c\"".to_owned()));
        assert_eq!(literal.written("it's"), None);
        let (_, basic) = opened("k = \"a\"");
        assert_eq!(basic.written("\"b\""), Some("\\\"b\\\"".to_owned()));
    }

    #[test]
    fn what_is_not_understood_points_at_the_whole_string() {
        let whole = Span::new(4, 7);
        let inside = Inside::new("k = 'a'", whole, "something else");
        assert_eq!(inside.span(Span::new(1, 2)), whole);
        assert_eq!(inside.written("b"), None);
    }
}
