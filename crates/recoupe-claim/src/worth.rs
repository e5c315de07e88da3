//! Which sentences are worth parsing: those that may tell of a conflict, and their neighbours, where a speaker may stand.

/// What a look at the words of a sentence says, before it is parsed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Warmth {
    /// Whether a word may name an act, a toll or armed people; many of them mean other things too.
    pub warm: bool,
    /// Words that hardly stand in texts without a conflict.
    pub sparks: usize,
}

/// Sentences to each side that say what a text is about.
const AROUND: usize = 20;
/// In news of a conflict every second or third sentence has a spark, in general prose one in twenty.
const SPARSE: usize = 6;

/// Which sentences are parsed. In news of a conflict, each that has a word of an act, and its neighbours. In a text where such
/// news is rare, a sentence with two sparks, and what stands beside it.
pub(crate) fn worth_parsing(warmth: &[Warmth]) -> Vec<bool> {
    let around = |i: usize, d: usize| &warmth[i.saturating_sub(d)..warmth.len().min(i + d + 1)];
    (0..warmth.len())
        .map(|i| {
            if !around(i, 1).iter().any(|w| w.warm) {
                return false;
            }
            let near = around(i, AROUND);
            let rare = near.len() > AROUND && near.iter().filter(|w| w.sparks > 0).count() * SPARSE < near.len();
            !rare || around(i, 1).iter().any(|w| w.sparks > 1)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(sparks: &[usize]) -> Vec<Warmth> {
        sparks.iter().map(|s| Warmth { warm: true, sparks: *s }).collect()
    }

    #[test]
    fn news_of_a_conflict_is_parsed_whole() {
        assert!(worth_parsing(&text(&[1, 0, 0, 2, 0, 0, 1, 0])).iter().all(|p| *p));
    }

    #[test]
    fn of_other_prose_only_what_tells_of_one() {
        let mut prose = [0; 100];
        prose[10] = 1;
        prose[50] = 2;
        let parsed = worth_parsing(&text(&prose));
        let which: Vec<usize> = (0..100).filter(|i| parsed[*i]).collect();
        assert_eq!(which, [49, 50, 51]);
    }

    #[test]
    fn an_article_in_a_long_text_counts_for_itself() {
        let mut prose = [0; 200];
        prose[100..112].fill(1);
        assert!(worth_parsing(&text(&prose))[104]);
    }

    #[test]
    fn without_a_word_of_an_act_nothing_is() {
        let cold = [Warmth { warm: false, sparks: 3 }; 4];
        assert_eq!(worth_parsing(&cold), [false; 4]);
    }
}
