use recoupe_text::{Segmenter, Span};

use super::*;

fn parsed(text: &str) -> Vec<(Sentence, Tree)> {
    let rules = include_str!("../../../../packs/lang/fr/segment.toml");
    let segmenter = Segmenter::new(toml::from_str(rules).expect("segment.toml reads"));
    let model = baked("fr").expect("the model is baked in");
    let mut scratch = Scratch::default();
    let sentences = segmenter.sentences(text, Span::new(0, text.len()));
    sentences.into_iter().map(|s| (s.clone(), model.parse(text, &s, &mut scratch))).collect()
}

fn word<'a>(tree: &'a Tree, form: &str) -> (usize, &'a Word) {
    tree.words.iter().enumerate().find(|(_, w)| w.form == form).expect(form)
}

#[test]
fn a_passive_has_its_subject_and_its_agent() {
    let (_, tree) = parsed("Un convoi a été touché par des tirs d'obus.").remove(0);
    let (verb, touched) = word(&tree, "touché");
    assert_eq!((touched.dep, touched.lemma.as_str(), touched.upos), (Dep::Root, "toucher", Upos::Verb));
    let (_, subject) = word(&tree, "convoi");
    assert_eq!((subject.head, subject.dep, subject.sub), (Some(verb as u32), Dep::Nsubj, Sub::Pass));
    let (_, agent) = word(&tree, "tirs");
    assert_eq!((agent.head, agent.dep, agent.sub), (Some(verb as u32), Dep::Obl, Sub::Agent));
}

#[test]
fn contractions_are_opened_and_share_their_token() {
    let (sentence, tree) = parsed("Le chef du parti parle aux rebelles.").remove(0);
    let (i, _) = word(&tree, "parti");
    let (de, le) = (&tree.words[i - 2], &tree.words[i - 1]);
    assert_eq!((de.form.as_str(), le.form.as_str(), de.token), ("de", "le", le.token));
    assert_eq!(de.span, sentence.tokens[2].span);
}

#[test]
fn lemmas_of_verbs_the_treebanks_lack() {
    for (text, form, lemma) in [
        ("Les rebelles abattirent un hélicoptère.", "abattirent", "abattre"),
        ("Ils bombardaient la ville.", "bombardaient", "bombarder"),
        ("Trois soldats ont péri.", "péri", "périr"),
        ("Les troupes assiègent la ville.", "assiègent", "assiéger"),
        ("Les frappes détruisirent un pont.", "détruisirent", "détruire"),
        ("L'armée s'empara du village.", "empara", "emparer"),
    ] {
        let (_, tree) = parsed(text).remove(0);
        assert_eq!(word(&tree, form).1.lemma, lemma, "{text}");
    }
}

#[test]
fn every_tree_has_one_root_and_no_cycle() {
    let long = format!("Les {} sont là.", "chars, les obus et les ".repeat(150));
    for text in [long.as_str(), "?", "سوريا 👩‍🚒 x", "1 800 morts", "Du du des DES au", "«", "a\u{301}\u{ad}b"]
    {
        for (sentence, tree) in parsed(text) {
            let n = tree.words.len();
            assert_eq!(tree.words.iter().filter(|w| w.head.is_none() && w.dep == Dep::Root).count(), 1, "{text}");
            for (i, w) in tree.words.iter().enumerate() {
                assert!((w.token as usize) < sentence.tokens.len());
                let (mut at, mut steps) = (i, 0);
                while let Some(h) = tree.words[at].head {
                    at = h as usize;
                    steps += 1;
                    assert!(steps <= n, "{text}");
                }
            }
        }
    }
}

#[test]
fn conllu_tells_ranges_and_offsets() {
    let text = "Il vient du Sud.";
    let out = crate::conllu::write(text, &parsed(text));
    assert!(out.contains("# text = Il vient du Sud.\n"), "{out}");
    assert!(out.contains("3-4\tdu\t_\t_\t_\t_\t_\t_\t_\tTokenRange=9:11\n"), "{out}");
    assert!(out.contains("SpaceAfter=No|TokenRange=12:15"), "{out}");
    assert_eq!(out.lines().filter(|l| l.contains('\t')).count(), 7, "{out}");
}

#[test]
fn damaged_bytes_are_an_error() {
    assert!(Model::from_bytes(b"").is_err());
    assert!(Model::from_bytes(b"recoupe-syntax/1\n").is_err());
    let (_, bytes) = BAKED[0];
    for cut in [18, 100, 1000, bytes.len() / 2, bytes.len() - 1] {
        assert!(Model::from_bytes(&bytes[..cut]).is_err());
    }
}
