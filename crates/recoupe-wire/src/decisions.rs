//! What people decided, as a dossier tells it and as files of decisions hold it.

use serde::{Deserialize, Serialize};

use crate::types::Span;

/// One line of a file of decisions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct DecisionRecord {
    /// One for each decision, made by the writer.
    pub id: String,
    /// Who decided.
    pub author: String,
    /// When: an instant of ISO 8601 with its offset.
    pub time: String,
    /// Why, in plain words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// `same`, `different`, `unsure`, `reject`, `correct`, `merge`, `split`, `confirm`, `revoke`.
    pub kind: String,
    /// Which claims it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<AnchorRecord>,
    /// The field, for `correct` and, where only one is meant, `confirm`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the field should be, for `correct`; `null` takes the value away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
    /// Id of an earlier decision that this one takes back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
}

/// Where a claim stands, and in which words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnchorRecord {
    /// `sha256:…` of the page's bytes.
    pub page: String,
    /// Bytes of the page.
    pub span: Span,
    /// The words there, white space folded.
    pub quote: String,
    /// The claim's `kind`.
    pub role: String,
    /// Its `type`, to tell claims of one sentence apart.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind_of: Option<String>,
    /// Which of several claims that are alike in all this, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
}

/// What became of the decisions of a run; each list in the order of replay.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decisions {
    /// Those that hold.
    pub applied: Vec<Decided>,
    /// Those whose claims were not found.
    pub orphaned: Vec<Decided>,
    /// Those that cannot be obeyed.
    pub impossible: Vec<Decided>,
    /// Those in whose place a later one stands.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub superseded: Vec<Decided>,
    /// Those that a later one takes back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revoked: Vec<Decided>,
}

/// One decision and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Decided {
    /// Its id.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The field it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Who decided.
    pub author: String,
    /// When, in UTC.
    pub time: String,
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Ids of the claims it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<String>,
    /// Why it does not hold: `no_page`, `no_quote`, `no_claim`, `ambiguous`, `no_decision`, `duplicate_id`, `revokes_later`,
    /// `one_claim`, `contradicted`, `rejected`, `no_field`, `unknown_type`, `not_obeyed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The decision that stands against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// Anchors that found no claim, of a decision that holds for the others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostAnchor>,
    /// What it is about, where no claim was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub anchors: Vec<AnchorRecord>,
}

/// An anchor that found no claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LostAnchor {
    /// Its number in the decision, from 0.
    pub anchor: u32,
    /// Why, as in [`Decided::why`].
    pub why: String,
}

/// A field that somebody corrected.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Corrected {
    /// What had been read, in the form the field has; absent where nothing had.
    #[serde(skip_serializing_if = "serde_json::Value::is_null")]
    pub was: serde_json::Value,
    /// Who corrected it.
    pub by: String,
    /// Id of the decision.
    pub decision: String,
}

/// Who confirmed a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    /// The field; absent: the claim as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Who.
    pub by: String,
    /// Id of the decision.
    pub decision: String,
}
