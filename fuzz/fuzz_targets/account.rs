//! Any answer of the Field Catalog or the taxonomy is loaded or told to be none, and what is loaded
//! can be compiled against.
#![no_main]

use filterc::{Catalog, Compiler, Topics};
use filterc_fuzz::holds;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = std::str::from_utf8(bytes) else {
        return;
    };
    match Catalog::from_json(json) {
        Ok(catalog) => {
            holds::shown(json, catalog.warnings());
            let fields = catalog.fields().take(3);
            let texts: Vec<String> = fields
                .flat_map(|field| {
                    let name = field.name().replace('`', "");
                    let option = field.options().first().map_or("x", |option| option.value());
                    [
                        format!("`{name}` = {}", filterc_fuzz::text::quoted(option)),
                        format!("`{name}` > 5 and not `{name}` in (1, vp)"),
                    ]
                })
                .collect();
            let compiler = Compiler::new().catalog(catalog.clone());
            for text in texts {
                holds::answer(&compiler, &text);
            }
            assert!(catalog.changes(&catalog).is_empty());
        }
        Err(error) => holds::shown(json, error.problems()),
    }
    match Topics::from_json(json) {
        Ok(topics) => {
            holds::shown(json, topics.warnings());
            let compiler = Compiler::new().topics(topics.clone());
            for topic in topics.iter().take(3) {
                for name in [topic.name(), topic.id(), &topic.path()] {
                    let text = format!("topic = {}", filterc_fuzz::text::quoted(name));
                    holds::answer(&compiler, &text);
                }
            }
        }
        Err(error) => holds::shown(json, error.problems()),
    }
});
