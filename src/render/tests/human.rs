//! What a person sees: the look, and what miette alone would get wrong.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

const PLAIN: HumanStyle = HumanStyle {
    color: false,
    unicode: true,
    width: 100,
};

const MEGABYTE: usize = 1_000_000;

fn shown(text: &str, mistakes: impl IntoIterator<Item = Mistake>) -> String {
    human("<expression>", text, &of(text, mistakes), PLAIN)
}

/// Renders, and fails where it takes longer than a person waits even in a debug build.
fn shown_soon(text: &str, mistakes: impl IntoIterator<Item = Mistake>) -> String {
    let found = of(text, mistakes);
    let begun = Instant::now();
    let output = human("<expression>", text, &found, PLAIN);
    assert!(
        begun.elapsed() < Duration::from_secs(2),
        "{:?}",
        begun.elapsed()
    );
    output
}

/// What a terminal takes for the characters of these tests.
fn columns(character: char) -> usize {
    match character {
        '\u{300}'..='\u{36F}' => 0,
        '\u{3000}'..='\u{9FFF}' | '\u{1F300}'..='\u{1FAFF}' => 2,
        _ => 1,
    }
}

/// What stands above each row of underlines, as a reader at a terminal sees it.
fn underlined(output: &str) -> Vec<String> {
    let rows: Vec<_> = output.lines().collect();
    let pairs = rows.iter().zip(rows.iter().skip(1));
    let is_code = |row: &str| {
        row.trim_start()
            .starts_with(|first: char| first.is_ascii_digit())
    };
    let pairs = pairs.filter(|(above, below)| is_code(above) && below.contains(" · "));
    pairs
        .map(|(code, marks)| {
            let marks: Vec<char> = marks.chars().collect();
            let mut column = 0;
            let mut above = String::new();
            for character in code.chars() {
                if matches!(marks.get(column), Some('─' | '┬' | '▲')) {
                    above.push(character);
                }
                column += columns(character);
            }
            above
        })
        .collect()
}

/// The place of `part` in `text`.
fn find(text: &str, part: &str) -> (usize, usize) {
    let start = text.find(part).unwrap_or(usize::MAX);
    (start, start + part.len())
}

fn error_at(text: &str, part: &str) -> Mistake {
    let (start, end) = find(text, part);
    error(start, end)
}

#[test]
fn an_error_and_a_warning_look_like_this() {
    let text = "contry = \"US\"\nand true = true";
    assert_eq!(
        shown(text, [error_at(text, "contry"), warning(18, 29)]),
        "\
error[filterc::check::unknown_field]: unknown field `contry`
   ╭─[<expression>:1:1]
 1 │ contry = \"US\"
   · ───┬──
   ·    ╰── no such field
 2 │ and true = true
   ╰────
  help: did you mean `country`?

warning[filterc::check::always_true]: always true
   ╭─[<expression>:2:5]
 1 │ contry = \"US\"
 2 │ and true = true
   ·     ───────────
   ╰────
  help: remove it
"
    );
    assert_eq!(shown(text, []), "");
}

#[test]
fn in_ascii_it_looks_like_this() {
    let text = "contry = \"US\"";
    let style = HumanStyle {
        unicode: false,
        ..PLAIN
    };
    assert_eq!(
        human("us.filter", text, &of(text, [error(0, 6)]), style),
        "\
error[filterc::check::unknown_field]: unknown field `contry`
   ,-[us.filter:1:1]
 1 | contry = \"US\"
   : ^^^|^^
   :    `-- no such field
   `----
  help: did you mean `country`?
"
    );
    let text = "é".repeat(200) + &"x".repeat(500);
    let output = human("f", &text, &of(&text, [error(600, 610)]), style);
    assert!(
        output.contains("...x") && output.contains("x...\n"),
        "{output}"
    );
    assert!(output.is_ascii(), "{output}");
}

