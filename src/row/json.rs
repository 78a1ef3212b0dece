//! Rows of JSON: of an object, the values of the fields that are asked for and no others.
//!
//! Must not make numbers of numbers: they stay as they are written.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Cell, Row};

/// A row that was read from a JSON object, borrowing from its text.
///
/// Of a key that is there twice the last counts. A name with parts is a key as it is; where no key
/// is named so, the part before its first `.` is the key of an object, in which the rest is looked
/// for in the same way. Lists are not looked into.
///
/// ```
/// use filterc::{Cell, JsonRow, Row};
///
/// let row = JsonRow::read(r#"{"age": 1.50, "name": "Ann", "rest": {}}"#, &["age", "mail"])?;
/// assert_eq!(row.cell("age"), Some(&Cell::Number("1.50".into())));
/// assert_eq!(row.cell("mail"), None);
///
/// let row = JsonRow::read(r#"{"person": {"name": "Ann"}}"#, &["person.name"])?;
/// assert_eq!(row.cell("person.name"), Some(&"Ann".into()));
/// # Ok::<(), filterc::WrongRow>(())
/// ```
#[derive(Clone, Debug)]
pub struct JsonRow<'a, 'f, F> {
    fields: &'f [F],
    cells: Vec<Option<Cell<'a>>>,
}

impl<'a, 'f, F: AsRef<str>> JsonRow<'a, 'f, F> {
    /// Reads those fields, passing over all others.
    ///
    /// # Errors
    ///
    /// If the text is not one JSON object.
    pub fn read(text: &'a str, fields: &'f [F]) -> Result<Self, WrongRow> {
        if !text.trim_start().starts_with('{') {
            let message = "it is not a JSON object".to_owned();
            return Err(WrongRow { message });
        }
        let mut cells = vec![None; fields.len()];
        let mut read = members(text, fields, |at, raw| {
            if let Some(cell) = cells.get_mut(at) {
                *cell = Some(read_cell(raw.get(), true)?);
            }
            Ok(())
        });
        for (field, cell) in fields.iter().zip(&mut cells) {
            if read.is_ok() && cell.is_none() && field.as_ref().contains('.') {
                read = nested(text, field.as_ref()).map(|found| *cell = found);
            }
        }
        read.map_err(|error| WrongRow {
            message: message(&error, text),
        })?;
        Ok(Self { fields, cells })
    }
}

impl<F: AsRef<str>> Row for JsonRow<'_, '_, F> {
    fn cell(&self, field: &str) -> Option<&Cell<'_>> {
        let at = position(self.fields, field)?;
        self.cells.get(at)?.as_ref()
    }

    fn cell_at(&self, position: usize, field: &str) -> Option<&Cell<'_>> {
        match self.fields.get(position) {
            Some(known) if known.as_ref() == field => self.cells.get(position)?.as_ref(),
            _ => self.cell(field),
        }
    }
}

/// Why a text is no row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WrongRow {
    message: String,
}

/// The words of serde_json, without the line where there is only one.
fn message(error: &serde_json::Error, text: &str) -> String {
    let words = error.to_string();
    if text.trim_end().contains('\n') {
        return words;
    }
    words.replace(" at line 1 column ", " at column ")
}

fn position<F: AsRef<str>>(fields: &[F], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.as_ref() == name)
}

/// What an object, or objects in it, have under a name with parts.
fn nested<'a>(text: &'a str, name: &str) -> serde_json::Result<Option<Cell<'a>>> {
    let (mut object, mut name) = (text, name);
    while object.trim_start().starts_with('{') {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let (mut whole, mut part) = (None, None);
        members(object, &[name, first], |at, raw| {
            *(if at == 0 { &mut whole } else { &mut part }) = Some(raw.get());
            Ok(())
        })?;
        match (whole, part) {
            (Some(raw), _) => return read_cell(raw, true).map(Some),
            (None, Some(raw)) => (object, name) = (raw, rest),
            (None, None) => break,
        }
    }
    Ok(None)
}

/// Gives out the members of an object that have one of the names, as they are written.
fn members<'a, N: AsRef<str>>(
    object: &'a str,
    names: &[N],
    take: impl FnMut(usize, &'a RawValue) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(object);
    reader.deserialize_map(Members { names, take })?;
    reader.end()
}

struct Members<'f, N, T> {
    names: &'f [N],
    take: T,
}

impl<'a, N, T> Visitor<'a> for Members<'_, N, T>
where
    N: AsRef<str>,
    T: FnMut(usize, &'a RawValue) -> serde_json::Result<()>,
{
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(wanted) = members.next_key_seed(Wanted(self.names))? {
            match wanted {
                None => {
                    members.next_value::<IgnoredAny>()?;
                }
                Some(at) => (self.take)(at, members.next_value()?).map_err(A::Error::custom)?,
            }
        }
        Ok(())
    }
}

/// A key: where it stands among the fields.
struct Wanted<'f, F>(&'f [F]);

