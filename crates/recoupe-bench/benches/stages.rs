//! Speed of each stage on one core. `item/s` are sentences, except where the name says pages or words.

use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use recoupe::{Meta, Options, Packs, PageInput, RawInput, Reader};
use recoupe_bench::{pages, prose_pages};
use recoupe_syntax::Scratch;
use recoupe_text::{Sentence, Span};
use recoupe_wire::{Made, Source, Style};

/// The language of the pages that are measured.
const CODE: &str = "fr";

/// The allocator of the command, so that what is measured is what ships.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn reader() -> &'static Reader {
    static READER: OnceLock<Reader> = OnceLock::new();
    READER.get_or_init(|| Reader::new(&Packs::baked()).expect("the packs that ship fit"))
}

type Pages = Vec<(String, Vec<u8>)>;

fn read(pages: &Pages) -> Vec<PageInput> {
    pages
        .iter()
        .map(|(name, bytes)| {
            let reading = reader().read_page(&RawInput { source: name, bytes, meta: Meta::default() });
            PageInput { id: format!("page:{name}"), source: name.clone(), reading }
        })
        .collect()
}

fn sentences(pages: &[PageInput]) -> usize {
    pages.iter().map(|p| p.reading.sentences.len()).sum()
}

/// Compiling the packs: most of the start-up.
#[divan::bench(sample_count = 10)]
fn compile_packs() -> Reader {
    Reader::new(&Packs::baked()).expect("the packs that ship fit")
}

/// Bytes to claims where nearly every sentence is relevant.
#[divan::bench(min_time = 3)]
fn read_conflict_pages(bencher: Bencher<'_, '_>) {
    let pages = pages();
    let count = sentences(&read(&pages));
    bencher.counter(ItemsCount::new(count)).bench_local(|| read(&pages));
}

/// Bytes to claims on general prose, where few sentences are relevant.
#[divan::bench(min_time = 3)]
fn read_general_prose(bencher: Bencher<'_, '_>) {
    let pages = prose_pages(CODE);
    let count = sentences(&read(&pages));
    bencher.counter(ItemsCount::new(count)).bench_local(|| read(&pages));
}

/// Text to sentences and tokens.
#[divan::bench(min_time = 1)]
fn split_sentences(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let count: usize = texts.iter().map(|t| split(t).len()).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| texts.iter().map(|t| split(t).len()).sum::<usize>());
}

/// Sentences to trees; `item/s` are words.
#[divan::bench(min_time = 3)]
fn parse_words(bencher: Bencher<'_, '_>) {
    let texts = texts();
    let split: Vec<(&String, Vec<Sentence>)> = texts.iter().map(|t| (t, split(t))).collect();
    let model = reader().language(CODE).expect("a language that ships").model();
    let mut scratch = Scratch::default();
    let mut run = || {
        let trees = split.iter().flat_map(|(t, all)| all.iter().map(move |s| (t, s)));
        trees.map(|(t, s)| model.parse(t, s, &mut scratch).words.len()).sum::<usize>()
    };
    let words = run();
    bencher.counter(ItemsCount::new(words)).bench_local(run);
}

/// Readings to a dossier; `item/s` are pages.
#[divan::bench(min_time = 1)]
fn cross_check_pages(bencher: Bencher<'_, '_>) {
    let read = read(&pages());
    bencher
        .counter(ItemsCount::new(read.len()))
        .with_inputs(|| read.clone())
        .bench_local_values(|read| recoupe::cross_check(reader(), read, &Options::default()));
}

/// A dossier to JSON; `item/s` are pages.
#[divan::bench(min_time = 1)]
fn write_json_pages(bencher: Bencher<'_, '_>) {
    let read = read(&pages());
    let count = read.len();
    let dossier = recoupe::cross_check(reader(), read, &Options::default());
    let made = Made::default();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut out = Vec::new();
        let source = Source { dossier: &dossier, made: &made, views: false };
        recoupe_wire::write_dossier(source, &mut out, Style::Pretty).expect("memory takes it");
        out.len()
    });
}

fn texts() -> Vec<String> {
    pages().into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

fn split(text: &str) -> Vec<Sentence> {
    let segmenter = reader().language(CODE).expect("a language that ships").segmenter();
    segmenter.sentences(text, Span::new(0, text.len()))
}
