//! `--catalog`, `--topics`, `--allow`, `--deny`: what an account has, and what counts.

use std::fmt::Write as _;

use super::process::{example, filterc, filterc_in, project};

#[path = "../support/topics.rs"]
mod made;

const FIELD: &str = r#"{"field_key":"plan","data_type":"string","field_type":"select","operators":["in"],
    "options":[{"value":"p1","label":"Gold, 10,000+"},{"value":"p2","label":"$20 to $40"}]}"#;

#[test]
fn a_saved_catalog_takes_the_place_of_the_built_in_one_however_it_was_saved() {
    let folder = project(
        "saved_catalog",
        &[
            (
                "whole.json",
                &format!(r#"{{"total_count":1,"fields":[{FIELD}]}}"#),
            ),
            (
                "wrapped.json",
                &format!(r#"{{"response":{{"fields":[{FIELD}]}}}}"#),
            ),
            ("bare.json", &format!("[{FIELD}]")),
        ],
    );
    for file in ["whole.json", "wrapped.json", "bare.json"] {
        let run = |text| filterc_in(&folder, &["--catalog", file, text]);
        assert_eq!(
            run("plan = \"gold, 10,000+\" and topic = 4eyes_1").done(),
            "{\"condition\":\"and\",\"rules\":[{\"fieldName\":\"plan\",\"conditionRules\":{\"operator\":\"in\",\"value\":[\"p1\"]}},\
             {\"fieldName\":\"INTENT\",\"conditionRules\":{\"operator\":\"in\",\"value\":[\"4eyes_1\"]}}]}\n"
        );
        assert!(
            run("seniority = vp")
                .failed(1)
                .contains("there is no field `seniority`")
        );
    }
    let listed = filterc_in(&folder, &["fields", "--catalog", "bare.json"]).done();
    let names: Vec<&str> = listed
        .lines()
        .skip(1)
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(names, ["INTENT", "score", "WEBSITE_VISITORS", "plan"]);
}

#[test]
fn sixteen_thousand_options_are_checked_by_value_and_label() {
    let mut options = String::new();
    for number in 0..16_000 {
        let comma = if number == 0 { "" } else { "," };
        write!(
            options,
            r#"{comma}{{"value":"v{number}","label":"Label, {number}"}}"#
        )
        .unwrap();
    }
    let field = format!(
        r#"[{{"field_key":"big","data_type":"string","field_type":"select","operators":["in"],"options":[{options}]}}]"#
    );
    let folder = project("many_options", &[("catalog.json", &field)]);
    let run = |text: &str| filterc_in(&folder, &["--catalog", "catalog.json", text]);
    assert!(
        run("big = \"label, 15999\"")
            .done()
            .contains("[\"v15999\"]")
    );
    let told = run("big in (v7, \"Lable, 15999\")").failed(1);
    assert!(
        told.contains("did you mean `v15999` (Label, 15999)?"),
        "{told}"
    );
}

#[test]
fn a_deprecated_field_warns_and_a_beta_one_is_a_note() {
    let catalog = example("account/catalog.json");
    let catalog = catalog.to_str().unwrap();
    let run = |text, more: &[&str]| filterc(&[&["--catalog", catalog, text], more].concat());
    let beta = run("loyalty_tier = gold", &["--deny-warnings"]);
    assert_eq!(beta.code, Some(0));
    assert!(beta.stderr.contains("note[filterc::check::beta_field]"));
    assert!(
        beta.stderr.ends_with("compiled with 1 note\n"),
        "{}",
        beta.stderr
    );
    let deprecated = run("fax_number = 1", &[]);
    assert_eq!(deprecated.code, Some(0));
    assert!(
        deprecated
            .stderr
            .contains("warning[filterc::check::deprecated_field]")
    );
    run("fax_number = 1", &["--deny-warnings"]).failed(1);
    run("fax_number = 1", &["--allow", "deprecated_field"]).done();
    let told = run(
        "loyalty_tier = gold",
        &["--deny", "filterc::check::beta_field"],
    )
    .failed(1);
    assert!(told.contains("error[filterc::check::beta_field]"), "{told}");
}

#[test]
fn a_code_that_is_none_is_told() {
    let told = filterc(&["--allow", "beta_feild", "seniority = vp"]).failed(2);
    assert_eq!(
        told,
        "error: wrong value of --allow: there is no warning `beta_feild`; did you mean `beta_field`?\n"
    );
    let told = filterc(&["--deny", "unknown_field", "seniority = vp"]).failed(2);
    assert!(told.contains("is an error, whatever its level"), "{told}");
}

#[test]
fn topics_of_the_real_size_are_found_by_name_path_and_id() {
    let folder = project("real_topics", &[("topics.json", &made::pages())]);
    let [by_name, by_path, by_id] = [9_001, 12_345, 19_578].map(made::topic);
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\\\""));
    let path = format!(
        "{} > {}>{}",
        by_path.category, by_path.subcategory, by_path.name
    );
    let text = format!(
        "topic in ({}, {}, {})",
        quoted(&by_name.name.to_uppercase()),
        quoted(&path),
        by_id.id
    );
    let printed = filterc_in(&folder, &["--topics", "topics.json", &text]).done();
    let ids = format!("[\"{}\",\"{}\",\"{}\"]", by_name.id, by_path.id, by_id.id);
    assert!(printed.contains(&ids), "{printed}");

    let several = made::topic(50);
    let told = filterc_in(
        &folder,
        &[
            "--topics",
            "topics.json",
            &format!("topic = {}", quoted(&several.name)),
        ],
    );
    let told = told.failed(1);
    assert!(told.contains("is the name of 2 topics"), "{told}");
    assert!(told.contains(&several.category), "{told}");

    let found = filterc_in(
        &folder,
        &[
            "topics",
            "--topics",
            "topics.json",
            "--json",
            "4eyes_100009",
        ],
    )
    .done();
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(found[0]["id"], "4eyes_100009");
    assert_eq!(found.as_array().unwrap().len(), 1);
    let told = filterc_in(&folder, &["topics", "--topics", "topics.json", "zzzz"]).failed(1);
    assert!(told.starts_with("error: no topic matches `zzzz`"), "{told}");
    let told = filterc(&["topics", "java"]).failed(2);
    assert!(told.contains("there is no topic file"), "{told}");
}

/// Each is measured against all names, so that only the first ones are.
#[test]
fn many_unknown_topics_are_told_in_time() {
    let folder = project("unknown_topics", &[("topics.json", &made::pages())]);
    let names: Vec<String> = (0..3_000)
        .map(|at| format!("\"completely unknown {at}\""))
        .collect();
    std::fs::write(
        folder.join("a.filter"),
        format!("topic in ({})", names.join(", ")),
    )
    .unwrap();
    let start = std::time::Instant::now();
    let told = filterc_in(
        &folder,
        &[
            "--topics",
            "topics.json",
            "--error-format",
            "short",
            "-f",
            "a.filter",
        ],
    );
    assert_eq!(told.failed(1).lines().count(), 3_000);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
