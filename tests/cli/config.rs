//! `filterc.toml` and `filterc config`: where settings come from, and which of them win.

use serde_json::Value;

use super::process::{command, filterc_in, project, run};

const SETTINGS: &str = r#"catalog = "data/catalog.json"
audience = "elixir"

[aliases]
vertical = "plan"

[warnings]
deny = ["mixed_operators"]
"#;

const CATALOG: &str =
    r#"[{"field_key":"plan","data_type":"string","field_type":"text","operators":["eq"]}]"#;

fn settled(name: &str) -> std::path::PathBuf {
    project(
        name,
        &[
            ("filterc.toml", SETTINGS),
            ("data/catalog.json", CATALOG),
            ("deep/er/a.filter", "vertical = x"),
            ("other.toml", "audience = \"pixel\"\n"),
        ],
    )
}

#[test]
fn settings_are_found_upwards_and_their_paths_count_from_them() {
    let folder = settled("upwards");
    let printed = filterc_in(&folder.join("deep/er"), &["-f", "a.filter"]).done();
    assert!(printed.contains("\"fieldName\":\"plan\""), "{printed}");
    let told = filterc_in(&folder.join("deep/er"), &["--no-config", "-f", "a.filter"]).failed(1);
    assert!(told.contains("there is no field `vertical`"), "{told}");
    let told = filterc_in(&folder, &["--config", "other.toml", "topic = 4eyes_1"]).failed(1);
    assert!(
        told.contains("`pixel` audiences have no field `topic`"),
        "{told}"
    );
}

#[test]
fn a_text_and_then_an_argument_go_before_the_settings() {
    let folder = settled("order");
    let run = |arguments: &[&str]| filterc_in(&folder, arguments);
    assert_eq!(run(&["plan = x"]).code, Some(0));
    // The default is `elixir`, which needs a field of people or companies.
    run(&["topic = 4eyes_1"]).failed(1);
    assert_eq!(run(&["intents where topic = 4eyes_1"]).code, Some(0));
    assert_eq!(
        run(&["--audience", "intents", "topic = 4eyes_1"]).code,
        Some(0)
    );
    let told = run(&["--audience", "list", "intents where topic = 4eyes_1"]).failed(1);
    assert!(told.contains("filterc::check::audience_mismatch"), "{told}");
    let told = run(&["plan = x or plan = y and plan = z"]).failed(1);
    assert!(
        told.contains("error[filterc::check::mixed_operators]"),
        "{told}"
    );
    run(&[
        "--allow",
        "mixed_operators",
        "plan = x or plan = y and plan = z",
    ])
    .done();
}

#[test]
fn config_shows_what_is_in_force_and_where_it_comes_from() {
    let folder = settled("shown");
    let printed = filterc_in(&folder.join("deep"), &["config", "--allow", "beta_field"]).done();
    assert_eq!(
        printed,
        "\
SETTING               VALUE                            FROM
config                ../filterc.toml                  -
catalog               ../data/catalog.json (4 fields)  ../filterc.toml:1
topics                -                                -
audience              elixir                           ../filterc.toml:2
organization_id       -                                -
project_id            -                                -
alias vertical        plan                             ../filterc.toml
allow beta_field      filterc::check::beta_field       --allow
deny mixed_operators  filterc::check::mixed_operators  ../filterc.toml
"
    );
    let json = filterc_in(&folder, &["config", "--json", "--audience", "list"]).done();
    let rows: Vec<Value> = serde_json::from_str(&json).unwrap();
    let audience = rows
        .iter()
        .find(|row| row["setting"] == "audience")
        .unwrap();
    assert_eq!(
        (&audience["value"], &audience["from"]),
        (&"list".into(), &"--audience".into())
    );
}

#[test]
fn wrong_settings_break_what_uses_them_and_nothing_else() {
    let folder = project(
        "wrong_settings",
        &[
            ("filterc.toml", "catalogue = \"x\"\n"),
            ("a.filter", "gender = f"),
        ],
    );
    let told = "error[filterc::toml::unknown_key]: there is no key `catalogue`";
    for arguments in [
        &["gender = f"][..],
        &["fields"],
        &["topics", "x"],
        &["config"],
        &["check"],
        &["request", "a.toml"],
        &["locate", "/rules", "gender = f"],
        &["catalog", "diff", "builtin", "builtin"],
        &["--batch"],
    ] {
        let said = filterc_in(&folder, arguments).failed(1);
        assert!(said.starts_with(told), "{arguments:?}: {said}");
        assert!(said.contains("did you mean `catalog`?"), "{said}");
    }
    for arguments in [&["explain"][..], &["completions", "bash"], &["man"]] {
        assert_eq!(
            filterc_in(&folder, arguments).code,
            Some(0),
            "{arguments:?}"
        );
    }
    assert_eq!(
        filterc_in(&folder, &["--no-config", "gender = f"]).code,
        Some(0)
    );
}

#[test]
fn a_path_that_cannot_be_read_is_told_with_its_line() {
    let folder = project(
        "no_catalog",
        &[("filterc.toml", "\ncatalog = \"no.json\"\n")],
    );
    let told = run(command(["gender = f"]).current_dir(&folder), b"").failed(2);
    assert_eq!(
        told,
        "error[filterc::input::not_found]: cannot read `no.json`: there is no such file\n  \
         help: check what line 2 of `filterc.toml` names\n"
    );
}
