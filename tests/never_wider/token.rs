//! From text to tokens, by section 1 of language.md.
//!
//! Takes what the page allows and refuses all else. Must know nothing of how the library reads.

use crate::reader::Refusal;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// Keywords, bare values and names: what it is depends on where it stands.
    Word {
        text: String,
        /// Whether a comment begins directly behind it.
        meets_comment: bool,
    },
    /// What a string stands for.
    Text(String),
    /// What stands between backticks.
    Name(String),
    /// One of `SYMBOLS`.
    Symbol(&'static str),
}

/// Of two that begin alike the longer one first.
const SYMBOLS: [&str; 14] = [
    "&&", "||", "==", "!=", "<>", "<=", ">=", "=", "<", ">", "!", "(", ")", ",",
];

/// The comma of `10,000`, which joins as likely as it separates.
pub(crate) const GROUPING: &str = "1,000";

pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, Refusal> {
    let mut rest = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut tokens = Vec::new();
    loop {
        let with_blanks = rest.len();
        rest = rest.trim_start_matches(char::is_whitespace);
        let is_glued = rest.len() == with_blanks;
        let Some(first) = rest.chars().next() else {
            return Ok(tokens);
        };
        if first == '#' {
            rest = rest
                .find(['\n', '\r'])
                .map_or("", |end| rest.split_at(end).1);
            continue;
        }
        let (token, after) = token(first, rest)?;
        let groups = first == ',' && is_glued && groups_digits(tokens.last(), after);
        tokens.push(if groups {
            Token::Symbol(GROUPING)
        } else {
            token
        });
        rest = after;
    }
}

/// Whether one to three digits are in front of a comma and exactly three behind it.
fn groups_digits(before: Option<&Token>, after: &str) -> bool {
    let Some(Token::Word { text: before, .. }) = before else {
        return false;
    };
    let head = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_part_of_a_word = head.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let behind = after.bytes().take_while(u8::is_ascii_digit).count();
    matches!(before.len() - head.len(), 1..=3) && !is_part_of_a_word && behind == 3
}

/// The token that a text begins with, and what is behind it.
fn token(first: char, rest: &str) -> Result<(Token, &str), Refusal> {
    if let Some(length) = word_length(rest) {
        let (word, after) = rest.split_at(length);
        let text = word.to_owned();
        let meets_comment = after.starts_with('#');
        return Ok((
            Token::Word {
                text,
                meets_comment,
            },
            after,
        ));
    }
    match first {
        '"' | '\'' => string(first, &rest[1..]),
        '`' => {
            let (name, after) = rest[1..]
                .split_once('`')
                .ok_or(Refusal("no end of a name"))?;
            if name.contains(['\n', '\r']) {
                return Err(Refusal("a line break in a name"));
            }
            Ok((Token::Name(name.to_owned()), after))
        }
        _ => {
            let symbol = SYMBOLS.into_iter().find(|symbol| rest.starts_with(symbol));
            let symbol = symbol.ok_or(Refusal("no character of the language"))?;
            Ok((Token::Symbol(symbol), &rest[symbol.len()..]))
        }
    }
}

/// How many bytes of a text are a word, if it begins with one.
pub(crate) fn word_length(text: &str) -> Option<usize> {
    let mut bytes = text.bytes();
    let starts = match bytes.next()? {
        b'-' => bytes.next().is_some_and(|byte| byte.is_ascii_digit()),
        first => first.is_ascii_alphanumeric() || first == b'_',
    };
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:@/+-".contains(&byte);
    starts.then(|| {
        text.bytes()
            .position(|byte| !inside(byte))
            .unwrap_or(text.len())
    })
}

/// A string from behind its opening quote.
fn string(quote: char, rest: &str) -> Result<(Token, &str), Refusal> {
    let mut text = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next().ok_or(Refusal("no end of a string"))? {
            '\n' | '\r' => return Err(Refusal("a line break in a string")),
            '\\' => text.push(match characters.next() {
                Some(itself @ ('"' | '\'' | '\\')) => itself,
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let code = characters.as_str().strip_prefix('{');
                    let code = code.and_then(|code| code.split_once('}'));
                    let (code, after) = code.ok_or(Refusal("no braces in an escape"))?;
                    characters = after.chars();
                    code_point(code)?
                }
                _ => return Err(Refusal("no escape of the language")),
            }),
            end if end == quote => return Ok((Token::Text(text), characters.as_str())),
            itself => text.push(itself),
        }
    }
}

fn code_point(digits: &str) -> Result<char, Refusal> {
    let is_short = (1..=6).contains(&digits.len());
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok();
    let character = code.and_then(char::from_u32);
    let character = character.filter(|_| is_short && is_hex);
    character.ok_or(Refusal("no character has that code"))
}
