//! The fields of the built-in catalog as domain.md describes them: what each kind takes, and values.
//!
//! Names and types come from the catalog, so that a new field is asked about too; what the types
//! grant is written down here a second time.

use std::sync::LazyLock;

use filterc::{AudienceType, Catalog, FieldType};

use crate::row::Relation;

/// What the values of a field are, and with that what can be asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// The options are all known.
    Closed,
    /// A picklist whose options are not known.
    Open,
    Whole,
    Decimal,
    Moment,
    Flag,
    Many,
    Topic,
    Visitors,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) aliases: &'static [&'static str],
    /// Values and labels.
    pub(crate) options: Vec<(&'static str, &'static str)>,
    /// The audience types that take it; all where it is a column of people or companies.
    pub(crate) audience_types: Vec<&'static str>,
}

pub(crate) static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let fields = Catalog::builtin().fields();
    fields.map(describe).collect()
});

pub(crate) fn find(name: &str) -> &'static Field {
    let found = FIELDS.iter().find(|field| field.name == name);
    found.unwrap_or_else(|| panic!("there is no field {name}"))
}

fn describe(field: &'static filterc::Field) -> Field {
    let options: Vec<_> = field
        .options()
        .iter()
        .map(|o| (o.value(), o.label()))
        .collect();
    Field {
        name: field.name(),
        kind: kind(field),
        aliases: aliases(field.name()),
        options,
        audience_types: field.audience_types().map(AudienceType::name).collect(),
    }
}

pub(crate) fn kind(field: &filterc::Field) -> Kind {
    match field.field_type() {
        FieldType::Text => Kind::Text,
        FieldType::Picklist if field.options().is_empty() => Kind::Open,
        FieldType::Picklist => Kind::Closed,
        FieldType::Integer => Kind::Whole,
        FieldType::Number => Kind::Decimal,
        FieldType::Boolean => Kind::Flag,
        FieldType::Timestamp => Kind::Moment,
        FieldType::Array => Kind::Many,
        FieldType::Topic => Kind::Topic,
        FieldType::AudienceId => Kind::Visitors,
        other => panic!("the test does not know fields of type {other}"),
    }
}

fn aliases(name: &str) -> &'static [&'static str] {
    match name {
        "INTENT" => &["topic", "intent"],
        "event_type" => &["event"],
        "WEBSITE_VISITORS" => &["visitors"],
        "seniority_level" => &["seniority"],
        "company_industry" => &["industry"],
        "current_business_email" => &["email"],
        "company_employee_count_range" => &["employees"],
        "company_revenue_range" => &["revenue"],
        _ => &[],
    }
}

impl Field {
    /// The relation that `=` stands for. The vendor does not say how `is`, `equals` and `in`
    /// differ: one must not take another's place but where the language page says so.
    pub(crate) fn equality(&self) -> Relation {
        match self.kind {
            Kind::Text | Kind::Flag => Relation::Is,
            Kind::Whole | Kind::Decimal | Kind::Moment => Relation::Equals,
            Kind::Closed | Kind::Open | Kind::Many | Kind::Topic | Kind::Visitors => Relation::In,
        }
    }

    /// The relation that `in` asks of each value of its list.
    pub(crate) fn membership(&self) -> Relation {
        match self.kind {
            Kind::Text => Relation::In,
            _ => self.equality(),
        }
    }

    /// Whether `is v` and `equals v` can be written, in this order.
    pub(crate) fn takes_vendor_equality(&self) -> (bool, bool) {
        match self.kind {
            Kind::Text | Kind::Open => (true, true),
            Kind::Flag => (true, false),
            Kind::Whole | Kind::Decimal | Kind::Moment => (false, true),
            Kind::Closed | Kind::Many | Kind::Topic | Kind::Visitors => (false, false),
        }
    }

    pub(crate) fn takes_contains(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Open | Kind::Many)
    }

    /// Whether `starts with` and `ends with` can be written.
    pub(crate) fn takes_prefixes(&self) -> bool {
        self.kind == Kind::Text
    }

    pub(crate) fn takes_order(&self) -> bool {
        matches!(self.kind, Kind::Whole | Kind::Decimal | Kind::Moment)
    }

    pub(crate) fn takes_existence(&self) -> bool {
        !matches!(self.name, "INTENT" | "score" | "WEBSITE_VISITORS")
    }

    /// Values to compare it with, as the filter object spells them.
    pub(crate) fn values(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Text | Kind::Open | Kind::Many => TEXTS.to_vec(),
            Kind::Closed => self.options.iter().map(|(value, _)| *value).collect(),
            Kind::Whole => {
                let whole = NUMBERS.iter().filter(|number| !number.contains('.'));
                whole.copied().collect()
            }
            Kind::Decimal => NUMBERS.to_vec(),
            Kind::Moment => MOMENTS.to_vec(),
            Kind::Flag => vec!["true", "false"],
            Kind::Topic => vec![
                "4eyes_1",
                "4eyes_115481",
                "Cloud Computing",
                "A > B & C > D",
            ],
            Kind::Visitors => vec!["1", "12", "415", "pixel-7"],
        }
    }
}

/// Texts that read as something else where they are not taken as a whole.
const TEXTS: &[&str] = &[
    "",
    " ",
    "dev",
    "Dev",
    "d ev",
    "developer",
    "SRE",
    "and",
    "null",
    "IN",
    "android",
    "notes",
    "input",
    "like",
    "has",
    "true",
    "25-34",
    "-5",
    "10000+",
    "acme.com",
    "me@acme.com",
    "a//b",
    "x--y",
    "$20,000 to $44,999",
    "it's",
    "say \"hi\"",
    "a\\b",
    "# no comment",
    "(x",
    "x)",
    "{[",
    "line\nbreak",
    "car\rriage",
    "tab\there",
    "nul\0",
    "é😀",
    "日本",
    "“curly”",
    "no\u{A0}break",
    "100%",
    "*",
];

const NUMBERS: &[&str] = &[
    "-1000",
    "-10",
    "-1.5",
    "-1",
    "0",
    "007",
    "1",
    "2",
    "2.50",
    "3",
    "10",
    "99",
    "100",
    "1000",
    "12345678901234567890",
];

const MOMENTS: &[&str] = &[
    "2026-01-30",
    "2026-01-31",
    "2026-01-31T00:00:00Z",
    "2026-01-31T02:00:00+02:00",
    "2026-01-31T10:00:00Z",
    "2026-01-31t23:00:00.000-02:00",
    "2026-02-01",
    "2027-01-01",
];
