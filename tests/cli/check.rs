//! `filterc check`: which files are compiled, what is reported, what the run ends with.

use serde_json::Value;

use super::process::{filterc_in, project};

const MANIFEST: &str = r#"audience_name = "A"
segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
type = "pixel"
source_pixel_ids = ["a"]
filter_file = "named.filter"
"#;

const WRONG: &str = "senority = vp";

fn tree(name: &str) -> std::path::PathBuf {
    project(
        name,
        &[
            ("b/good.filter", "gender = f"),
            ("b/.hidden/wrong.filter", WRONG),
            ("b/Other.toml", "[package]\nname = \"x\"\n"),
            ("b/notes.txt", "not a filter"),
            ("a/pixel.toml", MANIFEST),
            // Right for a pixel; the default audience of the settings is another.
            ("a/named.filter", "gender = m"),
            ("filterc.toml", "audience = \"intents\"\n"),
            ("c/wrong.filter", WRONG),
        ],
    )
}

#[test]
fn success_is_one_line_on_standard_error() {
    let folder = tree("check_success");
    let run = filterc_in(&folder, &["check", "a"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
    assert_eq!(run.stderr, "checked 1 manifest: no problems\n");
    let run = filterc_in(&folder, &["check", "--no-config", "a", "b", "a/pixel.toml"]);
    assert_eq!(run.stderr, "checked 1 filter and 1 manifest: no problems\n");
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
}

#[test]
fn problems_are_reported_in_the_order_of_the_paths() {
    let folder = project(
        "check_order",
        &[
            ("z.filter", WRONG),
            ("a/x.filter", WRONG),
            ("m.filter", "gender = f"),
            ("b.filter", "topic = x"),
        ],
    );
    let run = filterc_in(
        &folder,
        &["check", "--error-format", "short", "z.filter", "."],
    );
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(lines, ["a/x.filter:1:1:", "b.filter:1:9:", "z.filter:1:1:"]);
    assert_eq!(
        run.stderr,
        "error: checked 4 filters: 2 errors, 1 warning in 3 files\n"
    );
    let warned = filterc_in(&folder, &["check", "b.filter"]);
    assert_eq!(warned.code, Some(0));
    assert_eq!(warned.stderr, "checked 1 filter: 1 warning in 1 file\n");
    assert_eq!(
        filterc_in(&folder, &["check", "--deny-warnings", "b.filter"]).code,
        Some(1)
    );
}

#[test]
fn patterns_are_expanded_and_one_without_a_match_is_an_error() {
    let folder = tree("check_patterns");
    let run = filterc_in(&folder, &["check", "--no-config", "**/good.filter"]);
    assert_eq!(run.stderr, "checked 1 filter: no problems\n");
    let told = filterc_in(&folder, &["check", "d/*.filter"]).failed(2);
    assert!(
        told.starts_with("error: nothing matches `d/*.filter`"),
        "{told}"
    );
    let told = filterc_in(&folder, &["check", "b/.hidden", "c/none.filter"]);
    assert_eq!(told.code, Some(2));
    assert!(
        told.stdout.contains("filterc::input::not_found"),
        "{}",
        told.stdout
    );
    assert!(
        told.stdout.contains("there is no field `senority`"),
        "{}",
        told.stdout
    );
    let empty = project("check_empty", &[]);
    let told = filterc_in(&empty, &["check"]).failed(2);
    assert!(
        told.starts_with("error: there are no filters in `.`"),
        "{told}"
    );
}

#[test]
fn every_format_is_whole() {
    let folder = tree("check_formats");
    let check = |format| {
        filterc_in(
            &folder,
            &["check", "--no-config", "--error-format", format, "b", "c"],
        )
    };
    let json: Value = serde_json::from_str(&check("json").stdout).unwrap();
    assert_eq!(
        (&json["source"], &json["code"]),
        (
            &"c/wrong.filter".into(),
            &"filterc::check::unknown_field".into()
        )
    );
    assert_eq!(
        check("github").stdout,
        "::error file=c/wrong.filter,line=1,col=1,endLine=1,endColumn=8,\
         title=filterc%3A%3Acheck%3A%3Aunknown_field::there is no field `senority`; did you mean `seniority`?\n"
    );
    let sarif: Value = serde_json::from_str(&check("sarif").stdout).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "filterc::check::unknown_field");
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "c/wrong.filter");
    assert!(check("human").stdout.contains("[c/wrong.filter:1:1]"));
    let none = filterc_in(
        &folder,
        &["check", "--no-config", "--error-format", "sarif", "b"],
    );
    let none: Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!(none["runs"][0]["results"], Value::Array(Vec::new()));
}

