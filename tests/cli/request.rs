//! `filterc request`: manifests to bodies, and bodies through a real curl to a real server.

use std::path::Path;

use serde_json::{Value, json};

use super::process::{command, example, filterc, filterc_in, project, run};
use super::server::{has_curl, serve};

const HEAD: &str = r#"audience_name = "A"
segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
"#;

fn manifest(rest: &str) -> String {
    format!("{HEAD}{rest}\n")
}

#[test]
fn there_is_an_example_of_every_type_and_each_makes_a_request() {
    for audience in ["events", "intents", "elixir", "list", "pixel"] {
        let path = example(&format!("{audience}.toml"));
        let run = filterc(&["request", path.to_str().unwrap()]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        let body: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(body["type"], audience);
        assert!(body["filter"]["rules"].is_array(), "{body}");
    }
}

#[test]
fn several_manifests_are_one_body_a_line_or_nothing() {
    let folder = project(
        "several_manifests",
        &[
            (
                "a.toml",
                &manifest("type = 'elixir'\nfilter = 'gender = f'"),
            ),
            (
                "b.toml",
                &manifest("type = 'pixel'\nsource_pixel_ids = ['x']"),
            ),
            (
                "wrong.toml",
                &manifest("type = 'elixir'\nfilter = '''\ngendre = f\n'''"),
            ),
        ],
    );
    let bodies = filterc_in(&folder, &["request", "--pretty", "b.toml", "a.toml"]).done();
    let types: Vec<Value> = bodies
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["type"].clone())
        .collect();
    assert_eq!(types, ["pixel", "elixir"]);
    let told = filterc_in(&folder, &["request", "a.toml", "wrong.toml", "b.toml"]).failed(1);
    assert!(told.contains("wrong.toml:7:1"), "{told}");
    assert!(told.ends_with("error: no request: 1 error\n"), "{told}");
}

#[test]
fn a_filter_file_lies_beside_its_manifest() {
    let folder = project(
        "filter_file",
        &[
            (
                "m/a.toml",
                &manifest("type = 'elixir'\nfilter_file = 'f/a.filter'"),
            ),
            ("m/f/a.filter", "gender = f"),
            (
                "m/none.toml",
                &manifest("type = 'elixir'\nfilter_file = 'none.filter'"),
            ),
            (
                "m/wrong.toml",
                &manifest("type = 'elixir'\nfilter_file = 'f/wrong.filter'"),
            ),
            ("m/f/wrong.filter", "gendre = f"),
        ],
    );
    let body = filterc_in(&folder, &["request", "m/a.toml"]).done();
    assert!(body.contains("\"fieldName\":\"gender\""), "{body}");
    let told = filterc_in(&folder, &["request", "m/none.toml"]).failed(2);
    assert!(told.contains("filterc::input::not_found"), "{told}");
    assert!(
        told.contains("check the `filter_file` of `m/none.toml`"),
        "{told}"
    );
    let told = filterc_in(&folder, &["request", "m/f/a.filter"]).failed(2);
    assert!(told.contains("is a filter"), "{told}");
    let told = filterc_in(&folder, &["-f", "m/a.toml"]).failed(2);
    assert!(told.contains("`m/a.toml` is a manifest"), "{told}");
    let told = filterc_in(&folder, &["request", "m/wrong.toml"]).failed(1);
    assert!(told.contains("[m/f/wrong.filter:1:1]"), "{told}");
}

#[test]
fn standard_input_explicit_and_ids_of_the_settings() {
    let folder = project(
        "request_settings",
        &[(
            "filterc.toml",
            HEAD.split_once("organization_id")
                .map(|(_, ids)| format!("organization_id{ids}"))
                .unwrap()
                .as_str(),
        )],
    );
    let text = "audience_name = 'A'\nsegmentation_type = 'Persona'\ntype = 'elixir'\nfilter = 'gender = f'\n";
    let in_folder =
        |arguments: &[&str]| run(command(arguments).current_dir(&folder), text.as_bytes()).done();
    let plain: Value = serde_json::from_str(&in_folder(&["request", "-"])).unwrap();
    assert_eq!(plain["project_id"], "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11");
    assert_eq!(plain.get("renew_frequency"), None);
    let full: Value = serde_json::from_str(&in_folder(&["request", "--explicit", "-"])).unwrap();
    assert_eq!(full["renew_frequency"], "weekly");
}

#[test]
fn an_estimate_names_the_group_that_it_refuses() {
    let nested = "type = 'intents'\nintent_window_days = 3\nfilter = '''\ntopic = 4eyes_1\nand (gender = f or gender = m)\n'''";
    let folder = project("estimate", &[("a.toml", &manifest(nested))]);
    let estimate = filterc_in(&folder, &["request", "--estimate", "a.toml"]);
    assert_eq!(estimate.code, Some(0));
    let body: Value = serde_json::from_str(&estimate.stdout).unwrap();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["filter", "intent_window_days"]);
    assert!(
        estimate.stderr.contains("the nested group `/rules/1`"),
        "{}",
        estimate.stderr
    );
    assert!(
        estimate.stderr.contains("write `gender in (f, m)`"),
        "{}",
        estimate.stderr
    );
    assert!(
        estimate.stderr.contains("[a.toml:9:6]"),
        "{}",
        estimate.stderr
    );
    filterc_in(
        &folder,
        &["request", "--estimate", "--deny-warnings", "a.toml"],
    )
    .failed(1);
    filterc_in(&folder, &["request", "a.toml"]).done();
}

