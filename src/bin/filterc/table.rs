//! Fields as a table: `fitted` to a terminal for a person, `flat` for `grep` and files.
//!
//! Owns the lay-out. Must not choose fields nor ask what a terminal is like.

use clap::builder::styling::Style;
use filterc::{AudienceType, Field, FieldOption, Operator, Status};
use unicode_width::UnicodeWidthStr;

use crate::columns::aligned;
use crate::output::{BOLD, CYAN, DIM, YELLOW, painted, quoted};
use crate::wrap::wrapped;

/// Where there are fewer columns than these, names that are longer than [`LONG_NAME`] stand on
/// lines of their own.
const WIDE: usize = 110;

const LONG_NAME: usize = 30;

/// Fewer columns than these for the operators are unreadable.
const NARROWEST_OPERATORS: usize = 20;

/// More options than these are counted.
const SHOWN_OPTIONS: usize = 6;

const EXISTENCE: [Operator; 4] = [
    Operator::IsBlank,
    Operator::IsNotBlank,
    Operator::IsNull,
    Operator::IsNotNull,
];

/// Operators with the one that is written as their negation.
const NEGATABLE: [(Operator, Operator); 4] = [
    (Operator::In, Operator::NotIn),
    (Operator::Is, Operator::IsNot),
    (Operator::Equals, Operator::NotEquals),
    (Operator::Contains, Operator::NotContains),
];

/// One line a field under a line of headings, in columns, with nothing cut or left out.
pub(crate) fn flat(fields: &[&Field]) -> String {
    let headings = [
        "FIELD",
        "TYPE",
        "STATUS",
        "AUDIENCE TYPES",
        "ALIASES",
        "OPERATORS",
        "WITH A WARNING",
        "OPTIONS",
    ];
    let mut rows = vec![headings.map(str::to_owned)];
    rows.extend(fields.iter().map(|field| {
        [
            field.name().to_owned(),
            field.field_type().to_string(),
            field.status().to_string(),
            audience_types(field).unwrap_or_else(|| "all".to_owned()),
            listed(field.aliases()),
            listed(field.operators().map(spelling)),
            listed(field.tolerated_operators().map(spelling)),
            listed(field.options().iter().map(FieldOption::value)),
        ]
        .map(quoted)
    }));
    aligned(rows, false)
}

/// Name, type, status and operators of each field in `width` columns, and under them what is
/// particular to it.
pub(crate) fn fitted(fields: &[&Field], width: usize, colors: bool) -> String {
    let widest = |heading: &str, cells: &mut dyn Iterator<Item = &str>| {
        let cells = cells.map(UnicodeWidthStr::width);
        cells.fold(heading.len(), usize::max)
    };
    let names = fields.iter().map(|field| field.name());
    let mut names = names.filter(|name| width >= WIDE || name.width() <= LONG_NAME);
    let columns = Columns {
        name: widest("FIELD", &mut names),
        kind: widest(
            "TYPE",
            &mut fields.iter().map(|field| field.field_type().name()),
        ),
        status: widest("STATUS", &mut fields.iter().map(|field| status(field))),
        width,
        colors,
    };
    let headings = [("FIELD", BOLD), ("TYPE", BOLD), ("STATUS", BOLD)];
    let mut text = columns.line(headings, &painted("OPERATORS", BOLD, colors));
    for field in fields {
        text += &columns.field(field);
    }
    text.push('\n');
    for line in wrapped(notes(fields).split(' '), width) {
        text += &format!("{}\n", painted(&line, DIM, colors));
    }
    text
}

struct Columns {
    name: usize,
    kind: usize,
    status: usize,
    width: usize,
    colors: bool,
}

impl Columns {
    fn field(&self, field: &Field) -> String {
        let mut text = String::new();
        let mut name = field.name();
        if name.width() > self.name {
            text += &format!("{}\n", painted(name, CYAN, self.colors));
            name = "";
        }
        let kind = field.field_type().name();
        let mut first = [(name, CYAN), (kind, Style::new()), (status(field), YELLOW)];
        let before = self.name + self.kind + self.status + 6;
        let room = self.width.saturating_sub(before);
        for operators in wrapped(operators(field), room.max(NARROWEST_OPERATORS)) {
            text += &self.line(first, &operators);
            first = [("", Style::new()); 3];
        }
        for line in wrapped(details(field).split(' '), self.width.saturating_sub(4)) {
            text += &format!("    {}\n", painted(&line, DIM, self.colors));
        }
        text
    }

    fn line(&self, cells: [(&str, Style); 3], last: &str) -> String {
        let widths = [self.name, self.kind, self.status];
        let cells = cells.into_iter().zip(widths);
        let line: String = cells
            .map(|((cell, style), width)| painted(&padded(cell, width), style, self.colors) + "  ")
            .collect();
        format!("{}\n", (line + last).trim_end())
    }
}