#[test]
fn colours_tell_severities_and_labels_apart() {
    let style = HumanStyle {
        color: true,
        ..PLAIN
    };
    let text = "a contry";
    let found = of(text, [error_with(2, 8, &[(0, 1, "here")]), warning(0, 1)]);
    let output = human("f", text, &found, style);
    let red = "\u{1B}[31;1m";
    let yellow = "\u{1B}[33;1m";
    let cyan = "\u{1B}[36m";
    for part in [
        format!("{yellow}warning[filterc::check::always_true]:\u{1B}[0m always true\n"),
        format!("{yellow}─\u{1B}[0m"),
        format!("{red}error[filterc::check::unknown_field]:\u{1B}[0m unknown field `contry`\n"),
        format!("{cyan}┬\u{1B}[0m{red} ───┬──\u{1B}[0m\n"),
        format!("{red}no such field"),
        format!("{cyan}here"),
        format!("{cyan}  help: \u{1B}[0mdid you mean `country`?\n"),
    ] {
        assert!(output.contains(&part), "{part:?} in {output:?}");
    }
    let plain = human("f", text, &found, PLAIN);
    assert!(!plain.contains('\u{1B}'), "{plain:?}");
}

#[test]
fn a_megabyte_on_one_line_is_shown_as_a_window() {
    let half = "x = 1 or ".repeat(MEGABYTE / 18);
    let text = format!("{half}contry = 1 or {half}");
    let mistakes = (0..20).map(|_| error_at(&text, "contry"));
    let output = shown_soon(&text, mistakes);
    assert!(output.len() < 20 * 1_000, "{} bytes", output.len());
    assert_eq!(underlined(&output), vec!["contry"; 20]);
    let column = half.len() + 1;
    assert!(
        output.contains(&format!("[<expression>:1:{column}]\n")),
        "{output}"
    );
    assert!(
        output.contains(" 1 │ …") && output.contains("…\n"),
        "{output}"
    );
    assert!(
        output.lines().all(|line| line.chars().count() <= 100),
        "{output}"
    );
}

#[test]
fn a_megabyte_of_anything_is_short() {
    for part in [
        "\n", "\r\n", "\u{301}", "\u{200B}", "日", "\t", "👍🏽", "\u{1B}",
    ] {
        let text = part.repeat(MEGABYTE / part.len());
        let middle = MEGABYTE / part.len() / 2 * part.len();
        let mistakes = [
            error(0, 0),
            error(middle, text.len()),
            error(text.len(), text.len()),
        ];
        let output = shown_soon(&text, mistakes);
        assert!(output.len() < 5_000, "{part:?}: {} bytes", output.len());
        assert_eq!(
            output.matches("no such field").count(),
            3,
            "{part:?}: {output}"
        );
    }
}

#[test]
fn wording_and_labels_are_not_endless() {
    let mistake = Mistake::Error {
        message: HOSTILE.to_owned() + &"m ".repeat(MEGABYTE),
        help: "h".repeat(MEGABYTE),
        words: "w".repeat(MEGABYTE),
        at: (0, 1).into(),
        others: Vec::new(),
    };
    let output = shown_soon("a", [mistake]);
    assert!(output.len() < 4_000, "{} bytes", output.len());
    assert_eq!(output.matches('…').count(), 3);
    assert_eq!(hidden_in(&output), "");
}

#[test]
fn a_column_past_what_miette_can_draw() {
    let text = format!("{} contry", "a".repeat(70_000));
    let output = shown(&text, [error(70_001, 70_007)]);
    assert!(output.contains("[<expression>:1:70002]"), "{output}");
    assert_eq!(underlined(&output), ["contry"]);
}

#[test]
fn a_label_longer_than_the_window_shows_its_start() {
    let text = format!("x = {} or y", "v".repeat(70_000));
    let output = shown(&text, [error(4, 70_004)]);
    let [above] = underlined(&output)
        .try_into()
        .unwrap_or_else(|_| [String::new()]);
    assert!(
        above.len() > 50 && above.chars().all(|v| v == 'v'),
        "{output}"
    );
    assert!(
        output.contains(" 1 │ x = vvv") && output.contains("v…\n"),
        "{output}"
    );
}

