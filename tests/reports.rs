//! What the compiler says of any file of the corpus makes a valid report for continuous
//! integration: SARIF and GitHub's workflow commands.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

use filterc::render::{Source, github, sarif};
use filterc::{Catalog, Compiler, Problem, Severity};
use serde_json::Value;

struct Case {
    name: String,
    text: String,
    problems: Vec<Problem>,
}

impl Case {
    fn read(path: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let name = path.strip_prefix(root).unwrap().to_str().unwrap();
        let text = fs::read_to_string(path).unwrap();
        let mut compiler = Compiler::new();
        if let Ok(catalog) = fs::read_to_string(path.with_file_name("catalog.json")) {
            compiler = compiler.catalog(Catalog::from_json(&catalog).unwrap());
        }
        let first_line = text.lines().next().unwrap_or_default();
        if let Some(audience) = first_line.strip_prefix("# audience: ") {
            compiler = compiler.audience(audience.parse().unwrap());
        }
        let problems = match compiler.compile(&text) {
            Ok(compilation) => compilation.warnings().to_vec(),
            Err(error) => error.problems().to_vec(),
        };
        Self {
            name: name.replace('\\', "/"),
            text,
            problems,
        }
    }

    fn source(&self) -> Source<'_> {
        Source::new(&self.name, &self.text, &self.problems)
    }
}

fn cases() -> Vec<Case> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|end| end == "filter") {
                found.push(path);
            }
        }
    }
    let mut paths = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    collect(&root.join("tests/corpus"), &mut paths);
    paths.sort();
    paths.iter().map(|path| Case::read(path)).collect()
}

#[test]
fn one_document_holds_every_problem_of_the_corpus() {
    let cases = cases();
    let sources: Vec<Source<'_>> = cases.iter().map(Case::source).collect();
    let written = sarif(&sources);
    assert_eq!(written, sarif(&sources), "the same bytes each time");
    let document: Value = serde_json::from_str(&written).unwrap();

    let schema = include_str!("../src/render/tests/sarif.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    if let Some(error) = validator.iter_errors(&document).next() {
        panic!("{}: {error}", error.instance_path());
    }

    let run = &document["runs"][0];
    assert_eq!(run["artifacts"].as_array().unwrap().len(), cases.len());
    let problems = cases.iter().flat_map(|case| case.problems.iter());
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 400, "only {} results", results.len());
    assert_eq!(results.len(), problems.clone().count());
    for (problem, result) in problems.zip(results) {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        let rule = &run["tool"]["driver"]["rules"][rule];
        assert_eq!(rule["id"], problem.code());
        assert_eq!(result["ruleId"], problem.code());
        assert_eq!(result["level"], problem.severity().to_string());
    }
}

/// A region's lines and columns lead to the bytes it has, which are those of the problem.
#[test]
fn every_region_is_inside_its_text() {
    for case in cases() {
        let document: Value = serde_json::from_str(&sarif(&[case.source()])).unwrap();
        let results = document["runs"][0]["results"].as_array().unwrap();
        let mark = if case.text.starts_with('\u{FEFF}') {
            3
        } else {
            0
        };
        for (problem, result) in case.problems.iter().zip(results) {
            let mut found = Vec::new();
            collect_regions(result, &mut found);
            let spans = problem.labels().iter().map(|label| label.span);
            let expected: Vec<_> = spans
                .chain(problem.fixes().iter().map(|fix| fix.span))
                .map(|span| (span.start().max(mark), span.end().max(mark)))
                .collect();
            let places: Vec<_> = found
                .iter()
                .map(|region| lines_and_columns(&case.text, region))
                .collect();
            assert_eq!(places, expected, "{}: {result:#}", case.name);
            for (region, place) in found.iter().zip(places) {
                assert!(
                    region["byteOffset"].is_null() || bytes(region) == place,
                    "{}: {region}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn every_fix_is_written_as_it_is() {
    for case in cases() {
        let document: Value = serde_json::from_str(&sarif(&[case.source()])).unwrap();
        let results = document["runs"][0]["results"].as_array().unwrap();
        assert_eq!(results.len(), case.problems.len());
        for (problem, result) in case.problems.iter().zip(results) {
            let written = result["fixes"].as_array().into_iter().flatten();
            let written: Vec<_> = written
                .map(|fix| &fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"])
                .collect();
            let fixes: Vec<_> = problem.fixes().iter().map(|fix| &fix.replacement).collect();
            assert_eq!(written, fixes, "{}", case.name);
        }
    }
}

/// The keys on the way to a region.
const LISTS_AND_REGIONS: &[&str] = &[
    "locations",
    "relatedLocations",
    "physicalLocation",
    "region",
    "fixes",
    "artifactChanges",
    "replacements",
    "deletedRegion",
];

/// All regions, in the order of the document: of the labels, then of the fixes.
fn collect_regions<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(object) if object.contains_key("startLine") => found.push(value),
        Value::Object(object) => {
            for key in LISTS_AND_REGIONS {
                if let Some(value) = object.get(*key) {
                    collect_regions(value, found);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect_regions(value, found)),
        _ => {}
    }
}

fn bytes(region: &Value) -> (usize, usize) {
    let start = number(region, "byteOffset");
    (start, start + number(region, "byteLength"))
}

fn lines_and_columns(text: &str, region: &Value) -> (usize, usize) {
    let place = |line, column| offset(text, number(region, line), number(region, column));
    (
        place("startLine", "startColumn"),
        place("endLine", "endColumn"),
    )
}

fn number(region: &Value, key: &str) -> usize {
    region[key].as_u64().unwrap() as usize
}

/// The byte of a line and a column, which may lie in the line break; fails outside of the text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let end = start + text[start..].find(['\n', '\r']).unwrap();
        let is_pair = text[end..].starts_with("\r\n");
        start = end + if is_pair { 2 } else { 1 };
    }
    let line = &text[start..];
    let mark = usize::from(start == 0 && line.starts_with('\u{FEFF}'));
    let mut offsets = line.char_indices().map(|(at, _)| at).chain([line.len()]);
    start + offsets.nth(column - 1 + mark).unwrap()
}

#[test]
fn every_problem_is_one_workflow_command() {
    let cases = cases();
    let mut commands = 0;
    for case in &cases {
        let written = github(&case.name, &case.problems);
        assert_eq!(written.split_terminator('\n').count(), case.problems.len());
        assert!(!written.contains('\r'));
        for (command, problem) in written.lines().zip(&case.problems) {
            commands += 1;
            let (before, words) = command[2..].split_once("::").unwrap();
            let (kind, properties) = before.split_once(' ').unwrap();
            let expected = match problem.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "notice",
            };
            assert_eq!(kind, expected);
            assert!(!words.is_empty());
            let keys: Vec<&str> = properties
                .split(',')
                .map(|property| property.split_once('=').unwrap().0)
                .collect();
            let expected: &[&str] = if problem.start().line == problem.end().line {
                &["file", "line", "col", "endLine", "endColumn", "title"]
            } else {
                &["file", "line", "endLine", "title"]
            };
            assert_eq!(keys, expected, "{command}");
        }
    }
    assert!(commands > 400, "only {commands} commands");
}
