//! The short way and the long way make the same tree, and of what is read whole there is nothing to tell.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::{Read, read};
use crate::diagnostic::Finding;
use crate::parse::{parse_around, parse_framed, parse_whole, scan};

/// Whether all of the text is read the short way. In any case, both ways must agree on it.
fn is_plain(text: &str) -> bool {
    ways_agree(text) == Some(true)
}

/// Whether a part of the text is read the short way.
fn is_read_around_mistakes(text: &str) -> bool {
    ways_agree(text) == Some(false)
}

/// Whether the short way reads all of the text. `None`: it reads nothing, or what it reads the grammar
/// does not take.
fn ways_agree(text: &str) -> Option<bool> {
    let printable = scan::is_printable(text);
    let findings = scan::scan(text, printable).ok()?;
    if !findings.is_empty() {
        assert!(!printable, "{text:?}");
        return None;
    }
    let long = parse_whole(text, Vec::new());
    let (short, is_whole) = match read(text) {
        // What was read whole the grammar has to take.
        Read::Whole(part) => (parse_framed(text, part).unwrap(), true),
        Read::Parts(parts) => (parse_around(text, parts)?, false),
    };
    let told = |findings: &[Finding]| format!("{findings:?}");
    assert_eq!(told(&short.findings), told(&long.findings), "{text:?}");
    assert_eq!(short.source, long.source, "{text:?}");
    Some(is_whole)
}

/// The texts of the corpus below a folder.
fn corpus(folder: &str) -> Vec<String> {
    fn collect(folder: &Path, texts: &mut Vec<String>) {
        for path in fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
        {
            if path.is_dir() {
                collect(&path, texts);
            } else {
                texts.extend(fs::read_to_string(&path));
            }
        }
    }
    let mut texts = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    collect(&root.join(folder), &mut texts);
    texts
}

#[test]
fn most_right_texts_are_plain() {
    let accepted = corpus("accept");
    let plain = accepted.iter().filter(|text| is_plain(text)).count();
    assert!(
        plain * 10 > accepted.len() * 8,
        "{plain} of {}",
        accepted.len()
    );
}

#[test]
fn both_ways_agree_on_every_slip_in_the_corpus() {
    for text in corpus("") {
        is_plain(&text);
        for (at, character) in text.char_indices().take(200) {
            let (before, from) = text.split_at(at);
            let (_, after) = from.split_at(character.len_utf8());
            is_plain(&format!("{before}{after}"));
            if at % 4 == 0 {
                is_plain(before);
                is_plain(&format!("{before}{character}{from}"));
            }
        }
    }
}

#[test]
fn what_is_nearly_plain_is_read_the_long_way() {
    for text in [
        "",
        "not = 1",
        "and = 1",
        "where = 1",
        "not where = 1",
        "not a where b = c",
        "(a where b = c)",
        "a where b where c = d",
        "a = b and c where d = e",
        "`a` where b = c",
        "a.b where c = d",
        "a = and",
        "a = null",
        "a is nul",
        "a is empty",
        "a is not in",
        "a = x#",
        "a = \"x\\\" and b = \"y\"",
        "a = \"x\r\"",
        "a = \"\u{421}loud\"",
        "a in x",
        "a = (x)",
        "a in (1,000)",
        "a in (.x)",
        "a contains any x",
        "a contains any",
        "a contains (x)",
        "a between 1 and b = 2",
        "a between 1 or 2",
        "a is like x",
        "a = x y",
        "a = x and",
        "(a = x",
        "a. = x",
        "a = x and b",
        "a = \u{200B}x",
        "a = 'it's'",
        "inx(a)",
        "a inx (b)",
        "a = 'x'y",
        "a isx",
        "a notin (x)",
        "a = x andb = y",
        "a startswithx",
        "a\tcontain\t\" = x\"",
        "a\tstart\t\" = x\"",
        "a\tstarts\t\" = x\"",
        "a\tend\t\" = x\"",
        "a\tends\t\" = x\"",
        "a\tequal\t\" = x\"",
        "a\tit\t\" = x\"",
        "a\tinto\t(#=(\rx)",
        "a\tbe\t1\tand\t\" = x\"",
        "a\tin\txy\t#=(\r)",
        "a\tcontains\tany\txy\t#=(\r)",
    ] {
        assert!(!is_plain(text), "{text:?}");
    }
}

/// What the short way takes for a part the grammar may take for something else.
#[test]
fn both_ways_agree_on_what_stands_in_the_place_of_another() {
    for text in [
        "a = x b # c\n= y",
        "a = 'x' b # c\n= y",
        "a between 1 and ro contains like",
        "a between 1 and but contains like or b = y",
        "a between 1 and startswith = x or b = y",
        "a between and startswith = x",
        "a between&& EndsWith is x",
        "a &&& startswith = x",
        "\"\",((\n))not e = x",
        "\"\",((\n))(e = x)",
        "(x'i(\n))!o = 1",
        "\"\"||(\n)startswith = y",
    ] {
        ways_agree(text);
    }
}

