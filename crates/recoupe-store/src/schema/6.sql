-- Schema 6: how exactly the place of a kept incident is known, and how a page words it.

ALTER TABLE incident ADD COLUMN precision TEXT;

ALTER TABLE incident ADD COLUMN place_said TEXT;

-- The day of a page beside what stands on it, so that the last ones are found without looking at all.
ALTER TABLE page_claim ADD COLUMN day TEXT;

CREATE INDEX page_claim_day ON page_claim (kind, day);

CREATE INDEX incident_news ON incident (day_from) WHERE NOT background AND NOT planned AND NOT summary;

CREATE INDEX incident_news_standing ON incident (standing, day_from) WHERE NOT background AND NOT planned AND NOT summary;

CREATE INDEX incident_news_country ON incident (country, day_from) WHERE NOT background AND NOT planned AND NOT summary;

CREATE INDEX incident_news_type ON incident (type, day_from) WHERE NOT background AND NOT planned AND NOT summary;

-- Who published what, to find the incidents of an outlet.
CREATE INDEX page_text_outlet ON page_text (outlet);
