//! Text to syntax: the only pass that names pest.
//!
//! `grammar/filter.pest` matches every text and gives what people type wrongly rules of its own
//! (what is right, `plain` reads first, at a fraction of the cost, and `sound` hands it to the grammar
//! as single tokens); the builder turns tokens into [`syntax`](crate::syntax) and mistakes into
//! problems, in one walk.
//! Knows no field and no type. `scan` bounds the nesting first, so the recursion here is bounded.

mod comparison;
mod error;
mod foreign;
mod joiner;
mod list;
mod literal;
mod misspelled;
mod node;
mod operand;
mod pattern;
mod phrase;
mod plain;
mod quoting;
mod range;
mod reversed;
mod scan;
mod sound;
#[cfg(test)]
mod tests;
mod tree;
mod unquoted;
mod value;
mod value_error;
mod warning;

use std::slice;

use memchr::memchr2_iter;
use miette::Diagnostic;
use pest::Parser;

use crate::diagnostic::{Finding, excerpt, too_long};
use crate::json::is_json;
use crate::span::Span;
use crate::syntax::{Expr, Operand, Operator, Source};
use error::ParseProblem;
use node::{Node, Tree};
use plain::{Part, Read};

mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/filter.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

/// What could be understood of a text, and what could not.
pub(crate) struct Parsed {
    /// `None` only where nothing could be understood. Holds a `Mistake` only if an error was found.
    pub(crate) source: Option<Source>,
    /// In no particular order.
    pub(crate) findings: Vec<Finding>,
}

impl Parsed {
    fn unread(why: Finding) -> Self {
        Self {
            source: None,
            findings: vec![why],
        }
    }

    /// When fuzzed, fails where the long way makes something else of the text.
    fn checked(self, text: &str) -> Self {
        if cfg!(fuzzing) {
            let whole = parse_whole(text, Vec::new());
            let told = |findings: &[Finding]| format!("{findings:?}");
            assert_eq!(told(&self.findings), told(&whole.findings));
            assert_eq!(self.source, whole.source);
        }
        self
    }
}

/// Reads a whole text. Never fails otherwise than by findings; time and memory are linear.
pub(crate) fn parse(text: &str) -> Parsed {
    if let Some(too_long) = too_long(text.len()) {
        return Parsed::unread(too_long);
    }
    let is_printable = scan::is_printable(text);
    let read = is_printable.then(|| plain::read(text));
    if !matches!(read, Some(Read::Whole(_))) {
        if is_json(text) {
            return Parsed::unread(Finding::new(ParseProblem::JsonText(first_mark(text))));
        }
        match scan::scan(text, is_printable) {
            Ok(findings) if findings.is_empty() => {}
            Ok(findings) => return parse_whole(text, findings),
            Err(too_deep) => return Parsed::unread(too_deep),
        }
    }
    let parsed = match read.unwrap_or_else(|| plain::read(text)) {
        Read::Whole(part) => parse_framed(text, part),
        Read::Parts(parts) => parse_around(text, parts),
    };
    match parsed {
        Some(parsed) => parsed.checked(text),
        None => parse_whole(text, Vec::new()),
    }
}

/// The bracket that a text begins with which is JSON.
fn first_mark(text: &str) -> Span {
    let start = text.find(['{', '[']).unwrap_or_default();
    Span::new(start, start + 1)
}

/// A text of which all was read the short way but for the audience type in front.
fn parse_framed(text: &str, part: Part) -> Option<Parsed> {
    let marked = sound::marked_alone(text, &part)?;
    let pairs = Grammar::parse(Rule::framed, &marked).ok()?;
    let tree = Tree::new(text, pairs, slice::from_ref(&part));
    let mut around = tree.root().into_iter().flat_map(Node::children);
    let header = around.find(|child| child.rule() == Rule::header);
    let audience = header.and_then(|header| Builder::new(text, Vec::new()).header(header));
    let [expr] = <[Expr; 1]>::try_from(part.operands).ok()?;
    Some(Parsed {
        source: Some(Source {
            audience,
            expr,
            sound: true,
        }),
        findings: Vec::new(),
    })
}

/// By the rule that matches every text, but for the parts that were read the short way.
///
/// `None` where there are none, or they are none after all.
fn parse_around(text: &str, parts: Vec<Part>) -> Option<Parsed> {
    if parts.is_empty() {
        return None;
    }
    let marked = sound::marked(text, &parts)?;
    let pairs = Grammar::parse(Rule::source, &marked).ok()?;
    let tree = Tree::new(text, pairs, &parts);
    let mut builder = Builder::new(text, Vec::new());
    builder.parts = parts;
    let source = builder.read(&tree);
    (builder.parts_taken == builder.parts.len()).then(|| builder.parsed(source))
}

/// By the rule that matches every text. `findings`: those of the scan.
fn parse_whole(text: &str, findings: Vec<Finding>) -> Parsed {
    let unmarked = sound::unmarked(text);
    let mut builder = Builder::new(text, findings);
    // INVARIANT: `source` matches every text, so there is always a tree.
    let pairs = Grammar::parse(Rule::source, &unmarked).ok();
    let tree = pairs.map(|pairs| Tree::new(text, pairs, &[]));
    let source = tree.as_ref().and_then(|tree| builder.read(tree));
    builder.parsed(source)
}

/// Whether a part of an expression could not be understood.
fn has_mistake(expr: &Expr) -> bool {
    match expr {
        Expr::And(operands) | Expr::Or(operands) => operands.iter().any(has_mistake),
        Expr::Not(not) => has_mistake(&not.operand),
        Expr::Group(group) => has_mistake(&group.inner),
        Expr::Comparison(comparison) => !comparison.complete,
        Expr::Mistake(_) => true,
    }
}

