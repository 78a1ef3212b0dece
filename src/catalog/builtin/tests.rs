//! The table is what the files say; here it is written.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::Path;

use super::super::load::{self, Origin};
use super::super::supplement::SUPPLEMENT;
use super::*;

#[test]
fn the_table_is_what_the_files_say() {
    let loaded = load::catalog(include_str!("../builtin.json"), Origin::Snapshot).unwrap();
    assert!(loaded.warnings().is_empty());
    let expected = table_of(&loaded);
    if std::env::var_os("CATALOG_UPDATE").is_some() {
        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalog/builtin/table.rs");
        std::fs::write(table, expected).unwrap();
        return;
    }
    assert!(
        include_str!("table.rs") == expected,
        "the JSON has changed: `CATALOG_UPDATE=1 cargo test --lib builtin` writes the table"
    );
    // The names, too, find the same.
    let builtin = Catalog::builtin();
    for field in loaded.fields() {
        for name in field.names() {
            let upper = name.to_uppercase();
            for name in [name, &upper] {
                assert_eq!(builtin.find(name).unwrap().name(), field.name());
                assert_eq!(loaded.find(name).unwrap().name(), field.name());
            }
        }
    }
}

fn table_of(catalog: &Catalog) -> String {
    let mut table = String::from(
        "//! Written by a test out of `builtin.json` and `supplement.json`: see `builtin.rs`.\n\n\
         use super::*;\n\n",
    );
    let count = catalog.fields().count();
    writeln!(table, "pub(super) static FIELDS: [Field; {count}] = [").unwrap();
    for field in catalog.fields() {
        write_field(field, &mut table);
    }
    let count = SUPPLEMENT.requirements.len();
    write!(
        table,
        "];\n\npub(super) static REQUIREMENTS: [Requirement; {count}] = [\n"
    )
    .unwrap();
    for requirement in &SUPPLEMENT.requirements {
        write_requirement(requirement, &mut table);
    }
    table.push_str("];\n");
    table
}

fn write_requirement(requirement: &Requirement, table: &mut String) {
    let Requirement {
        audience_type,
        needs,
        example,
        met_by: MetBy {
            fields,
            schema_types,
        },
    } = requirement;
    let texts = |texts: &[Cow<'_, str>]| {
        let texts = texts.iter().map(|text| format!("Cow::Borrowed({text:?})"));
        texts.collect::<Vec<_>>().join(", ")
    };
    write!(
        table,
        "    Requirement {{
        audience_type: AudienceType::{audience_type:?},
        needs: Cow::Borrowed({needs:?}),
        example: Cow::Borrowed({example:?}),
        met_by: MetBy {{
            fields: Cow::Borrowed(&[{}]),
            schema_types: Cow::Borrowed(&[{}]),
        }},
    }},\n",
        texts(fields),
        texts(schema_types),
    )
    .unwrap();
}

fn write_field(field: &Field, table: &mut String) {
    let Field {
        name,
        display_name,
        description,
        field_type,
        status,
        is_documented,
        options,
        aliases,
        grants,
        tolerates,
        audience_types,
        unconfirmed,
        schema_types,
        placement,
        id_prefix,
        number_twin,
    } = field;
    let options = options
        .all
        .iter()
        .map(|FieldOption { value, label }| format!("option({value:?}, {:?})", label.as_deref()));
    let aliases = aliases.iter().map(|alias| format!("name({alias:?})"));
    let twin = match number_twin {
        None => "None".to_owned(),
        Some(twin) => format!("Some(name({twin:?}))"),
    };
    write!(
        table,
        "    Field {{
        name: name({name:?}),
        display_name: Cow::Borrowed({display_name:?}),
        description: Cow::Borrowed({description:?}),
        field_type: FieldType::{field_type:?},
        status: Status::{status:?},
        is_documented: {is_documented},
        options: options({}),
        aliases: Cow::Borrowed({}),
        grants: Set::from_bits({:#x}),
        tolerates: Set::from_bits({:#x}),
        audience_types: Set::from_bits({:#x}),
        unconfirmed: Set::from_bits({:#x}),
        schema_types: Cow::Borrowed(&{schema_types:?}),
        placement: Placement::{placement:?},
        id_prefix: {id_prefix:?},
        number_twin: {twin},
    }},\n",
        list(options),
        list(aliases),
        grants.bits(),
        tolerates.bits(),
        audience_types.bits(),
        unconfirmed.bits(),
    )
    .unwrap();
}

/// Of calls; in a block of its own what is lent lives on.
fn list(items: impl Iterator<Item = String>) -> String {
    match items.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => "&[]".to_owned(),
        items => format!("const {{ &[{items}] }}"),
    }
}
