//! `filterc catalog diff`: what changed, and which filters it breaks.

use serde_json::Value;

use super::process::{filterc_in, project};

const OLD: &str = r#"[{"field_key":"plan","data_type":"string","field_type":"select","operators":["in"],"options":[{"value":"a"},{"value":"b"}]},
    {"field_key":"tier","data_type":"string","field_type":"text","operators":["eq"]}]"#;
const NEW: &str = r#"[{"field_key":"plan","data_type":"string","field_type":"select","operators":["in"],"options":[{"value":"b"},{"value":"c"}]},
    {"field_key":"tier","data_type":"string","field_type":"text","operators":["in"]}]"#;

#[test]
fn changes_are_listed_and_filters_tried_with_both() {
    let folder = project(
        "diff",
        &[
            ("old.json", OLD),
            ("new.json", NEW),
            ("f/breaks.filter", "plan = a"),
            ("f/changes.filter", "tier = x"),
            ("f/stays.filter", "plan = b"),
            ("f/was_broken.filter", "plan = c or nothing = x"),
        ],
    );
    let run = |arguments: &[&str]| filterc_in(&folder, &[&["catalog", "diff"], arguments].concat());
    assert_eq!(
        run(&["old.json", "new.json"]).done(),
        "~ plan: options gone a; new c\n~ tier: operators gone is; new in\n"
    );
    assert_eq!(
        run(&["old.json", "old.json"]).done(),
        "the catalogs have the same fields\n"
    );
    let with_files = run(&["old.json", "new.json", "f"]);
    assert_eq!(with_files.code, Some(1));
    assert!(with_files.stdout.ends_with(
        "\nbreaks 1 file:\n  f/breaks.filter\nchanges the JSON of 1 file:\n  f/changes.filter\n\
         compiles with neither catalog: 1 file:\n  f/was_broken.filter\n"
    ));
    assert!(with_files.stderr.contains("`a` is not an option of `plan`"));
    let json: Value =
        serde_json::from_str(&run(&["--json", "old.json", "new.json", "f"]).stdout).unwrap();
    assert_eq!(json["broken"], serde_json::json!(["f/breaks.filter"]));
    assert_eq!(json["changed"], serde_json::json!(["f/changes.filter"]));
    assert_eq!(json["changes"][0]["gone"], serde_json::json!(["a"]));
}

#[test]
fn the_built_in_catalog_is_named_and_an_alias_can_break() {
    let folder = project(
        "alias_breaks",
        &[
            ("new.json", NEW),
            ("filterc.toml", "aliases.vertical = \"company_industry\"\n"),
        ],
    );
    let diff = filterc_in(&folder, &["catalog", "diff", "builtin", "new.json"]);
    assert_eq!(diff.code, Some(1));
    assert!(diff.stdout.contains("- company_industry (picklist)\n"));
    assert!(
        diff.stdout
            .ends_with("breaks the alias vertical of the settings\n")
    );
}

#[test]
fn a_filter_that_a_manifest_names_is_tried_for_its_type_alone() {
    let manifest = r#"audience_name = "A"
segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
type = "elixir"
filter_file = "a.filter"
"#;
    let folder = project(
        "diff_named",
        &[
            ("old.json", OLD),
            ("new.json", NEW),
            ("f/a.toml", manifest),
            ("f/a.filter", "plan = a"),
        ],
    );
    let run = filterc_in(&folder, &["catalog", "diff", "old.json", "new.json", "f"]);
    assert!(
        run.stdout.ends_with("\nbreaks 1 file:\n  f/a.toml\n"),
        "{}",
        run.stdout
    );
}
