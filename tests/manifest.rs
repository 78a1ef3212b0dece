//! Manifests to request bodies, and problems of a filter at their place in the TOML file.
#![cfg(feature = "cli")]
#![expect(
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use filterc::{AudienceType, Compiler, FilterFile, Made, Manifest, render};

const IDS: &str = r#"segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
"#;

fn with(rest: &str) -> String {
    format!("audience_name = \"A\"\n{IDS}{rest}\n")
}

fn made(text: &str) -> Made {
    Manifest::from_toml(text).request(&Compiler::new(), None)
}

fn body(text: &str) -> String {
    let made = made(text);
    assert!(made.problems().is_empty(), "{:#?}", made.problems());
    made.request().unwrap().to_string()
}

#[test]
fn every_key_of_the_call_is_passed_on_in_the_vendors_order() {
    let text = with(
        r#"type = "intents"
        status = "Pending"
        renew_frequency = "manual"
        unload = "preview"
        select = "*"
        intent_window_days = 14
        audience_description = "D"
        filter = 'topic = 4eyes_1'"#,
    );
    assert_eq!(
        body(&text),
        concat!(
            r#"{"audience_name":"A","audience_description":"D","type":"intents","#,
            r#""segmentation_type":"Persona","#,
            r#""organization_id":"8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20","#,
            r#""project_id":"1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11","#,
            r#""filter":{"condition":"and","rules":[{"fieldName":"INTENT","#,
            r#""conditionRules":{"operator":"in","value":["4eyes_1"]}}]},"#,
            r#""select":"*","unload":"preview","renew_frequency":"manual","#,
            r#""intent_window_days":14,"status":"Pending"}"#,
        )
    );
}