/// The state of the walk from nodes to syntax.
struct Builder<'t> {
    text: &'t str,
    findings: Vec<Finding>,
    /// The operator that waits for an operand: AND, OR, NOT, WHERE.
    joiner: Option<Span>,
    /// The comparison built last: what a bare value after OR most likely belongs to.
    last_comparison: Option<LastComparison>,
    /// Under an odd number of NOTs.
    under_not: bool,
    /// After a misspelled BETWEEN: what its AND joins is a bound, not a comparison.
    bound_follows: bool,
    /// Where strings begin that do not end on their line.
    open_strings: Vec<Span>,
    /// What was read the short way; without operands where the walk has been.
    parts: Vec<Part>,
    parts_taken: usize,
}

/// A comparison as later help quotes it.
struct LastComparison {
    field: String,
    operator: Operator,
    operator_span: Span,
    /// Its value, where it has just one.
    value: Option<Span>,
}

impl LastComparison {
    fn new(field: &str, operator: Operator, operator_span: Span, operand: &Operand) -> Self {
        Self {
            field: field.to_owned(),
            operator,
            operator_span,
            value: match operand {
                Operand::One(value) => Some(value.span),
                _ => None,
            },
        }
    }
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, findings: Vec<Finding>) -> Self {
        Self {
            text,
            findings,
            joiner: None,
            last_comparison: None,
            under_not: false,
            bound_follows: false,
            open_strings: Vec::new(),
            parts: Vec::new(),
            parts_taken: 0,
        }
    }

    fn read(&mut self, tree: &'t Tree<'t>) -> Option<Source> {
        let source = tree.root()?;
        if may_have_foreign_comment(self.text) {
            self.report_foreign_comments(source);
        }
        self.source(source)
    }

    fn parsed(mut self, source: Option<Source>) -> Parsed {
        self.silence_inside_strings();
        let mut sound = !self.findings.iter().any(Finding::is_error);
        let is_mistaken = |source: &Source| has_mistake(&source.expr);
        if sound && source.is_none() {
            self.report(Finding::new(ParseProblem::EmptyInput(Span::new(0, 0))));
            sound = false;
        } else if sound && source.as_ref().is_some_and(is_mistaken) {
            // INVARIANT: a `Mistake` was reported. Should one not be, no text fails without a word.
            debug_assert!(false, "a mistake that nothing was said of");
            self.report(Finding::new(ParseProblem::UnexpectedText {
                found: excerpt(self.text),
                span: Span::new(0, self.text.trim_end().len()),
                help: "write comparisons of a field, an operator and a value, joined by AND and OR",
            }));
            sound = false;
        }
        Parsed {
            source: source.map(|source| Source { sound, ..source }),
            findings: self.findings,
        }
    }

    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A problem with the edit that resolves it.
    fn report_with(
        &mut self,
        problem: impl Diagnostic + Send + Sync + 'static,
        title: &str,
        span: Span,
        replacement: String,
    ) {
        self.report(Finding::new(problem).fix(title, span, replacement));
    }

    /// Without the white space at its end.
    fn trimmed(&self, span: Span) -> Span {
        Span::new(
            span.start(),
            span.start() + self.slice(span).trim_end().len(),
        )
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.range()).unwrap_or_default()
    }

    fn report_foreign_comments(&mut self, source: Node<'t>) {
        for (rule, span) in source.descendants() {
            if rule != Rule::mistake_comment {
                continue;
            }
            let start = span.start();
            let mark = Span::new(start, start + 2);
            let found = match self.slice(mark) {
                "//" => "//",
                "--" => "--",
                _ => "/*",
            };
            // Behind a comparison the rest of the line may be a part of the filter.
            let is_certain = found != "/*" && self.begins_line(start);
            let help = match found {
                // Behind `#` all else in the line would be lost.
                "/*" => "take it out, or write `#` and the note at the end of a line",
                _ if is_certain => "write `#`: a comment runs from there to the end of the line",
                _ => "write `#` if the rest of the line is a note",
            };
            let span = mark;
            let finding = Finding::new(ParseProblem::ForeignComment { found, help, span });
            self.report(if is_certain {
                finding.fix("begin the comment with `#`", mark, "#")
            } else {
                finding
            });
        }
    }

    /// Whether nothing but blanks is in front of a place on its line.
    fn begins_line(&self, place: usize) -> bool {
        let before = self.text.get(..place).unwrap_or_default();
        let before = before.trim_end_matches(|c: char| c.is_whitespace() && c != '\n' && c != '\r');
        before.is_empty() || before.ends_with(['\n', '\r'])
    }

    /// A string over several lines is one mistake: its closing quote looks like the opening quote
    /// of another one, and what is between the two like an expression.
    fn silence_inside_strings(&mut self) {
        let opened = std::mem::take(&mut self.open_strings);
        let mut strings = opened.into_iter().peekable();
        let mut inside: Vec<Span> = Vec::new();
        while let Some(first) = strings.next() {
            let closes = |next: &Span| self.slice(*next) == self.slice(first);
            inside.extend(strings.next_if(closes).map(|second| first.to(second)));
        }
        if inside.is_empty() {
            return;
        }
        self.findings.retain(|finding| {
            let at = finding.span().start();
            let next = inside.partition_point(|string| string.start() < at);
            let before = next.checked_sub(1).and_then(|last| inside.get(last));
            before.is_none_or(|string| at >= string.end())
        });
    }
}

/// Whether a text has `//`, `--` or `/*`. In one pass: most have none of their characters.
fn may_have_foreign_comment(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b'/', b'-', bytes).any(|at| {
        let mark = bytes.get(at..at + 2);
        matches!(mark, Some(b"//" | b"--" | b"/*"))
    })
}
