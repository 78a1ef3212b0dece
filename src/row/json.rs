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
/// Of a key that is there twice the last counts.
///
/// ```
/// use filterc::{Cell, JsonRow, Row};
///
/// let row = JsonRow::read(r#"{"age": 1.50, "name": "Ann", "rest": {}}"#, &["age", "mail"])?;
/// assert_eq!(row.cell("age"), Some(&Cell::Number("1.50".into())));
/// assert_eq!(row.cell("mail"), None);
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
        let mut reader = serde_json::Deserializer::from_str(text);
        let cells = vec![None; fields.len()];
        let mut row = Self { fields, cells };
        let read = reader.deserialize_map(Members(&mut row));
        read.and_then(|()| reader.end()).map_err(|error| WrongRow {
            message: message(&error, text),
        })?;
        Ok(row)
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

/// Fills a row from the members of an object.
struct Members<'r, 'a, 'f, F>(&'r mut JsonRow<'a, 'f, F>);

impl<'a, F: AsRef<str>> Visitor<'a> for Members<'_, 'a, '_, F> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut members: A) -> Result<(), A::Error> {
        let row = self.0;
        while let Some(wanted) = members.next_key_seed(Wanted(row.fields))? {
            match wanted.and_then(|at| row.cells.get_mut(at)) {
                None => {
                    members.next_value::<IgnoredAny>()?;
                }
                Some(cell) => {
                    let raw: &RawValue = members.next_value()?;
                    *cell = Some(read_cell(raw.get(), true).map_err(A::Error::custom)?);
                }
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
