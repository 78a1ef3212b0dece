//! The canonical layout: what it looks like, that it stays as it is, and that it says the same.

#![expect(clippy::panic, reason = "a test stops with words")]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use filterc::{Compiler, Severity, format};
use proptest::prelude::*;

#[path = "support/comments.rs"]
mod comments;
#[path = "meaning/dice.rs"]
mod dice;
#[path = "support/folders.rs"]
mod folders;

use comments::comments;
use dice::Dice;
use folders::{entries, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in entries(folder) {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|it| it == "filter") {
            found.push(path);
        }
    }
}

/// The JSON a text compiles to, or the codes of its errors.
fn outcome(text: &str) -> Result<String, Vec<String>> {
    match Compiler::new().compile(text) {
        Ok(compilation) => Ok(compilation.filter().to_string()),
        Err(error) => {
            let errors = error.problems().iter();
            let errors = errors.filter(|problem| problem.severity() == Severity::Error);
            let mut codes: Vec<_> = errors.map(|error| error.code().to_owned()).collect();
            codes.sort();
            Err(codes)
        }
    }
}

fn warnings(text: &str) -> Vec<String> {
    let compilation = Compiler::new().compile(text);
    let all = compilation.map_or(Vec::new(), |done| done.warnings().to_vec());
    let mut codes: Vec<_> = all.iter().map(|one| one.code().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

fn complaint(text: &str) -> Option<String> {
    let written = match format(text) {
        Ok(written) => written,
        Err(error) => {
            let of_parser = |code: &str| code.starts_with("filterc::parse::");
            let mut problems = error.problems().iter();
            return (!problems.any(|problem| of_parser(problem.code())))
                .then(|| format!("{error}"));
        }
    };
    let again = format(&written);
    if again.as_ref().ok() != Some(&written) {
        return Some(format!("changes again:\n{written}\nto {again:?}"));
    }
    if comments(text) != comments(&written) {
        return Some(format!("has other comments:\n{written}"));
    }
    if outcome(text) != outcome(&written) {
        return Some(format!("says something else:\n{written}"));
    }
    let (before, after) = (warnings(text), warnings(&written));
    if before != after {
        return Some(format!("warns of {after:?}, not of {before:?}:\n{written}"));
    }
    let is_ragged = written.lines().any(|line| line.trim_end() != line);
    (is_ragged || !written.ends_with('\n') || written.contains('\r') || written.contains("\n\n\n"))
        .then(|| format!("has blanks at the end of a line, or no line feed:\n{written}"))
}

#[test]
fn every_file_of_the_corpus_says_the_same_in_the_canonical_layout() {
    let mut files = Vec::new();
    for folder in ["corpus", "format", "../examples"] {
        collect(&root().join(folder), &mut files);
    }
    let mut complaints = Vec::new();
    let mut formatted = 0;
    for file in files {
        let text = read(&file);
        formatted += usize::from(format(&text).is_ok());
        let ends = text.replace('\n', "\r\n");
        for text in [&text, &ends] {
            complaints.extend(complaint(text).map(|why| format!("{}: {why}", file.display())));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(formatted > 200, "only {formatted} files can be read");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Files of the corpus with pieces put in and taken out, where they can still be read.
    #[test]
    fn changed_texts_say_the_same_in_the_canonical_layout(seed in any::<u64>()) {
        let text = changed(seed);
        prop_assert_eq!(complaint(&text), None, "of {:?}", text);
    }
}

/// A file of the corpus with pieces put in and taken out.
fn changed(seed: u64) -> String {
    const PIECES: &[&str] = &[
        "(",
        ")",
        "(",
        ")",
        " and ",
        " or ",
        " not ",
        " !",
        "#c\n",
        " # d\r\n",
        "\n",
        "\n\n",
        " ",
        ",",
        "\"",
        "'",
        "`",
        " in ",
        "\\",
        "\u{A0}",
        "é",
        " a = 1 ",
        " b in (c, d) ",
        " where ",
        " is null ",
        "not (",
        " or (",
        "and (",
        "\u{2028}",
        "\t",
        "\u{200B}",
        "\r",
        "&&",
        "||",
    ];
    let mut dice = Dice::new(seed);
    let text = read(dice.pick::<PathBuf>(&CORPUS));
    let mut characters: Vec<char> = text.chars().collect();
    for _ in 0..1 + dice.below(3) {
        let at = dice.below(characters.len() + 1);
        let taken = if dice.one_in(3) { dice.below(3) } else { 0 };
        let end = (at + taken).min(characters.len());
        characters.splice(at..end, dice.pick(PIECES).chars());
    }
    characters.into_iter().collect()
}

#[test]
fn the_changed_texts_are_often_read_and_laid_out_anew() {
    let texts = (0..1_000).map(changed);
    let anew = texts.filter(|text| format(text).is_ok_and(|written| written != *text));
    let count = anew.count();
    assert!(count > 40, "{count}");
}

/// The files of the corpus that can be read.
static CORPUS: LazyLock<Vec<PathBuf>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(&root().join("corpus"), &mut files);
    collect(&root().join("format"), &mut files);
    files.retain(|file| format(&read(file)).is_ok());
    files
});

/// A comment may stand between any two tokens, and at most one place is taken by each.
#[test]
fn comments_between_any_two_tokens_stay_in_order() {
    const TOKENS: &[&str] = &[
        "intents",
        "where",
        "(",
        "not",
        "(",
        "topic",
        "not",
        "in",
        "(",
        "a",
        ",",
        "\"b # c\"",
        ",",
        ")",
        ")",
        "or",
        "not",
        "not",
        "(",
        "score",
        "=",
        "high",
        "and",
        "(",
        "`order`",
        "between",
        "1",
        "and",
        "2",
        ")",
        ")",
        "and",
        "x",
        "is",
        "null",
        "or",
        "(",
        "(",
        "y",
        "starts",
        "with",
        "z",
        ")",
        "or",
        "y",
        "=",
        "'\"'",
        "and",
        "t",
        "contains",
        "any",
        "(",
        "u",
        ")",
        ")",
        ")",
    ];
    let mut complaints = Vec::new();
    let gaps = TOKENS.len() + 1;
    let spell = |comment: &dyn Fn(usize) -> String| {
        let mut text = comment(0);
        for (place, token) in TOKENS.iter().enumerate() {
            text.push_str(token);
            text.push(' ');
            text.push_str(&comment(place + 1));
        }
        text
    };
    let line = |end: &str, gap: usize| format!("#{gap}{end}");
    for (number, end) in ["\n", "\n\n", "\r\n"].into_iter().enumerate() {
        for first in 0..gaps {
            // Each pair of places once, with one of the line ends.
            for second in (first..gaps).filter(|second| (first + second) % 3 == number) {
                complaints.extend(complaint(&spell(&|gap| {
                    let own = if gap == second && first % 2 == 1 {
                        "\n"
                    } else {
                        ""
                    };
                    match gap == first || gap == second {
                        true => own.to_owned() + &line(end, gap),
                        false => String::new(),
                    }
                })));
            }
        }
        complaints.extend(complaint(&spell(&|gap| line(end, gap))));
        complaints.extend(complaint(&spell(&|gap| line(end, gap).repeat(2))));
        complaints.extend(complaint(&spell(&|gap| "\n".to_owned() + &line(end, gap))));
    }
    complaints.truncate(5);
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn long_and_deep_texts_are_formatted() {
    let many = vec!["seniority = vp"; 100_000].join(" and # c\n");
    let list = vec!["4eyes_1"; 100_000].join(", # c\n");
    let list = format!("topic in ({list})");
    let nots = "not ".repeat(100_000) + "seniority = vp";
    for text in [many, list, nots] {
        let written = format(&text).unwrap_or_else(|error| panic!("{error}"));
        assert!(written.len() > 250_000);
        assert!(format(&written).is_ok_and(|again| again == written));
    }
    let deep = "not (score = a or not (x = b and ".repeat(64) + "y = 1" + &"))".repeat(64);
    assert_eq!(complaint(&deep), None);
    let needless = "(".repeat(128) + "seniority = vp" + &")".repeat(128);
    assert_eq!(format(&needless).ok().as_deref(), Some("seniority = vp\n"));
}

/// Which backticks are needless is no guess: every word of the grammar is tried as a name.
#[test]
fn backticks_go_where_the_name_reads_the_same_without() {
    let grammar = read(&root().join("../grammar/filter.pest"));
    let mut words: Vec<&str> = grammar.split("^\"").skip(1).collect();
    for word in &mut words {
        *word = word.split('"').next().unwrap_or_default();
    }
    assert!(words.len() > 60, "{words:?}");
    words.extend([
        "a", "a.b", "a.1", "1a", "a b", "a-b", "größe", ".a", "a.", "AND", "_", "#", "true",
    ]);
    let mut complaints = Vec::new();
    let mut bare = 0;
    for word in words {
        for text in [
            format!("`{word}` = 1"),
            format!("a = 1 and `{word}` in (b) or `{word}` not in (b)"),
            format!("a = b or not `{word}` contains c"),
            format!("a not between 1 and 2 and (`{word}` starts with \"c\" or `{word}` != 1)"),
            format!("a is null and `{word}` is null or not not `{word}` is not blank"),
            format!("intents where `{word}` not equals x and `{word}` > 1"),
        ] {
            complaints.extend(complaint(&text));
            bare += usize::from(format(&text).is_ok_and(|text| !text.contains('`')));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(bare >= 18, "{bare}");
}

#[test]
fn layouts() {
    insta::glob!("format/*.filter", |path| {
        let text = read(path);
        let written = format(&text).unwrap_or_else(|error| panic!("{error}"));
        let mut settings = insta::Settings::clone_current();
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("{text}────\n{written}")));
    });
}
