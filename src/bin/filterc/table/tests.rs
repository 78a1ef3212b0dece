//! The tables, for the built-in catalog and for one of an account.

use filterc::Catalog;

use super::*;

/// What the built-in catalog does not have: many options, an operator without its negation,
/// a field that is about to go, a name in another script.
const ACCOUNT: &str = r#"{"fields": [
    {"field_key": "plan", "data_type": "string", "field_type": "select", "operators": ["in"],
     "options": [{"value": "a"}, {"value": "b"}, {"value": "c"}, {"value": "d"}, {"value": "e"},
                 {"value": "f"}, {"value": "g"}, {"value": "h"}], "status": "deprecated"},
    {"field_key": "都市", "data_type": "string", "field_type": "text", "operators": ["notin", ">"]}
]}"#;

fn fields<'c>(catalog: &'c Catalog, names: &[&str]) -> Vec<&'c Field> {
    names
        .iter()
        .map(|name| catalog.find(name).unwrap())
        .collect()
}

const NAMES: [&str; 6] = [
    "topic",
    "seniority",
    "department",
    "job_title",
    "current_business_email_validation_date",
    "resolved",
];

#[test]
fn a_table_of_80_columns() {
    let fields = fields(Catalog::builtin(), &NAMES);
    insta::assert_snapshot!(fitted(&fields, 80, false));
}

#[test]
fn a_table_of_120_columns() {
    let fields = fields(Catalog::builtin(), &NAMES);
    insta::assert_snapshot!(fitted(&fields, 120, false));
}

#[test]
fn a_table_for_files() {
    insta::assert_snapshot!(flat(&fields(Catalog::builtin(), &NAMES)));
}

#[test]
fn tables_of_an_account() {
    let catalog = Catalog::from_json(ACCOUNT).unwrap();
    let fields = fields(&catalog, &["plan", "都市"]);
    insta::assert_snapshot!(fitted(&fields, 80, false) + "\n" + &flat(&fields));
}

#[test]
fn every_line_fits() {
    let fields: Vec<_> = Catalog::builtin().fields().collect();
    for width in 76..200 {
        let text = fitted(&fields, width, false);
        assert!(
            text.lines().all(|line| line.width() <= width),
            "{width}:\n{text}"
        );
    }
}

#[test]
fn colour_changes_nothing_else() {
    let fields: Vec<_> = Catalog::builtin().fields().collect();
    let colored = fitted(&fields, 80, true);
    let mut stripped = String::new();
    for part in colored.split('\u{1b}') {
        // What follows the escape character up to `m`; the first part follows none.
        stripped += part
            .split_once('m')
            .filter(|_| part.starts_with('['))
            .map_or(part, |(_, text)| text);
    }
    let trimmed = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    assert_ne!(colored, stripped);
    for (stripped, plain) in
        std::iter::zip(trimmed(&stripped), trimmed(&fitted(&fields, 80, false)))
    {
        assert_eq!(stripped, plain);
    }
}
