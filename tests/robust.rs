//! It never breaks: whatever the text, the compiler answers, soon, on a small stack.
//!
//! Deep, long, broken and hostile texts; each gets a filter or problems that point into the text.
//! A stack overflow ends the process without a word: run with `--nocapture`, the last text printed
//! is the one. Times are bounds for a debug build on a slow, busy machine: they catch growth that
//! is not linear, not slowness. `cargo test --release --test robust` runs the full sizes.

// The library is the same without the feature: once is enough.
#![cfg(feature = "cli")]
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "robust/corpus.rs"]
mod corpus;
#[path = "robust/soup.rs"]
mod soup;

use std::thread;
use std::time::{Duration, Instant};

use filterc::{CompileError, Compiler, Filter, Problem, Severity, Span, render};
use proptest::prelude::*;

/// What a thread gets on most systems; the main thread of a program often has more.
const SMALL_STACK: usize = 2 << 20;

const TOO_DEEP: &str = "filterc::parse::nesting_too_deep";

// ---- Deep --------------------------------------------------------------------------------------

#[test]
fn one_hundred_and_twenty_eight_parentheses_are_a_filter_and_one_more_is_a_problem() {
    on_a_small_stack(|| {
        for (inner, levels) in [("seniority = vp", 128), ("seniority in (vp, cxo)", 128)] {
            let deepest = nested("(", inner, ")", levels);
            assert_eq!(answer(&deepest).unwrap(), answer(inner).unwrap());
            assert_eq!(
                error_codes(&nested("(", inner, ")", levels + 1)),
                [TOO_DEEP]
            );
        }
    });
}

#[test]
fn the_list_of_the_deepest_comparison_is_not_counted() {
    on_a_small_stack(|| {
        for inner in [
            "seniority in (vp)",
            "seniority not in (vp)",
            "seniority IN (vp)",
            "seniority in # why\n (vp)",
            "job_title contains any (vp)",
            "job_title not contains all (vp)",
            "job_title starts with any (vp)",
        ] {
            assert!(answer(&nested("(", inner, ")", 128)).is_ok(), "{inner}");
        }
    });
}

#[test]
fn brackets_of_every_kind_count_as_parentheses() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("[", "]"),
            ("{", "}"),
            ("([", "])"),
            ("not (", ")"),
            ("! (", ")"),
        ] {
            let pairs = open.matches(['(', '[', '{']).count();
            let deepest = error_codes(&nested(open, "seniority = vp", close, 128 / pairs));
            assert!(
                !deepest.contains(&TOO_DEEP.to_owned()),
                "{open}: {deepest:?}"
            );
            let deeper = error_codes(&nested(open, "seniority = vp", close, 128 / pairs + 1));
            assert_eq!(deeper, [TOO_DEEP], "{open}");
        }
    });
}

#[test]
fn parentheses_side_by_side_are_not_deep() {
    let text = vec!["(seniority in (vp, cxo))"; 1_000].join(" and ");
    assert!(answer(&text).is_ok());
}

#[test]
fn parentheses_in_strings_names_and_comments_are_not_deep() {
    let many = "(".repeat(1_000);
    for text in [
        format!("job_title = \"{many}\""),
        format!("job_title = '{many}'"),
        format!("job_title = \"\\\"{many}\""),
        format!("job_title = vp # {many}"),
        format!("# {many}\r\njob_title = vp # {many}"),
    ] {
        assert!(
            answer(&text).is_ok(),
            "{}",
            &text.chars().take(20).collect::<String>()
        );
    }
}

/// Every level is a group of the JSON too: what is recursive there is asked as well.
#[test]
fn the_deepest_filter_can_be_written_compared_copied_and_dropped() {
    on_a_small_stack(|| {
        let levels = 127;
        let mut text = String::new();
        for level in 0..levels {
            let joiner = if level % 2 == 0 { "or" } else { "and" };
            text.push_str(&format!("seniority = vp {joiner} ("));
        }
        text.push_str("seniority = cxo");
        text.push_str(&")".repeat(levels));
        for text in [text.clone(), format!("not ({text})")] {
            let compilation = Compiler::new().compile(&text).unwrap();
            let filter = compilation.filter().clone();
            let json = filter.to_string();
            assert_eq!(json.matches("\"condition\"").count(), levels);
            assert_eq!(serde_json::to_string(&filter).unwrap(), json);
            assert!(format!("{filter:#}").len() > json.len());
            assert!(!format!("{filter:?}").is_empty());
            assert_eq!(&filter, compilation.filter());
            // serde_json gives up at 128 levels of JSON, which is its answer and no crash.
            assert!(serde_json::from_str::<Filter>(&json).is_err());
            drop((filter, compilation));
        }
    });
}

