//! `--optimize`, `--canonical` and `fingerprint`.

use std::fs;

use serde_json::Value;

use super::process::{filterc, folder};

const LONG: &str =
    "(seniority = vp and email is not blank) or (email is not blank and seniority = cxo)";
const SHORT: &str = "email is not blank and seniority in (vp, cxo)";

#[test]
fn the_filter_is_smaller_and_in_the_order_of_the_source() {
    assert_eq!(
        filterc(&["--optimize", LONG]).done(),
        filterc(&[SHORT]).done()
    );
    assert_ne!(filterc(&[LONG]).done(), filterc(&[SHORT]).done());
}

#[test]
fn canonical_is_optimized_and_sorted() {
    let filter = filterc(&["--canonical", LONG]).done();
    assert_eq!(
        filter,
        filterc(&["email is not blank and seniority in (cxo, vp)"]).done()
    );
    assert_eq!(
        filter,
        filterc(&["--canonical", "--optimize", SHORT]).done()
    );
}

#[test]
fn what_is_wrong_is_told_even_where_it_would_have_gone() {
    let text = "seniority = vp or (seniority = vp and not job_title starts with x)";
    let told = filterc(&["--optimize", text, "--error-format", "short"]).failed(1);
    assert!(told.contains("filterc::lower::no_complement"), "{told}");
}

#[test]
fn lines_of_a_batch_are_rewritten_too() {
    let file = folder("optimize-batch").join("lines.txt");
    fs::write(&file, format!("{LONG}\n")).unwrap();
    let file = file.to_str().unwrap();
    let out = filterc(&["--batch", "--optimize", "--file", file]).done();
    let line: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(line["filter"]["rules"].as_array().unwrap().len(), 2);
}

/// A rule that several comparisons became leads to all of them.
#[test]
fn places_are_those_of_the_rewritten_filter() {
    let text = "seniority = vp or seniority = cxo or (seniority = vp and email is blank)";
    let place = |form: &str, pointer: &str| filterc(&["locate", form, pointer, text]).done();
    let value = "/rules/0/conditionRules/value/0";
    assert!(place("--optimize", value).ends_with(":13: vp\n"));
    assert!(place("--canonical", value).ends_with(":31: cxo\n"));
    let rule = place("--canonical", "/rules/0");
    assert!(rule.ends_with(":1: seniority = vp or seniority = cxo\n"));
    let all = place("--canonical", "/rules/0/conditionRules/value");
    assert!(all.ends_with(":13: vp or seniority = cxo\n"));
    filterc(&["locate", "--optimize", "/rules/1", text]).failed(1);

    let map = folder("optimize-map").join("map.json");
    let path = map.to_str().unwrap();
    filterc(&["--canonical", "--source-map", path, text]).done();
    let map: Value = serde_json::from_str(&fs::read_to_string(&map).unwrap()).unwrap();
    assert_eq!(map["pointers"].as_object().unwrap().len(), 10);
}

#[test]
fn more_filters_can_be_estimated() {
    let file = folder("optimize-request").join("eu.toml");
    let head = "audience_name = 'EU'\ntype = 'elixir'\nsegmentation_type = 'Persona'\n\
                organization_id = '6f1c2c2e-5b1e-4f0a-9d3c-2f8a7b6c5d4e'\n\
                project_id = '6f1c2c2e-5b1e-4f0a-9d3c-2f8a7b6c5d4e'\n";
    fs::write(&file, format!("{head}filter = '{LONG}'\n")).unwrap();
    let file = file.to_str().unwrap();
    let run = filterc(&["request", "--estimate", file]);
    assert!(run.stderr.contains("filterc::estimate::nested_group"));
    let body = filterc(&["request", "--estimate", "--optimize", file]).done();
    assert_eq!(body.matches("condition\"").count(), 1, "{body}");
    let body = filterc(&["request", "--canonical", file]).done();
    assert!(body.contains(r#"["cxo","vp"]"#), "{body}");
}

#[test]
fn a_fingerprint_is_of_what_is_said() {
    let of = |text: &str| filterc(&["fingerprint", text]).done();
    let expected = of(SHORT);
    assert_eq!(expected.trim_end().len(), 64);
    assert!(expected.trim_end().bytes().all(|b| b.is_ascii_hexdigit()));
    for same in [
        "seniority in (cxo, vp) and email is not blank",
        "(Seniority_Level = CXO || seniority == \"vp\") # people\n && ! (email is blank)",
        "elixir where seniority in (vp, cxo) and (((email is not blank)))",
        LONG,
    ] {
        assert_eq!(of(same), expected, "{same}");
    }
    for other in [
        "seniority in (cxo, vp) or email is not blank",
        "seniority in (cxo) and email is not blank",
        "seniority in (cxo, vp) and email is not null",
    ] {
        assert_ne!(of(other), expected, "{other}");
    }
}

/// It may be kept by others: a change of the algorithm is a change for them.
#[test]
fn a_fingerprint_stays_what_it_was() {
    let file = folder("fingerprint").join("vps.filter");
    fs::write(&file, "seniority = vp").unwrap();
    assert_eq!(
        filterc(&["fingerprint", "--file", file.to_str().unwrap()]).done(),
        "2e3c942aa00142440dc1e411caaf97c10dc8abf2de2d0670c49fb177dae520df\n"
    );
    let told = filterc(&["fingerprint", "senority = vp"]).failed(1);
    assert!(told.contains("filterc::check::unknown_field"), "{told}");
    let run = filterc(&["fingerprint", "topic = x"]);
    assert_eq!((run.code, run.stdout.len()), (Some(0), 65));
    filterc(&["fingerprint", "topic = x", "--deny-warnings"]).failed(1);
}
