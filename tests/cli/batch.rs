//! `--batch`: one line in, one line out, in order, whatever stands in it.

use serde_json::{Value, json};

use super::process::{Run, command, filterc, filterc_in, project, run};

fn batch(arguments: &[&str], stdin: &[u8]) -> Run {
    run(&mut command([&["--batch"], arguments].concat()), stdin)
}

fn results(run: &Run) -> Vec<Value> {
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn code(result: &Value) -> &str {
    result["problems"][0]["code"].as_str().unwrap()
}

#[test]
fn a_line_that_is_wrong_is_data_and_stops_nothing() {
    let lines = b"gender = f\r\ngendre = f\n\n# only a comment\njob_title = \xFF\ntopic = x\n\xEF\xBB\xBFgender = f";
    let run = batch(&[], lines);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.stderr, "error: no filter for 4 of 7 lines\n");
    let results = results(&run);
    let numbers: Vec<u64> = results
        .iter()
        .map(|result| result["line"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7]);
    let filter = &results[0]["filter"];
    let alone: Value = serde_json::from_str(&filterc(&["gender = f"]).done()).unwrap();
    assert_eq!(*filter, alone);
    assert_eq!(
        (&results[0]["problems"], &results[6]["filter"]),
        (&json!([]), filter)
    );
    assert_eq!(code(&results[1]), "filterc::check::unknown_field");
    assert_eq!(results[1]["problems"][0]["source"], "<stdin>:2");
    assert_eq!(code(&results[2]), "filterc::parse::empty_input");
    assert_eq!(code(&results[3]), "filterc::parse::empty_input");
    assert_eq!(code(&results[4]), "filterc::input::not_utf8");
    assert_eq!(code(&results[5]), "filterc::check::not_a_topic_id");
    assert!(results[5]["filter"].is_object());
    assert!(
        [1, 2, 3, 4]
            .iter()
            .all(|at| results[*at]["filter"].is_null())
    );
    let denied = batch(&["--deny-warnings"], b"topic = x\ngender = f\n");
    assert_eq!(denied.stderr, "error: no filter for 1 of 2 lines\n");
    assert_eq!(batch(&[], b"").done(), "");
}