#[test]
fn a_deep_text_that_is_wrong_is_answered_too() {
    on_a_small_stack(|| {
        for inner in [
            "",
            "a",
            "a = ",
            "senority = vp",
            "and",
            "\"",
            "a b c = 1",
            "a in ((b))",
            "(",
        ] {
            for levels in [64, 127, 128] {
                for close in [")", ""] {
                    assert_sound(&nested("(", inner, close, levels));
                    assert_sound(&nested("not (", inner, close, levels));
                    assert_sound(&nested("a = (", inner, close, levels));
                    assert_sound(&nested("a in (", inner, close, levels));
                }
            }
        }
    });
}

// ---- Long --------------------------------------------------------------------------------------

#[test]
fn one_hundred_thousand_of_anything_is_a_filter() {
    on_a_small_stack(|| {
        let many = 100_000;
        let comparisons = vec!["age_range = \"1\""; many];
        let values: Vec<String> = (0..many).map(|number| format!("v{number}")).collect();
        let rules = |text: &str| answer(text).unwrap().matches("\"operator\"").count();
        assert_eq!(rules(&comparisons.join(" and ")), many);
        assert_eq!(rules(&comparisons.join(" or ")), many);
        assert_eq!(rules(&format!("not ({})", comparisons.join(" or "))), many);
        assert_eq!(rules(&format!("age_range in ({})", values.join(", "))), 1);
        assert_eq!(
            rules(&format!("job_title contains any ({})", values.join(","))),
            many
        );
        assert_eq!(rules(&format!("{}age_range = 1", "not ".repeat(many))), 1);
        assert_eq!(rules(&format!("{}age_range = 1", "! ".repeat(many))), 1);
    });
}

#[test]
fn a_string_a_word_a_comment_and_a_gap_of_a_megabyte_are_a_filter() {
    let long = "x".repeat(1 << 20);
    let escapes = "\\u{1F600}".repeat(1 << 17);
    for text in [
        format!("job_title = \"{long}\""),
        format!("job_title = {long}"),
        format!("job_title = \"{escapes}\""),
        format!("job_title = vp # {long}"),
        format!("job_title ={}vp", " \n".repeat(1 << 19)),
        format!("job_title ={}vp", "# note\n".repeat(1 << 17)),
    ] {
        assert!(answer(&text).is_ok());
    }
}

/// One thing over and over: a megabyte of it, or what a build without optimisation reads in the
/// same time. Each takes well under a second; quadratic growth takes minutes.
#[test]
fn junk_is_answered() {
    let length = if cfg!(debug_assertions) {
        1 << 13
    } else {
        1 << 20
    };
    on_a_small_stack(move || {
        for unit in soup::JUNK {
            let text = unit.repeat(length / unit.len());
            let begun = Instant::now();
            assert_sound(&text);
            let taken = begun.elapsed();
            eprintln!("{taken:>10.1?} {unit:?}");
            assert!(taken < Duration::from_secs(20), "{unit:?} took {taken:?}");
        }
    });
}

