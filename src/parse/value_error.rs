//! What can be wrong with a value or a list of values: one variant a kind of mistake, its doc a text
//! that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum ValueProblem {
    /// `a in ()`
    #[error("this list is empty")]
    #[diagnostic(
        code(filterc::parse::empty_list),
        help("write one or more values, such as `(vp, cxo)`")
    )]
    EmptyList(#[label("a value is missing here")] Span),

    /// `a in x, y`
    #[error("a list stands in parentheses")]
    #[diagnostic(code(filterc::parse::list_without_parentheses))]
    ListWithoutParentheses {
        #[label("parentheses are missing around this")]
        span: Span,
        #[help]
        help: String,
    },

    /// `a in ("x" "y")`
    #[error("a comma is missing between two values")]
    #[diagnostic(
        code(filterc::parse::missing_comma),
        help("write `,` in front of `{next}`")
    )]
    MissingComma {
        next: String,
        #[label("a comma is missing before this")]
        span: Span,
    },

    /// `a in (x or y)`
    #[error("`{found}` does not separate the values of a list")]
    #[diagnostic(code(filterc::parse::wrong_separator))]
    WrongSeparator {
        found: String,
        #[label("a comma belongs here")]
        span: Span,
        #[help]
        help: &'static str,
    },

    /// `a in ((x, y))`
    #[error("a list holds values, not lists")]
    #[diagnostic(
        code(filterc::parse::nested_list),
        help("remove the inner brackets, or put the text in quotes if they belong to the value")
    )]
    NestedList(#[label("brackets inside a list")] Span),

    /// `a = (x, y)`
    #[error("`{operator}` takes one value, not a list")]
    #[diagnostic(code(filterc::parse::list_for_value))]
    ListForValue {
        operator: String,
        #[label("a single value belongs here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = Cloud Computing`
    #[error("a value {why} needs quotes")]
    #[diagnostic(code(filterc::parse::unquoted_text))]
    UnquotedText {
        why: String,
        #[label("quotes are missing around this")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = “Cloud”`
    #[error("{which} not a straight one")]
    #[diagnostic(
        code(filterc::parse::curly_quotes),
        help("write straight quotes: {straight}")
    )]
    CurlyQuotes {
        which: String,
        straight: String,
        #[label("typed by a word processor")]
        span: Span,
    },

    /// `topic = "Cloud`
    #[error("this string is not closed")]
    #[diagnostic(code(filterc::parse::unterminated_string))]
    UnterminatedString {
        #[label("it starts here and does not end on this line")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = "a\d"`
    #[error("`{escape}` is not an escape")]
    #[diagnostic(code(filterc::parse::unknown_escape))]
    UnknownEscape {
        escape: String,
        #[label("in this string")]
        span: Span,
        #[help]
        help: String,
    },

    /// `topic = 'it''s'`
    #[error("a doubled quote does not stand for a quote")]
    #[diagnostic(code(filterc::parse::doubled_quote), help("write {instead}"))]
    DoubledQuote {
        instead: String,
        #[label("the string ends at the first of the two quotes")]
        span: Span,
    },

    /// `topic = 'it's'`
    #[error("text follows directly after a string")]
    #[diagnostic(
        code(filterc::parse::unescaped_quote),
        help(
            "write `\\{quote}` for a quote inside the string, or put the string in the other quotes"
        )
    )]
    UnescapedQuote {
        quote: char,
        #[label("the string ended before this")]
        span: Span,
    },

    /// ``topic = `x` ``
    #[error("backticks make a field name, not a value")]
    #[diagnostic(code(filterc::parse::backtick_value), help("write {instead}"))]
    BacktickValue {
        instead: String,
        #[label("a value belongs here")]
        span: Span,
    },

    /// `job_title = dev*`
    #[error("there are no wildcards")]
    #[diagnostic(code(filterc::parse::wildcard))]
    Wildcard {
        #[label("`{mark}` stands for itself")]
        span: Span,
        mark: char,
        #[help]
        help: String,
    },

    /// `job_title = null`
    #[error("`null` is not a value")]
    #[diagnostic(code(filterc::parse::null_comparison))]
    NullComparison {
        #[label("nothing is equal to null")]
        span: Span,
        #[help]
        help: String,
    },

    /// `job_title = in`
    #[error("`{found}` is a keyword, not a value")]
    #[diagnostic(code(filterc::parse::keyword_as_value))]
    KeywordAsValue {
        found: String,
        #[label("a value belongs here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `employees in (10,000+, 5-10)`
    #[error("`{text}` could be one value or several")]
    #[diagnostic(code(filterc::parse::grouped_digits))]
    GroupedDigits {
        text: String,
        #[label("a comma separates values")]
        span: Span,
        #[help]
        help: String,
    },

    /// `job_title = C#`
    #[error("a comment begins directly after `{value}`")]
    #[diagnostic(
        code(filterc::parse::glued_comment),
        help("write {in_quotes} if `#` is part of the value, else a space in front of `#`")
    )]
    GluedComment {
        value: String,
        in_quotes: String,
        #[label("from here to the end of the line nothing is read")]
        span: Span,
    },
}
