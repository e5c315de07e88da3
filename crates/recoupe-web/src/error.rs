//! What went wrong with a request, as an answer.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use recoupe_desk::DeskError;
use recoupe_store::{ErrorKind, StoreError};

/// What went wrong with a request. The page that tells it is made where the language is known, in `frame`.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Oops {
    /// There is no such thing.
    #[error("not found")]
    NotFound,
    /// What was asked for makes no sense; with the key of the message that says why.
    #[error("{0}")]
    Bad(&'static str),
    /// One has to sign in first.
    #[error("sign in")]
    SignIn,
    /// One may not do that.
    #[error("not allowed")]
    Forbidden,
    /// It came from another site, or under a name this is not.
    #[error("elsewhere")]
    Elsewhere,
    /// Too many attempts.
    #[error("too many attempts")]
    TooMany,
    /// Another decision came first.
    #[error("stale")]
    Stale,
    /// The workspace said no: which file, and why.
    #[error("{0}")]
    Workspace(String),
    /// The workspace is busy with another change.
    #[error("busy")]
    Busy,
    /// The server is going down.
    #[error("closed")]
    Closed,
    /// A defect of the program.
    #[error("defect")]
    Defect,
}

impl Oops {
    /// The status it is answered with.
    pub fn status(&self) -> StatusCode {
        match self {
            Oops::NotFound => StatusCode::NOT_FOUND,
            Oops::Bad(_) => StatusCode::BAD_REQUEST,
            Oops::SignIn => StatusCode::UNAUTHORIZED,
            Oops::Forbidden | Oops::Elsewhere => StatusCode::FORBIDDEN,
            Oops::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Oops::Stale => StatusCode::CONFLICT,
            Oops::Busy | Oops::Closed => StatusCode::SERVICE_UNAVAILABLE,
            Oops::Workspace(_) | Oops::Defect => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of the message that tells it.
    pub fn key(&self) -> &'static str {
        match self {
            Oops::NotFound => "oops.not_found",
            Oops::Bad(key) => key,
            Oops::SignIn => "oops.sign_in",
            Oops::Forbidden => "oops.forbidden",
            Oops::Elsewhere => "oops.elsewhere",
            Oops::TooMany => "oops.too_many",
            Oops::Stale => "oops.stale",
            Oops::Workspace(_) => "oops.workspace",
            Oops::Busy => "oops.busy",
            Oops::Closed => "oops.closed",
            Oops::Defect => "oops.defect",
        }
    }
}

impl From<StoreError> for Oops {
    fn from(e: StoreError) -> Self {
        match e.kind {
            ErrorKind::Locked => Oops::Busy,
            ErrorKind::Query(_) => Oops::Bad("oops.query"),
            ErrorKind::Decision { .. } => Oops::Bad("oops.decision"),
            ErrorKind::Unknown(_) => Oops::NotFound,
            _ => Oops::Workspace(e.to_string()),
        }
    }
}

impl From<DeskError> for Oops {
    fn from(e: DeskError) -> Self {
        match e {
            DeskError::Store(e) => e.into(),
            other => Oops::Workspace(other.to_string()),
        }
    }
}

impl IntoResponse for Oops {
    fn into_response(self) -> Response {
        let mut answer = self.status().into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}
