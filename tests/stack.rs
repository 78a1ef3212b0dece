//! The deepest input that is taken, through every public door, on a stack of two megabytes.
//!
//! Each door is a thread of its own, named after it: a stack that overflows ends the process with
//! that name. `STACK_KIB=640 cargo test --test stack` tries a smaller one, which is how to see what
//! a recursive function costs; with `STACK_DOOR` it is one door alone.

// The library is the same without the feature: once is enough.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "stack/inputs.rs"]
mod inputs;

use std::collections::hash_map::DefaultHasher;
use std::fmt::Debug;
use std::hash::{Hash, Hasher};
use std::thread;

use filterc::{
    Catalog, Cell, Compiler, Config, Decompiler, Filter, JsonRow, Manifest, MatchOptions,
    SavedFilter, Selector, Topics, render,
};
use inputs::{
    GROUPS, PARENTHESES, deepest_texts, group, lists, manifest, mistaken_texts, rows, saved,
};

/// What a thread gets on most systems; the main thread of a program often has more.
const SMALL_STACK_KIB: usize = 2 << 10;

const DOORS: &[(&str, fn())] = &[
    ("compile", compile),
    ("compile_mapped", compile_mapped),
    ("source_map", source_map),
    ("compile_for_estimate", compile_for_estimate),
    ("optimize", optimize),
    ("canonical", canonical),
    ("format", format),
    ("fix", fix),
    ("problems", problems),
    ("matcher", matcher),
    ("matching", matching),
    ("selector", selector),
    ("filter", filter),
    ("filter_from_json", filter_from_json),
    ("saved_filter", saved_filter),
    ("decompile", decompile),
    ("request", request),
    ("toml", toml),
    ("answers", answers),
    ("rows_and_cells", rows_and_cells),
];

#[test]
fn the_deepest_input_passes_every_door_on_a_small_stack() {
    let set = |name| std::env::var(name).ok();
    let kib = set("STACK_KIB").map_or(SMALL_STACK_KIB, |kib| kib.parse().unwrap());
    let wanted = set("STACK_DOOR");
    let is_wanted = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let doors = DOORS.iter().filter(|(name, _)| is_wanted(name));
    let threads: Vec<_> = doors
        .map(|(name, door)| {
            let thread = thread::Builder::new().name((*name).to_owned());
            thread.stack_size(kib << 10).spawn(door).unwrap()
        })
        .collect();
    assert!(!threads.is_empty(), "no door has the name {wanted:?}");
    for thread in threads {
        if let Err(panic) = thread.join() {
            std::panic::resume_unwind(panic);
        }
    }
}

// ---- Text --------------------------------------------------------------------------------------

fn compile() {
    for text in deepest_texts() {
        let compilation = Compiler::new().compile(&text).unwrap();
        is_a_value(&compilation);
        assert_eq!(compilation.into_filter(), filterc::compile(&text).unwrap());
    }
}

fn compile_mapped() {
    for text in deepest_texts() {
        let (compilation, map) = Compiler::new().compile_mapped(&text).unwrap();
        assert_eq!(compilation.filter(), &filterc::compile(&text).unwrap());
        drop(map);
    }
}

fn source_map() {
    let mut deepest = 0;
    for (levels, map) in made(|text| {
        let (compilation, map) = Compiler::new().compile_mapped(text).unwrap();
        let json = compilation.filter().to_string();
        (json.matches("\"rules\"").count(), map)
    }) {
        is_a_value(&map);
        let json = serde_json::to_string(&map).unwrap();
        assert!(map.to_string().len() >= json.len());
        let pointer = "/rules/1".repeat(levels);
        deepest = deepest.max(map.nearest(&pointer).0.len());
    }
    assert_eq!(deepest, "/rules/1".len() * (PARENTHESES + 1));
}

fn compile_for_estimate() {
    for text in deepest_texts() {
        let compilation = Compiler::new().compile_for_estimate(&text).unwrap();
        is_a_value(&compilation);
    }
    let deep = Compiler::new().compile_for_estimate(&group("or", "seniority = vp", PARENTHESES));
    assert!(!deep.unwrap().warnings().is_empty());
}

fn optimize() {
    for text in deepest_texts() {
        is_a_value(&Compiler::new().optimize().compile(&text).unwrap());
    }
}

fn canonical() {
    for text in deepest_texts() {
        let compiler = Compiler::new().canonical();
        is_a_value(&compiler.compile(&text).unwrap());
        compiler.compile_mapped(&text).unwrap();
    }
}

fn format() {
    for text in deepest_texts() {
        let formatted = filterc::format(&text).unwrap();
        assert_eq!(filterc::format(&formatted).unwrap(), formatted);
    }
    for text in mistaken_texts() {
        let _ = filterc::format(&text);
    }
}