#[test]
fn the_window_holds_all_labels_that_fit_and_drops_the_others() {
    let far = "x".repeat(400);
    let text = format!("begin {far} near and contry {far} end");
    let (near, _) = find(&text, "near");
    let (start, end) = find(&text, "contry");
    let others = [
        (near, near + 4, "near"),
        (0, 5, "far"),
        (text.len() - 3, text.len(), "far"),
    ];
    let output = shown(&text, [error_with(start, end, &others[..1])]);
    assert_eq!(underlined(&output), ["nearcontry"], "{output}");
    let between = "y".repeat(75);
    let apart = format!("{far} contry {between} near {far}");
    let (from, to) = find(&apart, "near");
    let output = shown(&apart, [error_with(401, 407, &[(from, to, "near")])]);
    assert_eq!(underlined(&output), ["contrynear"], "{output}");
    let output = shown(&text, [error_with(start, end, &others)]);
    assert!(underlined(&output).concat().ends_with("contry"), "{output}");
    assert!(!output.contains("far"), "{output}");
}

#[test]
fn empty_labels_show_at_every_kind_of_end() {
    for (text, at, place) in [
        ("", 0, "1:1"),
        ("a =", 3, "1:4"),
        ("a = ", 3, "1:4"),
        ("a\n", 1, "1:2"),
        ("a\n", 2, "2:1"),
        ("a\r\n", 1, "1:2"),
        ("a\r\n", 3, "2:1"),
        ("a\r", 2, "2:1"),
        ("日本", 6, "1:3"),
        ("\n\n\n", 3, "4:1"),
    ] {
        let output = shown(text, [error(at, at)]);
        assert!(
            output.contains(&format!("[<expression>:{place}]\n")),
            "{text:?}: {output}"
        );
        assert_eq!(output.matches('▲').count(), 1, "{text:?}: {output}");
        assert_eq!(
            output.matches("no such field").count(),
            1,
            "{text:?}: {output}"
        );
    }
    assert_eq!(
        shown("a =", [error(3, 3)]).lines().nth(3),
        Some("   ·    ▲"),
        "just after the last token"
    );
}

#[test]
fn labels_stay_below_their_text() {
    for text in [
        "\tcontry\t= 1",
        "a\tb\t contry = 1",
        "日本語 contry",
        "名 = \"日本\" contry 本",
        "👍 👨\u{200D}👩\u{200D}👧 contry",
        "👍🏽 ⚠\u{FE0F} 🇩🇪 contry",
        "e\u{301}o\u{308}\u{301} contry",
        "\u{200B}\u{202E}\0\u{1B}[31m contry",
        "\u{FEFF}contry",
    ] {
        let output = shown(text, [error_at(text, "contry")]);
        assert_eq!(underlined(&output), ["contry"], "{text:?}: {output}");
    }
    let text = "a 日本 b";
    assert_eq!(underlined(&shown(text, [error_at(text, "日本")])), ["日本"]);
    let text = "a \u{202E}\u{200B} b";
    let output = shown(text, [error_at(text, "\u{202E}")]);
    assert_eq!(
        underlined(&output),
        ["\\u{202E}"],
        "a stand-in is labelled whole"
    );
}

#[test]
fn what_joins_the_emoji_before_it_stands_alone() {
    let output = shown("👍🏽 👨\u{200D}👧 ⚠\u{FE0F}", [error(0, 4)]);
    let code = " 1 │ 👍\\u{1F3FD} 👨\\u{200D}👧 ⚠\\u{FE0F}";
    assert_eq!(output.lines().nth(2), Some(code), "{output}");
}

#[test]
fn a_window_fits_into_the_width_and_uses_it() {
    for part in ["x", "é", "日", "\tx", "\u{200B}", "👍", "日\t\u{1B}x"] {
        let text = part.repeat(1_000);
        for at in [0, text.len() / 2 / part.len() * part.len(), text.len()] {
            let output = shown(&text, [error(at, at)]);
            let code = output.lines().nth(2).unwrap_or_default();
            let filled: usize = code.chars().map(columns).sum();
            assert!(
                (70..=100).contains(&filled),
                "{part:?} at {at}: {filled}\n{output}"
            );
        }
    }
}

#[test]
fn columns_in_the_header_count_characters() {
    let output = shown("é日👍e\u{301} contry", [error(13, 19)]);
    assert!(output.contains("[<expression>:1:7]"), "{output}");
}