#[test]
fn what_is_right_around_a_mistake_is_read_the_short_way() {
    for text in [
        "a = x b = y and c = z",
        "a = x and b = y c = z",
        "(a = x or b) and c = z or d = z",
        "a = x or (b = y and not (c = z or d = and) and e = f) and g = h or i = j",
        "intents where a = x or b = y and c",
        "a = x and (b = y or c = z",
        "a = x and b = y)",
        "a = x) and b = y or c = z) and d = e)",
        "a = x)) b = y)\nor c = z",
        "a = x and b = \"y and c = \"z\" and d = e",
        "a<x&&b = y and c = z",
        "a = \"x\\\"\" and b = y",
        "a = \"caf\u{e9}\" and b in (x, y and c = d",
        "a = x and b = y or",
        "a = x, b = y or c = z",
        "not a = x and b y or not (c = z and d = e)",
        "a in [x, y] and b = z",
        "a = x) and",
        "a = x b = y",
        "a = x\nb in (y)\nc is null\nd = z",
        "(a = x or b = y) c = z",
        "a = x and not b = y c = z and d = e or f = g",
        "a = x b = vice president and c = y",
        "a = x adn (b = y or c = z)",
        "(a = x) ro ((b = y and not c = z) or not (d = e))",
        "a = x, ((b = y))",
        "a = \"x\" but not b = y and c = z",
        "a = \"x\" but not (b = y) and c = z",
        "a = x & (b = y or c = z) | d = e",
        "(a = x and b = y) // note",
        "(a = x and b = y) = z",
        "(a = x and b = y)) and c = z",
        "a in (x, y) z and b = c",
        "a is null. and b = c",
        "a = x (b = y) and c = z",
        "(a = x or b (c = d) e = f) and g = h or i = j",
        "a = x or (b c) and (d = e)",
        "a = x or (b c) and not (d = e)",
        // Behind this AND, a bound may begin with what a group or a NOT begins with.
        "a between 1 and (b = c) and d = e",
        "a between 1 and !b = c and d = e",
        "a between 1 and not b = c and d = e",
    ] {
        assert!(is_read_around_mistakes(text), "{text:?}");
    }
    for text in [
        "",
        "a",
        "a b = c",
        "a in (b and c = d",
        // To the grammar, no operand belongs behind this AND.
        "a = x and b between 1 and c = y and d = z",
    ] {
        assert!(ways_agree(text).is_none(), "{text:?}");
    }
}

/// The characters that stand for parts are nothing but hidden characters where the text has them
/// itself.
#[test]
fn the_marks_of_parts_mean_nothing_in_a_text() {
    for text in [
        "\u{1F}",
        "\u{1F} a = b",
        "a = b \u{1C}",
        "a = b and \u{1F}",
        "\u{1D} c = d",
        "a = b or \u{1E} e = f",
        "a\u{1F} = b",
    ] {
        let hidden = text.replace(['\u{1C}', '\u{1D}', '\u{1E}', '\u{1F}'], "\u{1}");
        let (marked, hidden) = [text, &hidden]
            .map(|text| parse_whole(text, Vec::new()))
            .into();
        assert_eq!(marked.source, hidden.source, "{text:?}");
        assert_eq!(marked.findings.len(), hidden.findings.len(), "{text:?}");
    }
}

#[test]
fn the_common_forms_are_plain() {
    for text in [
        "seniority = vp",
        "topic == 4eyes_115481 && seniority in (vp,cxo)",
        " intents where topic = x",
        "intents WHERE topic != -5.5 or not (a <> 'x' # why\n)",
        "email is not blank and not (seniority = staff or department = \"human resources\")",
        "a is null and ! b is x and not not c is not x",
        "a contains x and b not contains any ( \"x\", y, ) and c STARTS WITH all(x)",
        "a startswith x and b ends with y and c equals z and d not equals z",
        "a starts with x and b endswith y",
        "a in (_x, -1)",
        "a between 1 and 2 and b not between 2026-01-31 and \"x\"",
        "`between`=x and a.b<1 and c<=1 and d>1 and e>=1",
        "a = true and b = \"caf\u{e9}\"",
        "a is startswith",
        "not(a < 1) and(b > 2)or(c is null)",
        "a = x AND (b != \"y z\" OR NOT c IN (x, 'y') OR d NOT IN (\"x\", y, \"z\"))",
        "(\r\n  a = x\r\n  or b contains \"y\"\r\n)\r\nand not (\r\n  c in (x, \"y\")\r\n)\r\n",
        "(\n  a = x\n  OR b = y\n)\nAND NOT (\n    c = z\n\tOR d = 'or'\n)\n",
        "a in (x, # it's\n y) and b = z # why\n",
        " # who\n intents\twhere # what\na = \"caf\u{e9}\"",
        "a=\"x or y\" and b='x and y' or c = 'x or y'",
    ] {
        assert!(is_plain(text), "{text:?}");
    }
}