#[test]
fn an_estimate_of_a_whole_list_is_no_create_body() {
    let text = manifest("type = 'pixel'\nsource_pixel_ids = ['x']");
    let told = run(
        &mut command(["request", "--estimate", "-"]),
        text.as_bytes(),
    )
    .failed(1);
    assert!(told.contains("filterc::estimate::no_filter"), "{told}");
}

#[test]
fn levels_hold_for_manifests_and_for_the_files_they_are_checked_by() {
    let catalog = r#"[{"field_key":"rev","data_type":"decimal","operators":["eq",">"]}]"#;
    let folder = project(
        "request_levels",
        &[
            ("a.toml", &manifest("type = 'events'\nfilter = 'event = x'")),
            ("catalog.json", catalog),
        ],
    );
    let run = |arguments: &[&str]| filterc_in(&folder, arguments);
    run(&["request", "a.toml", "--deny", "unlisted_type"]).failed(1);
    run(&["request", "a.toml", "--allow", "unlisted_type"]).done();
    let rev = ["--catalog", "catalog.json", "rev is not null"];
    let told = run(&rev);
    assert_eq!(told.code, Some(0));
    assert!(told.stderr.contains("catalog.json:1:34"), "{}", told.stderr);
    run(&[&rev[..], &["--deny", "unknown_name"]].concat()).failed(1);
    run(&[&rev[..], &["--allow", "unknown_name"]].concat()).done();
    run(&["--catalog", "catalog.json", "rev > abc"]).failed(1);
}

/// The commands of the guide, as they are written there.
fn of_the_guide(page: &str, word: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs").join(page)).unwrap();
    let mut blocks = page
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap());
    blocks
        .find(|block| block.contains(word))
        .unwrap()
        .to_owned()
}

fn shell(script: &str, address: &str, folder: &Path) -> std::process::Output {
    let program = Path::new(env!("CARGO_BIN_EXE_filterc"));
    let path = std::env::var_os("PATH").unwrap();
    let mut folders = vec![program.parent().unwrap().to_owned()];
    folders.extend(std::env::split_paths(&path));
    std::process::Command::new("sh")
        .args(["-ec", script])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(folders).unwrap())
        .env("DELIVR_API", address)
        .env("DELIVR_TOKEN", "a.b.c")
        .output()
        .unwrap()
}

#[test]
fn the_guide_sends_bodies_that_arrive_as_they_were_written() {
    if !has_curl() {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (word, path, arguments) in [
        ("audiences\" ", "POST /api/v1/audiences", &["request"][..]),
        (
            "audiences/estimate",
            "POST /api/v1/audiences/estimate",
            &["request", "--estimate"],
        ),
    ] {
        let (address, arrived) = serve(|_| r#"{"id":1}"#.to_owned());
        let output = shell(&of_the_guide("requests.md", word), &address, root);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(output.stdout, br#"{"id":1}"#);
        let arrived = arrived.recv().unwrap();
        assert_eq!(arrived.line, path);
        for header in [
            "authorization: bearer a.b.c",
            "content-type: application/json",
        ] {
            assert!(arrived.headers.iter().any(|it| it == header), "{arrived:?}");
        }
        let printed = filterc(&[arguments, &["examples/intents.toml"]].concat()).done();
        let [sent, printed] =
            [&arrived.body, &printed].map(|json| serde_json::from_str::<Value>(json).unwrap());
        assert_eq!(sent, printed);
        assert_eq!(sent["intent_window_days"], json!(7));
    }
}

#[test]
fn the_loop_of_the_guide_saves_all_pages_of_topics() {
    if !has_curl() {
        return;
    }
    let folder = project("topic_pages", &[]);
    let (address, _arrived) = serve(|arrived| {
        let offset = arrived.line.split("offset=").nth(1).unwrap();
        let offset: usize = offset.parse().unwrap();
        let topics = (offset..250.min(offset + 100)).map(|number| {
            json!({"topic_id": format!("4eyes_{number}"), "name": format!("Topic {number}"), "status": "active"})
        });
        json!({"response": {"topics": topics.collect::<Vec<_>>()}}).to_string()
    });
    let output = shell(&of_the_guide("accounts.md", "taxonomy"), &address, &folder);
    assert!(output.status.success(), "{output:?}");
    let printed = filterc_in(
        &folder,
        &[
            "--topics",
            "topics.ndjson",
            "topic in (\"Topic 0\", \"Topic 249\")",
        ],
    );
    assert!(printed.done().contains(r#"["4eyes_0","4eyes_249"]"#));
}
