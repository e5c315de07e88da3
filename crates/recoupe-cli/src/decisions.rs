//! Files of decisions in, and what became of each decision out.

use std::path::{Path, PathBuf};

use recoupe::decisions::{Decision, Fate, Why};
use recoupe_wire::decision_file::{self, LineError};

use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::tell;

/// Reads all files. One line that does not fit stops the command: a decision is never left out silently.
pub fn load(files: &[PathBuf], lang: Lang) -> Result<Vec<Decision>, Failure> {
    let mut out = Vec::new();
    for file in files {
        match decision_file::read(&text(file, lang)?) {
            Ok(list) => out.extend(list.into_iter().map(|d| d.1)),
            Err(bad) => return Err(ill_formed(&file.display().to_string(), &bad)),
        }
    }
    Ok(out)
}

/// The text of a file of decisions.
pub fn text(file: &Path, lang: Lang) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|e| {
        let reason = match e.kind() {
            std::io::ErrorKind::NotFound => lang.say("introuvable", "no such file").to_owned(),
            std::io::ErrorKind::InvalidData => lang.say("n’est pas de l’UTF-8", "is not UTF-8").to_owned(),
            _ => e.to_string(),
        };
        Failure::new(Status::Decisions, format!("{}: {reason}", file.display()))
    })
}

/// Tells every line that does not fit; the first is the failure.
pub fn ill_formed(name: &str, bad: &[LineError]) -> Failure {
    let rest = bad.iter().skip(1);
    rest.for_each(|e| tell::problem(&format!("{name}:{}", e.line), &e.message, None));
    let first = bad.first().map(|e| format!("{name}:{}: {}", e.line, e.message));
    Failure::new(Status::Decisions, first.unwrap_or_else(|| name.to_owned())).hint("docs/decisions-format.md")
}

/// Tells of every decision that has no effect, or not all of it. Those about pages that are not read here are counted only: a file of
/// decisions may serve many piles of pages.
pub fn tell(fates: &[(Decision, Fate)], lang: Lang) {
    let mut elsewhere = 0;
    for (d, fate) in fates {
        let subject = format!("{} {}", lang.say("décision", "decision"), d.id);
        match fate {
            Fate::Orphaned(Why::NoPage) => elsewhere += 1,
            Fate::Orphaned(why) => {
                let words = d.anchors.first().map_or(String::new(), |a| shortened(&a.quote));
                let reason = format!("{}{}", lang.say("sans objet\u{a0}: ", "orphaned: "), reason(*why, lang));
                tell::problem(&subject, &reason, Some(&words).filter(|w| !w.is_empty()).map(String::as_str));
            }
            Fate::Impossible(why, by) => {
                let against = by.as_ref().map_or(String::new(), |by| format!(" ({by})"));
                let head = lang.say("impossible\u{a0}: ", "impossible: ");
                tell::problem(&subject, &format!("{head}{}{against}", reason(*why, lang)), None);
            }
            Fate::Applied { lost, .. } if !lost.is_empty() => {
                let head = lang.say("appliquée en partie\u{a0}: ", "applied in part: ");
                let why: Vec<String> =
                    lost.iter().map(|(n, why)| format!("{} ({})", reason(*why, lang), n + 1)).collect();
                tell::problem(&subject, &format!("{head}{}", why.join(", ")), None);
            }
            Fate::Applied { .. } | Fate::Superseded(_) | Fate::Revoked(_) => {}
        }
    }
    if elsewhere > 0 {
        tell::note(&match lang {
            Lang::Fr => format!("{elsewhere} décision(s) sur des pages qui ne sont pas lues ici"),
            Lang::En => format!("{elsewhere} decision(s) about pages that are not read here"),
        });
    }
}

/// The first words of a quotation, control characters left out.
fn shortened(quote: &str) -> String {
    let mut out: String = quote.chars().filter(|c| !c.is_control()).take(80).collect();
    if out.len() < quote.len() {
        out.push('…');
    }
    out
}

fn reason(why: Why, lang: Lang) -> &'static str {
    match why {
        Why::NoPage => lang.say("la page n’est pas lue ici", "its page is not read here"),
        Why::NoQuote => lang.say("ses mots ne sont pas sur la page", "its words are not on the page"),
        Why::NoClaim => lang.say("rien de tel n’est lu dans cette phrase", "no such claim is read from the sentence"),
        Why::Ambiguous => lang.say("plusieurs énoncés conviennent", "several claims fit"),
        Why::NoDecision => lang.say("la décision à retirer n’existe pas", "there is no such decision to take back"),
        Why::DuplicateId => lang.say("une autre décision porte cet identifiant", "another decision has this id"),
        Why::RevokesLater => lang.say("elle retire une décision plus tardive", "it takes back a later decision"),
        Why::OneClaim => lang.say("ses ancres désignent un seul énoncé", "its anchors stand for one claim"),
        Why::Contradicted => lang.say("une décision plus tardive dit le contraire", "a later decision says otherwise"),
        Why::Rejected => lang.say("l’énoncé est rejeté", "the claim is rejected"),
        Why::NoField => lang.say("l’énoncé n’a pas ce champ", "the claim has no such field"),
        Why::UnknownType => lang.say("type inconnu", "unknown type"),
        Why::NotObeyed => lang.say(
            "ces énoncés ne disent aucun incident, ou une autre décision s’y oppose",
            "its claims tell no incident, or another decision stands in the way",
        ),
    }
}
