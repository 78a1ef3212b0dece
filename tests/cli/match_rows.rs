//! Rows for `filterc match` as files have them: lists in cells, nested objects, odd bytes.

use super::process::{Run, command, project, run};

fn matched(arguments: &[&str], rows: impl AsRef<[u8]>) -> Run {
    let mut command = command(["match", "--no-config", "--allow", "undocumented_field"]);
    run(command.args(arguments), rows.as_ref())
}

const LISTS: &str = concat!(
    "emails,job_title\n",
    "\"[\"\"a@x.com\"\", \"\"b@x.com\"\"]\",\"[x]\"\n",
    "a@x.com,\"[x]\"\n",
    ",x\n",
    "[],x\n",
);

/// The lines of the rows that are printed below the headings, without their own first line.
fn numbers(rows: &str, printed: &str) -> Vec<usize> {
    let rows: Vec<&str> = rows.lines().collect();
    let printed = printed.lines().skip(1);
    printed
        .map(|line| 1 + rows.iter().position(|row| *row == line).unwrap())
        .collect()
}

#[test]
fn a_cell_of_a_field_of_lists_is_a_json_list_or_one_value() {
    for (filter, expected) in [
        ("emails in ('b@x.com')", vec![2]),
        ("emails in ('a@x.com')", vec![2, 3]),
        ("emails not in ('b@x.com')", vec![3, 5]),
        ("emails is null", vec![4]),
        ("emails is blank", vec![4, 5]),
        // Elsewhere a bracket is a bracket.
        ("job_title = '[x]'", vec![2, 3]),
    ] {
        let printed = matched(&[filter], LISTS).done();
        assert_eq!(numbers(LISTS, &printed), expected, "{filter}");
    }
    let topics = "INTENT\n\"[\"\"4eyes_1\"\",\"\"4eyes_2\"\"]\"\n";
    let printed = matched(&["topic = 4eyes_2"], topics).done();
    assert_eq!(printed, topics);
}

#[test]
fn what_only_begins_like_a_list_is_a_broken_row() {
    let told = matched(
        &["emails in (b)", "--error-format", "short"],
        "emails\n\"[a, b]\"\n",
    );
    assert_eq!((told.code, told.stdout.as_str()), (Some(1), "emails\n"));
    let reason = "`emails` begins like a JSON list, and is none: expected value at column 2";
    assert!(told.stderr.contains(reason), "{}", told.stderr);
    let with = ["emails in ('[a')", "--list-separator", ","];
    assert_eq!(
        matched(&with, "emails\n\"[a, b]\"\n")
            .done()
            .lines()
            .count(),
        2
    );
}

#[test]
fn a_separator_makes_lists_of_cells() {
    let rows = "emails;job_title\n\"a; b;;\";a|b\nb;b\n;;\n";
    for (separator, filter, expected) in [
        (";", "emails = a", vec![2]),
        (";", "emails = b", vec![2, 3]),
        (";", "emails != a", vec![3]),
        (";", "job_title = 'a|b'", vec![2]),
        (" ", "emails = 'b;;'", vec![2]),
    ] {
        let told = matched(&[filter, "--list-separator", separator], rows);
        assert_eq!(numbers(rows, &told.stdout), expected, "{filter}");
    }
    let told = matched(&["emails = a", "--list-separator", ";"], "{\"emails\":[]}").failed(2);
    assert!(told.contains("rows of JSON have lists"), "{told}");
    let told = matched(&["emails = a", "--list-separator", ""], LISTS).failed(2);
    assert!(told.contains("--list-separator"), "{told}");
}

