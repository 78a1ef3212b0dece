//! Where `filterc match` and `filterc fingerprint` take a filter from: manifests, and saved JSON.

use std::fs;
use std::path::Path;

use super::process::{Run, command, example, filterc, project, run};

const ROWS: &str = concat!(
    "{\"job_title\":\"CTO\",\"seniority_level\":\"cxo\"}\n",
    "{\"job_title\":\"Clerk\",\"seniority_level\":\"staff\"}\n",
);

/// The first of the rows.
fn first() -> String {
    ROWS.split_inclusive('\n').next().unwrap().to_owned()
}

fn manifest(filter: &str) -> String {
    format!(
        "audience_name = \"Leaders\"\ntype = \"elixir\"\nsegmentation_type = \"Persona\"\n\
         organization_id = \"8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20\"\n\
         project_id = \"1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11\"\n{filter}\n"
    )
}

/// Tries what is in that file of the folder on the rows.
fn tried(folder: &Path, option: &str, file: &str, more: &[&str]) -> Run {
    let mut command = command(["match", "--no-config", option, file]);
    run(command.args(more).current_dir(folder), ROWS.as_bytes())
}

#[test]
fn a_manifest_gives_its_filter_wherever_it_stands() {
    let named = manifest("filter_file = \"in/leaders.filter\"");
    let folder = project(
        "match-manifest",
        &[
            ("held.toml", &manifest("filter = 'seniority = cxo'")),
            ("named.toml", &named),
            ("in/leaders.filter", "seniority = cxo"),
        ],
    );
    for file in ["held.toml", "named.toml"] {
        let printed = tried(&folder, "--file", file, &[]).done();
        assert_eq!(printed, first(), "{file}");
    }
    let told = tried(
        &folder,
        "--file",
        "named.toml",
        &["--explain", "--head", "1"],
    );
    let line = "seniority = cxo   seniority_level is \"cxo\"";
    assert!(told.stdout.contains(line), "{told:?}");
}

#[test]
fn what_is_wrong_with_a_manifest_is_told_as_by_check() {
    let held = manifest("window = 3\nfilter = '''\nsenority = cxo\n'''");
    let folder = project(
        "match-manifest-wrong",
        &[
            ("a.toml", &held),
            ("b.toml", &manifest("filter_file = \"b.filter\"")),
            // An audience of another type takes it.
            ("b.filter", "topic = 4eyes_1"),
            ("c.toml", &manifest("filter_file = \"no/such.filter\"")),
        ],
    );
    for (file, code, place) in [
        (
            "a.toml",
            1,
            "a.toml:8:1: error[filterc::check::unknown_field]",
        ),
        ("b.toml", 1, "b.filter:1:1: warning[filterc::check::"),
        (
            "c.toml",
            2,
            "no/such.filter:1:1: error[filterc::input::not_found]",
        ),
    ] {
        let short = ["--error-format", "short", "--deny-warnings"];
        let told = tried(&folder, "--file", file, &short).failed(code);
        assert!(told.contains(place), "{told}");
        let mut check = command(["check", "--no-config", file]);
        let checked = run(check.args(short).current_dir(&folder), b"");
        assert_eq!((checked.code, checked.stdout), (Some(code), told));
    }
}

#[test]
fn an_audience_that_is_not_narrowed_has_nothing_to_try() {
    let pixel = example("pixel-all.toml");
    let told = tried(Path::new("."), "--file", pixel.to_str().unwrap(), &[]).failed(1);
    assert!(told.contains("filterc::match::not_narrowed"), "{told}");
    let json = "{\"type\":\"list\",\"filter\":{}}";
    let folder = project("match-json-none", &[("a.json", json)]);
    let told = tried(&folder, "--filter-json", "a.json", &[]).failed(1);
    assert!(told.contains("filterc::match::not_narrowed"), "{told}");
}

#[test]
fn the_filter_may_be_json_of_its_own_or_of_an_audience() {
    let json = filterc(&["seniority = cxo"]).done();
    for text in [
        json.clone(),
        format!("\u{FEFF}{json}"),
        format!("{{\"name\": 1, \"filter\": {json}}}"),
        format!("{{\"audience_name\":\"L\",\"type\":\"elixir\",\"id\":7,\"filter\":{json}}}"),
        format!("{{\"data\":[{{\"filter\":{json}}}],\"total\":1}}"),
    ] {
        let folder = project("match-json", &[("a.json", &text)]);
        let printed = tried(&folder, "--filter-json", "a.json", &[]);
        assert_eq!(printed.done(), first(), "{text}");
    }
    let folder = project("match-json-two", &[("a.json", &json.repeat(2))]);
    let told = tried(&folder, "--filter-json", "a.json", &[]).failed(1);
    assert!(told.contains("`a.json` holds 2 filters"), "{told}");
}

#[test]
fn wrong_json_is_told_as_by_decompile() {
    let wrong = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/wrong.json");
    let twice = "{\"condition\":\"and\",\"condition\":\"or\",\"rules\":[]}";
    let files = [
        ("wrong.json", &*fs::read_to_string(wrong).unwrap()),
        ("empty.json", ""),
        ("broken.json", "{\"condition\": \"and\", \"rules\": ["),
        ("twice.json", twice),
        ("other.json", "{\"filter\": [1]}"),
    ];
    let folder = project("match-json-wrong", &files);
    for (file, _) in files {
        for format in ["json", "short", "sarif"] {
            let format = ["--error-format", format];
            let told = tried(&folder, "--filter-json", file, &format).failed(1);
            let mut decompile = command(["decompile", "--no-config", file]);
            let decompiled = run(decompile.args(format).current_dir(&folder), b"");
            assert_eq!(told, decompiled.failed(1), "{file}");
        }
    }
}

#[test]
fn fingerprints_of_filters_and_manifests_are_those_of_their_texts() {
    let hash = filterc(&["fingerprint", "seniority in (vp, cxo)"]).done();
    let other = manifest("filter_file = \"a.filter\"").replace("Leaders", "Others");
    let folder = project(
        "fingerprint-files",
        &[
            ("a.filter", "seniority in (cxo, vp) # leaders"),
            (
                "b.toml",
                &manifest("filter = 'seniority = vp or seniority = cxo'"),
            ),
            ("c.toml", &other),
            ("wrong.toml", &manifest("filter = 'senority = vp'")),
        ],
    );
    let of = |files: &[&str]| {
        let mut command = command(["fingerprint", "--no-config", "-f"]);
        run(command.args(files).current_dir(&folder), b"")
    };
    for file in ["a.filter", "b.toml", "c.toml"] {
        assert_eq!(of(&[file]).done(), hash, "{file}");
    }
    let hash = hash.trim_end();
    let lines = format!("{hash}  b.toml\n{hash}  a.filter\n");
    assert_eq!(of(&["b.toml", "a.filter"]).done(), lines);
    // All of them or none.
    let told = of(&["a.filter", "wrong.toml"]).failed(1);
    assert!(told.contains("[wrong.toml:6:11]"), "{told}");
    assert!(told.ends_with("error: no fingerprint: 1 error\n"), "{told}");
    let told = of(&["a.filter", "none.filter"]).failed(2);
    assert!(told.contains("filterc::input::not_found"), "{told}");
}

/// One that is not narrowed has the hash of the `{}` that its request has.
#[test]
fn an_audience_without_a_filter_has_a_fingerprint_of_its_own() {
    let pixel = example("pixel-all.toml");
    let told = filterc(&["fingerprint", "-f", pixel.to_str().unwrap()]).done();
    let of_braces = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\n";
    assert_eq!(told, of_braces);
}