fn fix() {
    for text in deepest_texts() {
        assert_eq!(Compiler::new().fix(&text).text(), text);
    }
    let fixed = mistaken_texts().filter(|text| {
        let fixed = Compiler::new().fix(text);
        is_a_value(&fixed);
        !fixed.applied().is_empty()
    });
    assert!(fixed.count() > 0);
}

fn problems() {
    for text in mistaken_texts() {
        let error = Compiler::new().compile(&text).unwrap_err();
        let problems = error.problems();
        assert_ne!(problems.len(), 0, "{text}");
        assert!(
            problems
                .iter()
                .all(|it| !it.code().ends_with("nesting_too_deep"))
        );
        let style = render::HumanStyle {
            color: true,
            unicode: true,
            width: 80,
        };
        assert!(!render::human("a", &text, problems, style).is_empty());
        assert!(!render::short("a", problems).is_empty());
        assert!(!render::json("a", problems).is_empty());
        assert!(!render::github("a", problems).is_empty());
        let source = render::Source::new("a", &text, problems);
        assert!(!render::sarif(&[source]).is_empty());
        assert!(!format!("{error}{error:?}").is_empty());
    }
}

// ---- Rows --------------------------------------------------------------------------------------

fn matcher() {
    for matcher in made(|text| Compiler::new().matcher(text, MatchOptions::new()).unwrap()) {
        let copy = matcher.clone();
        drop(matcher);
        assert!(!format!("{copy:?}").is_empty());
        for row in rows() {
            let row = JsonRow::read(&row, copy.fields()).unwrap();
            let explanation = copy.explain(&row);
            assert_eq!(explanation.truth(), copy.eval(&row));
            is_a_value(&explanation);
        }
    }
}

fn matching() {
    for text in deepest_texts() {
        let matcher = Compiler::new().matcher(&text, MatchOptions::new());
        assert!(matcher.unwrap().fields().len() <= 2);
    }
}

fn selector() {
    for filter in made(|text| filterc::compile(text).unwrap()) {
        for row in rows() {
            let selector = Selector::new(filter.clone(), MatchOptions::new());
            let row = JsonRow::read(&row, &["seniority_level", "job_title"]).unwrap();
            assert_eq!(filter.eval(&row), selector.eval(&row));
            let selector = selector.typed_by(Catalog::builtin()).clone();
            assert_eq!(selector.explain(&row).truth(), selector.eval(&row));
            is_a_value(&selector.explain(&row));
            assert!(!format!("{selector:?}").is_empty());
        }
    }
}