#[test]
fn a_cell_that_looks_like_several_values_is_warned_of_once() {
    let rows = "emails\na;b\nc;d\n";
    let told = matched(&["emails = a"], rows);
    assert_eq!((told.code, told.stdout.as_str()), (Some(0), "emails\n"));
    let count = told.stderr.matches("filterc::match::unsplit_list").count();
    assert_eq!(count, 1, "{}", told.stderr);
    assert!(told.stderr.contains("write `--list-separator ';'`"));
    let allowed = matched(&["emails = a", "--allow", "unsplit_list"], rows);
    assert_eq!(allowed.done(), "emails\n");
    let denied = matched(&["emails = a", "--deny", "unsplit_list"], rows);
    assert_eq!(denied.code, Some(1), "{}", denied.stderr);
    matched(&["emails = a", "--arrays-as-text"], rows).done();
    matched(&["job_title = a"], "job_title\na;b\n").done();
}

#[test]
fn a_heading_that_is_there_twice_is_refused_where_it_is_asked_for() {
    let rows = "gender,job_title,gender\nf,x,m\n";
    assert_eq!(matched(&["job_title = x"], rows).done(), rows);
    let told = matched(&["gender = f"], rows).failed(2);
    assert!(told.contains("filterc::match::repeated_heading"), "{told}");
}

#[test]
fn a_name_with_parts_is_a_key_or_a_way_through_objects() {
    let catalog = r#"{"fields": [{"field_key": "person.job_title", "data_type": "string",
        "field_type": "text", "operators": ["eq"], "schema_types": ["audience"],
        "category": "contact", "display_name": "Title", "status": "active"}]}"#;
    let folder = project("match-nested", &[("catalog.json", catalog)]);
    let rows = concat!(
        "{\"person\":{\"job_title\":\"CTO\"}}\n",
        "{\"person.job_title\":\"CTO\"}\n",
        "{\"person\":{\"job_title\":\"CTO\"},\"person.job_title\":\"Clerk\"}\n",
        "{\"job_title\":\"CTO\"}\n",
    );
    let catalog = folder.join("catalog.json");
    let catalog = ["--catalog", catalog.to_str().unwrap()];
    let filter = "person.job_title = CTO";
    let printed = matched(&[&[filter][..], &catalog].concat(), rows).done();
    let expected: Vec<&str> = rows.lines().take(2).collect();
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
    let unknown = matched(&[&[filter, "--unknown"][..], &catalog].concat(), rows).done();
    assert!(unknown.starts_with("4\tperson.job_title\t"), "{unknown}");
    // The heading of a column has no objects behind it.
    let csv = "person.job_title,person\nCTO,\n";
    assert_eq!(
        matched(&[&[filter][..], &catalog].concat(), csv).done(),
        csv
    );
}

/// What is read as CSV for want of another form must not pass for a table without rows.
#[test]
fn a_line_of_headings_that_is_none_is_refused() {
    for (rows, reason) in [
        (
            &b"gender\rf\rm\r"[..],
            "a carriage return without a line feed",
        ),
        (b"\xFF\xFEg\0e\0\n\0", "it is not UTF-8 from its byte 1 on"),
        (b"g\0ender\nf\n", "there is a NUL byte in it"),
    ] {
        let told = matched(&["gender = f"], rows).failed(2);
        assert!(told.contains("filterc::match::no_headings"), "{told}");
        assert!(told.contains(reason), "{told}");
    }
    let folder = project("match-no-headings", &[("a.csv", "\n \n")]);
    let file = folder.join("a.csv");
    let told = matched(&["gender = f", "--data", file.to_str().unwrap()], "").failed(2);
    assert!(told.contains("there is nothing in it"), "{told}");
}

