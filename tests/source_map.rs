//! A source map leads from every part of a filter's JSON to the text it came from, and nowhere else.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use filterc::{Catalog, Compiler, Place, Position, SourceMap};
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::Value;

/// A text, what compiles it, and what came out.
struct Mapped {
    compiler: Compiler,
    text: String,
    filter: Value,
    map: SourceMap,
}

fn mapped(compiler: Compiler, text: &str) -> Mapped {
    let (compilation, map) = compiler
        .compile_mapped(text)
        .unwrap_or_else(|error| panic!("{text}\n{error}"));
    let plain = compiler.compile(text).unwrap();
    assert_eq!(plain, compilation, "{text}");
    Mapped {
        filter: serde_json::to_value(plain.filter()).unwrap(),
        text: text.to_owned(),
        compiler,
        map,
    }
}

impl Mapped {
    fn slice(&self, place: Place) -> &str {
        &self.text[place.span.range()]
    }

    fn locate(&self, pointer: &str) -> Place {
        let found = self.map.locate(pointer);
        found.unwrap_or_else(|| panic!("nothing at {pointer:?} of\n{}", self.text))
    }
}

/// The `.filter` files that compile.
fn corpus() -> Vec<Mapped> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = Vec::new();
    collect(&root.join("accept"), &mut files);
    collect(&root.join("warn"), &mut files);
    assert!(files.len() > 150, "{} files", files.len());
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let mut found = Vec::new();
    for file in files {
        let text = read(&file);
        let mut compiler = Compiler::new();
        let catalog = file.with_file_name("catalog.json");
        if catalog.exists() {
            compiler = compiler.catalog(Catalog::from_json(&read(&catalog)).unwrap());
        }
        found.push(mapped(compiler, &text));
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "filter")
        {
            files.push(path);
        }
    }
}