#[test]
fn lines_end_at_lf_crlf_or_cr() {
    for text in [
        "a\nb\ncontry",
        "a\r\nb\r\ncontry",
        "a\rb\rcontry",
        "a\r\nb\rcontry\r",
        "a\n\rcontry\r\n",
    ] {
        let output = shown(text, [error_at(text, "contry")]);
        assert!(output.contains("[<expression>:3:1]"), "{text:?}: {output}");
        assert!(output.contains("\n 3 │ contry\n"), "{text:?}: {output}");
        assert_eq!(underlined(&output), ["contry"], "{text:?}");
        assert!(!output.contains('\r'));
    }
}

#[test]
fn line_numbers_are_real_ones_in_a_window_too() {
    let text = format!(
        "{}{} contry {}",
        "x = 1\n".repeat(4_999),
        "y".repeat(500),
        "z".repeat(500)
    );
    let output = shown(&text, [error_at(&text, "contry")]);
    assert!(output.contains("[<expression>:5000:502]"), "{output}");
    assert!(output.contains("\n 4999 │ x = 1\n 5000 │ …yyy"), "{output}");
    assert_eq!(underlined(&output), ["contry"], "{output}");
    assert!(
        output.lines().all(|line| line.chars().count() <= 100),
        "{output}"
    );
}

#[test]
fn long_and_blank_lines_are_no_context() {
    let long = "x".repeat(300);
    let output = shown(&format!("{long}\ncontry\n   \n"), [error(301, 307)]);
    assert!(
        !output.contains(" 1 │") && !output.contains(" 3 │"),
        "{output}"
    );
    assert!(output.contains(" 2 │ contry"), "{output}");
}

#[test]
fn labels_on_lines_apart_show_with_a_gap() {
    let gap = "x = 1\n".repeat(9);
    let text = format!("first\n{gap}contry");
    let output = shown(&text, [error_with(60, 66, &[(0, 5, "used here")])]);
    assert_eq!(underlined(&output), ["first", "contry"], "{output}");
    assert!(output.contains("[<expression>:1:1]") && output.contains("[<expression>:11:1]"));
    assert!(!output.contains(" 6 │"), "{output}");

    let text = format!("x = 1\n{text}");
    let output = shown(
        &text,
        [error_with(66, 72, &[(0, 1, "too far"), (6, 11, "near")])],
    );
    assert_eq!(underlined(&output), ["first", "contry"], "{output}");
    assert!(!output.contains("too far"), "{output}");
}

#[test]
fn a_label_over_lines_points_at_its_first() {
    let output = shown("a (b\nc\nd) e", [error(2, 9)]);
    assert_eq!(underlined(&output), ["(b"], "{output}");
    let output = shown("a\nb", [error(1, 2)]);
    assert_eq!(output.lines().nth(3), Some("   ·  ▲"), "{output}");
}

#[test]
fn overlapping_labels_never_move() {
    let text = "topic = \"Cloud\" and x";
    let whole = (0, 15, "in this");
    let output = shown(text, [error_with(8, 15, &[whole])]);
    assert_eq!(underlined(&output), ["topic =\"Cloud\""], "{output}");
    let output = shown(text, [error_with(0, 5, &[whole])]);
    assert_eq!(underlined(&output), ["topic= \"Cloud\""], "{output}");
    let output = shown(
        text,
        [error_with(0, 15, &[(8, 15, "inside"), (0, 15, "same")])],
    );
    assert_eq!(underlined(&output), ["topic = \"Cloud\""], "{output}");
    assert_eq!(output.matches("╰── ").count(), 1, "{output}");
    let output = shown(text, [error_with(6, 6, &[(6, 7, "same place")])]);
    assert_eq!(underlined(&output), ["="], "{output}");
}

#[test]
fn hostile_characters_never_reach_the_terminal() {
    let mistake = Mistake::Error {
        message: format!("found {HOSTILE}\n"),
        help: format!("{HOSTILE}\r"),
        words: format!("here {HOSTILE}\n"),
        at: (0, HOSTILE.len()).into(),
        others: Vec::new(),
    };
    let text = format!("{HOSTILE} = 1");
    let output = human(&format!("{HOSTILE}\n"), &text, &of(&text, [mistake]), PLAIN);
    assert_eq!(hidden_in(&output), "", "{output}");
    assert_eq!(output.matches("\\u{202E}").count(), 5, "{output}");
    assert_eq!(output.matches("\\u{1B}").count(), 5, "{output}");
}

