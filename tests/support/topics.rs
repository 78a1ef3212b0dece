//! A made-up topic file of the size that the vendor's has: 34 categories, 469 subcategories,
//! 19,579 topics, at most 100 a page.
//!
//! Deterministic. Some names are borne by several topics, some have accents, commas, quotes or `>`
//! in them, and one in forty is inactive.

use std::fmt::Write as _;

pub(crate) const CATEGORIES: usize = 34;
pub(crate) const SUBCATEGORIES: usize = 469;
pub(crate) const TOPICS: usize = 19_579;

/// The topic of that number.
pub(crate) struct Made {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) subcategory: String,
    pub(crate) is_active: bool,
}

pub(crate) fn topic(number: usize) -> Made {
    const FIRST: [&str; 12] = [
        "Cloud",
        "Data",
        "Café",
        "Zürich",
        "Risk",
        "Mobile",
        "Retail",
        "Open-Source",
        "Energy",
        "Tax",
        "Health",
        "Séance",
    ];
    const SECOND: [&str; 11] = [
        "Computing",
        "Storage",
        "Backup, Recovery",
        "Analytics",
        "A > B Testing",
        "\"Lean\" Methods",
        "Planning",
        "Security",
        "Leasing",
        "R&D",
        "C++",
    ];
    let subcategory = number % SUBCATEGORIES;
    let first = FIRST[number % FIRST.len()];
    let second = SECOND[number / FIRST.len() % SECOND.len()];
    // Every fiftieth name is borne by the next topic but one too.
    let numbered = if number % 50 == 2 { number - 2 } else { number };
    let name = match numbered {
        1 => "Cloud Computing".to_owned(),
        _ if number % 50 == 2 => topic(number - 2).name,
        _ => format!("{first} {second} {number}"),
    };
    Made {
        id: format!("4eyes_{}", 100_000 + number),
        name,
        category: format!("Category {}", subcategory % CATEGORIES),
        subcategory: format!("Subcategory {subcategory} & More"),
        is_active: number % 40 != 7,
    }
}

fn json(number: usize) -> String {
    let made = topic(number);
    let status = if made.is_active { "active" } else { "inactive" };
    format!(
        r#"{{"topic_id":"{}","parent":"{}","category_name":"{}","subcategory_name":"{}","name":"{}","status":"{status}","topic_type":"{}"}}"#,
        made.id,
        made.subcategory,
        made.category,
        made.subcategory,
        made.name.replace('"', "\\\""),
        ["B2B", "B2C", "B2B2C"][number % 3],
    )
}

/// The topics as pages of a hundred, one after the other.
pub(crate) fn pages() -> String {
    let mut text = String::new();
    let numbers: Vec<usize> = (0..TOPICS).collect();
    for page in numbers.chunks(100) {
        let topics: Vec<String> = page.iter().map(|number| json(*number)).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            r#"{{"response":{{"topics":[{}]}}}}"#,
            topics.join(",")
        );
    }
    text
}
