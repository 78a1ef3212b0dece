//! `filterc locate` and `--source-map`: from a JSON pointer back to a line.

use serde_json::Value;

use super::process::{filterc, filterc_in, project};

const TEXT: &str = "gender = f\nand (\n  job_title contains any (a, \"b c\")\n  or not seniority in (vp, cxo)\n)\n";

const MANIFEST: &str = r#"audience_name = "A"
type = "elixir"
segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
"#;

/// The pointers of all parts of a value.
fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                pointers(item, &format!("{here}/{at}"), found);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                pointers(member, &format!("{here}/{key}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_part_of_the_json_leads_to_a_place_and_the_map_agrees() {
    let folder = project("locate", &[("a.filter", TEXT)]);
    let printed = filterc_in(&folder, &["-f", "a.filter", "--source-map", "map.json"]).done();
    let map = std::fs::read_to_string(folder.join("map.json")).unwrap();
    let map: Value = serde_json::from_str(&map).unwrap();
    assert_eq!(
        (&map["version"], &map["source"]),
        (&1.into(), &"a.filter".into())
    );
    let mut all = Vec::new();
    pointers(&serde_json::from_str(&printed).unwrap(), "", &mut all);
    assert_eq!(map["pointers"].as_object().unwrap().len(), all.len());
    for pointer in &all {
        let found = filterc_in(&folder, &["locate", "--json", pointer, "-f", "a.filter"]).done();
        let found: Value = serde_json::from_str(&found).unwrap();
        let expected = &map["pointers"][pointer];
        for key in ["span", "start", "end"] {
            assert_eq!(found[key], expected[key], "{pointer}");
        }
    }
    let line = filterc_in(
        &folder,
        &["locate", "/filter/rules/1/rules/2", "-f", "a.filter"],
    )
    .done();
    assert_eq!(line, "a.filter:4:10: seniority in (vp, cxo)\n");
}

#[test]
fn a_place_in_a_manifest_is_that_in_the_toml_or_in_the_filter_it_names() {
    let inline = format!("{MANIFEST}filter = '''\n{TEXT}'''\n");
    let named = format!("{MANIFEST}filter_file = 'f/a.filter'\n");
    let folder = project(
        "locate_manifest",
        &[
            ("inline.toml", &inline),
            ("named.toml", &named),
            ("f/a.filter", TEXT),
        ],
    );
    let locate = |file| {
        filterc_in(
            &folder,
            &[
                "locate",
                "/filter/rules/1/rules/1/conditionRules/value",
                "-f",
                file,
            ],
        )
        .done()
    };
    assert_eq!(locate("inline.toml"), "inline.toml:9:30: \"b c\"\n");
    assert_eq!(locate("named.toml"), "f/a.filter:3:30: \"b c\"\n");
}

#[test]
fn what_is_not_there_is_told_and_a_wrong_text_has_no_map() {
    let told = filterc(&["locate", "/rules/1/fieldName", "gender = f"]).failed(1);
    assert_eq!(
        told,
        "error: there is nothing at `/rules/1/fieldName`; the filter has `/rules`, and nothing of that name in it\n"
    );
    let told = filterc(&["locate", "rules", "gender = f"]).failed(1);
    assert!(told.contains("a pointer begins with `/`"), "{told}");
    let told = filterc(&["locate", "/rules/0", "gendre = f"]).failed(1);
    assert!(told.contains("filterc::check::unknown_field"), "{told}");
    let folder = project("no_map", &[]);
    filterc_in(&folder, &["--source-map", "map.json", "gendre = f"]).failed(1);
    filterc_in(
        &folder,
        &["--source-map", "map.json", "--deny-warnings", "topic = x"],
    )
    .failed(1);
    assert!(!folder.join("map.json").exists());
    let told = filterc_in(&folder, &["--source-map", "no/map.json", "gender = f"]).failed(2);
    assert!(
        told.starts_with("error: cannot write `no/map.json`"),
        "{told}"
    );
}