#[test]
fn a_list_and_a_pixel_may_be_whole_and_are_then_not_narrowed() {
    let list = with(
        r#"type = "list"
        source_list_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
        source_list_path = "lists/a.csv""#,
    );
    assert!(body(&list).contains(
        r#""filter":{},"source_list_id":"8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20","source_list_path":"lists/a.csv"}"#
    ));
    let pixel = with("type = \"pixel\"\nsource_pixel_ids = [\"a\", \"b\"]");
    assert!(body(&pixel).ends_with(r#""filter":{},"source_pixel_ids":["a","b"]}"#));
    assert_eq!(made(&pixel).request().unwrap().estimate(), None);
}

/// The defaults of the vendor's page, for each type.
#[test]
fn what_is_left_out_stays_out_unless_it_is_asked_for() {
    for (audience, rest, defaults) in [
        (
            "intents",
            "filter = 'topic = 4eyes_1'",
            r#","renew_frequency":"daily","intent_window_days":1}"#,
        ),
        (
            "elixir",
            "filter = 'seniority = vp'",
            r#","renew_frequency":"weekly"}"#,
        ),
        (
            "pixel",
            "source_pixel_ids = ['a']",
            r#","renew_frequency":"daily","source_pixel_ids":["a"],"source_pixel_window_days":30,"source_pixel_min_visit_days":1,"source_pixel_output":"all"}"#,
        ),
        (
            "list",
            "source_list_id = '8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20'\nsource_list_path = 'p'",
            r#","source_list_path":"p","source_list_mode":"matched"}"#,
        ),
        ("events", "filter = 'event = purchase'", "]}}"),
    ] {
        let made = made(&with(&format!("type = '{audience}'\n{rest}")));
        let request = made.request().unwrap();
        assert_eq!(request.audience().name(), audience);
        let plain = request.to_string();
        let full = request.clone().with_defaults().to_string();
        assert!(full.ends_with(defaults), "{full}");
        assert!(plain.len() < full.len() || audience == "events");
        // What is written is no default to be replaced.
        let again: serde_json::Value = serde_json::from_str(&full).unwrap();
        let plain: serde_json::Value = serde_json::from_str(&plain).unwrap();
        for (key, value) in plain.as_object().unwrap() {
            assert_eq!(again.get(key), Some(value));
        }
    }
}

#[test]
fn ids_of_the_project_fill_in_and_do_not_replace() {
    let text = "audience_name = 'A'\ntype = 'elixir'\nsegmentation_type = 'Persona'\n\
                project_id = '1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11'\nfilter = 'seniority = vp'";
    assert!(made(text).request().is_none());
    let organization = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20";
    let manifest = Manifest::from_toml(text).with_ids(Some(organization), Some(organization));
    let body = manifest
        .request(&Compiler::new(), None)
        .request()
        .unwrap()
        .to_string();
    assert!(body.contains(&format!(r#""organization_id":"{organization}""#)));
    assert!(body.contains(r#""project_id":"1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11""#));
}

#[test]
fn the_type_decides_what_the_filter_may_name() {
    let text = with("type = 'pixel'\nsource_pixel_ids = ['a']\nfilter = 'topic = 4eyes_1'");
    let codes: Vec<_> = made(&text)
        .problems()
        .iter()
        .map(|it| it.code().to_owned())
        .collect();
    assert_eq!(codes, ["filterc::check::field_not_in_audience"]);
    let text = with("type = 'pixel'\nsource_pixel_ids = ['a']\nfilter = 'list where gender = f'");
    let codes: Vec<_> = made(&text)
        .problems()
        .iter()
        .map(|it| it.code().to_owned())
        .collect();
    assert_eq!(codes, ["filterc::check::audience_mismatch"]);
    // Settings of the caller give way to the manifest.
    let compiler = Compiler::new().audience(AudienceType::Pixel);
    let text = with("type = 'intents'\nfilter = 'topic = 4eyes_1'");
    assert!(
        Manifest::from_toml(&text)
            .request(&compiler, None)
            .request()
            .is_some()
    );
}

#[test]
fn a_filter_in_a_file_has_its_problems_there() {
    let manifest = Manifest::from_toml(&with("type = 'elixir'\nfilter_file = 'a.filter'"));
    assert_eq!(manifest.filter_file(), Some("a.filter"));
    let file = |text| {
        Some(FilterFile {
            name: "a.filter",
            text,
        })
    };
    let made = manifest.request(&Compiler::new(), file("senority = vp"));
    assert!(made.request().is_none() && made.problems().is_empty());
    assert_eq!(made.filter_problems().len(), 1);
    assert!(
        manifest
            .request(&Compiler::new(), file("seniority = vp"))
            .request()
            .is_some()
    );
    // A file that could not be read makes no request.
    assert!(manifest.request(&Compiler::new(), None).request().is_none());
}

const LITERAL: &str = "type = 'elixir'\r\nfilter = '''\r\n  seniority = vp # boss\r\n  and senority = boss\r\n  and é = “x”\r\n'''\r\n";
const BASIC: &str =
    "type = \"elixir\"\nfilter = \"seniority = \\\"boss\\\" and (job_title = \\u0022x\\u0022\"";
const LINES: &str = "type = \"elixir\"\nfilter = \"\"\"\\\n    seniority = vp \\\n    and gendr = \\\"f\\\"\n\"\"\"";

#[test]
fn a_problem_of_the_filter_is_shown_in_the_toml_file() {
    let style = render::HumanStyle {
        color: false,
        unicode: true,
        width: 100,
    };
    let mut shown = String::new();
    for (name, rest) in [("literal", LITERAL), ("basic", BASIC), ("lines", LINES)] {
        let text = with(rest);
        let made = made(&text);
        assert!(made.request().is_none());
        shown += &render::human(name, &text, made.problems(), style);
        for problem in made.problems() {
            for fix in problem.fixes() {
                let mut fixed = text.clone();
                fixed.replace_range(fix.span.range(), &fix.replacement);
                shown += &format!(
                    "\nfix: {}\n{}",
                    fix.title,
                    &fixed[text.find("filter").unwrap()..]
                );
            }
        }
        shown.push('\n');
    }
    insta::assert_snapshot!(shown);
}
