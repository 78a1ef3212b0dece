//! `filterc match`: rows of every form in, the right ones out as they came, all others counted.

use std::io::Write as _;

use filterc::explain;

use super::process::{Run, command, filterc, folder, run};

const ROWS: &str = concat!(
    "{\"job_title\":\"CTO\", \"seniority_level\" : \"cxo\"}\r\n",
    "{\"seniority_level\":\"vp\",\"x\":{\"seniority_level\":\"cxo\"}}\n",
    "\n",
    "{\"job_title\":\"Clerk\",\"seniority_level\":\"staff\"}\n",
    "{\"job_title\":\"CTO\",\"seniority_level\":null}\n",
    "{\"job_title\":\"é\\u00e9\",\"seniority_level\":\"cxo\"}"
);
const FILTER: &str = "seniority = cxo";

fn matched(arguments: &[&str], rows: &[u8]) -> Run {
    run(command(["match"]).args(arguments), rows)
}

fn lines(numbers: &[usize]) -> String {
    let all: Vec<&str> = ROWS.split_inclusive('\n').collect();
    numbers.iter().map(|number| all[number - 1]).collect()
}

#[test]
fn matching_rows_come_out_byte_for_byte() {
    assert_eq!(matched(&[FILTER], ROWS.as_bytes()).done(), lines(&[1, 6]));
    let inverted = matched(&[FILTER, "--invert"], ROWS.as_bytes()).done();
    assert_eq!(inverted, lines(&[2, 4]));
    let head = matched(&[FILTER, "--head", "1"], ROWS.as_bytes()).done();
    assert_eq!(head, lines(&[1]));
    assert_eq!(
        matched(&[FILTER, "--head", "0"], ROWS.as_bytes()).done(),
        ""
    );
}

#[test]
fn rows_are_counted_and_none_matching_is_no_failure() {
    let count = |filter: &str| matched(&[filter, "--count"], ROWS.as_bytes()).done();
    let expected =
        "matched      2\nnot matched  2\nunknown      1\nbroken       0\ntotal        5\n";
    assert_eq!(count(FILTER), expected);
    assert!(count("seniority = manager").starts_with("matched      0\n"));
}

#[test]
fn what_is_unknown_comes_with_its_line_and_fields() {
    let filter = "seniority = cxo and job_title contains CTO";
    let told = matched(&[filter, "--unknown"], ROWS.as_bytes()).done();
    assert_eq!(told, format!("5\tseniority_level\t{}", lines(&[5])));
    let told = matched(
        &["is_married = true or job_title = x", "--unknown"],
        b"{\"is_married\": \"perhaps\"}\n{\"is_married\":true}\n[{\n}\n]",
    );
    assert_eq!(
        told.stdout,
        "1\tis_married=\"perhaps\",job_title\t{\"is_married\": \"perhaps\"}\n"
    );
}

#[test]
fn an_explanation_is_a_tree_of_answers() {
    let filter =
        "seniority in (vp, cxo) and not (job_title contains any (CTO, CIO) or job_title is blank)";
    let told = matched(&[filter, "--explain"], ROWS.as_bytes()).done();
    insta::assert_snapshot!(told);
    let colored = run(
        command([
            "match",
            filter,
            "--explain",
            "--head",
            "1",
            "--color",
            "always",
        ])
        .env("TERM", "xterm"),
        ROWS.as_bytes(),
    );
    assert!(colored.done().contains("\u{1b}[1m\u{1b}[31mfalse"));
    let unknown = matched(&[FILTER, "--explain", "--unknown"], ROWS.as_bytes()).done();
    assert!(unknown.starts_with("line 5: unknown\n") && unknown.matches("line").count() == 1);
}

