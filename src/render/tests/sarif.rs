//! SARIF documents: what is in them, against a schema, and places that are where they should be.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// The published schema of SARIF 2.1.0, cut down to what is written: see the file.
const SCHEMA: &str = include_str!("sarif.schema.json");

/// A document that keeps to the schema.
fn valid(sources: &[Source<'_>]) -> Value {
    let document = sarif(sources);
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    let document: Value = serde_json::from_str(&document).unwrap_or_default();
    let validator = jsonschema::draft202012::new(&schema);
    let wrong: Vec<String> = match validator {
        Ok(validator) => validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect(),
        Err(error) => vec![error.to_string()],
    };
    assert_eq!(wrong, Vec::<String>::new(), "{document:#}");
    document
}

fn at<'a>(document: &'a Value, pointer: &str) -> &'a Value {
    let found = document.pointer(pointer);
    found.unwrap_or(&Value::Null)
}

#[test]
fn a_run_over_several_files() {
    let first = "é = 1 and\r\ncontry = \"US\"\r\nor 👍 = 1\r\n";
    let fixed = Finding::new(error_with(
        12,
        18,
        &[(0, 2, "first {0} [here](1)"), (26, 37, "")],
    ));
    let fixed = fixed.fix("write `country`", Span::new(12, 18), "country");
    let fixed = fixed.fix("write `country`", Span::new(12, 18), "country");
    let findings = vec![
        fixed,
        Finding::new(warning(0, 37)),
        Finding::new(warning(first.len(), first.len())),
    ];
    let first_problems = problems(first, findings);
    let empty = of("", [error(0, 0)]);
    let document = sarif(&[
        Source::new("audiences/us.filter", first, &first_problems),
        Source::new("/a folder/100%#é\u{202E}.filter", "", &empty),
        Source::new("./audiences/us.filter", first, &[]),
        Source::new("<stdin>", "seniority = vp", &[]),
    ]);
    insta::assert_snapshot!(document.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
}

#[test]
fn what_is_written_keeps_to_the_schema() {
    let text = "a\ncontry = 1";
    let finding = Finding::new(error_with(2, 8, &[(0, 1, "x"), (0, 1, "x")]));
    let finding = finding.fix("write `country`", Span::new(2, 8), "country");
    let found = problems(text, vec![finding, Finding::new(warning(0, 1))]);
    let document = valid(&[
        Source::new("f", text, &found),
        Source::new("f", text, &found),
        Source::new("", text, &found),
        Source::new("/é \n%", text, &found),
    ]);
    assert_eq!(
        at(&document, "/runs/0/artifacts").as_array().map(Vec::len),
        Some(3)
    );
    valid(&[]);
}

/// A schema that lets everything pass would prove nothing.
#[test]
fn the_schema_refuses_what_lacks_a_key_or_has_another() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap_or_default();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    let text = "a\ncontry = 1";
    let finding = Finding::new(error_with(2, 8, &[(0, 1, "x")]));
    let finding = finding.fix("write `country`", Span::new(2, 8), "country");
    let found = problems(text, vec![finding]);
    let document = valid(&[Source::new("f", text, &found)]);
    let mut objects = Vec::new();
    collect_objects(&document, String::new(), &mut objects);
    assert!(objects.len() > 25);
    for pointer in objects {
        let mut other = document.clone();
        if let Some(object) = other.pointer_mut(&pointer).and_then(Value::as_object_mut) {
            object.insert("colour".to_owned(), "red".into());
        }
        assert!(
            !jsonschema::is_valid(&schema, &other),
            "{pointer} takes any key"
        );
    }
    for required in [
        "/runs/0/tool/driver/name",
        "/runs/0/invocations/0/executionSuccessful",
        "/runs/0/results/0/message/text",
        "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri",
        "/runs/0/results/0/locations/0/physicalLocation/region/startLine",
        "/runs/0/results/0/partialFingerprints",
        "/runs/0/results/0/fixes/0/artifactChanges/0/replacements/0/deletedRegion",
    ] {
        let mut without = document.clone();
        let (parent, key) = required.rsplit_once('/').unwrap_or_default();
        let parent = without.pointer_mut(parent).and_then(Value::as_object_mut);
        assert!(parent.is_some_and(|parent| parent.remove(key).is_some()));
        assert!(
            !jsonschema::is_valid(&schema, &without),
            "{required} is not required"
        );
    }
}