/// The pointer of every value, in the order in which the filter's JSON has them.
fn pointers(value: &Value, pointer: &str, found: &mut Vec<String>) {
    const ORDER: [&str; 6] = [
        "condition",
        "rules",
        "fieldName",
        "conditionRules",
        "operator",
        "value",
    ];
    found.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            let known = ORDER
                .iter()
                .filter_map(|key| Some((key, members.get(*key)?)));
            assert_eq!(known.clone().count(), members.len(), "{value}");
            for (key, member) in known {
                pointers(member, &format!("{pointer}/{key}"), found);
            }
        }
        Value::Array(members) => {
            for (index, member) in members.iter().enumerate() {
                pointers(member, &format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The members of `pointers` in the JSON of a map, in order, with none lost that is there twice.
fn entries(map: &SourceMap) -> Vec<(String, Value)> {
    struct Members;

    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, Value)>;

        fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            out.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }

    let json = map.to_string();
    let (head, pointers) = json.split_once(r#","pointers":"#).unwrap();
    assert!(head.starts_with(r#"{"version":1,"source":""#), "{head}");
    let pointers = pointers.strip_suffix('}').unwrap();
    let mut reader = serde_json::Deserializer::from_str(pointers);
    reader.deserialize_map(Members).unwrap()
}

#[test]
fn every_part_of_a_filter_has_one_entry_and_no_entry_lacks_its_part() {
    for case in corpus() {
        let mut expected = Vec::new();
        pointers(&case.filter, "", &mut expected);
        let entries = entries(&case.map);
        let found: Vec<&str> = entries
            .iter()
            .map(|(pointer, _)| pointer.as_str())
            .collect();
        assert_eq!(found, expected, "{}", case.text);
        for (pointer, entry) in &entries {
            let place = case.locate(pointer);
            assert_eq!(&serde_json::to_value(place).unwrap(), entry, "{pointer}");
            assert_eq!(case.map.locate(&format!("/filter{pointer}")), Some(place));
        }
    }
}

#[test]
fn places_lie_inside_the_text_and_inside_what_is_around_them() {
    for case in corpus() {
        for (pointer, _) in entries(&case.map) {
            let place = case.locate(&pointer);
            let Range { start, end } = place.span.range();
            let slice = case.text.get(start..end);
            let slice = slice.unwrap_or_else(|| panic!("{pointer}: {place:?}\n{}", case.text));
            assert!(
                !slice.is_empty() && slice.trim() == slice,
                "{pointer}: {slice:?}"
            );
            assert_eq!(place.start, position(&case.text, start), "{pointer}");
            assert_eq!(place.end, position(&case.text, end), "{pointer}");
            if let Some((outer, _)) = pointer.rsplit_once('/') {
                let outer = case.locate(outer).span;
                assert!(
                    outer.start() <= start && end <= outer.end(),
                    "{pointer}: {slice:?}"
                );
            }
        }
    }
}

/// Counted the slow way.
fn position(text: &str, offset: usize) -> Position {
    let before = text[..offset].replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = before.split('\n').collect();
    Position {
        line: lines.len(),
        column: lines.last().unwrap().chars().count() + 1,
    }
}

/// The text of a value says that value, and the text of a field that field.
#[test]
fn the_slices_of_a_rule_compile_to_its_field_and_values() {
    let mut values = 0;
    for case in corpus() {
        for (pointer, _) in entries(&case.map) {
            let Some((rule, rest)) = pointer.split_once("/conditionRules/value") else {
                continue;
            };
            let part = case.filter.pointer(&pointer).unwrap();
            let Some(expected) = part.as_str() else {
                assert_eq!(rest, "");
                continue;
            };
            let operator = case
                .filter
                .pointer(&format!("{rule}/conditionRules/operator"));
            let field = case.slice(case.locate(&format!("{rule}/fieldName")));
            let value = case.slice(case.locate(&pointer));
            let alone = match operator.and_then(Value::as_str).unwrap() {
                "in" | "not in" => format!("{field} in ({value})"),
                "startswith" => format!("{field} starts with {value}"),
                "endswith" => format!("{field} ends with {value}"),
                operator => format!("{field} {operator} {value}"),
            };
            let alone = case.compiler.compile(&alone);
            let alone = alone.unwrap_or_else(|error| panic!("{pointer}\n{}\n{error}", case.text));
            let alone = serde_json::to_value(alone.filter()).unwrap();
            let name = case.filter.pointer(&format!("{rule}/fieldName"));
            assert_eq!(alone.pointer("/rules/0/fieldName"), name, "{}", case.text);
            let found = alone.pointer("/rules/0/conditionRules/value").unwrap();
            let found = found.get(0).unwrap_or(found);
            assert_eq!(found.as_str(), Some(expected), "{pointer}\n{}", case.text);
            values += 1;
        }
    }
    assert!(values > 300, "only {values} values");
}

/// Pushed NOTs, ranges, quantifiers, groups that are merged, a repeated value.
#[test]
fn a_map_as_people_read_it() {
    let text = "\
intents where topic = 4eyes_115481
  and not (job_title = \"Café\" or (seniority in (VP, vp, cxo) or `email` is blank))
  and (last_updated not between 2026-01-01 and 2026-06-30
       or ((job_title contains any (\"SRE\", \"DevOps\"))
           or (score = high and first_name is not null)))
";
    let case = mapped(Compiler::new().source_name("eu/ops.filter"), text);
    assert_eq!(case.map.source_name(), "eu/ops.filter");
    let mut table = String::new();
    for (pointer, _) in entries(&case.map) {
        let place = case.locate(&pointer);
        let slice = case.slice(place).split_whitespace().collect::<Vec<_>>();
        let slice = slice.join(" ");
        let Position { line, column } = place.start;
        let _ = writeln!(table, "{line}:{column:<3} {pointer:<46} {slice}");
    }
    insta::assert_snapshot!(table);
}

/// The format is public: bytes, lines and columns of both ends, and nothing else.
#[test]
fn a_map_as_programs_read_it() {
    let case = mapped(
        Compiler::new().source_name("a \"b\".filter"),
        "# é\nemail is null",
    );
    let entry = |from: usize, to: usize| {
        let (start, end) = (from + 5, to + 5);
        let (first, last) = (from + 1, to + 1);
        format!(
            r#"{{"span":{{"start":{start},"end":{end}}},"start":{{"line":2,"column":{first}}},"end":{{"line":2,"column":{last}}}}}"#
        )
    };
    let expected = [
        ("", entry(0, 13)),
        ("/condition", entry(0, 13)),
        ("/rules", entry(0, 13)),
        ("/rules/0", entry(0, 13)),
        ("/rules/0/fieldName", entry(0, 5)),
        ("/rules/0/conditionRules", entry(6, 13)),
        ("/rules/0/conditionRules/operator", entry(6, 13)),
    ];
    let expected = expected.map(|(pointer, entry)| format!("\"{pointer}\":{entry}"));
    assert_eq!(
        case.map.to_string(),
        format!(
            r#"{{"version":1,"source":"a \"b\".filter","pointers":{{{}}}}}"#,
            expected.join(",")
        )
    );
}

#[test]
fn what_is_not_there_is_not_guessed() {
    let text = "seniority in (vp, cxo) and (job_title = a or email is blank)";
    let case = mapped(Compiler::new(), text);
    for (pointer, nearest) in [
        ("/rules/2", "/rules"),
        ("/rules/00", "/rules"),
        ("/rules/01/fieldName", "/rules"),
        ("/rules/+1", "/rules"),
        ("/rules/-", "/rules"),
        ("/rules/99999999999999999999999", "/rules"),
        ("/rules/0/fieldName/0", "/rules/0/fieldName"),
        ("/rules/0/rules/0", "/rules/0"),
        ("/rules/1/fieldName", "/rules/1"),
        (
            "/rules/0/conditionRules/value/2",
            "/rules/0/conditionRules/value",
        ),
        (
            "/rules/1/rules/1/conditionRules/value",
            "/rules/1/rules/1/conditionRules",
        ),
        (
            "/rules/1/rules/0/conditionRules/value/0",
            "/rules/1/rules/0/conditionRules/value",
        ),
        ("/rules/", "/rules"),
        ("/rules/0/", "/rules/0"),
        ("/Rules", ""),
        ("/", ""),
        ("rules/0", ""),
        ("#/rules/0", ""),
        ("/filters/rules", ""),
        ("/filter/rules/7/value", "/filter/rules"),
        ("/filter/filter", "/filter"),
    ] {
        assert_eq!(case.map.locate(pointer), None, "{pointer}");
        let (found, place) = case.map.nearest(pointer);
        assert_eq!(found, nearest, "{pointer}");
        assert_eq!(case.map.locate(nearest), Some(place), "{pointer}");
    }
    let whole = case.locate("");
    assert_eq!(case.slice(whole), text);
    assert_eq!(case.locate("/filter"), whole);
}

/// Half of a pair of parentheses, or a group without its NOT, would be another expression.
#[test]
fn a_group_is_its_operands_with_all_that_stands_around_them() {
    for (text, pointer, expected) in [
        ("gender = f and not (email is blank)", "", None),
        ("(gender = f) and (email is blank)", "/condition", None),
        ("not (gender = f)", "/rules", None),
        (
            "pixel where ((gender = f))  # all",
            "",
            Some("((gender = f))"),
        ),
        (
            "score = high or (not (gender = f) and (email is blank))",
            "/rules/1",
            Some("not (gender = f) and (email is blank)"),
        ),
        (
            "score = high and (gender = f or (email is blank or ((score = low))))",
            "/rules/1/condition",
            Some("gender = f or (email is blank or ((score = low)))"),
        ),
        (
            "score = high or not (gender = f or not (score = low))",
            "/rules/1",
            Some("gender = f or not (score = low)"),
        ),
        (
            "score = high or (job_title contains all (a, b))",
            "/rules/1/rules",
            Some("job_title contains all (a, b)"),
        ),
    ] {
        let case = mapped(Compiler::new(), text);
        let found = case.slice(case.locate(pointer));
        assert_eq!(found, expected.unwrap_or(text), "{text}");
    }
}

#[test]
fn a_text_with_a_mistake_has_the_same_problems() {
    let compiler = Compiler::new();
    let text = "senority = vp and not (job_title starts with a) and )";
    let plain = compiler.compile(text).unwrap_err();
    let Err(mapped) = compiler.compile_mapped(text) else {
        panic!("compiles");
    };
    let Err(estimated) = compiler.compile_for_estimate(text) else {
        panic!("compiles");
    };
    assert_eq!(plain.problems(), mapped.problems());
    assert_eq!(plain.problems(), estimated.problems());
}

// ---- Large and deep ----------------------------------------------------------------------------

/// The full size where it is fast: a bound on the time is a bound on growth.
const MANY: usize = if cfg!(debug_assertions) {
    10_000
} else {
    100_000
};

/// Far more than it takes, and far less than anything quadratic would.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn many_values_and_many_rules_take_linear_time() {
    let numbers = 0..MANY;
    let values: Vec<String> = numbers.clone().map(|n| format!("\"é{n}\"")).collect();
    let list = format!("job_title in ({})", values.join(", "));
    let rules: Vec<String> = numbers
        .clone()
        .map(|n| format!("job_title contains {n}"))
        .collect();
    let groups: Vec<String> = numbers
        .map(|n| format!("(job_title = a{n} or job_title = b{n})"))
        .collect();
    for text in [list, rules.join(" and "), groups.join(" and ")] {
        let start = Instant::now();
        let (_, map) = Compiler::new().compile_mapped(&text).unwrap();
        let json = map.to_string();
        assert!(json.len() > MANY * 80, "{}", json.len());
        for index in (0..MANY).step_by(10) {
            let value = map.locate(&format!("/rules/0/conditionRules/value/{index}"));
            let rule = map.locate(&format!("/rules/{index}"));
            assert!(value.or(rule).is_some());
        }
        Compiler::new().compile_for_estimate(&text).unwrap();
        assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    }
}

#[test]
fn the_deepest_filter_is_mapped_on_a_small_stack() {
    let deep = || {
        let mut text = String::new();
        for level in 0..127 {
            let joiner = if level % 2 == 0 { "or" } else { "and" };
            let _ = write!(text, "seniority = vp {joiner} not (");
        }
        text.push_str("seniority = cxo");
        text.push_str(&")".repeat(127));
        let (compilation, map) = Compiler::new().compile_mapped(&text).unwrap();
        let (mut deepest, mut pointer) = (BTreeSet::new(), String::new());
        while map.locate(&format!("{pointer}/rules/1")).is_some() {
            pointer.push_str("/rules/1");
            deepest.insert(map.locate(&pointer).unwrap().span);
        }
        let groups = compilation
            .filter()
            .to_string()
            .matches("condition\"")
            .count();
        assert_eq!(deepest.len(), groups);
        assert!(map.to_string().contains(&pointer));
        assert_eq!(map.clone(), map);
        let nested = Compiler::new().compile_for_estimate(&text).unwrap();
        assert!(nested.warnings().len() >= groups - 1);
    };
    let thread = thread::Builder::new().stack_size(2 << 20);
    thread.spawn(deep).unwrap().join().unwrap();
}
