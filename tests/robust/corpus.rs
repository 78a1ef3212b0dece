//! The filters of the corpus and of the examples, and the slips a hand makes in them.

use std::fs;
use std::path::Path;

/// Characters of a file that are tried one by one; of a longer file as many, evenly spread.
const MOST_PLACES: usize = 300;

/// The texts of all `.filter` files; those that are not UTF-8 are not the library's business.
pub(crate) fn files() -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["tests/corpus", "examples"] {
        collect(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut texts,
        );
    }
    texts
}

fn collect(folder: &Path, texts: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if path.is_dir() {
            collect(&path, texts);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "filter")
        {
            texts.extend(fs::read_to_string(&path));
        }
    }
}

/// Hands over the text cut short, without a character, and with a character twice, at every place.
pub(crate) fn slips(text: &str, mut check: impl FnMut(&str)) {
    check(text);
    let places: Vec<(usize, char)> = text.char_indices().collect();
    let step = places.len().div_ceil(MOST_PLACES).max(1);
    for &(at, character) in places.iter().step_by(step) {
        let (before, from) = text.split_at(at);
        let (_, after) = from.split_at(character.len_utf8());
        check(before);
        check(&format!("{before}{after}"));
        check(&format!("{before}{character}{from}"));
    }
}