/// Four times the text takes about four times as long: sixteen times were quadratic. Measured until
/// it does, a few times at most, since whatever else the machine does only adds to a time.
#[test]
fn time_grows_with_the_text() {
    let units = [
        "seniority = vp and ",
        "seniority = vp or seniority = cxo and ",
        "not ",
        "(seniority = vp) or ",
        "job_title contains any (a, \"b\") and ",
        "a = ",
        "a = 1 b = 2 ",
        "senority = vp or ",
        "seniority = boss and ",
        ") ",
        "\"",
        "a in (",
        "a in (b c; d) and ",
        "a = b'c\n",
        "a in (1,000,5) and ",
        "1,",
        "/**/",
        "||a=b||c",
        "a=b||!c||",
        "a not b (c, d) and ",
        "a in b or c and ",
        "a = 1 b between 1 and \"2\" ",
        "a = 1 b between 1 and c ",
        "a = 1, ",
        "a = 1 adn ((",
        "(a = 1) & (b = 2) ",
        "(a = 1) x # ((\n",
        "a = 1 but not ",
        "(a = 1) (",
    ]
    .map(|unit| (unit, ""));
    // Right texts: without blanks, and with comments that look like lists.
    let right = [
        "!",
        "email<1&&",
        "email<1\tor\t",
        "(email<1)and(not(email<1))or",
        "#a in (\njob_title = \"b\" or\n",
        "job_title = \"director\" or #people in (US\n",
        "#job_title in (\"a\",\n#  \"b\"\njob_title = \"director\" or\n",
    ];
    let units = units.into_iter().chain(right.map(|unit| (unit, "email<1")));
    let length = if cfg!(debug_assertions) {
        8_000
    } else {
        80_000
    };
    on_a_small_stack(move || {
        for (unit, end) in units {
            let seconds = |times: usize| {
                let text = unit.repeat(times) + end;
                let begun = Instant::now();
                let _ = Compiler::new().compile(&text);
                begun.elapsed().as_secs_f64()
            };
            let times = length / unit.len();
            let (mut once, mut fourfold) = (f64::INFINITY, f64::INFINITY);
            // Of less than 5 ms too much is chance.
            let grows = |once: f64, fourfold: f64| fourfold / once.max(0.005) < 9.0;
            for _ in 0..10 {
                once = once.min(seconds(times));
                fourfold = fourfold.min(seconds(4 * times));
                if grows(once, fourfold) {
                    break;
                }
            }
            eprintln!("{once:>10.4} {fourfold:>10.4} {unit:?}");
            assert!(
                grows(once, fourfold),
                "{unit:?}: {once} s, four times as much {fourfold} s"
            );
        }
    });
}

/// A grammar that can meet one bracket by two alternatives doubles its work at every level.
#[test]
fn no_kind_of_nesting_doubles_the_work() {
    let opens = [
        "(",
        "[",
        "{",
        "not (",
        "! (",
        "a = (",
        "a in (",
        "a in ((",
        "a contains any (",
        "a is (",
        "a like (",
        "a between (",
        "a between 1 and (",
        "a = 1 and (",
        "a = 1 or (",
        "a = 1 (",
        "x resembles (",
        "\"x\" = (",
        "(a = 1 or (",
        "a !in (",
        "a = b (",
        "a in (b, (",
        "1 < (",
        "a one of (",
        "a is in (",
        "a not in (",
        ", (",
        "(not a = (",
        "a = $1,000 (",
    ];
    let inners = ["", "a = 1", "a", "a in (1, 2)", "\"", "and"];
    let ends = ["", " a = 1", " and", " = 1", " b", ", c", ")", " in (1)"];
    on_a_small_stack(move || {
        for open in opens {
            for level in [1, 8, 24, 64, 128] {
                for inner in inners {
                    for (close, end) in [("", "")].into_iter().chain(ends.map(|end| (")", end))) {
                        let text = nested(open, inner, close, level) + end;
                        let timed = || {
                            let begun = Instant::now();
                            let _ = Compiler::new().compile(&text);
                            begun.elapsed()
                        };
                        // A busy machine is slow once; doubled work is slow, or without end, each
                        // time.
                        let mut taken = timed();
                        for _ in 0..3 {
                            if taken >= Duration::from_secs(1) {
                                taken = taken.min(timed());
                            }
                        }
                        assert!(
                            taken < Duration::from_secs(1),
                            "{level} times {text:?}: {taken:?}"
                        );
                    }
                }
            }
        }
    });
}

// ---- Hostile -----------------------------------------------------------------------------------