#[test]
fn many_files_give_the_same_report_in_every_run() {
    let texts: Vec<(String, String)> = (0..300)
        .map(|number| {
            (
                format!("f/{number:03}.filter"),
                format!("job_title = a and x{number} = 1"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let folder = project("check_many", &files);
    let check = || filterc_in(&folder, &["check", "--error-format", "short"]);
    let first = check();
    assert_eq!(first.stdout.lines().count(), 300);
    assert!(first.stdout.lines().is_sorted());
    assert_eq!(first.stdout, check().stdout);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_those_that_lead_nowhere_passed_over() {
    use std::os::unix::fs::symlink;

    let folder = project(
        "check_links",
        &[
            ("real/a.filter", "gender = f"),
            ("looped/b.filter", "gender = f"),
        ],
    );
    let link = |target: &str, name: &str| symlink(target, folder.join(name)).unwrap();
    link("../real/a.filter", "looped/linked.filter");
    link(".", "looped/again");
    link("nobody@host:1", "looped/.#b.filter");
    link("nowhere", "looped/notes.txt");
    let run = filterc_in(&folder, &["check", "looped"]);
    assert_eq!(run.stderr, "checked 2 filters: no problems\n");
    link("nowhere", "looped/gone.filter");
    let told = filterc_in(&folder, &["check", "looped"]).failed(2);
    assert!(told.contains("looped/gone.filter"), "{told}");
}

#[test]
fn paths_may_overlap_and_settings_are_none() {
    let folder = tree("check_overlap");
    for paths in [
        &[".", "b"][..],
        &["b/good.filter", "b"],
        &["b/good.filter", "b/g*.filter"],
    ] {
        let run = filterc_in(
            &folder,
            &[&["check", "--no-config", "--error-format", "short"], paths].concat(),
        );
        assert!(run.stderr.contains("checked "), "{paths:?}: {}", run.stderr);
    }
    let told = filterc_in(&folder, &["check", "filterc.toml"]).failed(2);
    assert!(
        told.starts_with("error: there is nothing to check"),
        "{told}"
    );
}

#[test]
fn a_manifest_is_known_by_its_keys_however_they_are_written() {
    let quoted = MANIFEST
        .replace("audience_name", "\"audience_name\"")
        .replace("segmentation_type", "'segmentation_type'");
    let folder = project(
        "check_quoted",
        &[
            (
                "a.toml",
                &quoted.replace(
                    "filter_file = \"named.filter\"",
                    "\"filter\" = 'gendre = f'",
                ),
            ),
            ("b.filter", "gender = f"),
        ],
    );
    let run = filterc_in(&folder, &["check"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.stderr.contains("checked 1 filter and 1 manifest"),
        "{}",
        run.stderr
    );
}

#[test]
fn certain_fixes_are_applied_in_place_or_shown() {
    let wrong = "senority in [vp] and gender = f and emial is null # kept\n";
    let folder = project(
        "check_fix",
        &[("a.filter", wrong), ("b.filter", "salary > 5\n")],
    );
    let shown = filterc_in(&folder, &["check", "--fix", "--diff", "a.filter"]);
    assert_eq!(shown.code, Some(1));
    assert_eq!(
        shown.stdout,
        "--- a.filter\n+++ a.filter\n@@ -1 +1 @@\n\
         -senority in [vp] and gender = f and emial is null # kept\n\
         +seniority in (vp) and gender = f and email is null # kept\n"
    );
    let text = |name| std::fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(text("a.filter"), wrong);
    let fixed = filterc_in(&folder, &["check", "--fix"]);
    assert_eq!(fixed.code, Some(1));
    assert!(
        fixed.stderr.starts_with("fixed 3 problems in 1 file\n"),
        "{}",
        fixed.stderr
    );
    assert_eq!(
        text("a.filter"),
        "seniority in (vp) and gender = f and email is null # kept\n"
    );
    assert_eq!(text("b.filter"), "salary > 5\n");
    assert_eq!(
        filterc_in(&folder, &["check", "--fix", "--diff", "a.filter"]).code,
        Some(0)
    );
}

/// For the one type the fix is right, for the other it would bring up another problem.
#[test]
fn a_filter_of_two_manifests_is_fixed_only_where_both_would_write_the_same() {
    let events = MANIFEST
        .replace("\"pixel\"", "\"events\"")
        .replace("source_pixel_ids = [\"a\"]\n", "");
    let folder = project(
        "check_fix_shared",
        &[
            ("events.toml", &events),
            ("pixel.toml", MANIFEST),
            ("named.filter", "evnet_type = purchase\n"),
        ],
    );
    let text = || std::fs::read_to_string(folder.join("named.filter")).unwrap();
    let alone = filterc_in(&folder, &["check", "--fix", "--diff", "events.toml"]);
    assert!(
        alone.stdout.contains("+event_type = purchase"),
        "{}",
        alone.stdout
    );
    filterc_in(&folder, &["check", "--fix"]);
    assert_eq!(text(), "evnet_type = purchase\n");
    std::fs::write(folder.join("named.filter"), "gendre = f\n").unwrap();
    let both = filterc_in(&folder, &["check", "--fix"]);
    assert!(
        both.stderr.starts_with("fixed 1 problem in 1 file\n"),
        "{}",
        both.stderr
    );
    assert_eq!(text(), "gender = f\n");
}
