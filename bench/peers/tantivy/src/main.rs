//! Counts stems of every line; prints seconds and tokens.
use std::collections::HashMap;
use std::time::Instant;
use tantivy::tokenizer::{Language, LowerCaser, SimpleTokenizer, Stemmer, TextAnalyzer};

fn main() {
    let path = std::env::args().nth(1).expect("a file");
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let mut analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::Swedish))
        .build();
    let begin = Instant::now();
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut tokens = 0u64;
    for line in text.lines() {
        let mut stream = analyzer.token_stream(line);
        while stream.advance() {
            let token = &stream.token().text;
            match counts.get_mut(token) {
                Some(n) => *n += 1,
                None => {
                    counts.insert(token.clone(), 1);
                }
            }
            tokens += 1;
        }
    }
    println!("{:.6} {}", begin.elapsed().as_secs_f64(), tokens);
}