/// Nesting is counted before the parser runs, by a scan of its own. Wherever the two disagree on
/// where a string, a comment or a word ends, closing brackets that only the scan sees let
/// brackets pass that the parser recurses at.
#[test]
fn the_count_of_brackets_and_the_grammar_agree_on_what_is_skipped() {
    on_a_small_stack(|| {
        for unit in soup::TRAPS {
            eprintln!("{unit:?}");
            assert_sound(&unit.repeat(1_000));
        }
    });
}

#[test]
fn every_invisible_character_is_named_wherever_it_stands() {
    let invisible = |c: &char| {
        !c.is_whitespace() && render::short("", &problems(&c.to_string())).contains("U+")
    };
    let blocks = [
        '\0'..='\u{3200}',
        '\u{FE00}'..='\u{FFFF}',
        '\u{1BCA0}'..='\u{1BCAF}',
        '\u{E0000}'..='\u{E01FF}',
    ];
    let named: Vec<char> = blocks.into_iter().flatten().filter(invisible).collect();
    for hidden in
        "\0\u{7F}\u{AD}\u{200B}\u{200D}\u{202E}\u{2060}\u{3164}\u{FE0F}\u{FEFF}\u{E0020}".chars()
    {
        assert!(
            named.contains(&hidden) || hidden == '\u{FEFF}',
            "{hidden:?}"
        );
    }
    let codes = |text: &str| {
        let problems = problems(text).into_iter();
        problems
            .map(|problem| problem.code().to_owned())
            .collect::<Vec<_>>()
    };
    for hidden in named {
        // The grammar skips it, so that the rest is read as it looks.
        for text in [
            format!("seniority {hidden}= vp"),
            format!("sen{hidden}iority = vp"),
            format!("seniority = v{hidden}p"),
        ] {
            assert_eq!(
                codes(&text),
                ["filterc::parse::hidden_character"],
                "{text:?}"
            );
        }
        let text = format!("company_domain != \"acme.com{hidden}\"");
        assert_eq!(codes(&text), ["filterc::parse::hidden_in_text"], "{text:?}");
    }
}

#[test]
fn nul_bytes_and_other_controls_are_named_and_nothing_breaks() {
    for text in [
        "\0",
        "\0\0\0",
        "seniority = \0vp",
        "seniority = \"v\0p\"",
        "sen\0iority = vp",
        "seniority = vp\0",
        "\u{1B}[31mseniority = vp",
        "seniority = vp # \0",
        "a i\0n (b)",
        "\u{FEFF}\u{FEFF}a = 1",
        "\u{202E}a = 1",
        "a\u{AD} = 1",
        "a in\u{200B}(b)",
    ] {
        assert_sound(text);
        let hidden = |problem: &Problem| problem.code().contains("hidden");
        assert!(
            problems(text).iter().any(hidden),
            "{text:?}: {:?}",
            problems(text)
        );
    }
}

// ---- Random ------------------------------------------------------------------------------------

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_answered_and_shown(text in any::<String>()) {
        assert_sound(&text);
        assert_shown(&text);
    }

    #[test]
    fn any_tokens_are_answered_and_shown(text in soup::tokens(0..40)) {
        assert_sound(&text);
        assert_shown(&text);
    }

    #[test]
    fn any_comparisons_are_answered_and_shown(text in soup::comparisons()) {
        assert_sound(&text);
        assert_shown(&text);
    }

    #[test]
    fn many_tokens_are_answered_on_a_small_stack(text in soup::tokens(200..400)) {
        on_a_small_stack(move || assert_sound(&text));
    }

    /// What is repeated adds up, if the scan is wrong by as little as one bracket.
    #[test]
    fn any_tokens_over_and_over_are_answered_on_a_small_stack(unit in soup::tokens(1..12)) {
        eprintln!("{unit:?}");
        let text = unit.repeat(400);
        on_a_small_stack(move || { let _ = Compiler::new().compile(&text); });
    }
}

// ---- The corpus, with slips --------------------------------------------------------------------

/// Every deletion and duplication of one character and every truncation of every file.
#[test]
fn any_slip_in_any_file_of_the_corpus_is_answered() {
    let files = corpus::files();
    assert!(files.len() >= 20, "only {} files", files.len());
    thread::scope(|scope| {
        for half in [0, 1] {
            let files = &files;
            scope.spawn(move || {
                for text in files.iter().skip(half).step_by(2) {
                    corpus::slips(text, |slipped| {
                        for problem in problems(slipped) {
                            assert_problem(slipped, &problem);
                        }
                    });
                }
            });
        }
    });
}

