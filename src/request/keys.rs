//! The keys of the Create Audience call as a table: type, range, who may carry it, default.
//!
//! Source: the reference page of `POST /api/v1/audiences`. A new key is a new line here.

use super::Value;
use crate::catalog::AudienceType::{self, Elixir, Intents, List, Pixel};

/// One key of the body.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whether the body has to have it: with any type, or with the one in `only`.
    pub(crate) is_required: bool,
    /// The one type that may carry it.
    pub(crate) only: Option<AudienceType>,
}

/// What stands under a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// One that is not empty.
    Text,
    Uuid,
    /// One of these, in exactly this case.
    Enum(&'static [&'static str]),
    /// From the first to the second.
    Integer(i64, i64),
    /// From so many to so many texts.
    Texts(usize, usize),
    AudienceType,
    Filter,
}

use Kind::{Enum, Filter, Integer, Text, Texts, Uuid};

/// All keys, in the order of the reference.
pub(crate) const KEYS: [Key; 21] = [
    required("audience_name", Text),
    optional("audience_description", Text),
    required("type", Kind::AudienceType),
    required(
        "segmentation_type",
        Enum(&["Persona", "Account", "Audience"]),
    ),
    required("organization_id", Uuid),
    required("project_id", Uuid),
    required("filter", Filter),
    optional("select", Text),
    optional("unload", Enum(&["preview", "unload"])),
    optional("renew_frequency", Enum(&["daily", "weekly", "manual"])),
    only(Intents, "intent_window_days", Integer(1, 14)),
    optional("status", Text),
    only_and_required(List, "source_list_id", Uuid),
    only_and_required(List, "source_list_path", Text),
    only(List, "source_list_mode", Enum(&["values", "matched"])),
    only_and_required(Pixel, "source_pixel_ids", Texts(1, 20)),
    only(Pixel, "source_pixel_window_days", Integer(1, 90)),
    only(Pixel, "source_pixel_include_urls", Texts(0, 20)),
    only(Pixel, "source_pixel_exclude_urls", Texts(0, 20)),
    only(Pixel, "source_pixel_min_visit_days", Integer(1, 90)),
    only(Pixel, "source_pixel_output", Enum(&["all", "new"])),
];

/// What the vendor takes where a key is left out. The page names none for `renew_frequency` of
/// `events` and `list` audiences.
pub(crate) fn default(key: &Key, audience: AudienceType) -> Option<Value> {
    if key.only.is_some_and(|only| only != audience) {
        return None;
    }
    Some(match (key.name, audience) {
        ("renew_frequency", Intents | Pixel) => Value::Text("daily".to_owned()),
        ("renew_frequency", Elixir) => Value::Text("weekly".to_owned()),
        ("intent_window_days", _) => Value::Number(1),
        ("source_list_mode", _) => Value::Text("matched".to_owned()),
        ("source_pixel_window_days", _) => Value::Number(PIXEL_WINDOW_DAYS),
        ("source_pixel_min_visit_days", _) => Value::Number(1),
        ("source_pixel_output", _) => Value::Text("all".to_owned()),
        _ => return None,
    })
}

/// The default of `source_pixel_window_days`.
pub(crate) const PIXEL_WINDOW_DAYS: i64 = 30;

const fn optional(name: &'static str, kind: Kind) -> Key {
    Key {
        name,
        kind,
        is_required: false,
        only: None,
    }
}

const fn required(name: &'static str, kind: Kind) -> Key {
    Key {
        is_required: true,
        ..optional(name, kind)
    }
}

const fn only(audience: AudienceType, name: &'static str, kind: Kind) -> Key {
    Key {
        only: Some(audience),
        ..optional(name, kind)
    }
}

const fn only_and_required(audience: AudienceType, name: &'static str, kind: Kind) -> Key {
    Key {
        is_required: true,
        ..only(audience, name, kind)
    }
}
