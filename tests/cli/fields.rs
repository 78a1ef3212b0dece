//! `filterc fields`: what is listed, the JSON, and what is said where nothing is.

use filterc::{AudienceType, Catalog};
use serde_json::Value;

use super::process::filterc;

/// The names in the first column of the table.
fn listed(arguments: &[&str]) -> Vec<String> {
    let printed = filterc(&[&["fields"], arguments].concat()).done();
    let mut lines = printed.lines();
    assert!(lines.next().unwrap().starts_with("FIELD  "));
    let names = lines.map(|line| line.split(' ').next().unwrap().to_owned());
    names.collect()
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let printed = filterc(&[&["fields", "--json"], arguments].concat()).done();
    assert_eq!(printed.matches('\n').count(), 1);
    serde_json::from_str(&printed).unwrap()
}

#[test]
fn all_fields_are_listed_each_on_one_line() {
    let names: Vec<_> = Catalog::builtin()
        .fields()
        .map(|field| field.name())
        .collect();
    assert_eq!(listed(&[]), names);
    let rows = rows(&[]);
    let in_json: Vec<_> = rows
        .iter()
        .map(|row| row["field"].as_str().unwrap())
        .collect();
    assert_eq!(in_json, names);
}

#[test]
fn a_pattern_is_part_of_a_name_an_alias_or_a_display_name_in_any_case() {
    assert_eq!(listed(&["SENIOR"]), ["seniority_level"]);
    assert_eq!(listed(&["topic"]), ["INTENT"]);
    // Display names.
    assert_eq!(listed(&["intent topic"]), ["INTENT"]);
    assert_eq!(listed(&["employees"]), ["company_employee_count_range"]);
    assert_eq!(listed(&["company_employee"]).len(), 2);
}

#[test]
fn an_audience_type_leaves_the_fields_it_has() {
    for audience in AudienceType::ALL {
        let catalog = Catalog::builtin();
        let expected: Vec<_> = catalog
            .fields()
            .filter(|field| {
                let unconfirmed = field.unconfirmed_audience_types();
                let mut types = field.audience_types().chain(unconfirmed);
                types.any(|other| other == audience)
            })
            .map(|field| field.name())
            .collect();
        assert_eq!(listed(&["--audience", audience.name()]), expected);
        assert!(expected.len() < catalog.fields().count());
    }
    assert_eq!(
        listed(&["event_", "-a", "Events"]),
        ["event_type", "event_data"]
    );
}

#[test]
fn json_has_every_key_of_every_field() {
    let keys = [
        "field",
        "display_name",
        "description",
        "type",
        "status",
        "operators",
        "tolerated_operators",
        "options",
        "aliases",
        "audience_types",
        "unconfirmed_audience_types",
    ];
    for row in rows(&[]) {
        let row = row.as_object().unwrap();
        assert_eq!(row.len(), keys.len());
        assert!(keys.iter().all(|key| row.contains_key(*key)), "{row:?}");
    }
    let seniority = &rows(&["seniority"])[0];
    assert_eq!(seniority["type"], "picklist");
    assert_eq!(
        seniority["options"][0],
        serde_json::json!({"value": "cxo", "label": "CXO"})
    );
    assert_eq!(seniority["operators"][1], "not in");
    assert_eq!(seniority["aliases"], serde_json::json!(["seniority"]));
    assert_eq!(rows(&["job_title_n"])[0]["operators"][8], "startswith");
    assert_eq!(
        rows(&["topic"])[0]["audience_types"],
        serde_json::json!(["intents"])
    );
    assert_eq!(
        rows(&["topic", "-a", "list"])[0]["unconfirmed_audience_types"],
        serde_json::json!(["elixir", "list"])
    );
    assert_eq!(rows(&["department"])[0]["tolerated_operators"][0], "is");
}

#[test]
fn nothing_found_is_exit_code_1_and_says_where_to_look() {
    assert_eq!(
        filterc(&["fields", "emial"]).failed(1),
        "error: no field matches `emial`; did you mean `email`?\n"
    );
    assert_eq!(
        filterc(&["fields", "salary"]).failed(1),
        "error: no field matches `salary`; `filterc fields` lists them all\n"
    );
    assert_eq!(
        filterc(&["fields", "visitors", "-a", "pixel"]).failed(1),
        "error: no field matches `visitors` in `pixel`; \
         `WEBSITE_VISITORS` exists in intents, elixir, list\n"
    );
    let run = filterc(&["fields", "salary", "--json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "[]\n"));
}
