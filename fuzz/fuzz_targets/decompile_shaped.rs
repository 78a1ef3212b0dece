//! The text of a saved filter compiles to a filter that says the same, or says that it does not.
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use filterc::{Compiler, Decompiler, Filter};
use filterc_fuzz::holds;
use filterc_fuzz::saved::{self, Saved};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut input = Unstructured::new(bytes);
    let Ok(saved) = Saved::arbitrary(&mut input) else {
        return;
    };
    let texts = match Decompiler::new().decompile(&saved.text) {
        Ok(texts) => texts,
        Err(error) => {
            holds::shown(&saved.text, error.problems());
            return;
        }
    };
    let filter: Filter = serde_json::from_value(saved.filter).expect("a filter has a text");
    for found in texts {
        assert_eq!(
            filterc::format(found.text()).ok().as_deref(),
            Some(found.text())
        );
        let Ok(compilation) = Compiler::new().compile(found.text()) else {
            continue;
        };
        if found
            .text()
            .contains("# compiled, this is not the saved filter")
        {
            continue;
        }
        let fields = compilation.filter().clone();
        let names = filterc::Selector::new(fields, filterc::MatchOptions::new());
        for _ in 0..4 {
            let Ok(row) = saved::row(&mut input, names.fields()) else {
                return;
            };
            holds::same(&filter, compilation.filter(), &row);
        }
    }
});
