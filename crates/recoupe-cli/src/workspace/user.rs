//! `recoupe user`: accounts for those who work from elsewhere.

use std::io::{BufRead, IsTerminal};

use recoupe_store::{Person, Role};
use recoupe_web::people;

use super::args::{User, UserAction};
use super::{open, words};
use crate::args::Lang;
use crate::exit::{Failure, Status};
use crate::{output, tell};

/// Does what was asked.
pub fn run(args: &User) -> Result<Status, Failure> {
    let lang = args.at.lang;
    let fail = |e| words::failure(&e, lang);
    let mut store = open(&args.at)?;
    match &args.action {
        UserAction::Add { name, role, password_stdin } => {
            let password = password(*password_stdin, lang)?;
            let password = people::hash(&password).map_err(|e| Failure::new(Status::Nothing, e.to_string()))?;
            let role = Role::of(role).unwrap_or_default();
            let person = Person { name: name.clone(), role, password: Some(password), ..Person::default() };
            store.set_person(&person).map_err(fail)?;
            if !args.at.quiet {
                tell::note(&format!("{name} ({}) → {}", role.name(), store.path().display()));
            }
        }
        UserAction::List => {
            let all = store.people().map_err(fail)?;
            output::to_stdout(lang, |w| {
                all.iter().try_for_each(|p| writeln!(w, "{}\t{}\t{}", p.name, p.role.name(), p.created))
            })?;
        }
        UserAction::Remove { name } => store.forget_person(name).map_err(fail)?,
        UserAction::Token { name, label } => {
            let secret = people::secret().map_err(|e| Failure::new(Status::Nothing, e.to_string()))?;
            let digest = recoupe_store::digest(secret.as_bytes());
            store.sign_in(name, &digest, label, &people::until(people::YEAR)).map_err(fail)?;
            output::to_stdout(lang, |w| writeln!(w, "{secret}"))?;
        }
    }
    Ok(Status::Done)
}

/// A password, asked for without showing it, or the first line of standard input.
fn password(from_input: bool, lang: Lang) -> Result<String, Failure> {
    let failed = |e: std::io::Error| Failure::new(Status::Nothing, e.to_string());
    let given = if from_input {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).map_err(failed)?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    } else if std::io::stdin().is_terminal() {
        let ask = |fr, en| rpassword::prompt_password(format!("{}: ", lang.say(fr, en))).map_err(failed);
        let first = ask("mot de passe", "password")?;
        if ask("encore une fois", "once more")? != first {
            let message = lang.say("les deux mots de passe diffèrent", "the two passwords differ");
            return Err(Failure::new(Status::Usage, message));
        }
        first
    } else {
        let message = lang.say("aucun terminal pour demander le mot de passe", "no terminal to ask for the password");
        return Err(Failure::new(Status::Usage, message).hint("--password-stdin"));
    };
    if given.chars().count() < people::SHORTEST {
        let n = people::SHORTEST;
        let message = match lang {
            Lang::Fr => format!("le mot de passe doit avoir au moins {n} signes"),
            Lang::En => format!("a password has at least {n} characters"),
        };
        return Err(Failure::new(Status::Usage, message));
    }
    Ok(given)
}