const TOKENS: &[&str] = &[
    "a",
    "b.c",
    "`d`",
    "topic",
    "not",
    "NOT",
    "!",
    "and",
    "AND",
    "&&",
    "&&&",
    "or",
    "||",
    "where",
    "(",
    "(",
    ")",
    ")",
    "=",
    "==",
    "!=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "in",
    "In",
    "is",
    "is not",
    "contains",
    "starts with",
    "startswith",
    "ends",
    "with",
    "between",
    "equals",
    "any",
    "all",
    "null",
    "blank",
    "true",
    "vp",
    "x",
    "1",
    "-5",
    "2026-01-31",
    "10,000",
    "\"x y\"",
    "'z'",
    "\"",
    "'",
    "\\",
    "#",
    "# c\n",
    "\n",
    "\r",
    "\t",
    ",",
    ",",
    ";",
    "|",
    "&",
    "-",
    "--",
    "//",
    "/",
    ":",
    ".",
    "like",
    "startswith",
    "empty",
    "equal to",
    "one of",
    "has",
    "\u{e9}",
    "\"\u{421}a\"",
    "\u{A0}",
    "a = b",
    "a in (b, c)",
    "a = \"b\"",
    "(a = b)",
    "((a is null",
    "adn",
    "ro",
    "without",
    "[",
    "]",
    "{",
    "}",
    "`",
];

/// Comparisons that are mostly right, so that much of what is drawn is plain.
fn comparisons() -> impl Strategy<Value = String> {
    let name = select(vec![
        "a",
        "b_c",
        "d.e",
        "`in`",
        "topic",
        "not",
        "true",
        "where",
        "startswith",
        "but",
        "like",
        "ro",
        "`a`",
    ]);
    let test = select(vec![
        "= x",
        "=x",
        "!= 'y'",
        "<> \"z\"",
        "< 1",
        ">= -5",
        "in (a, b)",
        "not  in(a,1,000)",
        "IN ('x',)",
        "contains x",
        "not contains any (x, \"y\")",
        "starts with \"x\"",
        "endswith all (a)",
        "is null",
        "is not blank",
        "is x",
        "is not 'x'",
        "is empty",
        "is like",
        "is like x",
        "equals x",
        "not equals 'x'",
        "between 1 and 5",
        "not between a and 'b'",
        "between 1 and b",
        "between 1 and",
        "between&&",
        "= and",
        "in x",
        "= x y",
        "is in (x)",
        "contains any",
        "= x#c",
        "== x",
        "not x",
        "= \"a\\\"b\"",
        "contains(x)",
        "is\nnot\nnull",
        "contains like",
        "equals regex",
        "between like and 2",
        "is at",
        "is one",
        "= 'x'y",
        "= 5",
        "in ('x', \"y\")",
        "contains \"x\"",
    ]);
    let joiner = select(vec![
        " and ",
        " or ",
        " AND ",
        "&&",
        "||",
        " and not ",
        " or (",
        ") and ",
        " and (not ",
        ") or not (",
        ")",
        "\n",
        "\n",
        " ",
        ") ",
        " (",
        ") (",
        " not ",
        " adn ",
        ") adn (",
        " ro ",
        ") but not ((",
        " without (not ",
        " & (",
        ") | ",
        "; ",
        ") , (",
        "] ",
        " // note\n and ",
        " # note\n",
        " # note\nor ",
        ", ",
        " and! ",
        "or",
        " and and ",
    ]);
    let part = (
        name,
        select(vec![" ", " ", " ", "", "\n", "\t ", " # c\n"]),
        test,
        joiner,
    );
    let start = select(vec![
        "",
        "",
        "",
        "intents where ",
        "not ",
        "(",
        "not where ",
        "(",
    ]);
    let end = select(vec!["", "", ")", "a = x", " a is null", "\n"]);
    (start, vec(part, 1..6), end, any::<bool>()).prop_map(|(start, parts, end, cut)| {
        let mut text = start.to_owned();
        for (name, blank, test, joiner) in &parts {
            text.extend([*name, *blank, *test, *joiner]);
        }
        if let Some((.., joiner)) = parts.last().filter(|_| cut) {
            text.truncate(text.len() - joiner.len());
        }
        text + end
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_ways_agree_on_comparisons(text in comparisons()) {
        is_plain(&text);
    }

    #[test]
    fn both_ways_agree_on_tokens_in_any_order(
        tokens in vec((select(TOKENS), select(vec!["", " "])), 1..20)
    ) {
        let text: String = tokens.into_iter().flat_map(|(token, blank)| [token, blank]).collect();
        is_plain(&text);
    }
}
