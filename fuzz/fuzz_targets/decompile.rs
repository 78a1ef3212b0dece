//! Any bytes are decompiled or told to be no filter.
#![no_main]

use filterc::{Compiler, Decompiler};
use filterc_fuzz::holds;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(json) = std::str::from_utf8(bytes) else {
        return;
    };
    match Decompiler::new().decompile(json) {
        Ok(texts) => {
            for found in texts {
                assert!(filterc::format(found.text()).is_ok() || found.text().starts_with('#'));
                holds::answer(&Compiler::new(), found.text());
            }
        }
        Err(error) => {
            holds::shown(json, error.problems());
            assert!(!error.problems().is_empty());
        }
    }
});
