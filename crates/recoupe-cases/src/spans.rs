//! Nothing without its sentence: every span of every value of a dossier must quote its page.

use std::collections::{BTreeMap, BTreeSet};

use recoupe_expect::Run;
use recoupe_wire::{Page, Span, View};
use serde_json::{Map, Value};

/// How many spans were looked at, and what is wrong with those that do not hold.
#[derive(Clone, Debug, Default)]
pub struct Walked {
    /// All spans.
    pub spans: usize,
    /// Spans with words beside them.
    pub quotes: usize,
    /// What does not hold, with the way to the value.
    pub problems: Vec<String>,
}

/// Walks a whole dossier. `run.dossier` must carry views where pages are HTML.
pub fn walk(run: &Run) -> Walked {
    let mut walker = Walker {
        texts: run.texts.iter().map(|(id, text)| (id.as_str(), text.as_str())).collect(),
        pages: run.dossier.pages.iter().map(|p| (p.id.as_str(), p)).collect(),
        claims: run.dossier.claims.iter().map(|c| c.id.as_str()).collect(),
        walked: Walked::default(),
    };
    let Ok(dossier) = serde_json::to_value(&run.dossier) else { return Walked::default() };
    for (key, list) in dossier.as_object().into_iter().flatten() {
        for (i, value) in list.as_array().into_iter().flatten().enumerate() {
            // A page is the page of what it holds; everything else names its page.
            let page = if key == "pages" { text(value, "id") } else { None };
            walker.value(value, page, &format!("{key}[{i}]"));
        }
    }
    walker.walked
}

struct Walker<'a> {
    texts: BTreeMap<&'a str, &'a str>,
    pages: BTreeMap<&'a str, &'a Page>,
    claims: BTreeSet<&'a str>,
    walked: Walked,
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

impl Walker<'_> {
    fn value(&mut self, value: &Value, page: Option<&str>, way: &str) {
        match value {
            Value::Object(map) => {
                let page = text(value, "page").or(page);
                if let Some(span) = map.get("span") {
                    self.walked.spans += 1;
                    if let Err(e) = self.span(map, span, page) {
                        self.walked.problems.push(format!("{way}: {e}"));
                    }
                }
                if let Some(Value::Array(ids)) = map.get("claims") {
                    self.rests(map, ids, way);
                }
                for (key, v) in map.iter().filter(|(k, _)| *k != "view") {
                    self.value(v, page, &format!("{way}.{key}"));
                }
            }
            Value::Array(list) => {
                for (i, v) in list.iter().enumerate() {
                    self.value(v, page, &format!("{way}[{i}]"));
                }
            }
            _ => {}
        }
    }

    /// What rests on claims names some, and only claims that are there.
    fn rests(&mut self, map: &Map<String, Value>, ids: &[Value], way: &str) {
        // an origin or an incident of whole pages may have none; a value never
        let value = ["value", "min", "max", "low", "high", "state", "holder", "rule", "began"]
            .iter()
            .any(|k| map.contains_key(*k));
        if ids.is_empty() && value {
            self.walked.problems.push(format!("{way}: a value without a claim"));
        }
        for id in ids.iter().filter_map(Value::as_str).filter(|id| !self.claims.contains(id)) {
            self.walked.problems.push(format!("{way}: no claim {id}"));
        }
    }

    fn span(&mut self, map: &Map<String, Value>, span: &Value, page: Option<&str>) -> Result<(), String> {
        let span: Span = serde_json::from_value(span.clone()).map_err(|e| e.to_string())?;
        let id = page.ok_or("no page")?;
        let whole = self.texts.get(id).ok_or_else(|| format!("no page {id}"))?;
        let slice = whole
            .get(span.start as usize..span.end as usize)
            .ok_or_else(|| format!("{}..{} does not fit the page", span.start, span.end))?;
        let said = ["quote", "term", "text"].iter().find_map(|k| map.get(*k).and_then(Value::as_str));
        let Some(said) = said else { return Ok(()) };
        self.walked.quotes += 1;
        let visible = match self.pages.get(id) {
            Some(p) if p.html => p.view.as_ref().map_or_else(String::new, |v| seen(v, span)),
            _ => slice.to_owned(),
        };
        // A name is given as a word: where the page breaks it over a line with a hyphen, the name has none.
        let joined = map.contains_key("term") && squeeze(&visible).replace("- ", "") == squeeze(said);
        if squeeze(&visible) == squeeze(said) || joined {
            Ok(())
        } else {
            Err(format!("“{said}” is not what stands at {}..{}: “{}”", span.start, span.end, squeeze(&visible)))
        }
    }
}

/// The visible text that stands for a span of an HTML page.
fn seen(view: &View, span: Span) -> String {
    if view.map.is_empty() {
        return view.text.get(span.start as usize..span.end as usize).unwrap_or_default().to_owned();
    }
    let mut out = String::new();
    for [text, text_len, page, page_len] in &view.map {
        let (start, end) = (span.start.max(*page), span.end.min(page + page_len));
        // Equal lengths map byte by byte, others (an entity, a tag) only as a whole.
        let (from, to) = if start >= end {
            continue;
        } else if text_len == page_len {
            (text + start - page, text + end - page)
        } else {
            (*text, text + text_len)
        };
        out.push_str(view.text.get(from as usize..to as usize).unwrap_or_default());
    }
    out
}

fn squeeze(s: &str) -> String {
    s.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use recoupe_wire::{Claim, Dossier};

    use super::*;

    fn run(quote: &str, start: u32, end: u32) -> Run {
        let page = Page { id: "p".into(), ..Default::default() };
        let claim = Claim { page: "p".into(), quote: quote.into(), span: Span { start, end }, ..Default::default() };
        Run {
            dossier: Dossier { pages: vec![page], claims: vec![claim], ..Default::default() },
            texts: vec![("p".into(), "Une  frappe à Idlib.".into())],
            ..Default::default()
        }
    }

    #[test]
    fn a_quotation_must_stand_where_it_says() {
        let good = walk(&run("Une frappe", 0, 11));
        assert_eq!((good.spans, good.quotes, good.problems.len()), (1, 1, 0));
        for (quote, start, end) in [("Une frappe", 0, 10), ("Une", 0, 99), ("frappe à", 5, 13)] {
            assert_eq!(walk(&run(quote, start, end)).problems.len(), 1, "{quote}");
        }
    }

    #[test]
    fn entities_and_tags_are_seen_as_what_they_stand_for() {
        let view = View { text: "café noir".into(), map: vec![[0, 3, 3, 3], [3, 2, 6, 8], [5, 5, 14, 5]] };
        assert_eq!(seen(&view, Span { start: 3, end: 14 }), "café");
    }
}
