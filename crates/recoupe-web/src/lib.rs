//! A workspace in the browser: sources side by side, decisions, publishing.
//!
//! Every page is made on the server and works without a script; every list has its address, and the same address with `.json` for programs.
//! What is shown is always the dossier of a few pages, made when somebody looks: nothing is kept here that the workspace does not keep.
//! Pages are hostile text: every word of theirs is escaped, nothing is loaded from elsewhere, and the raw bytes are only ever handed out as a
//! file of plain text.

mod app;
mod assets;
mod caller;
mod decide;
mod drawn;
mod error;
mod frame;
mod guard;
mod line;
pub mod people;
mod shown;
mod view;
mod words;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use recoupe::{Packs, Table};
use recoupe_desk::{DeskError, Session};
use recoupe_export::rows::{Codes, TypeCodes};
use recoupe_page::PageReader;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use app::App;
pub use error::Oops;

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The workspace, or what reads pages.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// The address cannot be had.
    #[error("{0}: {1}")]
    Address(SocketAddr, std::io::Error),
    /// Others could reach it, and there is no account.
    #[error("no accounts")]
    NoAccounts,
    /// The server stopped.
    #[error(transparent)]
    Stopped(#[from] std::io::Error),
}

/// What is served, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace's file.
    pub workspace: PathBuf,
    /// Where to listen. On the machine itself nobody signs in; elsewhere everybody does.
    pub address: SocketAddr,
    /// Names by which browsers may ask for it, beside its own addresses: those of a proxy before it.
    pub hosts: Vec<String>,
    /// Whether to ask for accounts on the machine itself too, as behind a proxy.
    pub accounts: bool,
    /// The name that decisions carry where nobody signs in.
    pub name: String,
    /// Language where the browser asks for none that the interface speaks.
    pub lang: &'static str,
}

/// Serves a workspace until the process is asked to end; what was begun is answered first. `ready` is called with the address once it can be
/// asked.
pub fn serve(options: Options, packs: &Packs, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let alone = options.address.ip().is_loopback() && !options.accounts;
    let app = open(&options, packs, alone)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let address = options.address;
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|e| ServeError::Address(address, e))?;
        ready(listener.local_addr()?);
        let service = router(Arc::new(app)).into_make_service_with_connect_info::<SocketAddr>();
        Ok(axum::serve(listener, service).with_graceful_shutdown(stopped()).await?)
    })
}

/// Until somebody asks the process to end.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut term) = signal(SignalKind::terminate()) {
            tokio::select! { _ = interrupt => {}, _ = term.recv() => {} }
            return;
        }
    }
    let _ = interrupt.await;
}

fn open(options: &Options, packs: &Packs, alone: bool) -> Result<App, ServeError> {
    let session = Session::new(packs, None)?;
    let cleaner = PageReader::load(packs).map_err(DeskError::Pack)?;
    let codes = codes(session.table());
    let mut app = App::open(options.workspace.clone(), session, cleaner, codes)?;
    if !alone && !app.has_people()? {
        return Err(ServeError::NoAccounts);
    }
    app.alone = alone;
    app.name.clone_from(&options.name);
    app.lang = options.lang;
    app.hosts.clone_from(&options.hosts);
    if !options.address.ip().is_unspecified() {
        app.hosts.push(options.address.ip().to_string());
    }
    Ok(app)
}

/// What other schemes call the types of incidents, from the domain pack.
pub fn codes(table: &Table) -> Codes {
    let one = table.kinds().map(|k| {
        let (plover, cameo, acled) = (k.plover.clone(), k.cameo.clone(), k.acled.clone());
        (k.id.clone(), TypeCodes { plover, cameo, acled, ucdp: k.ucdp.clone() })
    });
    one.collect()
}

fn router(app: Arc<App>) -> Router {
    use view::{
        add, api, claim, history, incident, incidents, ledgers, overview, page, parties, people, publish, review,
        search,
    };
    Router::new()
        .route("/", get(overview::show))
        .route("/incidents", get(incidents::show))
        .route("/incidents.json", get(incidents::json))
        .route("/incidents/{name}", get(incident::show))
        .route("/incidents/{name}/decide", post(decide::incident))
        .route("/pages", get(view::pages::show))
        .route("/pages.json", get(view::pages::json))
        .route("/pages/{number}", get(page::show))
        .route("/pages/{number}/raw", get(page::raw))
        .route("/pages/{number}/claims/{id}", get(claim::show))
        .route("/pages/{number}/claims/{id}/decide", post(decide::claim))
        .route("/decisions/{id}/revoke", post(decide::take_back))
        .route("/review", get(review::show))
        .route("/review.json", get(review::json))
        .route("/review/next", get(review::next))
        .route("/ledgers/{name}", get(ledgers::show))
        .route("/parties", get(parties::list))
        .route("/parties.json", get(parties::json))
        .route("/parties/{*id}", get(parties::show))
        .route("/search", get(search::show))
        .route("/search.json", get(search::json))
        .route("/history", get(history::show))
        .route("/history.json", get(history::json))
        .route("/history.jsonl", get(history::file))
        .route("/publish", get(publish::show).post(publish::publish))
        .route("/published/{number}", get(publish::published))
        .route("/published/{number}/{file}", get(publish::file))
        .route("/add", get(add::show).post(add::take).layer(DefaultBodyLimit::max(add::BYTES)))
        .route("/update", post(add::update))
        .route("/looked", post(add::looked))
        .route("/people", get(people::show).post(people::change))
        .route("/people/forget", post(people::forget))
        .route("/sign-in", post(people::sign_in))
        .route("/sign-out", post(people::sign_out))
        .route("/lang/{lang}", post(people::language))
        .route("/api", get(api::show))
        .route("/api/openapi.json", get(api::openapi))
        .route("/assets/{name}", get(assets::asset))
        .fallback(|| async { Oops::NotFound })
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(Oops::Defect)))
        .layer(from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(CompressionLayer::new().quality(tower_http::CompressionLevel::Fastest))
        .with_state(app)
}