fn collect_objects(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                collect_objects(value, format!("{pointer}/{key}"), found);
            }
            found.push(pointer);
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect_objects(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn words_make_no_link_and_no_placeholder_and_hide_nothing() {
    let mistake = Mistake::Warning {
        message: format!("see [x](https://example.com) {{0}}{HOSTILE}"),
        help: "write `a`!".to_owned(),
        at: (0, 1).into(),
    };
    let found = of("a", [mistake]);
    let document = sarif(&[Source::new(HOSTILE, "a", &found)]);
    assert_eq!(hidden_in(&document), "");
    let document: Value = serde_json::from_str(&document).unwrap_or_default();
    let message = at(&document, "/runs/0/results/0/message/text");
    let message = message.as_str().unwrap_or_default();
    assert!(
        message.starts_with("See [x\\](https://example.com) {{0}}\\u{{1B}}[31m"),
        "{message}"
    );
    assert!(message.ends_with("\\u{{FE0F}}. Write `a`!"), "{message}");
    assert_eq!(hidden_in(message), "");
}

#[test]
fn a_rule_has_its_page_and_the_gravest_level() {
    let found = of("ab", [error(0, 1), warning(1, 2)]);
    let document = valid(&[Source::new("f", "ab", &found)]);
    let rule = at(&document, "/runs/0/tool/driver/rules/1");
    let page = crate::explain::page("filterc::check::unknown_field");
    let body = page.map(|page| page.body()).unwrap_or_default();
    assert_eq!(at(rule, "/id"), "filterc::check::unknown_field");
    assert_eq!(at(rule, "/name"), "UnknownField");
    assert_eq!(
        at(rule, "/shortDescription/text"),
        "There is no field of this name."
    );
    assert_eq!(at(rule, "/help/markdown"), body);
    assert_eq!(at(rule, "/defaultConfiguration/level"), "error");
    assert_eq!(at(&document, "/runs/0/results/0/ruleIndex"), 1);
    assert_eq!(at(&document, "/runs/0/results/1/ruleIndex"), 0);
    assert_eq!(at(&document, "/runs/0/results/1/level"), "warning");
}

/// GitHub shows at most 1,024 characters of a description and 255 of a name, and none that is empty.
#[test]
fn what_is_said_of_a_rule_fits_github() {
    for page in crate::explain::pages() {
        let found = problems(
            "",
            vec![Finding::new(
                miette::MietteDiagnostic::new("x").with_code(page.code()),
            )],
        );
        let document = valid(&[Source::new("f", "", &found)]);
        let length = |key: &str| {
            let text = at(&document, &format!("/runs/0/tool/driver/rules/0/{key}"));
            text.as_str().map_or(0, |text| text.chars().count())
        };
        for (key, most) in [
            ("name", 255),
            ("shortDescription/text", 1024),
            ("fullDescription/text", 1024),
            ("help/text", usize::MAX),
        ] {
            let length = length(key);
            assert!(
                0 < length && length <= most,
                "{} {key}: {length}",
                page.code()
            );
        }
    }
}

/// The values are those of GitHub's own script for these texts.
#[test]
fn github_tracks_a_problem_by_its_line() {
    let hashes = |text: &str| -> Vec<String> {
        let offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let found = of(text, offsets.map(|at| warning(at, at)));
        let document = valid(&[Source::new("f", text, &found)]);
        let results = at(&document, "/runs/0/results").as_array().cloned();
        let mut hashes: Vec<String> = results
            .unwrap_or_default()
            .iter()
            .map(|result| at(result, "/partialFingerprints/primaryLocationLineHash"))
            .map(|hash| hash.as_str().unwrap_or_default().to_owned())
            .collect();
        hashes.dedup();
        hashes
    };
    assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
    // The last two lines are empty, and the place behind the last line break is on the first.
    let text = "seniority = vp\r\n\tand score > 1\rand é = \"👍\"\n\n";
    assert_eq!(
        hashes(text),
        [
            "d22f5be800423d39:1",
            "c90c08fb92772f1e:1",
            "dc19f236a2c9d966:1",
            "3c5bef55b72b93c9:1"
        ]
    );
    let repeated = "seniority in (vp, cxo) or\n".repeat(8);
    assert_eq!(
        hashes(&repeated),
        [
            "c9bef8d728a2dc41:1",
            "c9bef8d728a2dc41:2",
            "c9bef8d728a2dc41:3",
            "c9bef8d728a2dc41:4",
            "bb854fe271c281f7:1",
            "b281546ff6fe454e:1",
            "f29d75f3f106a6dd:1",
            "4530dc656f227464:1"
        ]
    );
}

#[test]
fn our_fingerprint_counts_and_survives_edits_elsewhere() {
    let fingerprints = |text: &str, spans: &[(usize, usize)]| -> Vec<String> {
        let found = of(text, spans.iter().map(|(start, end)| error(*start, *end)));
        let document = valid(&[Source::new("f", text, &found)]);
        (0..spans.len())
            .map(|index| {
                let key = format!("/runs/0/results/{index}/partialFingerprints/filtercProblem~1v1");
                at(&document, &key).as_str().unwrap_or_default().to_owned()
            })
            .collect()
    };
    let before = fingerprints("x = 1, x = 2", &[(0, 1), (7, 8)]);
    let after = fingerprints("y = 1\r\n  x = 1, x = 2 \r\n", &[(9, 10), (16, 17)]);
    assert_eq!(before, after);
    // A value that may be stored somewhere: FNV-1a of the line and the code.
    assert_eq!(before, ["cf1501e53a994416:1", "cf1501e53a994416:2"]);
}

/// The byte that a line and a column stand for: a column may be in the line break.
fn offset(text: &str, line: usize, column: usize) -> Option<usize> {
    let mut start = 0;
    for _ in 1..line {
        let rest = text.get(start..)?;
        let end = rest.find(['\n', '\r'])?;
        start += end
            + if rest.get(end..)?.starts_with("\r\n") {
                2
            } else {
                1
            };
    }
    let rest = text.get(start..)?;
    let mark = usize::from(start == 0 && rest.starts_with('\u{FEFF}'));
    let mut offsets = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    Some(start + offsets.nth(column - 1 + mark)?)
}

/// Looking at the line again for each problem would be 40 billion steps.
#[test]
fn a_long_line_with_many_problems_is_swept_once() {
    let text = "é".repeat(1_000_000);
    let spans = (0..20_000).map(|index| (index * 100, index * 100 + 2));
    let found = of(&text, spans.map(|(start, end)| warning(start, end)));
    let started = std::time::Instant::now();
    let document = sarif(&[Source::new("f", &text, &found)]);
    assert_eq!(document.matches("\"ruleId\"").count(), 20_000);
    let seconds = started.elapsed().as_secs();
    assert!(seconds < 30, "{seconds} seconds");
}

proptest! {
    /// Both halves of a region name the same place, and the line is one of the text's.
    #[test]
    fn a_region_is_where_its_bytes_are(
        text in "\u{FEFF}?[aé👍\t\r\n]{0,20}",
        places in proptest::collection::vec((0..40_usize, 0..40_usize), 0..5),
    ) {
        let boundaries: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .collect();
        let boundary = |at: usize| boundaries.get(at % boundaries.len()).copied().unwrap_or_default();
        let mistakes = places.iter().map(|(a, b)| {
            let (a, b) = (boundary(*a), boundary(*b));
            warning(a.min(b), a.max(b))
        });
        let found = of(&text, mistakes);
        let document = valid(&[Source::new("f", &text, &found)]);
        for result in at(&document, "/runs/0/results").as_array().into_iter().flatten() {
            let region = at(result, "/locations/0/physicalLocation/region");
            let number = |key: &str| region.get(key).and_then(Value::as_u64).unwrap_or_default() as usize;
            let start = number("byteOffset");
            prop_assert_eq!(offset(&text, number("startLine"), number("startColumn")), Some(start));
            let end = offset(&text, number("endLine"), number("endColumn"));
            prop_assert_eq!(end, Some(start + number("byteLength")));
            let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count().max(1);
            prop_assert!(number("endLine") <= lines || number("endColumn") == 1, "{}", region);
            prop_assert!(number("startLine") <= lines, "{}", region);
        }
    }
}
