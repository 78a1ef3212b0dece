//! What a topic file may look like, and what a text finds in it.

use super::*;

#[path = "../../tests/support/topics.rs"]
mod made;

fn one(id: &str, rest: &str) -> String {
    format!(r#"{{"topic_id":"{id}",{rest}}}"#)
}

fn read(json: &str) -> Topics {
    Topics::from_json(json).unwrap()
}

fn ids(topics: &Topics) -> Vec<&str> {
    topics.iter().map(Topic::id).collect()
}

fn found<'t>(topics: &'t Topics, text: &str) -> Vec<&'t str> {
    match topics.find(text) {
        TopicMatch::None => vec![],
        TopicMatch::One(topic) => vec![topic.id()],
        TopicMatch::Several(several) => {
            assert!(several.len() > 1);
            several.into_iter().map(Topic::id).collect()
        }
    }
}

#[test]
fn every_way_to_save_pages_gives_the_same_topics() {
    let [a, b, c] = ["4eyes_1", "4eyes_2", "4eyes_3"].map(|id| one(id, r#""name":"N","x":[{}]"#));
    for json in [
        format!(r#"{{"response":{{"topics":[{a},{b},{c}]}}}}"#),
        format!(r#"{{"topics":[{a},{b},{c}],"total":3}}"#),
        format!(r#"[{{"response":{{"topics":[{a},{b}]}}}},{{"response":{{"topics":[{c}]}}}}]"#),
        format!(r#"{{"response":{{"topics":[{a}]}}}}{{"response":{{"topics":[{b},{c}]}}}}"#),
        format!("{{\"response\":{{\"topics\":[{a},{b}]}}}}\r\n\n{{\"topics\":[{c}]}}\n"),
        format!("[{a},{b},{c}]"),
        format!("{a}\n{b}\n{c}\n"),
        format!("\u{feff}[{a},{b}]\n[{c}]"),
        // Pages overlap where topics were added meanwhile; an empty one ends them.
        format!("[{a},{b}]\n[{b},{c}]\n{{\"response\":{{\"topics\":[]}}}}"),
    ] {
        let topics = read(&json);
        assert_eq!(ids(&topics), ["4eyes_1", "4eyes_2", "4eyes_3"], "{json}");
        assert_eq!(topics.warnings(), [], "{json}");
    }
}

#[test]
fn what_is_no_topic_file_says_where_and_why() {
    for (json, code, reason) in [
        ("", "topics::no_topics", "has no topics"),
        ("[]", "topics::no_topics", "has no topics"),
        (
            r#"[{"topic_id":"1""#,
            "json::not_json",
            "an object has no end",
        ),
        ("<html>", "json::not_json", "expected value"),
        (
            r#"{"error":"x"}"#,
            "json::wrong_shape",
            "neither a topic nor a page",
        ),
        (r#"[{"topic_id":"1"}]"#, "json::wrong_shape", "no `name`"),
        (r#"[{"name":"1"}]"#, "json::wrong_shape", "no `topic_id`"),
        (
            r#"[{"name":"1","name":"2"}]"#,
            "json::wrong_shape",
            "an object has `name` twice",
        ),
        (
            r#"{"topics":[],"response":[]}"#,
            "json::wrong_shape",
            "twice",
        ),
        (
            "[\n 7]",
            "json::wrong_shape",
            "integer `7` stands where a topic",
        ),
    ] {
        let error = Topics::from_json(json).unwrap_err();
        let [problem] = error.problems() else {
            panic!("{error}")
        };
        assert_eq!(problem.code(), format!("filterc::{code}"), "{json}");
        assert!(problem.message().contains(reason), "{}", problem.message());
    }
    assert_eq!(
        Topics::from_json("[\n 7]").unwrap_err().problems()[0]
            .start()
            .line,
        2
    );
}

#[test]
fn an_id_with_two_names_is_told_and_the_first_counts() {
    let json = format!(
        "{}\n{}",
        one("4eyes_1", r#""name":"A""#),
        one("4eyes_1", r#""name":"B""#)
    );
    let topics = read(&json);
    assert_eq!(topics.warnings().len(), 1);
    assert_eq!(topics.warnings()[0].start().line, 2);
    assert_eq!(found(&topics, "A"), ["4eyes_1"]);
    assert!(found(&topics, "B").is_empty());
}

#[test]
fn a_name_is_found_exactly_then_ignoring_case_and_a_path_with_any_blanks() {
    let topic = |id, name, category| {
        let rest =
            format!(r#""name":"{name}","category_name":"{category}","subcategory_name":"S""#);
        one(id, &rest)
    };
    let json = [
        topic("4eyes_1", "Java", "Islands"),
        topic("4eyes_2", "Java", "Software"),
        topic("4eyes_3", "java", "Coffee"),
        topic("4eyes_4", "A > B", "Software"),
        topic("4eyes_5", "Café", "Coffee"),
        topic("4eyes_6", "islands > s > java", "Names"),
    ];
    let topics = read(&json.join("\n"));
    assert_eq!(found(&topics, "Java"), ["4eyes_1", "4eyes_2"]);
    assert_eq!(found(&topics, "java"), ["4eyes_3"]);
    assert_eq!(found(&topics, "JAVA"), ["4eyes_1", "4eyes_2", "4eyes_3"]);
    assert_eq!(found(&topics, "CAFÉ"), ["4eyes_5"]);
    assert_eq!(found(&topics, "Islands > S > Java"), ["4eyes_1"]);
    assert_eq!(found(&topics, "islands > s > java"), ["4eyes_6"]);
    assert_eq!(found(&topics, "islands>s  >  JAVA"), ["4eyes_1"]);
    assert_eq!(found(&topics, "ISLANDS > S > JAVA"), ["4eyes_6", "4eyes_1"]);
    assert_eq!(found(&topics, "A > B"), ["4eyes_4"]);
    assert_eq!(found(&topics, "Software > S > A > B"), ["4eyes_4"]);
    assert_eq!(found(&topics, "Software>S>A>B"), ["4eyes_4"]);
    assert!(found(&topics, "S > Java").is_empty());
    assert!(found(&topics, "").is_empty());
    assert!(found(&topics, ">").is_empty());
    let by_words: Vec<_> = topics.search("java soft").map(Topic::id).collect();
    assert_eq!(by_words, ["4eyes_2"]);
    assert_eq!(topics.search("4eyes_3").count(), 1);
}

#[test]
fn a_file_of_the_real_size_is_read_whole_and_every_topic_found() {
    let topics = read(&made::pages());
    assert_eq!(topics.iter().len(), made::TOPICS);
    assert_eq!(topics.warnings(), []);
    let start = std::time::Instant::now();
    for number in 0..made::TOPICS {
        let made = made::topic(number);
        let topic = topics.get(&made.id).unwrap();
        assert_eq!(
            (topic.name(), topic.is_active()),
            (&*made.name, made.is_active)
        );
        let path = format!("{} > {} > {}", made.category, made.subcategory, made.name);
        assert_eq!(found(&topics, &path), [made.id.as_str()]);
        assert!(found(&topics, &made.name).contains(&made.id.as_str()));
    }
    // A scan per look-up takes minutes here, an index less than a second.
    assert!(start.elapsed().as_secs() < 20);
    let shared = topics.iter().map(|topic| &*topic.category);
    let categories: std::collections::HashSet<_> = shared.collect();
    assert_eq!(categories.len(), made::CATEGORIES);
    let shared = topics.iter().map(|topic| &*topic.subcategory);
    assert_eq!(
        shared.collect::<std::collections::HashSet<_>>().len(),
        made::SUBCATEGORIES
    );
}
