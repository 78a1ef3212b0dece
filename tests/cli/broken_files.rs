//! Files that are missing, cut off, of another kind, too large: each is told with a code, and
//! nothing is written to standard output.

use serde_json::Value;

use super::process::{Run, filterc_in, project};

/// Each way to name a file, with the file in the place of `FILE`.
const WAYS: &[&[&str]] = &[
    &["--catalog", "FILE", "gender = f"],
    &["fields", "--catalog", "FILE"],
    &["--topics", "FILE", "topic = x"],
    &["topics", "--topics", "FILE", "x"],
    &["--config", "FILE", "gender = f"],
    &["config", "--config", "FILE"],
    &["request", "FILE"],
    &["catalog", "diff", "builtin", "FILE"],
];

fn with<'a>(way: &[&'a str], file: &'a str) -> Vec<&'a str> {
    way.iter()
        .map(|word| if *word == "FILE" { file } else { *word })
        .collect()
}

/// That a run failed with a code, in words and as JSON, and wrote no result.
#[track_caller]
fn fails(folder: &std::path::Path, arguments: &[&str], exit: i32, code: &str) {
    let told = filterc_in(folder, arguments).failed(exit);
    assert!(
        told.contains(&format!("error[filterc::{code}")),
        "{arguments:?}: {told}"
    );
    let as_json = [arguments, &["--error-format", "json"]].concat();
    let Run {
        code: ended,
        stdout,
        stderr,
    } = filterc_in(folder, &as_json);
    assert_eq!((ended, stdout.as_str()), (Some(exit), ""), "{as_json:?}");
    let schema: Value = serde_json::from_str(filterc::render::PROBLEM_SCHEMA).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let problems: Vec<Value> = stderr
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(
        problems.iter().all(|problem| schema.is_valid(problem)),
        "{stderr}"
    );
    let codes: Vec<&str> = problems
        .iter()
        .map(|problem| problem["code"].as_str().unwrap())
        .collect();
    assert!(
        codes
            .iter()
            .any(|it| it.starts_with(&format!("filterc::{code}"))),
        "{codes:?}"
    );
}

#[test]
fn what_cannot_be_read_ends_with_two() {
    let folder = project("cannot_read", &[("folder/x", "")]);
    std::fs::write(folder.join("latin1"), b"gender = \xFC").unwrap();
    for way in WAYS {
        fails(&folder, &with(way, "none"), 2, "input::not_found");
        fails(&folder, &with(way, "folder"), 2, "input::is_directory");
        fails(&folder, &with(way, "latin1"), 2, "input::not_utf8");
    }
    for way in [&["--file"][..], &["--batch", "--file"]] {
        fails(&folder, &[way, &["none"]].concat(), 2, "input::not_found");
        fails(
            &folder,
            &[way, &["folder"]].concat(),
            2,
            "input::is_directory",
        );
    }
}

#[test]
fn what_is_too_large_is_not_read() {
    let folder = project("too_large", &[]);
    let file = std::fs::File::create(folder.join("large")).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    for way in WAYS {
        fails(&folder, &with(way, "large"), 2, "input::too_large");
    }
    fails(&folder, &["--file", "large"], 2, "input::too_large");
}

#[test]
fn what_is_wrong_inside_ends_with_one() {
    let folder = project(
        "wrong_inside",
        &[
            (
                "cut.json",
                r#"{"response":{"topics":[{"topic_id":"4eyes_1","name":"a"#,
            ),
            ("html.json", "<html>"),
            ("error.json", r#"{"error":"unauthorized"}"#),
            (
                "twice.json",
                r#"[{"field_key":"a","field_key":"b","topic_id":"1","topic_id":"2"}]"#,
            ),
            ("number.json", "7"),
            ("empty", ""),
            ("cut.toml", "audience = \"intents"),
            (
                "twice.toml",
                "type = 'list'\ntype = 'list'\naudience = 'list'\naudience = 'list'\n",
            ),
            ("unknown.toml", "colour = 'red'\n"),
        ],
    );
    let is_json = |way: &&&[&str]| !way.contains(&"--config") && way[0] != "request";
    for way in WAYS.iter().filter(is_json) {
        for (file, code) in [
            ("cut.json", "json::not_json"),
            ("html.json", "json::not_json"),
            ("error.json", "json::wrong_shape"),
            ("twice.json", "json::wrong_shape"),
            ("number.json", "json::wrong_shape"),
        ] {
            fails(&folder, &with(way, file), 1, code);
        }
    }
    fails(
        &folder,
        &["--topics", "empty", "topic = x"],
        1,
        "topics::no_topics",
    );
    fails(
        &folder,
        &["--catalog", "empty", "gender = f"],
        1,
        "json::not_json",
    );
    for way in WAYS.iter().filter(|way| !is_json(way)) {
        fails(&folder, &with(way, "cut.toml"), 1, "toml::not_toml");
        fails(&folder, &with(way, "twice.toml"), 1, "toml::not_toml");
        fails(&folder, &with(way, "unknown.toml"), 1, "toml::unknown_key");
    }
    fails(&folder, &["request", "empty"], 1, "manifest::missing_key");
}
