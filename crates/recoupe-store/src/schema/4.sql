-- Schema 4: what changed, and which pages a ledger is made of, so that a person sees at once what is new and where to look.
-- Derived, all of it but editions: what was published stays.

-- What updates changed, the last at the end. `before` is the incident as it was (JSON), where there was one.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    incident TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('new', 'changed', 'gone')),
    before TEXT CHECK (before IS NULL OR json_valid(before))
) STRICT;

CREATE INDEX change_of_incident ON change (incident);

-- Which kinds of claims stand on which page: control, agreement, displacement, relation, statement, naming, incident.
CREATE TABLE page_claim (
    kind TEXT NOT NULL,
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    claims INTEGER NOT NULL,
    PRIMARY KEY (kind, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_of_page ON page_claim (page);

-- Who is named on which page, as a party or as a voice: ids as in the packs.
CREATE TABLE page_party (
    party TEXT NOT NULL,
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    -- the neutral name
    name TEXT NOT NULL,
    actor INTEGER NOT NULL,
    target INTEGER NOT NULL,
    voice INTEGER NOT NULL,
    PRIMARY KEY (party, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX parties_of_page ON page_party (page);

CREATE INDEX incident_standing ON incident (standing, day_from);

-- Dossiers that were frozen: what was published, under which number, with which digest.
CREATE TABLE edition (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    log_entries INTEGER NOT NULL,
    log_head TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    -- the dossier as `recoupe.dossier/1`
    zstd BLOB NOT NULL
) STRICT;

CREATE TRIGGER edition_is_final BEFORE UPDATE ON edition
BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;

CREATE TRIGGER edition_stays BEFORE DELETE ON edition
BEGIN SELECT RAISE(ABORT, 'what was published is never taken out'); END;
