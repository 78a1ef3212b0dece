//! `filterc decompile`: several inputs, topics, and no output where anything is wrong.

use std::fs;

use crate::process::{command, filterc, folder, run};

const SAVED: &str = r#"{"audience_name":"A","type":"intents","filter":{"condition":"and","rules":[
    {"fieldName":"INTENT","conditionRules":{"operator":"in","value":["4eyes_7"]}}]}}"#;

#[test]
fn saved_filters_become_texts_that_compile() {
    for arguments in [&["decompile"][..], &["decompile", "-"]] {
        let text = run(&mut command(arguments), SAVED.as_bytes()).done();
        assert_eq!(text, "# A\nintents where INTENT = 4eyes_7\n");
        let filter = run(&mut command(["--compact"]), text.as_bytes()).done();
        assert!(filter.contains(r#""operator":"in","value":["4eyes_7"]"#));
    }
}

#[test]
fn topics_have_names_unless_ids_are_wanted() {
    let folder = folder("decompile");
    let [saved, topics] = ["saved.json", "topics.json"].map(|name| folder.join(name));
    fs::write(&saved, format!("{SAVED}\n{SAVED}")).unwrap();
    fs::write(&topics, r#"[{"topic_id":"4eyes_7","name":"Kubernetes"}]"#).unwrap();
    let [saved, topics] = [&saved, &topics].map(|path| path.to_str().unwrap());
    let named = filterc(&["decompile", "--topics", topics, saved]).done();
    let one = "# A\nintents where INTENT = \"Kubernetes\"\n";
    assert_eq!(named, format!("{one}\n{one}"));
    let ids = filterc(&["decompile", "--ids", "--topics", topics, saved]).done();
    assert_eq!(ids, named.replace("\"Kubernetes\"", "4eyes_7"));
}

#[test]
fn one_wrong_file_and_nothing_is_written() {
    let folder = folder("decompile_wrong");
    let [right, wrong] = ["right.json", "wrong.json"].map(|name| folder.join(name));
    fs::write(&right, SAVED).unwrap();
    fs::write(
        &wrong,
        SAVED.replace("\"condition\"", "\"not\":true,\"condition\""),
    )
    .unwrap();
    let [right, wrong] = [&right, &wrong].map(|path| path.to_str().unwrap());
    let told = filterc(&["decompile", "--error-format", "short", right, wrong]).failed(1);
    assert!(
        told.contains("wrong.json:1:49: error[filterc::decompile::extra_key]"),
        "{told}"
    );
    filterc(&["decompile", "no.json"]).failed(2);
}
