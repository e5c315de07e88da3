-- Schema 1 of a Recoupe workspace. docs/workspace.md tells what each column means; it is a promise.

CREATE TABLE about (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Each run of `recoupe add`. `ended` stays empty where it was stopped.
CREATE TABLE intake (
    id INTEGER PRIMARY KEY,
    begun TEXT NOT NULL,
    ended TEXT,
    folder TEXT NOT NULL,
    paths TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
    known INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Bytes as they came, each once.
CREATE TABLE blob (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    zstd BLOB NOT NULL
) STRICT;

CREATE TRIGGER blob_is_evidence BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'the bytes of a page are evidence and are never changed'); END;

CREATE TRIGGER blob_is_needed BEFORE DELETE ON blob WHEN EXISTS (SELECT 1 FROM page WHERE page.blob = old.id)
BEGIN SELECT RAISE(ABORT, 'a page rests on these bytes'); END;

-- One published page: bytes, and what was known about it from outside.
CREATE TABLE page (
    id INTEGER PRIMARY KEY,
    blob INTEGER NOT NULL REFERENCES blob (id),
    url TEXT,
    outlet TEXT,
    published TEXT,
    intake INTEGER NOT NULL REFERENCES intake (id),
    added TEXT NOT NULL
) STRICT;

CREATE INDEX page_blob ON page (blob);

-- Where a page was found, as the path was given; the same page may be found at several.
CREATE TABLE source (
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    intake INTEGER NOT NULL REFERENCES intake (id),
    seen TEXT NOT NULL,
    PRIMARY KEY (page, path)
) STRICT, WITHOUT ROWID;

-- What is searched: made from the bytes and made again by `recoupe rebuild`.
CREATE TABLE page_text (
    page INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    outlet TEXT,
    language TEXT,
    day_from TEXT,
    day_to TEXT
) STRICT;

CREATE VIRTUAL TABLE page_fts USING fts5 (
    title, body,
    content = 'page_text', content_rowid = 'page',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER page_text_added AFTER INSERT ON page_text
BEGIN INSERT INTO page_fts (rowid, title, body) VALUES (new.page, new.title, new.body); END;

CREATE TRIGGER page_text_gone AFTER DELETE ON page_text
BEGIN INSERT INTO page_fts (page_fts, rowid, title, body) VALUES ('delete', old.page, old.title, old.body); END;

CREATE TRIGGER page_text_changed AFTER UPDATE ON page_text
BEGIN
    INSERT INTO page_fts (page_fts, rowid, title, body) VALUES ('delete', old.page, old.title, old.body);
    INSERT INTO page_fts (rowid, title, body) VALUES (new.page, new.title, new.body);
END;

-- Piles of pages about one theme.
CREATE TABLE collection (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    note TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL
) STRICT;

CREATE TABLE collection_page (
    collection INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    added TEXT NOT NULL,
    PRIMARY KEY (collection, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX collection_of_page ON collection_page (page);

-- A question somebody wants to ask again, as JSON.
CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL CHECK (json_valid(query)),
    author TEXT NOT NULL,
    created TEXT NOT NULL
) STRICT;

CREATE TABLE user (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL DEFAULT 'reviewer' CHECK (role IN ('reader', 'reviewer', 'admin')),
    password TEXT,
    created TEXT NOT NULL
) STRICT;

-- What people decided. Entries are only ever added; each carries the hash of the one before it:
-- hash = SHA-256 of 'recoupe.log/1', seq, prev, recorded, author and line, with a line feed between them.
CREATE TABLE decision_log (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    prev TEXT NOT NULL CHECK (length(prev) = 64),
    recorded TEXT NOT NULL CHECK (instr(recorded, char(10)) = 0),
    author TEXT NOT NULL CHECK (instr(author, char(10)) = 0),
    line TEXT NOT NULL CHECK (instr(line, char(10)) = 0),
    hash TEXT NOT NULL CHECK (length(hash) = 64),
    decision TEXT GENERATED ALWAYS AS (line ->> '$.id') VIRTUAL,
    kind TEXT GENERATED ALWAYS AS (line ->> '$.kind') VIRTUAL
) STRICT;

CREATE UNIQUE INDEX decision_id ON decision_log (decision);

CREATE TRIGGER log_only_grows_update BEFORE UPDATE ON decision_log
BEGIN SELECT RAISE(ABORT, 'the log of decisions only grows: decide again instead'); END;

CREATE TRIGGER log_only_grows_delete BEFORE DELETE ON decision_log
BEGIN SELECT RAISE(ABORT, 'the log of decisions only grows: revoke instead'); END;

CREATE TRIGGER log_only_grows_insert BEFORE INSERT ON decision_log
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM decision_log)
    OR new.prev <> coalesce((SELECT hash FROM decision_log ORDER BY seq DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'an entry of the log follows the last one'); END;

-- For people: pages with everything known about them in one row.
CREATE VIEW pages AS
SELECT page.id, 'sha256:' || blob.sha256 AS digest, blob.size,
    (SELECT min(path) FROM source WHERE source.page = page.id) AS source,
    page.url, coalesce(page.outlet, page_text.outlet) AS outlet, page.published,
    page_text.title, page_text.language, page_text.day_from, page_text.day_to, page.added
FROM page JOIN blob ON blob.id = page.blob LEFT JOIN page_text ON page_text.page = page.id;

-- For people: what was decided, in the order it was recorded.
CREATE VIEW decisions AS
SELECT seq, decision, kind, line ->> '$.author' AS author, line ->> '$.time' AS time, line ->> '$.reason' AS reason,
    recorded, line
FROM decision_log;
