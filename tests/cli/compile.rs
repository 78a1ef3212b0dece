//! Exit codes, the two forms of the JSON, the three forms of problems.

use std::fs;

use serde_json::Value;

use super::process::{filterc, folder};

const FINE: &str = "seniority = vp";
const WRONG: &str = "senority = vp and job_title starts with";
const DOUBTFUL: &str = "topic = x";

#[test]
fn the_card_compiles_to_its_json() {
    let run = filterc(&[r#"topic = "x" AND (event = a OR event = b)"#]);
    assert_eq!(run.code, Some(0));
    assert_eq!(
        run.stdout,
        concat!(
            r#"{"condition":"and","rules":[{"fieldName":"INTENT","conditionRules":{"operator":"in","value":["x"]}},"#,
            r#"{"condition":"or","rules":[{"fieldName":"event_type","conditionRules":{"operator":"is","value":"a"}},"#,
            r#"{"fieldName":"event_type","conditionRules":{"operator":"is","value":"b"}}]}]}"#,
            "\n"
        )
    );
    assert!(run.stderr.contains("filterc::check::not_a_topic_id"));
    assert!(
        run.stderr
            .contains("filterc::check::no_single_audience_type")
    );
    assert!(
        run.stderr.ends_with("\n\ncompiled with 2 warnings\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn compact_is_one_line_and_pretty_is_the_same_json_indented() {
    let compact = filterc(&[FINE, "--compact"]).done();
    assert_eq!(compact, filterc(&[FINE]).done());
    assert_eq!(compact.matches('\n').count(), 1);
    let pretty = filterc(&[FINE, "--pretty"]).done();
    assert!(
        pretty.starts_with("{\n  \"condition\": \"and\",\n"),
        "{pretty}"
    );
    assert!(pretty.ends_with("\n}\n"));
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(json(&compact), json(&pretty));
}

#[test]
fn an_expression_with_problems_ends_with_1_and_prints_nothing() {
    for format in ["human", "short", "json"] {
        let told = filterc(&[WRONG, "--error-format", format]).failed(1);
        assert!(told.contains("filterc::check::unknown_field"), "{told}");
        assert!(told.contains("filterc::parse::missing_value"), "{told}");
    }
    // An empty expression is one, too.
    assert!(
        filterc(&[""])
            .failed(1)
            .contains("filterc::parse::empty_input")
    );
    assert!(
        filterc(&[])
            .failed(1)
            .contains("filterc::parse::empty_input")
    );
}

#[test]
fn for_people_the_line_is_shown_and_problems_are_counted() {
    let told = filterc(&[WRONG]).failed(1);
    assert!(
        told.starts_with("error[filterc::check::unknown_field]: "),
        "{told}"
    );
    assert!(told.contains(&format!("1 │ {WRONG}\n")), "{told}");
    assert!(told.contains("did you mean `seniority`?"), "{told}");
    assert!(told.ends_with("\n\nerror: no filter: 2 errors\n"), "{told}");
    let told = filterc(&["senority = vp and topic = x"]).failed(1);
    assert!(
        told.ends_with("\n\nerror: no filter: 1 error, 1 warning\n"),
        "{told}"
    );
}

#[test]
fn short_is_one_line_a_problem_and_nothing_else() {
    let told = filterc(&[WRONG, "--error-format", "short"]).failed(1);
    let lines: Vec<_> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(lines[0].starts_with("<expression>:1:1: error[filterc::check::unknown_field]: "));
    assert!(lines[1].starts_with("<expression>:1:"));
}

#[test]
fn json_is_one_object_a_line_as_the_schema_says() {
    let schema = serde_json::from_str(filterc::render::PROBLEM_SCHEMA).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let file = folder("json").join("eu.filter");
    let text = "senority = \"vp\"\nand topic = Ünï and (";
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let told = filterc(&["--file", file, "--error-format=json"]).failed(1);
    let problems: Vec<Value> = told
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(problems.len() >= 2, "{told}");
    for problem in &problems {
        assert!(validator.is_valid(problem), "{problem}");
        assert_eq!(problem["source"], file);
        let span = |end: &str| usize::try_from(problem["span"][end].as_u64().unwrap()).unwrap();
        assert!(text.get(span("start")..span("end")).is_some(), "{problem}");
    }
    assert_eq!(problems[0]["fixes"][0]["replacement"], "seniority");
}

#[test]
fn warnings_let_the_filter_through_unless_they_are_denied() {
    let run = filterc(&[DOUBTFUL]);
    assert_eq!(run.code, Some(0));
    assert!(run.stdout.starts_with('{'));
    assert!(
        run.stderr.ends_with("\n\ncompiled with 1 warning\n"),
        "{}",
        run.stderr
    );

    let told = filterc(&[DOUBTFUL, "--deny-warnings"]).failed(1);
    assert!(
        told.starts_with("warning[filterc::check::not_a_topic_id]: "),
        "{told}"
    );
    assert!(
        told.ends_with("\n\nerror: no filter: 1 warning, and --deny-warnings is given\n"),
        "{told}"
    );
    let told = filterc(&[DOUBTFUL, "--deny-warnings", "--error-format", "json"]).failed(1);
    let problem: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(problem["severity"], "warning");

    assert!(filterc(&[FINE, "--deny-warnings"]).done().starts_with('{'));
}

#[test]
fn the_audience_type_is_taken_in_any_case_and_checked() {
    filterc(&[FINE, "-a", "pixel"]).done();
    filterc(&[FINE, "--audience=PIXEL"]).done();
    let told = filterc(&["topic = 4eyes_1", "-a", "Pixel"]).failed(1);
    assert!(
        told.contains("filterc::check::field_not_in_audience"),
        "{told}"
    );
    let told = filterc(&["list where seniority = vp", "-a", "pixel"]).failed(1);
    assert!(told.contains("filterc::check::audience_mismatch"), "{told}");

    let told = filterc(&[FINE, "-a", "pixl"]).failed(2);
    assert!(
        told.contains("events, intents, elixir, list, pixel"),
        "{told}"
    );
    assert!(told.contains("a similar value exists: 'pixel'"), "{told}");
}

#[test]
fn an_argument_that_is_a_file_or_a_command_gets_a_hint() {
    let file = folder("hint").join("eu.filter");
    fs::write(&file, FINE).unwrap();
    let file = file.to_str().unwrap();
    let told = filterc(&[file]).failed(1);
    assert!(
        told.contains(&format!("to compile it, `filterc --file '{file}'`\n")),
        "{told}"
    );
    let told = filterc(&["explian"]).failed(1);
    assert!(
        told.contains("\nhelp: did you mean the command `filterc explain`?\n"),
        "{told}"
    );
    for unlike in ["explain = 1", "senority = vp"] {
        assert!(!filterc(&[unlike]).failed(1).contains("\nhelp: "));
    }
    let told = filterc(&["explian", "--error-format", "short"]).failed(1);
    assert_eq!(told.lines().count(), 1, "{told}");
}