#[test]
fn objects_have_an_id_and_an_audience_of_their_own() {
    let lines = [
        r#"{"id":"a","filter":"topic = 4eyes_1","audience":"Intents"}"#,
        r#"{"filter":"topic = 4eyes_1","audience":"pixel","id":[1,null]}"#,
        r#"{"id":3,"filtre":"gender = f"}"#,
        r#"{"id":4,"filter":"gender = f","audience":"person"}"#,
        r#"{"id":5,"filter":7}"#,
        r#"{"id":6,"filter":"gender = f","extra":1}"#,
        r#"{"filter":"gender = f""#,
        "[]",
        r#"{"filter":"gender = f"}"#,
        r#"{"id":123456789012345678901.10,"filter":"gender = f","filter":"gender = m"}"#,
    ];
    let run = run(&mut command(["--batch=json"]), lines.join("\n").as_bytes());
    let results = results(&run);
    let ids: Vec<&Value> = results.iter().map(|result| &result["id"]).collect();
    let expected = [
        json!("a"),
        json!([1, null]),
        json!(3),
        json!(4),
        json!(5),
        json!(6),
    ];
    assert_eq!(ids[..6], expected.iter().collect::<Vec<_>>());
    assert!(results[0]["filter"].is_object() && results[8]["filter"].is_object());
    assert_eq!(code(&results[1]), "filterc::check::field_not_in_audience");
    // As it is written: a number may be longer than any float.
    assert!(run.stdout.contains(r#""id":123456789012345678901.10,"#));
    for (at, said) in [
        (2, "no key `filtre`"),
        (3, "`person` is not an audience type"),
        (4, "`filter` and `audience` are strings"),
        (5, "no key `extra`"),
        (6, "not a JSON object"),
        (7, "no object"),
        (9, "the object has `filter` twice"),
    ] {
        assert_eq!(code(&results[at]), "filterc::batch::wrong_line", "{at}");
        let message = results[at]["problems"][0]["message"].as_str().unwrap();
        assert!(message.contains(said), "{message}");
    }
    assert_eq!(run.stderr, "error: no filter for 8 of 10 lines\n");
}

/// The members of a list are not those of an object, in whatever order.
#[test]
fn a_line_that_is_no_object_has_no_id_and_no_filter() {
    let lines = "[1]\n[1,\"gender = f\",null]\n[{\"id\":1}]\n7\ngender = f";
    let run = run(&mut command(["--batch=json"]), lines.as_bytes());
    let results = results(&run);
    for (at, result) in results.iter().enumerate() {
        assert!(
            result["id"].is_null() && result["filter"].is_null(),
            "{result}"
        );
        assert_eq!(code(result), "filterc::batch::wrong_line");
        let message = result["problems"][0]["message"].as_str().unwrap();
        let said = if at < 4 {
            "JSON, but no object"
        } else {
            "not a JSON object"
        };
        assert!(message.ends_with(said), "{message}");
    }
    assert_eq!(results.len(), 5);
    let run = batch(&[], b"{\"id\":1,\"filter\":\"gender = f\"}\ngender = f\n");
    let results = self::results(&run);
    assert_eq!(code(&results[0]), "filterc::input::is_json");
    assert_eq!(results[0]["problems"].as_array().map(Vec::len), Some(1));
    assert!(results[1]["filter"].is_object());
}

#[test]
fn thousands_of_lines_come_out_in_order() {
    let lines: Vec<String> = (0..20_000)
        .map(|number| {
            format!(
                "job_title = \"t{number}\" and {} = vp",
                if number % 7 == 0 { "x" } else { "seniority" }
            )
        })
        .collect();
    let folder = project("batch_many", &[("lines.txt", &lines.join("\n"))]);
    let run = filterc_in(&folder, &["--batch", "--file", "lines.txt"]);
    let results = results(&run);
    assert_eq!(results.len(), lines.len());
    for (at, result) in results.iter().enumerate() {
        assert_eq!(result["line"], at + 1);
        if at % 7 == 0 {
            assert!(result["filter"].is_null());
        } else {
            let value = &result["filter"]["rules"][0]["conditionRules"]["value"];
            assert_eq!(*value, format!("t{at}"));
        }
    }
}

#[test]
fn a_line_without_end_is_passed_over() {
    let mut lines = vec![b'x'; (16 << 20) + 5];
    lines.extend(b"\ngender = f\n");
    let run = batch(&[], &lines);
    let results = results(&run);
    assert_eq!(results.len(), 2);
    assert_eq!(code(&results[0]), "filterc::batch::line_too_long");
    assert!(results[1]["filter"].is_object());
}

/// The memory of a process that reads a hundred times as many lines is the same.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_lines() {
    fn peak(lines: usize) -> u64 {
        let mut child = command(["--batch"]).spawn().unwrap();
        let stdout = child.stdout.take().unwrap();
        let reader =
            std::thread::spawn(move || std::io::copy(&mut { stdout }, &mut std::io::sink()));
        let mut stdin = child.stdin.take().unwrap();
        for _ in 0..lines / 1_000 {
            std::io::Write::write_all(
                &mut stdin,
                "seniority in (vp, cxo)\n".repeat(1_000).as_bytes(),
            )
            .unwrap();
        }
        // All but the last block has been answered by now; the process still waits for more.
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        drop(stdin);
        assert!(child.wait().unwrap().success());
        reader.join().unwrap().unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }
    let (few, many) = (peak(30_000), peak(300_000));
    assert!(many < few + few / 2 + 8_000, "{few} kB, then {many} kB");
}

/// Whoever writes a line and waits for its result gets it.
#[test]
fn a_line_is_answered_when_it_has_arrived() {
    use std::io::{BufRead, BufReader, Write};

    let mut child = command(["--batch"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        stdin.write_all(b"gender = f\n").unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert!(line.contains("\"filter\":{"), "{line}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}
