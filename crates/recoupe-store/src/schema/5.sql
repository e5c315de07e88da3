-- Schema 5: people who work on it from elsewhere, and what they decided about.

-- One more role than before: editors publish.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE CHECK (length(trim(name)) > 0 AND instr(name, char(10)) = 0),
    role TEXT NOT NULL DEFAULT 'reviewer' CHECK (role IN ('reader', 'reviewer', 'editor', 'admin')),
    -- a hash of Argon2id in PHC form; without one nobody signs in under this name
    password TEXT,
    created TEXT NOT NULL
) STRICT;

INSERT INTO person (id, name, role, password, created) SELECT id, name, role, password, created FROM user;

DROP TABLE user;

ALTER TABLE person RENAME TO user;

-- Who is signed in, and tokens for programs. The secret itself is nowhere.
CREATE TABLE session (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    user INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
    -- what a token is for; empty for a browser
    label TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL,
    expires TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every attempt to sign in.
CREATE TABLE sign_in (
    at TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    ok INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_at ON sign_in (at);

-- Whether people decided anything about an incident's claims.
ALTER TABLE incident ADD COLUMN decided INTEGER NOT NULL DEFAULT 0;

CREATE INDEX incident_queue ON incident (decided, standing, day_from);

-- What each person has seen of the changes.
CREATE TABLE looked (
    name TEXT PRIMARY KEY,
    change INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
