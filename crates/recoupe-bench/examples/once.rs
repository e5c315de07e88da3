//! Reads the pages of a benchmark a given number of times, for tools that count instructions:
//!
//! `valgrind --tool=callgrind target/release/examples/once prose 3`
//!
//! With `digest` and folders instead of a number it prints a digest of the reading of every page, to tell whether two programs read
//! the same.

use std::error::Error;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use recoupe::{Meta, Packs, RawInput, Reader, cache};
use recoupe_bench::{pages, prose_pages};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let reader = Reader::new(&Packs::baked())?;
    let (what, rest) = args.split_first().ok_or("conflict, prose or digest")?;
    if what == "digest" {
        let mut all: Vec<(String, Vec<u8>)> = prose_pages("fr");
        all.extend(prose_pages("en"));
        rest.iter().for_each(|dir| files(Path::new(dir), &mut all));
        for (name, bytes) in &all {
            let reading = reader.read_page(&RawInput { source: name, bytes, meta: Meta::default() });
            let mut hash = DefaultHasher::new();
            format!("{reading:?}").hash(&mut hash);
            cache::encode(&reading).hash(&mut hash);
            println!("{name} {} {:016x} {:?}", reading.claims.len(), hash.finish(), reading.article.notes);
        }
        return Ok(());
    }
    let all = if what == "prose" { prose_pages("fr") } else { pages() };
    let (mut sentences, mut claims) = (0, 0);
    for _ in 0..rest.first().map_or(Ok(1), |n| n.parse::<usize>())? {
        for (name, bytes) in &all {
            let reading = reader.read_page(&RawInput { source: name, bytes, meta: Meta::default() });
            sentences += reading.sentences.len();
            claims += reading.claims.len();
        }
    }
    println!("{} pages, {sentences} sentences, {claims} claims", all.len());
    Ok(())
}

fn files(dir: &Path, out: &mut Vec<(String, Vec<u8>)>) {
    let mut here: Vec<_> = fs::read_dir(dir).into_iter().flatten().flatten().map(|e| e.path()).collect();
    here.sort();
    for path in here {
        if path.is_dir() {
            files(&path, out);
        } else if let Ok(bytes) = fs::read(&path) {
            out.push((path.display().to_string(), bytes));
        }
    }
}
