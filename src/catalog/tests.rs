//! The built-in catalog against the facts of the vendor's pages, and what a caller's file does.

use super::supplement::SUPPLEMENT;
use super::*;
use crate::wire::Operator;

use AudienceType::{Elixir, Events, Intents, List, Pixel};

/// Every public field, with what its class grants beside the existence operators.
const CLASSES: &[(FieldType, &str, &str)] = &[
    (
        FieldType::Picklist,
        "seniority_level department company_industry company_revenue_range \
         company_employee_count_range age_range gender income_range_lc",
        "in,not in",
    ),
    (
        FieldType::Text,
        "job_title job_title_normalized first_name last_name company_name company_domain \
         current_business_email profile_pid_all net_worth linkedin_url social_connections \
         education_history current_business_email_validation_status personal_address \
         personal_city personal_state personal_zip personal_country job_title_history \
         company_description company_address company_city company_state company_zip_code \
         company_country company_linkedin_url event_type event_data client_ip ip hem md5_lc_hem",
        "in,not in,is,is not,equals,not equals,contains,not contains,startswith,endswith",
    ),
    (
        FieldType::Boolean,
        "is_married has_children is_homeowner resolved",
        "is,is not",
    ),
    (
        FieldType::Timestamp,
        "last_updated current_business_email_validation_date timestamp",
        "equals,not equals,>,>=,<,<=",
    ),
    (
        FieldType::Array,
        "emails business_emails personal_emails phones mobile_phones personal_phones \
         direct_numbers company_related_domains company_phones company_sic",
        "in,not in,contains,not contains",
    ),
    (
        FieldType::Number,
        "company_total_revenue",
        "equals,not equals,>,>=,<,<=",
    ),
    (
        FieldType::Integer,
        "company_employee_count",
        "equals,not equals,>,>=,<,<=",
    ),
];

const EVENT_COLUMNS: [&str; 8] = [
    "event_type",
    "event_data",
    "timestamp",
    "client_ip",
    "ip",
    "hem",
    "md5_lc_hem",
    "resolved",
];

const EXISTENCE: [Operator; 4] = [
    Operator::IsBlank,
    Operator::IsNotBlank,
    Operator::IsNull,
    Operator::IsNotNull,
];

fn field(name: &str) -> &'static Field {
    Catalog::builtin().find(name).unwrap()
}

fn spelled(operators: impl Iterator<Item = Operator>) -> String {
    operators.map(Operator::name).collect::<Vec<_>>().join(",")
}

