//! What can be wrong with a text before any field is known: one variant a kind of mistake, its doc
//! a text that triggers it.

use miette::Diagnostic;
use thiserror::Error;

use crate::span::Span;

#[derive(Clone, Debug, PartialEq, Eq, Error, Diagnostic)]
pub(crate) enum ParseProblem {
    /// Nothing, or nothing but white space and comments.
    #[error("the expression is empty")]
    #[diagnostic(
        code(filterc::parse::empty_input),
        help("write a comparison, such as `seniority = vp`")
    )]
    EmptyInput(#[label("a comparison is missing here")] Span),

    /// `{"condition": "and", "rules": []}`
    #[error("this is JSON, not an expression")]
    #[diagnostic(
        code(filterc::parse::json_text),
        help("`filterc decompile` makes an expression of a saved filter")
    )]
    JsonText(#[label("an expression belongs here")] Span),

    /// `(((…a = 1…)))` with 129 parentheses.
    #[error("more than {limit} brackets are open at once")]
    #[diagnostic(
        code(filterc::parse::nesting_too_deep),
        help("remove parentheses that change nothing, or split the expression in two")
    )]
    NestingTooDeep {
        limit: usize,
        #[label("one bracket too many")]
        span: Span,
    },

    /// `a = 1 b = 2`
    #[error("an operator is missing between two comparisons")]
    #[diagnostic(
        code(filterc::parse::missing_operator),
        help("write AND or OR in front of `{next}`")
    )]
    MissingOperator {
        next: String,
        #[label("AND or OR is missing before this")]
        span: Span,
    },

    /// `a = 1 or`, `and b = 1`, `not`
    #[error("a comparison is missing {place}")]
    #[diagnostic(code(filterc::parse::missing_operand))]
    MissingOperand {
        place: String,
        #[label("nothing to join here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `a = `, `a in`, `a in (x,, y)`
    #[error("{what} is missing {place}")]
    #[diagnostic(code(filterc::parse::missing_value))]
    MissingValue {
        what: &'static str,
        place: String,
        #[label("{what} belongs here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `a = 1 or contains "x"`
    #[error("a field is missing before `{operator}`")]
    #[diagnostic(code(filterc::parse::missing_field))]
    MissingField {
        operator: String,
        #[label("every comparison starts with a field")]
        span: Span,
        #[help]
        help: String,
    },

    /// `seniority = vp or cxo`
    #[error("`{text}` is not a comparison")]
    #[diagnostic(code(filterc::parse::incomplete_comparison))]
    IncompleteComparison {
        text: String,
        #[label("field, operator and value belong here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `(a = 1`
    #[error("this `{bracket}` is never closed")]
    #[diagnostic(
        code(filterc::parse::unclosed_parenthesis),
        help("write `)` where {what} ends")
    )]
    UnclosedParenthesis {
        bracket: String,
        what: &'static str,
        #[label("opened here")]
        span: Span,
    },

    /// `a = 1)`
    #[error("this `{bracket}` closes nothing")]
    #[diagnostic(
        code(filterc::parse::stray_parenthesis),
        help("remove it, or write the `(` that it belongs to")
    )]
    StrayParenthesis {
        bracket: String,
        #[label("no parenthesis is open here")]
        span: Span,
    },

    /// `()`
    #[error("there is nothing between these parentheses")]
    #[diagnostic(
        code(filterc::parse::empty_parentheses),
        help("write a comparison between them, or remove them")
    )]
    EmptyParentheses(#[label("a comparison is missing here")] Span),

    /// `a in [x, y]`
    #[error("`{found}` is not a parenthesis")]
    #[diagnostic(
        code(filterc::parse::wrong_brackets),
        help("write round parentheses, `(` and `)`")
    )]
    WrongBrackets {
        found: String,
        #[label("round parentheses belong here")]
        span: Span,
    },

    /// `job_title like "%dev%"`
    #[error("there is no `{operator}`")]
    #[diagnostic(code(filterc::parse::sql_like))]
    SqlLike {
        operator: String,
        #[label("patterns are not part of the language")]
        span: Span,
        #[help]
        help: String,
    },

    /// `job_title =~ "^dev"`
    #[error("`{operator}`: there are no regular expressions")]
    #[diagnostic(
        code(filterc::parse::regular_expression),
        help(
            "write `contains`, `starts with` or `ends with`, or `in` with a list of exact values"
        )
    )]
    RegularExpression {
        operator: String,
        #[label("the vendor's filter has no operator for it")]
        span: Span,
    },

    /// `a = 1 & b = 2`
    #[error("`{found}` alone is not an operator")]
    #[diagnostic(code(filterc::parse::single_symbol), help("write {instead}"))]
    SingleSymbol {
        found: String,
        instead: &'static str,
        #[label("{instead} belongs here")]
        span: Span,
    },

    /// `seniority ! vp`
    #[error("`!` alone is not a comparison operator")]
    #[diagnostic(
        code(filterc::parse::lone_exclamation),
        help("write `!=`, or `not` in front of the whole comparison")
    )]
    LoneExclamation(#[label("an operator belongs here")] Span),

    /// `a = 1, b = 2`
    #[error("`{found}` does not join comparisons")]
    #[diagnostic(code(filterc::parse::comma_for_and))]
    CommaForAnd {
        found: String,
        #[label("no operator")]
        span: Span,
        #[help]
        help: &'static str,
    },

    /// `"x" = topic`
    #[error("the field of a comparison stands on the left")]
    #[diagnostic(code(filterc::parse::reversed_comparison))]
    ReversedComparison {
        #[label("a value is on the left")]
        span: Span,
        #[help]
        help: String,
    },

    /// `10 <= age <= 20`
    #[error("a comparison has one operator")]
    #[diagnostic(code(filterc::parse::chained_comparison))]
    ChainedComparison {
        #[label("a second operator")]
        span: Span,
        #[help]
        help: String,
    },

    /// `employees => 5`
    #[error("`{found}` is written `{instead}`")]
    #[diagnostic(
        code(filterc::parse::reversed_symbol),
        help("the `=` comes last: write `{instead}`")
    )]
    ReversedSymbol {
        found: String,
        instead: &'static str,
        #[label("`{instead}` belongs here")]
        span: Span,
    },

    /// `seniority notin (vp)`
    #[error("`{found}` is written `not in`")]
    #[diagnostic(
        code(filterc::parse::joined_not_in),
        help("write `not in`, in two words")
    )]
    JoinedNotIn {
        found: String,
        #[label("`not in` belongs here")]
        span: Span,
    },

    /// `job_title has "x"`
    #[error("`{found}` is not an operator")]
    #[diagnostic(code(filterc::parse::unknown_operator))]
    UnknownOperator {
        found: String,
        #[label("an operator belongs here")]
        span: Span,
        #[help]
        help: String,
    },

    /// `seniority is in (vp)`
    #[error("`is` does not go with another operator")]
    #[diagnostic(code(filterc::parse::redundant_is), help("write {instead}"))]
    RedundantIs {
        instead: String,
        #[label("one operator is enough")]
        span: Span,
    },

    /// `age between 1, 5`
    #[error("BETWEEN takes two values joined by AND")]
    #[diagnostic(
        code(filterc::parse::malformed_range),
        help("write `between {low} and {high}`")
    )]
    MalformedRange {
        low: String,
        high: String,
        #[label("not a range")]
        span: Span,
    },

    /// `a = 1 // note`
    #[error("`{found}` does not begin a comment")]
    #[diagnostic(code(filterc::parse::foreign_comment), help("{help}"))]
    ForeignComment {
        found: &'static str,
        help: &'static str,
        #[label("a comment begins with `#`")]
        span: Span,
    },

    /// `between = 1`
    #[error("`{found}` is a keyword, not a field")]
    #[diagnostic(
        code(filterc::parse::keyword_as_field),
        help("write it in backticks if there is a field of that name: `` `{found}` ``")
    )]
    KeywordAsField {
        found: String,
        #[label("a field belongs here")]
        span: Span,
    },

    /// `job-title = x`
    #[error("`{found}` is not a field name")]
    #[diagnostic(code(filterc::parse::bad_field_name))]
    BadFieldName {
        found: String,
        #[label("names are letters, digits, `_` and `.`")]
        span: Span,
        #[help]
        help: String,
    },

    /// `a = 1 where b = 2`
    #[error("WHERE stands once, behind an audience type at the very start")]
    #[diagnostic(code(filterc::parse::misplaced_where))]
    MisplacedWhere {
        #[label("not here")]
        span: Span,
        #[help]
        help: &'static str,
    },

    /// A zero-width space between two words.
    #[error("a character that cannot be seen: {character}")]
    #[diagnostic(code(filterc::parse::hidden_character), help("delete it"))]
    HiddenCharacter {
        character: String,
        #[label("here")]
        span: Span,
    },

    /// `timestamp > now()`
    #[error("`{found}` is not part of a comparison")]
    #[diagnostic(code(filterc::parse::unexpected_text))]
    UnexpectedText {
        found: String,
        #[label("cannot be read")]
        span: Span,
        #[help]
        help: &'static str,
    },
}