#[test]
fn lists_and_answers_give_their_rows() {
    let list = "[ {\"seniority_level\": \"cxo\"},\n  {\n\"seniority_level\": \"vp\"},{\"seniority_level\":\"cxo\",\"n\":\"]\\\"}\"} ]\n";
    let expected =
        "{\"seniority_level\": \"cxo\"}\n{\"seniority_level\":\"cxo\",\"n\":\"]\\\"}\"}\n";
    assert_eq!(matched(&[FILTER], list.as_bytes()).done(), expected);
    let answer = format!("{{\"page\":1,\"data\":{list},\"total\":3}}");
    assert_eq!(matched(&[FILTER], answer.as_bytes()).done(), expected);
    let pages = format!("{answer}\n{answer}");
    assert_eq!(
        matched(&[FILTER], pages.as_bytes()).done(),
        expected.repeat(2)
    );
    let unknown = "[{\"n\":\n1},{\"seniority_level\":\"cxo\"}]";
    let told = matched(&[FILTER, "--unknown"], unknown.as_bytes()).done();
    assert_eq!(told, "1\tseniority_level\t{\"n\":1}\n");
}

#[test]
fn csv_comes_out_with_its_headings() {
    let csv = concat!(
        "\u{FEFF}job_title,seniority_level,note\r\n",
        "CTO,cxo,\"two\nlines, \"\"quoted\"\"\"\r\n",
        "5\" pipes,vp,\r\n",
        "\r\n",
        "Chief,cxo,x\r\n",
        "None,,x"
    );
    let rows: Vec<&str> = csv.split_inclusive("\r\n").collect();
    let headings = rows[0].trim_start_matches('\u{FEFF}');
    let printed = matched(&[FILTER], csv.as_bytes()).done();
    assert_eq!(printed, format!("{}{}{}", headings, rows[1], rows[4]));
    let pipes = matched(&["job_title = '5\" pipes'"], csv.as_bytes()).done();
    assert_eq!(pipes, format!("{}{}", headings, rows[2]));
    // An empty cell is no value; unless it is said to be a text.
    let unknown = matched(&[FILTER, "--unknown"], csv.as_bytes()).done();
    assert_eq!(unknown, "7\tseniority_level\tNone,,x\n");
    let broken_line = "seniority_level,note\n,\"a\nb\"\n";
    let unknown = matched(&[FILTER, "--unknown"], broken_line.as_bytes()).done();
    assert_eq!(unknown, "2\tseniority_level\t,\"a\nb\"\n");
    let text = matched(&[FILTER, "--unknown", "--empty", "text"], csv.as_bytes()).done();
    assert_eq!(text, "");
    for delimiter in ["\t", ";"] {
        let other = csv.replace(',', delimiter);
        assert_eq!(
            matched(&[FILTER], other.as_bytes()).done().lines().count(),
            4
        );
    }
    let only_headings = matched(&[FILTER], b"seniority_level,b\n").done();
    assert_eq!(only_headings, "seniority_level,b\n");
}

#[test]
fn a_file_is_read_by_its_name_or_its_bytes_packed_or_not() {
    let folder = folder("match");
    let packed = |text: &str| {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writer.write_all(text.as_bytes()).unwrap();
        writer.finish().unwrap()
    };
    let csv = "seniority_level\ncxo\nvp\n";
    for (name, bytes, expected) in [
        ("a.ndjson", ROWS.as_bytes().to_vec(), lines(&[1, 6])),
        ("a.ndjson.gz", packed(ROWS), lines(&[1, 6])),
        ("noname", packed(ROWS), lines(&[1, 6])),
        ("a.csv", csv.into(), "seniority_level\ncxo\n".to_owned()),
        ("b.csv.gz", packed(csv), "seniority_level\ncxo\n".to_owned()),
        // A line of headings that looks like a list.
        (
            "[.csv",
            b"[,seniority_level\n1,cxo\n".to_vec(),
            "[,seniority_level\n1,cxo\n".to_owned(),
        ),
    ] {
        let file = folder.join(name);
        std::fs::write(&file, bytes).unwrap();
        let printed = filterc(&["match", FILTER, "--data", file.to_str().unwrap()]).done();
        assert_eq!(printed, expected, "{name}");
    }
    let told = filterc(&["match", FILTER, "--data", "no/such.ndjson"]).failed(2);
    assert!(told.contains("filterc::input::not_found"), "{told}");
    let told = filterc(&["match", FILTER, "--data", folder.to_str().unwrap()]).failed(2);
    assert!(told.contains("filterc::input::is_directory"), "{told}");
}