fn listed(fields: &str) -> Catalog {
    Catalog::from_json(&format!(r#"{{"fields":[{fields}]}}"#)).unwrap()
}

fn refused(json: &str) -> String {
    Catalog::from_json(json).unwrap_err().to_string()
}

fn one(found: OptionMatch<'_>) -> &str {
    match found {
        OptionMatch::One(option) => option.value(),
        other => panic!("{other:?}"),
    }
}

/// Every name that `find` knows: of the fields, then the aliases.
fn names(catalog: &Catalog) -> impl Iterator<Item = &str> {
    let aliases = catalog.fields().flat_map(Field::aliases);
    catalog.fields().map(Field::name).chain(aliases)
}

#[test]
fn the_snapshot_has_the_public_fields_and_grants_by_class() {
    let mut expected = vec!["INTENT", "score", "WEBSITE_VISITORS"];
    for (field_type, names, grants) in CLASSES {
        for name in names.split_whitespace() {
            let field = field(name);
            assert_eq!(field.field_type(), *field_type, "{name}");
            let beside = field.operators().filter(|it| !EXISTENCE.contains(it));
            assert_eq!(spelled(beside), *grants, "{name}");
            assert!(EXISTENCE.into_iter().all(|it| field.grants(it)), "{name}");
            expected.push(name);
        }
    }
    let names: Vec<_> = Catalog::builtin().fields().map(Field::name).collect();
    assert_eq!(names[..3], expected[..3]);
    assert_eq!(names[3], "seniority_level");
    assert!(expected.iter().all(|name| names.contains(name)));
}

/// Nothing is in the snapshot that was not looked at: what is added to the data shows up here, and
/// is accepted as data.
#[test]
fn the_snapshot_has_nothing_else() {
    let fields = Catalog::builtin().fields().map(|field| {
        let types = field.audience_types().map(AudienceType::name);
        format!(
            "{} | {} | {} | {} | {}\n",
            field.name(),
            field.field_type(),
            field.status(),
            field.aliases().collect::<Vec<_>>().join(", "),
            types.collect::<Vec<_>>().join(", "),
        )
    });
    insta::assert_snapshot!(fields.collect::<String>());
}

#[test]
fn builtin_json_is_in_the_vendors_own_format() {
    let answer: serde_json::Value = serde_json::from_str(include_str!("builtin.json")).unwrap();
    let fields = answer["fields"].as_array().unwrap();
    assert_eq!(answer["total_count"], fields.len());
    let spellings = [
        "in",
        "notin",
        "eq",
        "neq",
        "is",
        "is not",
        "contains",
        "startsWith",
        "endsWith",
        "notnull",
        ">",
        ">=",
        "<",
        "<=",
    ];
    let categories = [
        "contact",
        "company",
        "demographics",
        "intent",
        "event",
        "identifier",
    ];
    for field in fields {
        let has = |key: &str, known: &[&str]| known.contains(&field[key].as_str().unwrap());
        assert!(has("category", &categories), "{field}");
        assert!(has("status", &["active", "beta", "deprecated"]), "{field}");
        let operators = field["operators"].as_array().unwrap();
        assert!(!operators.is_empty(), "{field}");
        for operator in operators {
            assert!(spellings.contains(&operator.as_str().unwrap()), "{field}");
        }
    }
}

#[test]
fn the_file_lists_what_the_vendors_spelling_can_say_of_the_grants() {
    let as_account = Catalog::from_json(include_str!("builtin.json")).unwrap();
    let can_be_said = |operator| {
        SUPPLEMENT
            .operators
            .iter()
            .any(|(_, said)| *said == operator)
    };
    for listed in as_account.fields() {
        let name = listed.name();
        for operator in Operator::ALL {
            let expected = field(name).grants(operator)
                && (can_be_said(operator) || EXISTENCE.contains(&operator));
            assert_eq!(listed.grants(operator), expected, "{name} {operator}");
        }
        assert_eq!(listed.tolerated_operators().count(), 0, "{name}");
    }
    let job_title = as_account.find("job_title").unwrap();
    assert!(!job_title.grants(Operator::Equals) && job_title.grants(Operator::StartsWith));
}

#[test]
fn seniority_is_closed_and_submits_values() {
    let seniority = field("seniority_level");
    let options: Vec<_> = seniority
        .options()
        .iter()
        .map(|it| (it.value(), it.label()))
        .collect();
    assert_eq!(
        options,
        [
            ("cxo", "CXO"),
            ("director", "Director"),
            ("manager", "Manager"),
            ("staff", "Staff"),
            ("vp", "VP")
        ]
    );
    assert!(seniority.is_closed());
    assert_eq!(one(seniority.option("vp")), "vp");
    assert_eq!(one(seniority.option("CXO")), "cxo");
    assert_eq!(one(seniority.option("dIRECTOR")), "director");
    assert_eq!(seniority.option("intern"), OptionMatch::None);
    assert_eq!(seniority.tolerated_operators().count(), 0);
}

#[test]
fn an_open_picklist_tolerates_what_it_does_not_grant() {
    let age = field("age_range");
    assert!(!age.is_closed());
    assert!(age.options().is_empty());
    assert_eq!(
        spelled(age.tolerated_operators()),
        "is,is not,equals,not equals,contains,not contains"
    );
    assert!(age.tolerates(Operator::Contains) && !age.grants(Operator::Contains));
    assert!(!age.tolerates(Operator::StartsWith) && !age.tolerates(Operator::In));
    assert_eq!(field("job_title").tolerated_operators().count(), 0);
}

#[test]
fn special_fields_take_in_and_not_in_and_nothing_else() {
    for (name, field_type) in [
        ("INTENT", FieldType::Topic),
        ("score", FieldType::Picklist),
        ("WEBSITE_VISITORS", FieldType::AudienceId),
    ] {
        let field = field(name);
        assert_eq!(spelled(field.operators()), "in,not in", "{name}");
        assert_eq!(field.tolerated_operators().count(), 0, "{name}");
        assert_eq!(field.field_type(), field_type);
    }
    let score = field("score");
    assert!(score.is_closed());
    let options: Vec<_> = score.options().iter().map(FieldOption::value).collect();
    assert_eq!(options, ["high", "medium", "low"]);
    assert_eq!(score.options()[0].label(), "high");
    for field in Catalog::builtin().fields() {
        let top_level = field.placement() == Placement::TopLevelAnd;
        assert_eq!(top_level, field.name() == "WEBSITE_VISITORS");
    }
}

#[test]
fn fields_exist_in_the_audience_types_of_their_schema_types() {
    for field in Catalog::builtin().fields() {
        let (documented, unconfirmed): (&[_], &[_]) = match field.name() {
            "INTENT" | "score" => (&[Intents], &[Elixir, List]),
            "WEBSITE_VISITORS" => (&[Intents, Elixir, List], &[]),
            name if EVENT_COLUMNS.contains(&name) => (&[Events], &[]),
            _ => (&[Events, Intents, Elixir, List, Pixel], &[]),
        };
        let name = field.name();
        assert!(
            field.audience_types().eq(documented.iter().copied()),
            "{name}"
        );
        for audience in AudienceType::ALL {
            let is_unconfirmed = unconfirmed.contains(&audience);
            assert_eq!(field.is_unconfirmed_in(audience), is_unconfirmed, "{name}");
            let exists = is_unconfirmed || documented.contains(&audience);
            assert_eq!(field.exists_in(audience), exists, "{name}");
        }
    }
}

#[test]
fn columns_of_the_vendors_output_are_beta() {
    let beta: Vec<_> = Catalog::builtin()
        .fields()
        .filter(|field| field.status() == Status::Beta)
        .map(Field::name)
        .collect();
    assert!(beta.len() >= 36);
    assert!(beta.contains(&"profile_pid_all") && beta.contains(&"company_employee_count"));
    assert!(
        !Catalog::builtin()
            .fields()
            .any(|it| it.status() == Status::Deprecated)
    );
}

#[test]
fn names_are_found_exactly_then_ignoring_case_then_by_alias() {
    for (written, name) in [
        ("seniority_level", "seniority_level"),
        ("Seniority_LEVEL", "seniority_level"),
        ("website_visitors", "WEBSITE_VISITORS"),
        ("topic", "INTENT"),
        ("intent", "INTENT"),
        ("event", "event_type"),
        ("visitors", "WEBSITE_VISITORS"),
        ("seniority", "seniority_level"),
        ("INDUSTRY", "company_industry"),
        ("Email", "current_business_email"),
        ("employees", "company_employee_count_range"),
        ("revenue", "company_revenue_range"),
    ] {
        assert_eq!(field(written).name(), name);
    }
    for unknown in ["", "seniority_leve", "seniority level", "topics"] {
        assert!(Catalog::builtin().find(unknown).is_none());
    }
    assert!(field("INTENT").aliases().eq(["topic", "intent"]));
    let names: Vec<_> = names(Catalog::builtin()).collect();
    assert!(names.len() >= 62 + 9);
    assert_eq!(names.first(), Some(&"INTENT"));
    assert!(names.contains(&"revenue"));
}

#[test]
fn ranges_know_the_field_with_the_number() {
    let twin = |name| field(name).number_twin();
    assert_eq!(twin("employees"), Some("company_employee_count"));
    assert_eq!(twin("revenue"), Some("company_total_revenue"));
    assert_eq!(twin("age_range"), None);
    let without =
        listed(r#"{"field_key":"company_revenue_range","data_type":"string","operators":["in"]}"#);
    assert_eq!(without.find("revenue").unwrap().number_twin(), None);
}

#[test]
fn requirements_are_met_by_the_fields_of_the_audience_type() {
    let met = |audience, name: &str| {
        let requirements: Vec<_> = Catalog::builtin().requirements(audience).collect();
        assert_eq!(requirements.len(), 1);
        requirements[0].met_by(field(name))
    };
    assert!(met(Intents, "topic") && !met(Intents, "seniority") && !met(Intents, "score"));
    assert!(met(Events, "event") && met(Events, "seniority") && !met(Events, "topic"));
    assert!(met(Elixir, "seniority") && !met(Elixir, "topic") && !met(Elixir, "visitors"));
    assert!(!met(Elixir, "event") && met(Elixir, "profile_pid_all"));
    for audience in [List, Pixel] {
        assert_eq!(Catalog::builtin().requirements(audience).count(), 0);
    }
    let topic = Catalog::builtin().requirements(Intents).next().unwrap();
    assert_eq!(topic.needs(), "a comparison on `topic`");
    assert_eq!(topic.example(), r#"topic = "4eyes_115481""#);
}

#[test]
fn an_answer_is_read_whole_wrapped_or_bare() {
    let field = r#"{"id":"0","field_key":"plan","category":"new","data_type":"string","new":{"a":[1]},
        "operators":["notin","eq","neq","startsWith","endsWith","notnull","not contains",">"],
        "options":null,"status":null,"schema_types":["event"]}"#;
    for json in [
        format!(r#"{{"total_count":1,"fields":[{field}],"page":{{"n":1}}}}"#),
        format!(r#"{{"response":{{"fields":[{field}]}}}}"#),
        format!("[{field}]"),
        format!("\u{feff} [{field}]"),
    ] {
        let catalog = Catalog::from_json(&json).unwrap();
        let names: Vec<_> = catalog.fields().map(Field::name).collect();
        assert_eq!(names, ["INTENT", "score", "WEBSITE_VISITORS", "plan"]);
        let plan = catalog.find("plan").unwrap();
        assert_eq!(
            spelled(plan.operators()),
            "not in,is,is not,not contains,startswith,endswith,is blank,is not blank,is null,\
             is not null,>"
        );
        assert_eq!(plan.field_type(), FieldType::Text);
        assert_eq!(plan.display_name(), "plan");
        assert_eq!(plan.description(), "");
        assert_eq!(plan.status(), Status::Active);
        assert!(plan.audience_types().eq([Events]));
    }
    assert_eq!(Catalog::from_json("[]").unwrap().fields().count(), 3);
}

#[test]
fn the_type_follows_from_data_type_field_type_and_options() {
    let options = r#","options":[{"value":"1","label":"One"}]"#;
    for (data_type, field_type, options, expected) in [
        ("string", "", "", FieldType::Text),
        ("string", "text", options, FieldType::Text),
        ("string", "select", "", FieldType::Picklist),
        ("string", "multiselect", options, FieldType::Picklist),
        ("string", "", options, FieldType::Picklist),
        ("string", "boolean", "", FieldType::Boolean),
        ("boolean", "boolean", "", FieldType::Boolean),
        ("integer", "text", "", FieldType::Integer),
        ("integer", "select", "", FieldType::Integer),
        ("integer", "select", options, FieldType::Picklist),
        ("array", "multiselect", "", FieldType::Array),
        ("array", "", options, FieldType::Array),
        ("number", "", "", FieldType::Number),
        ("timestamp", "text", "", FieldType::Timestamp),
    ] {
        let field_type = match field_type {
            "" => String::new(),
            name => format!(r#","field_type":"{name}""#),
        };
        let json = format!(
            r#"{{"field_key":"f","operators":[],"data_type":"{data_type}"{field_type}{options}}}"#
        );
        let catalog = listed(&json);
        let field = catalog.find("f").unwrap();
        assert_eq!(field.field_type(), expected, "{json}");
        let closed = expected == FieldType::Picklist && !options.is_empty();
        assert_eq!(field.is_closed(), closed, "{json}");
        assert_eq!(field.audience_types().count(), 5, "{json}");
    }
}

#[test]
fn an_alias_goes_where_its_field_is_missing_or_its_name_is_taken() {
    let catalog = listed(
        r#"{"field_key":"company_industry","data_type":"string","operators":["in"]},
           {"field_key":"Industry","data_type":"string","operators":["in"]},
           {"field_key":"seniority_level","data_type":"string","operators":["in"]}"#,
    );
    assert_eq!(catalog.find("industry").unwrap().name(), "Industry");
    assert!(
        catalog
            .find("company_industry")
            .unwrap()
            .aliases()
            .next()
            .is_none()
    );
    assert_eq!(catalog.find("seniority").unwrap().name(), "seniority_level");
    assert_eq!(catalog.find("topic").unwrap().name(), "INTENT");
    assert!(catalog.find("email").is_none());
    assert!(!names(&catalog).any(|name| name == "email" || name == "industry"));
}

#[test]
fn fields_that_differ_in_case_alone_are_found_exactly_or_not_at_all() {
    let catalog = listed(
        r#"{"field_key":"plan","data_type":"string","operators":[]},
           {"field_key":"Plan","data_type":"boolean","operators":[]}"#,
    );
    assert_eq!(catalog.find("plan").unwrap().field_type(), FieldType::Text);
    assert_eq!(
        catalog.find("Plan").unwrap().field_type(),
        FieldType::Boolean
    );
    assert!(catalog.find("PLAN").is_none());
}

#[test]
fn a_special_field_stays_as_it_is_where_the_answer_lists_it_too() {
    let catalog = listed(
        r#"{"field_key":"score","data_type":"integer","operators":[">"]},
           {"field_key":"plan","data_type":"string","operators":[]}"#,
    );
    assert_eq!(catalog.fields().count(), 4);
    assert_eq!(
        spelled(catalog.find("score").unwrap().operators()),
        "in,not in"
    );
}

#[test]
fn names_that_are_not_known_make_a_field_accept_less() {
    let with = |rest: &str| {
        let json = format!("[\n {{\"field_key\":\"é\",{rest}}}]");
        Catalog::from_json(&json).unwrap()
    };
    let told = |catalog: &Catalog| {
        let [warning] = catalog.warnings() else {
            panic!("{:?}", catalog.warnings())
        };
        assert_eq!(warning.code(), "filterc::catalog::unknown_name");
        (warning.message().to_owned(), warning.start().column)
    };
    let catalog = with(r#""data_type":"string","operators":["in","like"]"#);
    assert_eq!(
        told(&catalog),
        (
            "the `operators` of `é` has `like`, which is not known here".to_owned(),
            59
        )
    );
    let operators = catalog.find("é").unwrap().operators();
    assert_eq!(
        spelled(operators),
        "in,is blank,is not blank,is null,is not null"
    );

    let catalog = with(r#""data_type":"money","operators":["eq",">"]"#);
    assert_eq!(told(&catalog).1, 32);
    let operators = catalog.find("é").unwrap().operators();
    assert_eq!(
        spelled(operators),
        "is blank,is not blank,is null,is not null"
    );

    let catalog = with(r#""data_type":"string","operators":[],"status":"gone""#);
    told(&catalog);
    assert_eq!(catalog.find("é").unwrap().status(), Status::Beta);

    told(&with(
        r#""data_type":"string","operators":[],"field_type":"x""#,
    ));

    let catalog = with(r#""data_type":"string","operators":[],"schema_types":["x","event"]"#);
    told(&catalog);
    assert!(catalog.find("é").unwrap().audience_types().eq([Events]));
    let catalog = with(r#""data_type":"string","operators":[],"schema_types":["x"]"#);
    told(&catalog);
    assert!(catalog.find("é").is_none());
}

#[test]
fn a_catalog_that_is_wrong_says_all_of_it_and_where() {
    let key = |key: &str| format!(r#"{{"field_key":"{key}","data_type":"string","operators":[]}}"#);
    let lacking = r#"{"field_key":"é","operators":null}"#;
    let json = format!("[{},\n{},\n{lacking},{}]", key("a"), key("a"), key(""));
    assert_eq!(
        refused(&json),
        "2:15: error[filterc::catalog::repeated_field]: two fields have the `field_key` `a`; \
         remove one of them: which of the two a filter means cannot be told\n\
         3:15: error[filterc::catalog::incomplete_field]: the field `é` has no `data_type`; \
         save the answer of the call as it comes, with every key of a field\n\
         3:15: error[filterc::catalog::incomplete_field]: the field `é` has no `operators`; \
         save the answer of the call as it comes, with every key of a field\n\
         3:50: error[filterc::catalog::empty_field_key]: a field has an empty `field_key`; \
         save the answer again: every field of the vendor's has a name"
    );
    // An escape hides where the text stands.
    let hidden = refused(&format!("[{}, {}]", key("a"), key(r"\u0061")));
    assert!(hidden.starts_with("1:1: error[filterc::catalog::repeated_field]"));
}

#[test]
fn what_is_no_catalog_says_so() {
    let shape = "the catalog is not an answer of `GET /api/v1/field-catalog`: ";
    for (json, code, said) in [
        (
            "",
            "not_json",
            "the catalog is not JSON: a value is missing",
        ),
        (
            "<html>",
            "not_json",
            "the catalog is not JSON: expected value",
        ),
        (
            "[{",
            "not_json",
            "the catalog is not JSON: an object has no end",
        ),
        (
            "[] []",
            "not_json",
            "the catalog is not JSON: trailing characters",
        ),
        (r#"{"error":"x"}"#, "wrong_shape", "it has no `fields`"),
        (
            r#"{"fields":[],"response":[]}"#,
            "wrong_shape",
            "it has its fields twice",
        ),
        (
            r#"{"fields":{}}"#,
            "wrong_shape",
            "an object stands where a list is expected",
        ),
        (
            "7",
            "wrong_shape",
            "integer `7` stands where a list of fields, alone or under `fields`, is expected",
        ),
        (
            "[7]",
            "wrong_shape",
            "integer `7` stands where the object of a field is expected",
        ),
        ("[{}]", "wrong_shape", "an object has no `field_key`"),
        (
            r#"[{"field_key":"a","field_key":"b"}]"#,
            "wrong_shape",
            "an object has `field_key` twice",
        ),
    ] {
        let error = Catalog::from_json(json).unwrap_err();
        let [problem] = error.problems() else {
            panic!("{error}")
        };
        assert_eq!(problem.code(), format!("filterc::json::{code}"), "{json}");
        let message = problem.message();
        assert_eq!(message.strip_prefix(shape).unwrap_or(message), said);
        assert_eq!(problem.start().line, 1);
    }
}

#[test]
fn thousands_of_options_are_found_by_value_and_label() {
    let options: Vec<_> = (0..16_000)
        .map(|n| format!(r#"{{"value":"value {n}","label":"Label {n}"}}"#))
        .collect();
    let catalog = listed(&format!(
        r#"{{"field_key":"big","data_type":"string","field_type":"select","operators":["in"],
            "options":[{}]}}"#,
        options.join(",")
    ));
    let big = catalog.find("big").unwrap();
    assert_eq!(big.options().len(), 16_000);
    let start = std::time::Instant::now();
    for n in 0..16_000 {
        let value = format!("value {n}");
        assert_eq!(one(big.option(&value)), value);
        assert_eq!(one(big.option(&format!("LABEL {n}"))), value);
    }
    // A scan per look-up takes minutes here, an index less than a second.
    assert!(start.elapsed().as_secs() < 10);
}