#[test]
fn at_most_twenty_problems_are_shown() {
    let count = |output: &str, what| output.matches(what).count();
    let text = "contry ".repeat(25);
    let errors = |number| (0..number).map(|place| error(7 * place, 7 * place + 6));

    let output = shown(&text, errors(25));
    assert_eq!(count(&output, "error["), 20);
    assert!(output.ends_with("?\n\nand 5 more problems\n"), "{output}");
    let output = shown(&text, errors(21));
    assert!(output.ends_with("?\n\nand 1 more problem\n"), "{output}");
    let output = shown(&text, errors(20));
    assert_eq!(count(&output, "error["), 20);
    assert!(output.ends_with("`country`?\n"), "{output}");
}

#[test]
fn errors_are_shown_before_warnings_but_in_the_order_of_the_text() {
    let text = "contry ".repeat(30);
    let at = |place: usize| (7 * place, 7 * place + 6);
    let mistakes = (0..30).map(|place| {
        let (start, end) = at(place);
        if place < 12 {
            warning(start, end)
        } else {
            error(start, end)
        }
    });
    let output = shown(&text, mistakes);
    assert_eq!(output.matches("error[").count(), 18, "{output}");
    assert_eq!(output.matches("warning[").count(), 2, "{output}");
    assert!(output.starts_with("warning["), "{output}");
    assert!(output.ends_with("\n\nand 10 more problems\n"), "{output}");
}

#[test]
fn wording_wraps_at_the_width() {
    let mistake = Mistake::Warning {
        message: "some words ".repeat(20),
        help: "other words ".repeat(20),
        at: (0, 1).into(),
    };
    let found = of("a", [mistake]);
    for width in [0, 39, 40, 80] {
        let output = human("f", "a", &found, HumanStyle { width, ..PLAIN });
        let longest = output.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(width.max(40)), "{output}");
    }
    let wide = human(
        "f",
        "a",
        &found,
        HumanStyle {
            width: usize::MAX,
            ..PLAIN
        },
    );
    assert_eq!(wide.lines().count(), 6, "{wide}");
}

#[test]
fn another_text_than_the_compiled_one_is_survived() {
    let found = of(
        "日本 contry = 1\nx",
        [error(7, 13), error(18, 19), error(0, 3)],
    );
    for text in ["", "a", "éééééééé", "\n\n\n", &"日".repeat(1_000)] {
        let output = human("f", text, &found, PLAIN);
        assert_eq!(output.matches("no such field").count(), 3, "{output}");
    }
}

proptest! {
    #[test]
    fn any_text_and_labels_are_drawn(
        text in "([a-c =\t\r\n\u{0}-\u{a0}日👍🏽\u{301}\u{200B}\u{202E}]|\r\n|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx){0,40}",
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..5),
        unicode in any::<bool>(),
        width in 0_usize..120,
    ) {
        let boundaries: Vec<_> = (0..=text.len()).filter(|at| text.is_char_boundary(*at)).collect();
        let labels: Vec<_> = places.iter().map(|(one, other)| {
            let (one, other) = (*one.get(&boundaries), *other.get(&boundaries));
            (one.min(other), one.max(other), "other")
        }).collect();
        let (primary, others) = labels.split_first().map_or((&(0, 0, ""), &[][..]), |split| split);
        let found = of(&text, [error_with(primary.0, primary.1, others)]);
        let style = HumanStyle { color: false, unicode, width };
        let output = human("f", &text, &found, style);

        prop_assert_eq!(hidden_in(&output), "");
        prop_assert_eq!(output.matches("no such field").count(), 1, "{}", output);
        let start = found.first().map(Problem::start).unwrap_or_default();
        let place = format!("[f:{}:{}]\n", start.line, start.column);
        prop_assert!(output.contains(&place), "{} in {}", place, output);
        let gutter = format!(" {} {}", start.line, if unicode { '│' } else { '|' });
        prop_assert!(output.contains(&gutter), "{} in {}", gutter, output);
        for line in output.lines() {
            prop_assert_eq!(line, line.trim_end());
            prop_assert!(!line.is_empty());
        }
    }
}