#[test]
fn a_broken_row_is_told_with_its_line_and_counted() {
    let rows = b"{\"seniority_level\":\"cxo\"}\n{\"seniority_level\"\n\xFF\n[]\n{\"seniority_level\":\"cxo\"}\n";
    let short = ["--error-format", "short"];
    let told = matched(&[&[FILTER][..], &short].concat(), rows);
    assert_eq!(told.stdout, "{\"seniority_level\":\"cxo\"}\n".repeat(2));
    assert_eq!(told.code, Some(1));
    for line in ["<stdin>:2:", "<stdin>:3:", "<stdin>:4:"] {
        assert_eq!(
            told.stderr.matches(line).count(),
            1,
            "{line} {}",
            told.stderr
        );
    }
    assert!(told.stderr.ends_with("error: 3 of 5 rows cannot be read\n"));
    let counted = matched(&[FILTER, "--count"], rows);
    assert!(counted.stdout.contains("broken       3\ntotal        5\n"));

    let strict = matched(&[&[FILTER, "--strict"][..], &short].concat(), rows);
    assert_eq!((strict.code, strict.stdout.lines().count()), (Some(1), 1));
    assert_eq!(strict.stderr.lines().count(), 2, "{}", strict.stderr);
    // What was not asked for is not looked at.
    let head = matched(&[FILTER, "--head", "1", "--strict"], rows).done();
    assert_eq!(head.lines().count(), 1);

    let first = matched(
        &[FILTER],
        b"{\"seniority_level\"\n{\"seniority_level\":\"cxo\"}\n",
    );
    assert_eq!(first.stdout, "{\"seniority_level\":\"cxo\"}\n");
    let many = matched(&[FILTER], "{\n".repeat(100).as_bytes());
    assert!(
        many.stderr.ends_with("error: 1 of 1 row cannot be read\n"),
        "{}",
        many.stderr
    );
    let many = format!("{{}}\n{}", "x\n".repeat(100));
    let human = matched(&[FILTER], many.as_bytes());
    assert_eq!(human.stderr.matches("broken_row").count(), 20);
    let json = matched(&[FILTER, "--error-format", "json"], many.as_bytes());
    assert_eq!(json.stderr.matches("broken_row").count(), 100);
}

#[test]
fn a_list_or_a_quote_that_is_not_closed_is_told_after_what_could_be_read() {
    for (rows, printed, line) in [
        ("[{\"seniority_level\":\"cxo\"},\n{\"a\":", 1, 2),
        ("[{\"seniority_level\":\"cxo\"}\n{}]", 1, 2),
        ("{\"data\":[{\"seniority_level\":\"cxo\"}]", 1, 1),
        ("seniority_level\ncxo\n\"cxo\n", 2, 3),
        ("seniority_level,b\ncxo,1\ncxo\n", 2, 3),
    ] {
        let told = matched(&[FILTER, "--error-format", "short"], rows.as_bytes());
        assert_eq!(told.code, Some(1), "{rows}");
        assert_eq!(told.stdout.lines().count(), printed, "{rows}");
        assert!(
            told.stderr.starts_with(&format!("<stdin>:{line}:")),
            "{rows} {}",
            told.stderr
        );
    }
}

#[test]
fn how_values_compare_can_be_chosen() {
    let rows = "{\"job_title\":\"cto\",\"emails\":[\"a\",\"b\"]}\n{\"job_title\":\"\"}\n{\"job_title\":\" \"}\n";
    for (arguments, expected) in [
        (&["job_title contains CTO"][..], vec![]),
        (&["job_title contains CTO", "--ignore-case"], vec![1]),
        (&["job_title = CTO", "--ignore-case"], vec![]),
        (&["job_title = CTO", "--ignore-case=all"], vec![1]),
        (&["job_title is blank"], vec![2]),
        (&["job_title is blank", "--spaces-are-blank"], vec![2, 3]),
        (&["job_title is null", "--empty", "null"], vec![2]),
        (
            &["emails contains ','", "--allow", "undocumented_field"],
            vec![],
        ),
        (
            &[
                "emails contains ','",
                "--allow",
                "undocumented_field",
                "--arrays-as-text",
            ],
            vec![1],
        ),
    ] {
        let printed = matched(arguments, rows.as_bytes()).done();
        let all: Vec<&str> = rows.lines().collect();
        let expected: Vec<&str> = expected
            .iter()
            .map(|number: &usize| all[number - 1])
            .collect();
        assert_eq!(
            printed.lines().collect::<Vec<_>>(),
            expected,
            "{arguments:?}"
        );
    }
}

