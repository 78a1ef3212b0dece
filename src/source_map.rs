//! Where each part of a compiled filter stands in its text: JSON pointers to places.
//!
//! Owns the public format of source maps. Keeps spans in the shape of the filter and makes pointers
//! only when asked, for those of a deep filter are far longer than the filter. Fed by `origin` and,
//! for what stands around comparisons, `syntax`; must not know the vendor's JSON beyond the names of
//! its keys.

mod node;

use std::fmt;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::origin::Group;
use crate::span::{Position, Span, locate};
use crate::syntax::Expr;
use node::{Node, Part};

/// The place in the text of every part of a compiled filter, by JSON pointer (RFC 6901).
///
/// "Rule `/rules/2/rules/0` was refused" leads to a line of the source. There is an entry for
/// every value in the filter's JSON, and no other:
///
/// | pointer | place |
/// |---|---|
/// | `""`, and the filter's own `/condition`, `/rules` | the whole expression |
/// | the same of a group in it | from the first to the last operand it came from, NOT and parentheses included |
/// | `/rules/0` | the comparison; `contains any (…)` and `between` make several rules of one |
/// | `/rules/0/fieldName` | the field, as written |
/// | `/rules/0/conditionRules` | from the operator to the end of the comparison |
/// | `/rules/0/conditionRules/operator` | the operator, as written |
/// | `/rules/0/conditionRules/value` | from the first to the last of the rule's values |
/// | `/rules/0/conditionRules/value/1` | that value; of a repeated one, the first |
///
/// Of comparisons that [`Compiler::optimize`](crate::Compiler::optimize) made one rule of, a rule has
/// the field and the operator of the first, the values of all, and spans from the first to the last.
///
/// As JSON (serde) it is one object with the members `version`, which is 1, `source`, the name of
/// the text, and `pointers`, an object from pointers to [`Place`]s in the order of the filter's
/// JSON. Members may be added to it and to places; a change of those that are there has another
/// `version`.
///
/// ```
/// let text = "seniority in (vp, cxo) and not (email is blank)";
/// let (compilation, map) = filterc::Compiler::new().compile_mapped(text)?;
/// let place = map.locate("/rules/0/conditionRules/value/1").unwrap();
/// assert_eq!(&text[place.span.range()], "cxo");
/// assert_eq!((place.start.line, place.start.column), (1, 19));
///
/// assert_eq!(map.locate("/rules/7/fieldName"), None);
/// assert_eq!(map.nearest("/rules/7/fieldName").0, "/rules");
/// # Ok::<(), filterc::CompileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceMap {
    source: String,
    root: Node,
    /// Both ends of all spans, ascending, each once.
    positions: Vec<(usize, Position)>,
}

/// A part of the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Place {
    /// In bytes.
    pub span: Span,
    /// Line and column, in characters, of the start of the span.
    pub start: Position,
    /// Line and column, in characters, of the end of the span.
    pub end: Position,
}

impl SourceMap {
    /// The map of a filter that was compiled from `text`, which reads as `written`.
    pub(crate) fn new(
        source: &str,
        text: &str,
        origin: &Group<'_, '_>,
        written: Option<&Expr>,
    ) -> Self {
        let root = Node::root(origin, written);
        let mut offsets = Vec::new();
        root.visit_spans(&mut |span| offsets.extend([span.start(), span.end()]));
        offsets.sort_unstable();
        offsets.dedup();
        let found = locate(text, &offsets);
        Self {
            source: source.to_owned(),
            root,
            positions: offsets.into_iter().zip(found).collect(),
        }
    }

    /// The name of the text: a file path, or `<expression>`.
    pub fn source_name(&self) -> &str {
        &self.source
    }

    /// The place of a part of the filter.
    ///
    /// The pointer may begin with `/filter`, as it does where it points into the body of a request.
    /// `None` where the filter has nothing at the pointer; nothing is guessed.
    pub fn locate(&self, pointer: &str) -> Option<Place> {
        let (found, place) = self.nearest(pointer);
        (found == pointer).then_some(place)
    }

    /// The longest beginning of a pointer at which the filter has something, and its place.
    ///
    /// It ends where a part of the pointer ends. The shortest is `""`, the whole filter.
    pub fn nearest<'p>(&self, pointer: &'p str) -> (&'p str, Place) {
        let is_whole = |rest: &&str| rest.is_empty() || rest.starts_with('/');
        let inside = pointer.strip_prefix("/filter").filter(is_whole);
        let mut rest = inside.unwrap_or(pointer);
        let mut part = Part::Node(&self.root);
        while let Some(behind) = rest.strip_prefix('/') {
            let name = behind.split('/').next().unwrap_or_default();
            let Some(member) = part.member(name) else {
                break;
            };
            part = member;
            rest = behind.get(name.len()..).unwrap_or_default();
        }
        let found = pointer.len() - rest.len();
        let found = pointer.get(..found).unwrap_or_default();
        (found, self.place(part.span()))
    }

    fn place(&self, span: Span) -> Place {
        let position = |offset: usize| {
            let found = self.positions.binary_search_by_key(&offset, |(at, _)| *at);
            let found = found.ok().and_then(|index| self.positions.get(index));
            found.map_or(Position::default(), |(_, position)| *position)
        };
        Place {
            span,
            start: position(span.start()),
            end: position(span.end()),
        }
    }
}

impl Serialize for SourceMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(3))?;
        object.serialize_entry("version", &1)?;
        object.serialize_entry("source", &self.source)?;
        object.serialize_entry("pointers", &Pointers(self))?;
        object.end()
    }
}

impl fmt::Display for SourceMap {
    /// Compact JSON; `{:#}` is indented.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let json = if out.alternate() {
            serde_json::to_string_pretty(self)
        } else {
            serde_json::to_string(self)
        };
        out.write_str(&json.map_err(|_| fmt::Error)?)
    }
}

struct Pointers<'m>(&'m SourceMap);

impl Serialize for Pointers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        let mut pointer = String::new();
        self.0.root.visit(&mut pointer, &mut |pointer, span| {
            object.serialize_entry(pointer, &self.0.place(span))
        })?;
        object.end()
    }
}
