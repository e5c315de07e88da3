//! What the store says, in the person's language.

use recoupe_store::{Check, ErrorKind, Fault, Finding, StoreError};

use crate::args::Lang;
use crate::exit::{Failure, Status};

/// An error of the store as the end of a command: the file, the reason, what may help.
pub fn failure(e: &StoreError, lang: Lang) -> Failure {
    let (status, reason, hint) = said(&e.kind, lang);
    let failure = match &e.kind {
        // Of a decision the line in the file of decisions is named by the caller.
        ErrorKind::Query(_) => Failure::new(status, reason),
        _ => Failure::new(status, format!("{}: {reason}", e.path.display())),
    };
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn said(kind: &ErrorKind, lang: Lang) -> (Status, String, Option<&'static str>) {
    let fixed = |fr: &str, en: &str| lang.say(fr, en).to_owned();
    match kind {
        ErrorKind::NotFound => (Status::Workspace, fixed("introuvable", "no such file"), Some("recoupe init")),
        ErrorKind::Exists => (
            Status::Output,
            fixed("existe déjà", "exists already"),
            Some(lang.say(
                "prenez un autre nom ; restore et backup ont --replace",
                "take another name; restore and backup have --replace",
            )),
        ),
        ErrorKind::NotAWorkspace(what) => (
            Status::Workspace,
            format!("{} ({what})", lang.say("n’est pas un espace de travail Recoupe", "is no workspace of Recoupe")),
            Some(lang.say("recoupe init en fait un nouveau", "recoupe init makes a new one")),
        ),
        ErrorKind::Newer { found, known } => {
            let what = lang.say("vient d’un Recoupe plus récent", "was written by a newer Recoupe");
            let rest = format!("{what} (schema {found} > {known})");
            (Status::Workspace, rest, Some(lang.say("mettez Recoupe à jour", "upgrade Recoupe")))
        }
        ErrorKind::Older { found } => {
            let what =
                lang.say("a un schéma plus ancien et ne peut être écrit", "has an older schema and cannot be written");
            let hint = lang.say("copiez-le où l’on peut écrire", "copy it to where it can be written");
            (Status::Workspace, format!("{what} (schema {found})"), Some(hint))
        }
        ErrorKind::Locked => (
            Status::Workspace,
            fixed("un autre processus y écrit", "another process is writing to it"),
            Some(lang.say("réessayez, ou attendez plus longtemps : --wait 60", "try again, or wait longer: --wait 60")),
        ),
        ErrorKind::ReadOnly => (
            Status::Output,
            fixed("écriture impossible (lecture seule)", "cannot be written (read-only)"),
            Some(lang.say(
                "vérifiez les droits du fichier et de son dossier",
                "look at the permissions of the file and its folder",
            )),
        ),
        ErrorKind::Full => (
            Status::Output,
            fixed("le disque est plein", "the disk is full"),
            Some(lang.say(
                "ce qui était confirmé est gardé ; faites de la place et relancez la commande",
                "what was acknowledged is kept; make room and run the command again",
            )),
        ),
        ErrorKind::Damaged(what) => (
            Status::Workspace,
            format!("{} ({what})", lang.say("est endommagé", "is damaged")),
            Some("recoupe doctor · recoupe restore"),
        ),
        ErrorKind::Decision { line, message } => {
            (Status::Decisions, format!("{line}: {message}"), Some("docs/decisions-format.md"))
        }
        ErrorKind::Unknown(what) => {
            (Status::Usage, format!("{} {what}", lang.say("n’a pas de", "has no")), Some("recoupe status"))
        }
        ErrorKind::Query(what) => {
            let fr = "une recherche demande un mot qui doit y être";
            let said = if what.contains("search") { lang.say(fr, what).to_owned() } else { what.clone() };
            (Status::Usage, said, None)
        }
        ErrorKind::Other(what) => (Status::Workspace, what.clone(), None),
    }
}

/// What is wrong with the log.
pub fn fault(f: &Fault, lang: Lang) -> String {
    let fr = lang == Lang::Fr;
    match f {
        Fault::Number { seq, expected } if fr => format!("entrée {seq} : le numéro {expected} était attendu"),
        Fault::Number { seq, expected } => format!("entry {seq}: number {expected} was expected"),
        Fault::Chain(n) if fr => format!("entrée {n} : ne suit pas la précédente"),
        Fault::Chain(n) => format!("entry {n}: does not follow the one before"),
        Fault::Hash(n) if fr => format!("entrée {n} : n’est plus ce qui a été enregistré"),
        Fault::Hash(n) => format!("entry {n}: is no longer what was recorded"),
        Fault::Unreadable { after, message } if fr => format!("après l’entrée {after} : illisible ({message})"),
        Fault::Unreadable { after, message } => format!("after entry {after}: cannot be read ({message})"),
        Fault::End { noted, found } if fr => {
            format!("le journal finit à l’entrée {found}, autrement que noté (entrée {noted})")
        }
        Fault::End { noted, found } => format!("the log ends at entry {found}, other than noted (entry {noted})"),
        Fault::Table(message) if fr => format!("la table du journal est endommagée ({message})"),
        Fault::Table(message) => format!("the table of the log is damaged ({message})"),
        Fault::Absent(hash) if fr => format!("l’empreinte {hash} n’est pas dans le journal"),
        Fault::Absent(hash) => format!("the hash {hash} is not in the log"),
    }
}

/// What was looked at.
pub fn check(c: Check, lang: Lang) -> &'static str {
    match c {
        Check::File => lang.say("fichier", "file"),
        Check::Log => lang.say("journal des décisions", "log of decisions"),
        Check::Bytes => lang.say("octets des pages", "bytes of the pages"),
        Check::Index => lang.say("index des mots", "index of words"),
        Check::Texts => lang.say("textes à chercher", "texts to search"),
        Check::Orphans => lang.say("octets sans page", "bytes without a page"),
    }
}

/// What was found, and what may help.
pub fn finding(f: &Finding, lang: Lang) -> (String, &'static str) {
    let what = f.fault.as_ref().map_or_else(|| f.detail.clone(), |x| fault(x, lang));
    let hint = match f.check {
        Check::File | Check::Log | Check::Bytes => "recoupe restore",
        Check::Index | Check::Texts => "recoupe rebuild",
        Check::Orphans => "recoupe vacuum",
    };
    (what, hint)
}