#[test]
fn a_field_that_no_row_has_is_warned_of() {
    let told = matched(&[FILTER], b"{\"seniority\":\"cxo\"}\n");
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), ""));
    assert!(
        told.stderr.contains("filterc::match::field_not_in_rows"),
        "{}",
        told.stderr
    );
    assert_eq!(matched(&[FILTER], b"").done(), "");
}

#[test]
fn a_wrong_filter_matches_nothing() {
    let told = matched(&["senority = vp"], ROWS.as_bytes()).failed(1);
    assert!(told.contains("filterc::check::unknown_field"), "{told}");
    let denied = matched(&["emails = a", "--deny-warnings"], ROWS.as_bytes()).failed(1);
    assert!(denied.contains("undocumented_field"), "{denied}");
    let told = filterc(&["match", "--file", "-"]).failed(2);
    assert!(
        told.contains("cannot both be read from standard input"),
        "{told}"
    );
    let told = filterc(&["match", FILTER, "--count", "--invert"]).failed(2);
    assert!(told.starts_with("error: "), "{told}");
}

/// Many blocks, on all cores: the rows keep their order and their lines.
#[test]
fn order_and_lines_hold_over_many_blocks() {
    let folder = folder("match-blocks");
    let of_file = |name: &str, text: &str, arguments: &[&str]| {
        let file = folder.join(name);
        std::fs::write(&file, text).unwrap();
        let arguments = [
            &["match", FILTER, "--data", file.to_str().unwrap()],
            arguments,
        ];
        filterc(&arguments.concat()).done()
    };
    let rows = 200_000;
    let text: String = (1..=rows)
        .map(|number| match number % 3 {
            0 => format!("{{\"seniority_level\":\"cxo\",\"n\":{number}}}\n"),
            1 => format!(
                "{{\"seniority_level\":\"vp\",\"n\":{number},\"pad\":\"{:90}\"}}\n",
                ""
            ),
            _ => format!("{{\"n\":{number}}}\n"),
        })
        .collect();
    assert!(text.len() > 9 << 20);
    let printed = of_file("a.ndjson", &text, &[]);
    let expected: Vec<&str> = text.lines().skip(2).step_by(3).collect();
    assert!(printed.lines().eq(expected));
    let unknown = of_file("a.ndjson", &text, &["--unknown"]);
    for (at, line) in unknown.lines().enumerate() {
        let number = 3 * at + 2;
        assert_eq!(
            line,
            format!("{number}\tseniority_level\t{{\"n\":{number}}}")
        );
    }
    let list = format!("[{}]", text.trim_end().replace('\n', ",\n"));
    assert_eq!(of_file("a.json", &list, &[]), printed);
    let csv: String = (1..=rows)
        .map(|number| format!("{},\"a\n{number}\"\n", ["cxo", "vp"][number % 2]))
        .collect();
    let csv = format!("seniority_level,n\n{csv}");
    let printed = of_file("a.csv", &csv, &[]);
    assert_eq!(printed.lines().count(), 1 + rows);
}

#[test]
fn the_examples_of_the_pages_are_what_they_claim() {
    let pages = explain::pages().filter(|page| page.code().starts_with("filterc::match::"));
    let mut tried = 0;
    for page in pages {
        for (example, is_wrong) in [(page.wrong(), true), (page.right(), false)] {
            let program = std::path::Path::new(env!("CARGO_BIN_EXE_filterc"));
            let path = std::env::var("PATH").unwrap();
            let path = format!("{}:{path}", program.parent().unwrap().display());
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", &example.concat()]).env("PATH", path);
            let output = shell
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(
                told.contains(page.code()),
                is_wrong,
                "{}: {told}",
                page.code()
            );
            tried += 1;
        }
    }
    assert_eq!(tried, 14);
}