/// Some of what a workbook begins with is text, and would be headings.
#[test]
fn a_workbook_is_refused_whatever_its_name() {
    const BOOK: &str = "PK\u{3}\u{4}\u{14}gender\nf\n";
    let folder = project(
        "match-book",
        &[("a.xlsx", BOOK), ("a.csv", BOOK), ("a.ndjson", BOOK)],
    );
    for name in ["a.xlsx", "a.csv", "a.ndjson"] {
        let file = folder.join(name);
        let told = matched(&["gender = f", "--data", file.to_str().unwrap()], "").failed(2);
        assert!(
            told.starts_with("error[filterc::input::not_utf8]"),
            "{told}"
        );
        assert!(told.contains("a ZIP archive"), "{told}");
    }
    let told = matched(&["gender = f"], BOOK).failed(2);
    assert!(
        told.contains("`<stdin>` is not text, but a ZIP archive"),
        "{told}"
    );
    // Two letters of it are a heading like others.
    matched(&["PK = f"], "PK\nf\n").failed(1);
    assert_eq!(
        matched(&["gender = f"], "PK,gender\n1,f\n").done(),
        "PK,gender\n1,f\n"
    );
}

#[test]
fn a_column_that_is_not_there_is_warned_of_without_any_row() {
    for rows in ["null\n", "sex,age\n", "sex,age\nf,1\n"] {
        let told = matched(&["gender = f"], rows);
        let headings = format!("{}\n", rows.lines().next().unwrap());
        assert_eq!((told.code, told.stdout), (Some(0), headings));
        let count = told.stderr.matches("no row has the field `gender`").count();
        assert_eq!(count, 1, "{}", told.stderr);
    }
}

#[test]
fn what_is_told_with_a_broken_row_is_so() {
    let ragged = "gender\nf\nf,1\nf\n";
    let told = matched(&["gender = f"], ragged).stderr;
    assert!(
        told.contains("it has 2 columns under 1 heading\n"),
        "{told}"
    );
    assert!(told.contains("all others were tried"), "{told}");
    let strict = matched(&["gender = f", "--strict"], ragged);
    assert_eq!(strict.stdout, "gender\nf\n");
    assert!(
        strict.stderr.contains("none behind it was tried"),
        "{}",
        strict.stderr
    );
    let open = matched(&["gender = f"], "gender\nf\n\"f\nf\n").stderr;
    assert!(open.contains("none behind it was tried"), "{open}");
}

#[test]
fn sarif_is_one_document_of_all_there_is_to_tell() {
    let arguments = ["emails = a", "--error-format", "sarif"];
    let mut command = command(["match", "--no-config"]);
    let told = run(command.args(arguments), b"{\"x\":1}\n{\n");
    let document: serde_json::Value = serde_json::from_str(&told.stderr).unwrap();
    let results = document["runs"][0]["results"].as_array().unwrap();
    let rules: Vec<&str> = results
        .iter()
        .map(|it| it["ruleId"].as_str().unwrap())
        .collect();
    assert_eq!(
        rules,
        [
            "filterc::check::undocumented_field",
            "filterc::match::broken_row",
            "filterc::match::field_not_in_rows"
        ]
    );
}

#[test]
fn an_explanation_is_aligned_by_the_columns_of_a_terminal() {
    let rows = "{\"job_title\":\"営業部長\",\"gender\":\"\\u001b[31mf\"}\n";
    let long = "営業".repeat(40);
    let filter = format!("job_title contains 営業 or gender = f or job_title = {long}")
        .replace("営業", "\"営業\"")
        .replace("\"\"", "");
    let told = matched(&[&filter, "--explain"], rows).done();
    insta::assert_snapshot!(told);
}

#[test]
fn strict_counts_the_rows_up_to_the_broken_one() {
    let rows = "{\"gender\":\"f\"}\n{\"gender\":\"m\"}\n{\n{\"gender\":\"f\"}\n{\n";
    let told = matched(&["gender = f", "--count", "--strict"], rows);
    let expected =
        "matched      1\nnot matched  1\nunknown      0\nbroken       1\ntotal        3\n";
    assert_eq!((told.code, told.stdout.as_str()), (Some(1), expected));
    let told = matched(&["gender = f", "--head", "2", "--strict"], rows);
    assert_eq!((told.code, told.stdout.lines().count()), (Some(1), 1));
}
