//! Problems as data: where each is, what to write instead, and a text with the certain fixes applied.
//!
//! `cargo run --example diagnostics -- 'senority => vp and topic = “Kubernetes”'`

use filterc::{Compiler, Fix};

fn main() {
    let text = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "senority == vp and topic = “Kubernetes”".to_owned());
    let Err(error) = Compiler::new().compile(&text) else {
        println!("nothing is wrong with it");
        return;
    };
    for problem in error.problems() {
        let (start, end) = (problem.start(), problem.end());
        println!(
            "{} {} at {}:{} to {}:{}, bytes {} to {}",
            problem.severity(),
            problem.code(),
            start.line,
            start.column,
            end.line,
            end.column,
            problem.span().start(),
            problem.span().end(),
        );
        println!("  {}", problem.message());
        println!("  {}", problem.help());
    }
    let fixes: Vec<&Fix> = error
        .problems()
        .iter()
        .filter_map(|problem| problem.fixes().first())
        .collect();
    println!("fixed: {}", apply(&text, &fixes));
}

/// From the last to the first, so that no edit moves the place of another.
fn apply(text: &str, fixes: &[&Fix]) -> String {
    let mut fixed = text.to_owned();
    let mut untouched = text.len();
    for fix in fixes.iter().rev() {
        if fix.span.end() <= untouched {
            fixed.replace_range(fix.span.range(), &fix.replacement);
            untouched = fix.span.start();
        }
    }
    fixed
}
