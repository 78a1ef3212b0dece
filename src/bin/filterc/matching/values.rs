//! JSON that is not one object a line: lists, answers with a list under `data`, objects laid out
//! over several lines. Finds the objects that are rows, without reading into them.

use memchr::memchr_iter;

use super::split::{Place, Stop};

/// What stands around the next byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Within {
    /// Between whole values.
    #[default]
    Nothing,
    /// Before a row of a list.
    List { in_answer: bool, is_first: bool },
    /// Behind a row of a list.
    Row { in_answer: bool },
    /// Behind the list of an answer.
    Rest,
}

#[derive(Default)]
pub(crate) struct Values {
    within: Within,
}

/// What an object at the start of the bytes is.
enum Object {
    /// An answer: where its list begins, behind the bracket.
    Answer(usize),
    /// A row: where it ends.
    Row(usize),
}

impl Values {
    /// Whether an object is an answer with a list of rows.
    pub(crate) fn is_answer(object: &[u8]) -> bool {
        matches!(read_object(object), Some(Object::Answer(_)))
    }

    /// Finds the whole rows at the start of the bytes, and answers how many bytes are done with.
    pub(crate) fn split(
        &mut self,
        bytes: &[u8],
        is_at_end: bool,
        line: &mut usize,
        rows: &mut Vec<Place>,
    ) -> Result<usize, Stop> {
        let mut at = 0;
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
            let blank = blank.count();
            *line += breaks(bytes, at, at + blank);
            at += blank;
            let rest = bytes.get(at..).unwrap_or_default();
            let Some(first) = rest.first() else {
                let is_whole = !is_at_end || self.within == Within::Nothing;
                return if is_whole {
                    Ok(at)
                } else {
                    Err((*line, "the list is not closed"))
                };
            };
            let step = self.step(*first, rest, is_at_end);
            let (length, is_row) = match step {
                Ok(Some(step)) => step,
                Ok(None) if is_at_end => return Err((*line, "the value is not closed")),
                Ok(None) => return Ok(at),
                Err(message) => return Err((*line, message)),
            };
            if is_row {
                rows.push(Place {
                    start: at,
                    end: at + length,
                    line: *line,
                });
            }
            *line += breaks(bytes, at, at + length);
            at += length;
        }
    }

    /// How long the next piece is, and whether it is a row; nothing where it is not all there.
    fn step(
        &mut self,
        first: u8,
        rest: &[u8],
        is_at_end: bool,
    ) -> Result<Option<(usize, bool)>, &'static str> {
        let passed = |length| Ok(Some((length, false)));
        let (within, first) = (self.within, first);
        let (next, step) = match (within, first) {
            (Within::Nothing, b'[') => (
                Within::List {
                    in_answer: false,
                    is_first: true,
                },
                passed(1),
            ),
            (Within::Nothing, b'{') => match read_object(rest) {
                None => (within, Ok(None)),
                Some(Object::Row(length)) => (within, Ok(Some((length, true)))),
                Some(Object::Answer(length)) => (
                    Within::List {
                        in_answer: true,
                        is_first: true,
                    },
                    passed(length),
                ),
            },
            (Within::Nothing, _) => (
                within,
                Err("here should be a JSON object or a list of them"),
            ),
            (
                Within::List {
                    in_answer,
                    is_first: true,
                }
                | Within::Row { in_answer },
                b']',
            ) => (
                if in_answer {
                    Within::Rest
                } else {
                    Within::Nothing
                },
                passed(1),
            ),
            (Within::Row { in_answer }, b',') => (
                Within::List {
                    in_answer,
                    is_first: false,
                },
                passed(1),
            ),
            (Within::Row { .. }, _) => {
                (within, Err("here should be a comma or the end of the list"))
            }
            (Within::List { .. }, b',' | b']' | b'}') => (within, Err("here should be a row")),
            (Within::List { in_answer, .. }, _) => match value_end(rest, is_at_end) {
                None => (within, Ok(None)),
                Some(length) => (Within::Row { in_answer }, Ok(Some((length, true)))),
            },
            (Within::Rest, b'}') => (Within::Nothing, passed(1)),
            (Within::Rest, b',' | b':') => (within, passed(1)),
            (Within::Rest, _) => match value_end(rest, is_at_end) {
                None => (within, Ok(None)),
                Some(length) => (within, passed(length)),
            },
        };
        self.within = next;
        step
    }
}

fn breaks(bytes: &[u8], from: usize, to: usize) -> usize {
    memchr_iter(b'\n', bytes.get(from..to).unwrap_or_default()).count()
}

