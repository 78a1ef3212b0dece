//! The text, its JSON, and the smaller and the sorted JSON say the same of every row.
#![no_main]

use arbitrary::Unstructured;
use filterc::{Catalog, Compiler, JsonRow, MatchOptions, Selector};
use filterc_fuzz::{holds, saved, text::Text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut input = Unstructured::new(bytes);
    let Ok(Text(text)) = input.arbitrary() else {
        return;
    };
    let Ok(matcher) = Compiler::new().matcher(&text, MatchOptions::new()) else {
        return;
    };
    let compile = |compiler: Compiler| compiler.compile(&text).map(|done| done.into_filter());
    let smaller = compile(Compiler::new().optimize()).expect("it compiles");
    let sorted = compile(Compiler::new().canonical()).expect("it compiles");
    let selector =
        Selector::new(matcher.filter().clone(), MatchOptions::new()).typed_by(Catalog::builtin());
    for _ in 0..4 {
        let Ok(row) = saved::row(&mut input, matcher.fields()) else {
            return;
        };
        if !saved::has_list_for_one(&row) {
            holds::same(matcher.filter(), &smaller, &row);
            holds::same(matcher.filter(), &sorted, &row);
        }
        let read = JsonRow::read(&row, matcher.fields()).expect("the row is one");
        assert_eq!(matcher.eval(&read), selector.eval(&read), "{text}\n{row}");
    }
});
