//! The deepest texts, filter objects and rows.

/// How many brackets may be open at once.
pub(crate) const PARENTHESES: usize = 128;

/// How many groups a saved filter may have in one another, below the root.
pub(crate) const GROUPS: usize = 128;

const LEAVES: [&str; 4] = [
    "seniority = vp",
    "seniority in (vp, cxo)",
    "job_title contains any (platform, devops)",
    "company_employee_count between 10 and 20",
];

/// Texts that compile, each of them as deep as a text may be in one way.
pub(crate) fn deepest_texts() -> impl Iterator<Item = String> {
    let of_leaf = |leaf: &str| {
        [
            nested("(", leaf, PARENTHESES),
            nested("not (", leaf, PARENTHESES),
            nested("not not (", leaf, PARENTHESES),
            group("and", leaf, PARENTHESES),
            group("or", leaf, PARENTHESES),
            negated(leaf, PARENTHESES),
            format!("{}{leaf}", "not ".repeat(10_000)),
            group("and", &format!("{}{leaf}", "not ".repeat(100)), PARENTHESES),
        ]
    };
    LEAVES.into_iter().flat_map(of_leaf)
}

/// Texts with a mistake at the deepest place, but not the one of being too deep.
pub(crate) fn mistaken_texts() -> impl Iterator<Item = String> {
    let leaves = [
        "",
        "senority = vp",
        "seniority = boss",
        "seniority => vp",
        "job_title = “CEO”",
        "job_title = %x%",
        "seniority = vp cxo",
        "seniority = vp and",
        "not job_title starts with x",
    ];
    let of_leaf = |leaf: &str| {
        let closed = [
            nested("(", leaf, PARENTHESES),
            nested("not (", leaf, PARENTHESES),
            group("and", leaf, PARENTHESES),
            negated(leaf, PARENTHESES),
        ];
        let open = closed
            .clone()
            .map(|text| text.trim_end_matches(')').to_owned());
        let more = closed.clone().map(|text| text + " seniority = vp");
        let twice = closed.clone().map(|text| format!("{text} and {text}"));
        [closed, open, more, twice].into_iter().flatten()
    };
    let bracketed = [
        nested("[", "seniority = vp", PARENTHESES).replace(')', "]"),
        nested("a = (", "b", PARENTHESES),
        nested("a in (", "b", PARENTHESES),
        nested("seniority = vp and not (", "topic = x", PARENTHESES) + ")",
        format!("{}job_title starts with x", "not ".repeat(9_999)),
    ];
    leaves.into_iter().flat_map(of_leaf).chain(bracketed)
}

fn nested(open: &str, leaf: &str, levels: usize) -> String {
    format!("{}{leaf}{}", open.repeat(levels), ")".repeat(levels))
}

/// AND and OR in turn, so that every level is a group of the filter too.
pub(crate) fn group(outermost: &str, leaf: &str, levels: usize) -> String {
    let other = if outermost == "and" { "or" } else { "and" };
    let mut text = String::new();
    for level in 0..levels {
        let joiner = if level % 2 == 0 { outermost } else { other };
        text.push_str(&format!("seniority = cxo {joiner} ("));
    }
    text + leaf + &")".repeat(levels)
}

/// A NOT at every level, which turns AND into OR: every level is a group of the filter too.
fn negated(leaf: &str, levels: usize) -> String {
    nested("seniority = cxo and not (", leaf, levels)
}

/// A filter object with that many groups in one another below the root, AND and OR in turn.
pub(crate) fn saved(outermost: &str, levels: usize) -> String {
    let other = if outermost == "and" { "or" } else { "and" };
    let rule = |title: &str| {
        format!(
            r#"{{"fieldName":"job_title","conditionRules":{{"operator":"contains","value":"{title}"}}}}"#
        )
    };
    let mut json = String::new();
    for level in 0..=levels {
        let condition = if level % 2 == 0 { outermost } else { other };
        json.push_str(&format!(
            r#"{{"condition":"{condition}","rules":[{},"#,
            rule("vp")
        ));
    }
    json + &rule("cxo") + &"]}".repeat(levels + 1)
}

pub(crate) fn lists(levels: usize) -> String {
    format!("{}{}", "[".repeat(levels), "]".repeat(levels))
}

/// Rows in which the fields of the texts hold values, nothing, or JSON that is deep.
pub(crate) fn rows() -> [String; 3] {
    let deep = lists(10_000);
    [
        r#"{"seniority_level":"vp","job_title":"platform lead"}"#.to_owned(),
        "{}".to_owned(),
        format!(r#"{{"seniority_level":{deep},"job_title":["vp",{deep}],"other":{deep}}}"#),
    ]
}

/// A manifest with that filter.
pub(crate) fn manifest(filter: &str) -> String {
    format!(
        r#"audience_name = "A"
type = "elixir"
segmentation_type = "Persona"
organization_id = "8c5ef2c4-2c1f-4f7c-9d0a-3b7a5d1e6f20"
project_id = "1f9d0c6e-55a1-4f0e-8a4e-0c2d6b7e9a11"
renew_frequency = "weekly"
filter = '''
{filter}'''
"#
    )
}