/// An object that the bytes begin with; nothing where they do not tell yet.
fn read_object(bytes: &[u8]) -> Option<Object> {
    let mut at = 1;
    loop {
        at += blanks(bytes, at);
        match bytes.get(at)? {
            b'}' => return Some(Object::Row(at + 1)),
            b',' => {
                at += 1;
                continue;
            }
            b'"' => {}
            // No JSON; whoever reads the row says so.
            _ => return value_end(bytes, true).map(Object::Row),
        }
        let rest = bytes.get(at..)?;
        let key = value_end(rest, false)?;
        let is_data = rest.get(..key) == Some(b"\"data\"");
        at += key;
        at += blanks(bytes, at);
        if bytes.get(at)? == &b':' {
            at += 1;
        }
        at += blanks(bytes, at);
        if is_data && bytes.get(at)? == &b'[' {
            return Some(Object::Answer(at + 1));
        }
        at += value_end(bytes.get(at..)?, false)?;
    }
}

fn blanks(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    rest.iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count()
}

/// Where the value ends that the bytes begin with; nothing where its end is not there.
fn value_end(bytes: &[u8], is_at_end: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at += string_end(bytes.get(at + 1..)?)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return Some(if depth == 1 { at + 1 } else { at.max(1) }),
            b'}' | b']' => depth -= 1,
            b',' | b':' if depth == 0 => return Some(at.max(1)),
            byte if depth == 0 && byte.is_ascii_whitespace() => return Some(at.max(1)),
            _ => {}
        }
        at += 1;
    }
    (is_at_end && depth == 0).then_some(bytes.len())
}

/// How long it is to the closing quote, that included.
fn string_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(found) == Some(&b'"') {
            return Some(found + 1);
        }
        at = found + 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows, whatever the size of the pieces they are read in.
    fn rows(json: &str) -> Result<Vec<(String, usize)>, Stop> {
        let mut all = Vec::new();
        for piece in 1..=json.len().max(1) {
            let mut values = Values::default();
            let mut line = 1;
            let mut found = Vec::new();
            let (mut start, mut end) = (0, 0);
            let result = loop {
                end = (end + piece).min(json.len());
                let bytes = json.as_bytes().get(start..end).unwrap_or_default();
                let mut places = Vec::new();
                let split = values.split(bytes, end == json.len(), &mut line, &mut places);
                for place in places {
                    let text = bytes.get(place.start..place.end).unwrap_or_default();
                    found.push((String::from_utf8_lossy(text).into_owned(), place.line));
                }
                match split {
                    Err(stop) => break Err(stop),
                    Ok(_) if end == json.len() => break Ok(()),
                    Ok(used) => start += used,
                }
            };
            all.push(result.map(|()| found));
        }
        assert!(
            all.windows(2).all(|pair| pair.first() == pair.last()),
            "{all:?}"
        );
        all.pop().unwrap_or(Ok(Vec::new()))
    }

    #[test]
    fn rows_are_found_in_lists_answers_and_loose_objects() {
        let found = |json: &str| {
            let rows = rows(json).unwrap_or_default();
            let shown = rows.iter().map(|(text, line)| format!("{line}:{text}"));
            shown.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            found(r#"[{"a":1},{"b":"]}\""}]"#),
            r#"1:{"a":1} 1:{"b":"]}\""}"#
        );
        assert_eq!(found("[\n{\"a\":\n1},\n{}\n]\n"), "2:{\"a\":\n1} 4:{}");
        assert_eq!(
            found(r#"{"page":1,"data":[{"a":[1]}],"total":{"n":[2]}}"#),
            r#"1:{"a":[1]}"#
        );
        assert_eq!(found("{\"data\": [] }\n{\"data\":[{}]}"), "2:{}");
        assert_eq!(
            found("{\"a\":1}\n{\n\"data\":{}}"),
            "1:{\"a\":1} 2:{\n\"data\":{}}"
        );
        assert_eq!(found("[1, null]"), "1:1 1:null");
        assert_eq!(found("[]"), "");
    }

    #[test]
    fn what_is_not_closed_or_not_joined_is_told_with_its_line() {
        for (json, line) in [
            ("[{},\n{}", 2),
            ("[{}\n{}]", 2),
            ("[{},\n]", 2),
            ("[\n{\"a\":", 2),
            ("{\"data\":[{}]", 1),
            ("[] x", 1),
        ] {
            assert_eq!(rows(json).map_err(|(line, _)| line), Err(line), "{json}");
        }
    }
}
