//! Search: accents, phrases, beginnings, what must not be there.

mod common;

use common::{add, page, workspace};
use recoupe_store::{ErrorKind, Marks, Store};

const MARKS: Marks<'_> = Marks { open: "[", close: "]" };

fn found(store: &Store, question: &str) -> Vec<String> {
    let (hits, all) = store.search(question, None, 10, MARKS).expect("searched");
    assert_eq!(all as usize, hits.len());
    hits.into_iter().map(|h| h.source).collect()
}

#[test]
fn pages_are_found_by_their_words() {
    let (_dir, _, mut store) = workspace();
    add(
        &mut store,
        &[
            page("a", "Idleb\nDeux soldats turcs ont été tués dans une frappe aérienne, selon l’armée."),
            page("b", "Alep\nUne frappe a visé un poste d'observation. L'aviation aérienne n'y est pour rien."),
            page("c", "Accord sur les tués\nMoscou et Ankara."),
        ],
    );
    let is = |q: &str, expected: &[&str]| {
        let mut f = found(&store, q);
        f.sort();
        assert_eq!(f, expected, "{q}");
    };
    is("TUES", &["a", "c"]);
    is("tués idleb", &["a"]);
    is("\"frappe aerienne\"", &["a"]);
    is("« frappe aérienne »", &["a"]);
    is("frappe -aérienne", &[]);
    is("frappe -idleb", &["b"]);
    is("armee", &["a"]);
    is("observ*", &["b"]);
    is("idleb OR ankara", &["a", "c"]);
    is("nulle-part", &[]);
    // A word of the title weighs more.
    assert_eq!(found(&store, "tués"), ["c", "a"]);
    let hit = &store.search("turcs", None, 1, MARKS).expect("searched").0[0];
    assert!(hit.passage.starts_with("Deux soldats [turcs] ont été"), "{}", hit.passage);
    assert!(matches!(store.search("-non", None, 1, MARKS).expect_err("no word").kind, ErrorKind::Query(_)));
    store.collect("alep", &[2]).expect("collected");
    assert_eq!(store.search("frappe", Some("alep"), 10, MARKS).expect("searched").0.len(), 1);
}