// ---- Helpers -----------------------------------------------------------------------------------

fn nested(open: &str, inner: &str, close: &str, levels: usize) -> String {
    format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
}

/// Runs it on a stack of two megabytes and passes its panic on.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(SMALL_STACK);
    if let Err(panic) = thread.spawn(run).unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

/// The JSON of a text.
fn answer(text: &str) -> Result<String, CompileError> {
    let compiled = Compiler::new().compile(text);
    compiled.map(|compilation| compilation.filter().to_string())
}

fn problems(text: &str) -> Vec<Problem> {
    match Compiler::new().compile(text) {
        Ok(compilation) => compilation.warnings().to_vec(),
        Err(error) => error.problems().to_vec(),
    }
}

fn error_codes(text: &str) -> Vec<String> {
    let problems = problems(text).into_iter();
    problems
        .filter(|problem| problem.severity() == Severity::Error)
        .map(|problem| problem.code().to_owned())
        .collect()
}

/// The text is answered by a filter and warnings, or by problems with an error among them; the
/// answer is the same the second time; every problem can be shown and points into the text.
fn assert_sound(text: &str) {
    let compiler = Compiler::new();
    let problems = match (compiler.compile(text), compiler.compile(text)) {
        (Ok(once), Ok(again)) => {
            assert_eq!(
                once.filter().to_string(),
                again.filter().to_string(),
                "of {text:?}"
            );
            let is_warning = |problem: &Problem| problem.severity() == Severity::Warning;
            assert!(
                once.warnings().iter().all(is_warning),
                "an error beside a filter: {text:?}"
            );
            once.warnings().to_vec()
        }
        (Err(once), Err(again)) => {
            assert_eq!(once.problems(), again.problems(), "of {text:?}");
            let is_error = |problem: &Problem| problem.severity() == Severity::Error;
            assert!(
                once.problems().iter().any(is_error),
                "no error, no filter: {text:?}"
            );
            assert!(!once.to_string().is_empty());
            once.problems().to_vec()
        }
        _ => panic!("two answers to {text:?}"),
    };
    for problem in &problems {
        assert_problem(text, problem);
    }
    let count = problems.len();
    assert_eq!(
        render::short("a\nname", &problems).lines().count(),
        count,
        "of {text:?}"
    );
    assert_eq!(
        render::json("a\nname", &problems).lines().count(),
        count,
        "of {text:?}"
    );
}

/// Every problem, up to the twenty that are shown, has its code on the screen, and nothing that a
/// terminal would act on gets there.
fn assert_shown(text: &str) {
    let problems = problems(text);
    let style = render::HumanStyle {
        color: false,
        unicode: true,
        width: 60,
    };
    let shown = render::human("a\nname", text, &problems, style);
    let codes = shown.matches("[filterc::").count();
    assert!(codes >= problems.len().min(20), "of {text:?}:\n{shown}");
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!shown.contains(acts), "of {text:?}:\n{shown:?}");
}

fn assert_problem(text: &str, problem: &Problem) {
    let shown = || {
        format!(
            "{problem:?}\nof {:?}",
            text.chars().take(2_000).collect::<String>()
        )
    };
    assert!(problem.code().starts_with("filterc::"), "{}", shown());
    assert!(!problem.message().is_empty(), "{}", shown());
    assert!(!problem.help().is_empty(), "{}", shown());
    assert!(
        problem.start().line >= 1 && problem.start().column >= 1,
        "{}",
        shown()
    );
    assert!(problem.end() >= problem.start(), "{}", shown());
    let inside = |span: Span| text.get(span.range()).is_some();
    assert!(inside(problem.span()), "{}", shown());
    let first = problem.labels().first().map(|label| label.span);
    assert_eq!(first, Some(problem.span()), "{}", shown());
    assert!(
        problem.labels().iter().all(|label| inside(label.span)),
        "{}",
        shown()
    );
    assert!(
        problem.fixes().iter().all(|fix| inside(fix.span)),
        "{}",
        shown()
    );
}
