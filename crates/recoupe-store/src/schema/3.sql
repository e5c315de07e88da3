-- Schema 3: what the last cross-check found is kept, so that a new page is compared with what it can touch and with nothing else.
-- Derived, all of it: `recoupe update` makes it, and makes it again.

-- Pages that the kept incidents rest on. `key` is that of their reading; another key, and the page is compared again.
CREATE TABLE checked (
    page INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    -- between which days other pages place it, where it does not say itself
    sibling_from TEXT,
    sibling_to TEXT
) STRICT;

-- Incidents as all pages tell them, in short.
CREATE TABLE incident (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    day_from TEXT,
    day_to TEXT,
    place TEXT,
    -- a number that most ways of writing the place's name have in common
    place_key INTEGER,
    country TEXT,
    lat REAL,
    lon REAL,
    standing TEXT NOT NULL,
    pages INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    killed_low INTEGER,
    killed_high INTEGER,
    background INTEGER NOT NULL,
    planned INTEGER NOT NULL,
    summary INTEGER NOT NULL
) STRICT;

CREATE INDEX incident_day ON incident (day_from);

CREATE INDEX incident_spot ON incident (lat, lon);

CREATE INDEX incident_place ON incident (place_key, day_from);

-- Which claims tell which incident: the twelve hexadecimal digits of a claim's id, as a number.
CREATE TABLE incident_claim (
    claim INTEGER PRIMARY KEY,
    incident INTEGER NOT NULL REFERENCES incident (id) ON DELETE CASCADE,
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE
) STRICT;

CREATE INDEX claim_of_incident ON incident_claim (incident);

CREATE INDEX claim_of_page ON incident_claim (page);

-- A few hashes of each page's word sequences, by which copies find each other.
CREATE TABLE page_print (
    print INTEGER NOT NULL,
    page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
    PRIMARY KEY (print, page)
) STRICT, WITHOUT ROWID;

CREATE INDEX print_of_page ON page_print (page);