impl<'de, F: AsRef<str>> DeserializeSeed<'de> for Wanted<'_, F> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: AsRef<str>> Visitor<'_> for Wanted<'_, F> {
    type Value = Option<usize>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(position(self.0, key))
    }
}

/// One value, with nothing behind it.
pub(super) fn cell(text: &str) -> Result<Cell<'_>, WrongRow> {
    let read = || read_cell(serde_json::from_str::<&RawValue>(text)?.get(), true);
    read().map_err(|error: serde_json::Error| WrongRow {
        message: message(&error, text),
    })
}

/// A value of well-formed JSON. A list in a list is not looked into: there is no depth that way.
fn read_cell(raw: &str, lists: bool) -> Result<Cell<'_>, serde_json::Error> {
    Ok(match raw.as_bytes().first() {
        Some(b'"') => Cell::Text(read_text(raw)?),
        Some(b'[') if lists => {
            let members: Vec<&RawValue> = serde_json::from_str(raw)?;
            let cells = members.iter().map(|member| read_cell(member.get(), false));
            Cell::Many(cells.collect::<Result<_, _>>()?)
        }
        Some(b'[' | b'{') => Cell::Other(raw.into()),
        Some(b't') => Cell::Boolean(true),
        Some(b'f') => Cell::Boolean(false),
        Some(b'n') => Cell::Null,
        _ => Cell::Number(raw.into()),
    })
}

fn read_text(raw: &str) -> Result<Cow<'_, str>, serde_json::Error> {
    if raw.as_bytes().contains(&b'\\') {
        return serde_json::from_str(raw).map(Cow::Owned);
    }
    let inside = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
    Ok(inside.unwrap_or_default().into())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        let row = JsonRow::read(text, &["a", "b"]).map_err(|wrong| wrong.to_string())?;
        let cells = row.cells.iter().map(|cell| match cell {
            None => "-".to_owned(),
            Some(cell) => cell.to_string(),
        });
        Ok(cells.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn cells_are_as_they_are_written() {
        for (text, cells) in [
            ("{}", "- -"),
            (r#" {"b":"x","c":{"a":1}} "#, r#"- "x""#),
            (r#"{"a":null,"b":1e400}"#, "null 1e400"),
            (
                r#"{"a":12345678901234567890.10,"b":true}"#,
                "12345678901234567890.10 true",
            ),
            (
                r#"{"a":"\u00e9\n","b":["x",1,null,[2],{}]}"#,
                "\"é\\n\" [\"x\",1,null,[2],{}]",
            ),
            (r#"{"a":1,"a":2}"#, "2 -"),
            (r#"{"\u0061":1}"#, "1 -"),
        ] {
            assert_eq!(read(text).unwrap(), cells, "{text}");
        }
    }

    #[test]
    fn a_name_with_parts_is_a_key_or_a_way_through_objects() {
        let read = |text: &str| {
            let row = JsonRow::read(text, &["a.b.c", "a", "a.d"]).unwrap();
            let cells = row.cells.iter().map(|cell| match cell {
                None => "-".to_owned(),
                Some(cell) => cell.to_string(),
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        for (text, cells) in [
            (r#"{"a.b.c":1}"#, "1 - -"),
            (r#"{"a":{"b":{"c":2}}}"#, r#"2 {"b":{"c":2}} -"#),
            (
                r#"{"a":{"b.c":3,"b":{"c":2}}}"#,
                r#"3 {"b.c":3,"b":{"c":2}} -"#,
            ),
            (
                r#"{"a.b.c":null,"a":{"b":{"c":2}}}"#,
                r#"null {"b":{"c":2}} -"#,
            ),
            // Only the first part leads on, and of two the last.
            (r#"{"a.b":{"c":2}}"#, "- - -"),
            (r#"{"a":{"d":1},"a":{}}"#, "- {} -"),
            (r#"{"a":{"\u0064":[1]}}"#, r#"- {"\u0064":[1]} [1]"#),
            (r#"{"a":[{"d":1}]}"#, r#"- [{"d":1}] -"#),
            (r#"{"a":"d"}"#, r#"- "d" -"#),
        ] {
            assert_eq!(read(text), cells, "{text}");
        }
        let deep = r#"{"a":"#.repeat(100_000) + "1" + &"}".repeat(100_000);
        let name = ["a"; 12].join(".");
        assert!(JsonRow::read(&deep, &[name]).is_ok());
    }

    #[test]
    fn what_is_no_object_is_no_row() {
        for (text, message) in [
            ("", "it is not a JSON object"),
            ("[1]", "it is not a JSON object"),
            (r#"{"a":"#, "EOF while parsing a value at column 5"),
            (r#"{"a":1} x"#, "trailing characters at column 9"),
            (r#"{"a":01}"#, "invalid number at column 7"),
            (r#"{"c":"\x"}"#, "invalid escape at column 8"),
            ("{\"a\":1,\n\"b\":}", "expected value at line 2 column 5"),
        ] {
            assert_eq!(read(text).unwrap_err(), message, "{text}");
        }
        let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert!(read(&deep).is_ok());
    }
}