/// Rows have no limit of depth: what no field is read from is passed over.
fn rows_and_cells() {
    let deep = 100_000;
    let list = lists(deep);
    let object = format!(r#"{}1{}"#, r#"{"a":"#.repeat(deep), "}".repeat(deep));
    for value in [list, object] {
        let cell = Cell::from_json(&value).unwrap();
        is_a_value(&cell);
        assert_eq!(cell.to_string().len(), value.len());
        let row = format!(r#"{{"other":{value},"a":{value}}}"#);
        let name = "a.".repeat(20) + "a";
        let fields = ["a", &name];
        let read = JsonRow::read(&row, &fields).unwrap();
        assert!(!format!("{:?}", read.clone()).is_empty());
    }
}

// ---- Filters -----------------------------------------------------------------------------------

fn filter() {
    for filter in made(|text| filterc::compile(text).unwrap()) {
        is_a_value(&filter);
        let json = filter.to_string();
        assert_eq!(serde_json::to_string(&filter).unwrap(), json);
        assert!(format!("{filter:#}").len() > json.len());
        let value = serde_json::to_value(&filter).unwrap();
        assert_eq!(value.to_string().len(), json.len());
        let hash = |filter: &Filter| {
            let mut hasher = DefaultHasher::new();
            filter.hash(&mut hasher);
            hasher.finish()
        };
        assert_eq!(hash(&filter), hash(&filter.clone()));
    }
}

/// serde_json reads 62 groups in one another and no more, whatever is in them.
fn filter_from_json() {
    for condition in ["and", "or"] {
        let json = saved(condition, 61);
        let filter: Filter = serde_json::from_str(&json).unwrap();
        assert_eq!(filter.to_string(), json);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(serde_json::from_value::<Filter>(value).unwrap(), filter);
        is_a_value(&filter);
        let broken = json.replace("vp", "vp\",\"not\":\"x");
        assert!(serde_json::from_str::<Filter>(&broken).is_err());
        assert!(serde_json::from_str::<Filter>(&saved(condition, 62)).is_err());
    }
}

fn saved_filter() {
    for condition in ["and", "or"] {
        let json = saved(condition, GROUPS);
        let read = SavedFilter::read(&json).unwrap();
        is_a_value(&read);
        let filter = read.into_iter().next().unwrap().into_filter().unwrap();
        assert_eq!(filter.to_string(), json);
        for json in [
            saved(condition, GROUPS + 1),
            json.replace("\"vp\"", "[[[]]]"),
            json.replace("\"fieldName\"", "\"fieldname\""),
            lists(299),
            lists(100_000),
            "[".repeat(100_000),
            format!(r#"{{"filter":{json},"other":{}}}"#, lists(299)),
        ] {
            let error = SavedFilter::read(&json);
            assert!(error.is_err() || json.contains("other"));
            is_a_value(&error.map_err(|error| error.problems().to_vec()));
        }
    }
}

fn decompile() {
    for condition in ["and", "or"] {
        let found = Decompiler::new()
            .decompile(&saved(condition, GROUPS))
            .unwrap();
        is_a_value(&found);
        let text = found.first().unwrap().text();
        assert!(!text.contains("this is not the saved filter"), "{text}");
        assert!(filterc::compile(text).is_ok());
    }
}

// ---- Other files -------------------------------------------------------------------------------

fn request() {
    for text in deepest_texts() {
        let text = manifest(&text);
        let manifest = Manifest::from_toml(&text);
        let made = manifest.request(&Compiler::new(), None);
        let request = made.request().unwrap();
        is_a_value(request);
        assert!(format!("{request}{request:#}").contains("\"filter\":{"));
        assert_eq!(request.clone().with_defaults().filter(), request.filter());
        is_a_value(&request.estimate().unwrap());
        let made = manifest.request_for_estimate(&Compiler::new(), None);
        assert!(!format!("{:?}", made.clone()).is_empty());
    }
    for text in mistaken_texts() {
        let made = Manifest::from_toml(&manifest(&text)).request(&Compiler::new(), None);
        assert!(made.request().is_none());
    }
}

/// TOML that nests in every way there is, as deep as anybody may write it.
fn toml() {
    for levels in [64, 1_000, 100_000] {
        let parts = vec!["a"; levels].join(".");
        for text in [
            format!("a = {}", lists(levels)),
            format!("a = {}", "[".repeat(levels)),
            format!("a = {}1{}", "{ a = ".repeat(levels), " }".repeat(levels)),
            format!("a = {}", "{ a = ".repeat(levels)),
            format!("{parts} = 1"),
            format!("[{parts}]\nb = 1"),
            format!("[[{parts}]]\nb = 1\n[[{parts}]]\nb = 1"),
            format!("filter = {}", lists(levels)),
            format!("aliases.{parts} = 'x'"),
        ] {
            eprintln!("{levels} {}", text.get(..20).unwrap());
            let manifest = Manifest::from_toml(&text);
            assert!(manifest.request(&Compiler::new(), None).request().is_none());
            assert!(!Manifest::is_manifest(&text) || text.starts_with("filter"));
            let config = Config::from_toml(&text);
            assert!(!format!("{config:?}").is_empty());
        }
    }
}

fn answers() {
    for levels in [100, 1_000, 100_000] {
        for deep in [lists(levels), "[".repeat(levels)] {
            let field =
                format!(r#"{{"field_key":"a","data_type":"string","operators":[],"x":{deep}}}"#);
            let topic = format!(r#"{{"topic_id":"4eyes_1","name":"a","x":{deep}}}"#);
            for json in [
                deep.clone(),
                format!("[{field}]"),
                format!(r#"{{"response":{{"fields":[{field}]}}}}"#),
            ] {
                let read = Catalog::from_json(&json);
                assert!(!format!("{read:?}").is_empty());
            }
            for json in [deep.clone(), topic.clone(), format!("[{topic}]")] {
                let read = Topics::from_json(&json);
                assert!(!format!("{read:?}").is_empty());
            }
        }
    }
}

// ---- Helpers -----------------------------------------------------------------------------------

/// Made on a stack of its own that is large, so that what is done with it is all that counts.
fn made<T: Send + 'static>(make: fn(&str) -> T) -> Vec<T> {
    let all = move || deepest_texts().map(|text| make(&text)).collect();
    let thread = thread::Builder::new().stack_size(64 << 20);
    thread.spawn(all).unwrap().join().unwrap()
}

/// Copies, compares, writes and drops.
#[track_caller]
fn is_a_value<T: Clone + PartialEq + Debug>(value: &T) {
    let copy = value.clone();
    assert!(&copy == value);
    assert!(!format!("{copy:?}").is_empty());
}
