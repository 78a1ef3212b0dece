//! JSON as a tree in which every value and key knows its place, and no key that comes twice is lost.
//!
//! serde_json judges the text first, so that what is wrong with it is said in one way; the reader
//! here relies on that.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use super::{JsonProblem, Kind, finding};
use crate::diagnostic::Finding;
use crate::span::Span;

/// How deep lists and objects may be in one another: more than twice the groups of a filter.
const DEEPEST: usize = 300;

#[derive(Clone, Debug)]
pub(crate) struct Tree<'j> {
    pub(crate) value: Value<'j>,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum Value<'j> {
    Null,
    Boolean,
    Number,
    Text(Cow<'j, str>),
    List(Vec<Tree<'j>>),
    Object(Vec<Member<'j>>),
}

#[derive(Clone, Debug)]
pub(crate) struct Member<'j> {
    pub(crate) key: Cow<'j, str>,
    /// With the quotes.
    pub(crate) key_span: Span,
    pub(crate) value: Tree<'j>,
}

/// Why there is no tree.
#[derive(Debug)]
pub(crate) enum Unread {
    NotJson(Finding),
    /// With the bracket that is one too many.
    TooDeep(Span),
}

/// The values of a text, which stand one after the other. A byte-order mark is passed over.
pub(crate) fn trees(kind: Kind, json: &str) -> Result<Vec<Tree<'_>>, Unread> {
    let bom = json.len() - json.trim_start_matches('\u{feff}').len();
    let rest = json.get(bom..).unwrap_or_default();
    for value in serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>() {
        value.map_err(|error| Unread::NotJson(finding(kind, json, &error)))?;
    }
    let mut reader = Reader {
        kind,
        json,
        at: bom,
    };
    let mut trees = Vec::new();
    while reader.peek().is_some() {
        trees.push(reader.tree(0)?);
    }
    Ok(trees)
}

struct Reader<'j> {
    kind: Kind,
    json: &'j str,
    at: usize,
}

impl<'j> Reader<'j> {
    /// The first byte of the next token.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.json.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn tree(&mut self, depth: usize) -> Result<Tree<'j>, Unread> {
        let first = self.peek();
        let start = self.at;
        if depth >= DEEPEST && matches!(first, Some(b'[' | b'{')) {
            return Err(Unread::TooDeep(Span::new(start, start + 1)));
        }
        let value = match first {
            Some(b'{') => Value::Object(self.members(depth)?),
            Some(b'[') => Value::List(self.items(depth)?),
            Some(b'"') => Value::Text(self.text()?),
            Some(b'n') => self.scalar(Value::Null),
            Some(b't' | b'f') => self.scalar(Value::Boolean),
            _ => self.scalar(Value::Number),
        };
        let span = Span::new(start, self.at);
        Ok(Tree { value, span })
    }

    fn members(&mut self, depth: usize) -> Result<Vec<Member<'j>>, Unread> {
        let mut members = Vec::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    let start = self.at;
                    let key = self.text()?;
                    let key_span = Span::new(start, self.at);
                    self.peek();
                    // `:`
                    self.at += 1;
                    members.push(Member {
                        key,
                        key_span,
                        value: self.tree(depth + 1)?,
                    });
                }
                _ => {
                    self.at += 1;
                    if byte == b'}' {
                        break;
                    }
                }
            }
        }
        Ok(members)
    }

    fn items(&mut self, depth: usize) -> Result<Vec<Tree<'j>>, Unread> {
        let mut items = Vec::new();
        self.at += 1;
        while let Some(byte) = self.peek() {
            match byte {
                b']' | b',' => {
                    self.at += 1;
                    if byte == b']' {
                        break;
                    }
                }
                _ => items.push(self.tree(depth + 1)?),
            }
        }
        Ok(items)
    }

    /// `null`, `true`, a number: all up to what cannot be part of one.
    fn scalar(&mut self, value: Value<'j>) -> Value<'j> {
        let bytes = self.json.as_bytes();
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        self.at += 1;
        while bytes.get(self.at).is_some_and(is_part) {
            self.at += 1;
        }
        value
    }

    fn text(&mut self) -> Result<Cow<'j, str>, Unread> {
        let start = self.at;
        let bytes = self.json.as_bytes();
        let mut has_escape = false;
        self.at += 1;
        loop {
            match bytes.get(self.at) {
                Some(b'\\') => {
                    has_escape = true;
                    self.at += 2;
                }
                Some(b'"') | None => break,
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        let whole = Span::new(start, self.at);
        let inside = self.json.get(start + 1..self.at - 1).unwrap_or_default();
        if !has_escape {
            return Ok(Cow::Borrowed(inside));
        }
        let quoted = self.json.get(start..self.at).unwrap_or_default();
        // Half of a pair of escapes is all that serde_json lets pass above.
        serde_json::from_str(quoted).map(Cow::Owned).map_err(|_| {
            Unread::NotJson(Finding::new(JsonProblem::NotJson {
                file: self.kind.file,
                reason: "an escape in a string stands for no character".to_owned(),
                action: "what is here is no JSON",
                span: whole,
                label: "in this string",
            }))
        })
    }
}
