//! Any bytes are answered, for any audience type.
#![no_main]

use filterc::{AudienceType, Compiler};
use filterc_fuzz::holds;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    holds::answer(&Compiler::new(), text);
    let audience = AudienceType::ALL[text.len() % AudienceType::ALL.len()];
    holds::answer(&Compiler::new().audience(audience), text);
});
