//! What is an expression at all: JSON is none, whatever it says.
//!
//! Owns what is said of a whole file or argument that is JSON; `filterc::is_json` tells which is.

use std::path::Path;

use filterc::{Problem, is_json};

use crate::input::{self, Input};
use crate::output::{Failure, quoted};

/// What there is for whoever has JSON.
const HELP: &str = "`filterc decompile` makes an expression of a saved filter";

/// The input, unless it is JSON.
pub(crate) fn expression(input: Input) -> Result<Input, Failure> {
    expression_or(input, HELP)
}

/// The same, with help of the caller's own.
pub(crate) fn expression_or(input: Input, help: &str) -> Result<Input, Failure> {
    if !is_json(&input.text) {
        return Ok(input);
    }
    let described = match input.name.as_str() {
        "<expression>" => "this".to_owned(),
        "<stdin>" => "standard input".to_owned(),
        name => format!("`{}`", quoted(name)),
    };
    let message = format!("{described} is JSON, not an expression");
    let problem = Problem::of_file("filterc::input::is_json", message, help);
    Err(Failure::File(Box::new((input.name, problem))))
}

/// Reads a file of an expression, or standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Input, Failure> {
    expression(input::file(path)?)
}

/// Reads the expression in the file of that name.
pub(crate) fn named(path: &Path) -> Result<Input, Failure> {
    expression(input::named(path)?)
}
