//! `recoupe serve`: the workspace in a browser.

use recoupe_web::{Options, ServeError};

use super::args::Serve;
use super::open as workspace;
use crate::exit::{Failure, Status};
use crate::{packs, pipeline, tell};

/// Serves until the process is asked to end.
pub fn run(args: &Serve) -> Result<Status, Failure> {
    let lang = args.at.lang;
    // Opened and closed again: an older workspace is brought up to date here, and what is wrong with it is told as everywhere.
    let store = workspace(&args.at)?;
    let workspace = store.path().to_owned();
    drop(store);
    let packs = packs::load(&args.packs, lang)?;
    let options = Options {
        workspace,
        address: args.listen,
        hosts: args.hosts.clone(),
        accounts: args.accounts,
        name: args.name.clone().filter(|n| !n.trim().is_empty()).unwrap_or_else(person),
        lang: lang.say("fr", "en"),
    };
    let ready = |address: std::net::SocketAddr| {
        let url = format!("http://{address}/");
        tell::note(&format!("{url}  {}", lang.say("(Ctrl-C pour arrêter)", "(Ctrl-C to stop)")));
        if args.open && ::open::that_detached(&url).is_err() {
            tell::note(
                lang.say("aucun navigateur ne s’ouvre ; ouvrez cette adresse", "no browser opens; open this address"),
            );
        }
    };
    recoupe_web::serve(options, &packs, ready).map(|()| Status::Done).map_err(|e| match e {
        ServeError::Desk(e) => pipeline::failure(&e, lang),
        ServeError::Address(..) => Failure::new(Status::Output, e.to_string()).hint("--listen 127.0.0.1:0"),
        ServeError::NoAccounts => {
            let message = lang.say(
                "d’autres pourraient l’atteindre, et il n’y a aucun compte",
                "others could reach it, and there is no account",
            );
            Failure::new(Status::Usage, message).hint("recoupe user add NAME --role admin")
        }
        ServeError::Stopped(_) => Failure::new(Status::Output, e.to_string()),
    })
}

/// Who uses this machine, as far as it says.
fn person() -> String {
    let name = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|v| std::env::var(v).ok());
    name.filter(|n| !n.trim().is_empty() && !n.contains(['\n', '\0'])).unwrap_or_else(|| "local".to_owned())
}
