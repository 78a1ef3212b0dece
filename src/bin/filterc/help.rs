//! What the help says beyond the arguments themselves; the manual page says it too.
//!
//! Owns these words. Must not know how either is laid out but for [`all`].

use std::fmt::Write as _;

use clap::builder::StyledStr;

/// The first lines of the help.
pub(crate) const USAGE: &str = "filterc [OPTIONS] EXPRESSION
       filterc [OPTIONS] --file FILE
       filterc [OPTIONS] < FILE
       filterc COMMAND …";

/// What the program does, in a paragraph.
pub(crate) const DESCRIPTION: &str = "filterc reads an expression, checks every field, operator \
    and value of it against the catalog, and writes the filter as JSON to standard output. What \
    is wrong goes to standard error, with the place and what to write instead; as long as there \
    is an error, nothing is written to standard output.";

/// Commands worth copying, and what each is for.
pub(crate) const EXAMPLES: [(&str, &str); 4] = [
    (
        "filterc 'topic = 4eyes_115481 and seniority in (vp, cxo)'",
        "compile an argument; single quotes keep the shell out of it",
    ),
    (
        "filterc --audience intents --file eu.filter > eu.json",
        "compile a file and check it for one audience type",
    ),
    (
        "filterc fields email --audience events",
        "find the fields that have to do with email",
    ),
    (
        "filterc explain unknown_field",
        "read what a problem means and how to resolve it",
    ),
];

/// What the program ends with.
pub(crate) const EXIT_CODES: [(&str, &str); 3] = [
    ("0", "done"),
    (
        "1",
        "the expression has problems and standard output is empty; or `fields` found none",
    ),
    (
        "2",
        "wrong arguments, or something could not be read or written",
    ),
];

/// Examples and exit codes, as they follow the list of arguments.
pub(crate) fn all(styles: &clap::builder::Styles) -> StyledStr {
    let header = styles.get_header();
    let mut text = StyledStr::new();
    // Writing to a StyledStr cannot fail.
    let _ = writeln!(text, "{header}Examples:{header:#}");
    for (command, purpose) in EXAMPLES {
        let _ = writeln!(text, "  {command}\n      {purpose}");
    }
    let _ = write!(text, "\n{header}Exit codes:{header:#}");
    for (code, meaning) in EXIT_CODES {
        let _ = write!(text, "\n  {code}  {meaning}");
    }
    text
}
