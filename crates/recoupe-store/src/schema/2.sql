-- Schema 2: readings are kept, so that only pages are read again whose bytes, packs or reading program changed.

-- Derived, private to the program that wrote it, and thrown away when `key` is another.
CREATE TABLE reading (
    page INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    zstd BLOB NOT NULL
) STRICT;
