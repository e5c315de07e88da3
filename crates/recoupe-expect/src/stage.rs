//! What part of the reading is looked at.

/// What part of the reading is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Title, date, outlet, dropped parts.
    Page,
    /// Where sentences begin and end.
    Sentences,
    /// Where tokens begin and end.
    Tokens,
    /// Counts.
    Numbers,
    /// Dates.
    Times,
    /// Who is named.
    Parties,
    /// Where things are said to be.
    Places,
    /// What each sentence says happened.
    #[default]
    Claims,
    /// What many pages say happened.
    Incidents,
    /// Who calls whom what.
    Namings,
    /// Who holds what.
    Control,
    /// Agreements and alleged breaches.
    Agreements,
    /// People who fled.
    Displacement,
    /// Who stands how to whom.
    Relations,
    /// Pages that go back to one text.
    Origins,
}

/// Every stage by its name in the files.
pub const STAGES: [(&str, Stage); 15] = [
    ("page", Stage::Page),
    ("sentences", Stage::Sentences),
    ("tokens", Stage::Tokens),
    ("numbers", Stage::Numbers),
    ("times", Stage::Times),
    ("parties", Stage::Parties),
    ("places", Stage::Places),
    ("claims", Stage::Claims),
    ("incidents", Stage::Incidents),
    ("namings", Stage::Namings),
    ("control", Stage::Control),
    ("agreements", Stage::Agreements),
    ("displacement", Stage::Displacement),
    ("relations", Stage::Relations),
    ("origins", Stage::Origins),
];
