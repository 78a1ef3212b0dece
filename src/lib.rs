//! A language and a compiler for the audience filters of Delivr.ai's Audiences API.
//!
//! People write `topic = "Cloud Computing" and seniority in (vp, cxo)`; the API takes nested JSON
//! in which a mistyped operator or option selects the wrong people in silence. [`compile`] turns
//! the one into the other, or says what is wrong with it. Unofficial: not made by Delivr.ai.
//!
//! ```
//! let filter = filterc::compile("seniority in (vp, cxo) and email is not blank")?;
//! assert_eq!(
//!     filter.to_string(),
//!     concat!(
//!         r#"{"condition":"and","rules":["#,
//!         r#"{"fieldName":"seniority_level","conditionRules":{"operator":"in","value":["vp","cxo"]}},"#,
//!         r#"{"fieldName":"current_business_email","conditionRules":{"operator":"is not blank"}}]}"#
//!     )
//! );
//!
//! let error = filterc::compile("seniority in (vp, cxoo) and emial is not blank").unwrap_err();
//! let codes: Vec<&str> = error.problems().iter().map(|problem| problem.code()).collect();
//! assert_eq!(codes, ["filterc::check::unknown_option", "filterc::check::unknown_field"]);
//! # Ok::<(), filterc::CompileError>(())
//! ```
//!
//! [`Compiler`] takes settings: an audience type, a [`Catalog`] of your account's own fields. Its
//! [`Compilation`] holds the warnings too, and a [`SourceMap`] leads from the JSON back to the text.
//! [`render`] writes problems for people and for tools, [`explain`] says at length what each means.
//!
//! # How it is built
//!
//! Each pass is one function from one type to the next, and no pass knows another.
//!
//! ```text
//! text ──parse──▶ syntax::Expr ──check──▶ filter::Expr ──lower──▶ wire::FilterGroup ──serde──▶ JSON
//!       grammar/filter.pest      Catalog + audience type    the vendor's shapes, nothing else
//! ```
//!
//! # What always holds
//!
//! 1. **Nothing widens by accident.** A text compiles to exactly its meaning or to no filter at all.
//! 2. Compiling never panics, overflows the stack or hangs, whatever the text.
//! 3. The same text gives the same bytes.
//! 4. The library does no input or output.
//! 5. The catalog is data: a new field is no change of code.
//! 6. Every problem has a code, a message, a place inside the text, and help that says what to do.
//!
//! # What it does not do
//!
//! It calls no API, and does not know how the vendor's server treats what is not documented: the case
//! of letters in `contains`, arrays, null against blank. [`Matcher`] and [`Selector`], which try a
//! filter on rows, have [`MatchOptions`] for these.
//!
//! # Features
//!
//! `cli` (on by default): the `filterc` program, and `render::human`, which needs a terminal
//! renderer. `manifest` (on with `cli`): `Manifest` and `Config`, which are TOML. A library that
//! only compiles filters turns both off.

#![forbid(unsafe_code)]

// The parser that pest derives without its `std` feature names `alloc`.
extern crate alloc;

pub mod explain;
pub mod render;

mod blank;
mod bytes;
mod catalog;
mod check;
mod compile;
#[cfg(feature = "manifest")]
mod config;
mod decimal;
mod decompile;
mod diagnostic;
mod estimate;
mod eval;
mod filter;
mod fix;
mod format;
mod invisible;
mod json;
#[cfg(feature = "manifest")]
mod keys;
mod levels;
mod lower;
#[cfg(feature = "manifest")]
mod manifest;
mod moment;
mod names;
mod one_or_more;
mod optimize;
mod origin;
mod parse;
#[cfg(feature = "manifest")]
mod request;
mod row;
mod select;
mod source_map;
mod span;
mod suggest;
mod syntax;
mod topics;
mod wire;

pub use catalog::{
    AudienceType, Catalog, CatalogChange, Field, FieldOption, FieldType, Status,
    UnknownAudienceType, WrongAlias,
};
pub use compile::{Compilation, CompileError, Compiler, compile, format};
#[cfg(feature = "manifest")]
pub use config::{Config, Setting};
pub use decompile::{Decompiled, Decompiler, SavedFilter};
pub use diagnostic::{FileError, Fix, Label, Problem, Severity};
pub use eval::Matcher;
pub use fix::{Fixed, fix};
pub use json::is_json;
pub use levels::{WarningLevels, WrongLevel};
#[cfg(feature = "manifest")]
pub use manifest::{FilterFile, Made, Manifest};
#[cfg(feature = "manifest")]
pub use request::{EstimateRequest, Request};
pub use row::{
    ArrayRule, CaseRule, Cell, Explanation, JsonRow, MatchOptions, Row, Truth, WrongRow,
};
pub use select::Selector;
pub use source_map::{Place, SourceMap};
pub use span::{Position, Span};
pub use topics::{Topic, Topics};
pub use wire::{FilterGroup as Filter, Operator};