fn padded(cell: &str, width: usize) -> String {
    let missing = width.saturating_sub(cell.width());
    cell.to_owned() + &" ".repeat(missing)
}

/// The status that deserves a look; nothing for a field that is ready.
fn status(field: &Field) -> &'static str {
    match field.status() {
        Status::Active => "",
        other => other.name(),
    }
}

/// The operators of the field, without those that [`notes`] is about.
fn operators(field: &Field) -> Vec<String> {
    let takes_existence = takes_existence(field);
    words(
        field
            .operators()
            .filter(|operator| !(takes_existence && EXISTENCE.contains(operator))),
    )
}

/// Operators as an expression writes them, each but the last with a comma. `not in` goes without
/// saying where there is `in`.
fn words(operators: impl Iterator<Item = Operator>) -> Vec<String> {
    let granted: Vec<_> = operators.collect();
    let has = |operator: &Operator| granted.contains(operator);
    let is_order = |operator: &Operator| operator.name().starts_with(['<', '>']);
    let mut words = Vec::new();
    for operator in granted.iter().filter(|operator| !is_order(operator)) {
        let negative = NEGATABLE.iter().find(|(positive, _)| positive == operator);
        let positive = NEGATABLE.iter().find(|(_, negative)| negative == operator);
        match (negative, positive) {
            (Some((_, negative)), _) if !has(negative) => {
                words.push(format!("{operator} (no \"{negative}\")"));
            }
            (_, Some((positive, _))) if has(positive) => {}
            _ => words.push(spelling(*operator).to_owned()),
        }
    }
    let orders = granted.iter().filter(|operator| is_order(operator));
    let orders: Vec<_> = orders.map(|operator| operator.name()).collect();
    if !orders.is_empty() {
        words.push(orders.join(" "));
    }
    let last = words.len().saturating_sub(1);
    for word in words.iter_mut().take(last) {
        word.push(',');
    }
    words
}

/// How an expression writes the operator.
fn spelling(operator: Operator) -> &'static str {
    match operator {
        Operator::StartsWith => "starts with",
        Operator::EndsWith => "ends with",
        other => other.name(),
    }
}

fn takes_existence(field: &Field) -> bool {
    let granted: Vec<_> = field.operators().collect();
    EXISTENCE.iter().all(|operator| granted.contains(operator))
}

/// `also: topic, intent; only in: intents`
fn details(field: &Field) -> String {
    let mut details = Vec::new();
    if field.aliases().next().is_some() {
        details.push(format!("also: {}", listed(field.aliases())));
    }
    let options = field.options();
    if !options.is_empty() {
        let shown = listed(options.iter().take(SHOWN_OPTIONS).map(FieldOption::value));
        let more = match options.len().saturating_sub(SHOWN_OPTIONS) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        details.push(format!("options: {}{more}", quoted(shown)));
    }
    details.extend(audience_types(field).map(|types| format!("only in: {types}")));
    if field.tolerated_operators().next().is_some() {
        let tolerated = words(field.tolerated_operators()).join(" ");
        details.push(format!("with a warning: {tolerated}"));
    }
    details.join("; ")
}

/// The audience types that the field is documented for, unless it is for all.
fn audience_types(field: &Field) -> Option<String> {
    let types: Vec<_> = field.audience_types().map(AudienceType::name).collect();
    let unconfirmed: Vec<_> = field
        .unconfirmed_audience_types()
        .map(AudienceType::name)
        .collect();
    let with_a_warning = if unconfirmed.is_empty() {
        String::new()
    } else {
        format!(" (with a warning: {})", listed(unconfirmed))
    };
    (types.len() < AudienceType::ALL.len()).then(|| listed(types) + &with_a_warning)
}

/// What holds for most fields.
fn notes(fields: &[&Field]) -> String {
    let mut notes = "Aliases follow \"also\". Where there is \"in\", \"is\", \"equals\" or \
        \"contains\", there is its negation with \"not\"."
        .to_owned();
    let without = fields.iter().filter(|field| !takes_existence(field));
    let without: Vec<_> = without.map(|field| field.name()).collect();
    let existence = "\"is blank\", \"is not blank\", \"is null\" and \"is not null\"";
    if without.is_empty() {
        notes += &format!(" Every field takes {existence} too.");
    } else if without.len() < fields.len() {
        let without = without.join(", ");
        notes += &format!(" Every field but {without} takes {existence} too.");
    }
    notes
}

fn listed(items: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let items = items.into_iter().map(|item| item.as_ref().to_owned());
    items.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
