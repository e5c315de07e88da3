//! What an HTML page says about itself to machines.

use html5gum::emitters::default::StartTag;
use serde_json::Value;

use crate::html::attr;

/// Machine-readable facts of an HTML page; each keeps its first value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Metadata {
    pub title: Option<String>,
    pub site: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// ISO day (and time) of publication.
    pub published: Option<String>,
    /// ISO day of the last change, used only where there is no other.
    pub modified: Option<String>,
    /// `datetime` of the first `time` element.
    pub time: Option<String>,
    /// Whether the script that is open holds JSON-LD.
    pub json: bool,
}

fn set(slot: &mut Option<String>, value: Option<String>) {
    if slot.is_none() {
        *slot = value.filter(|v| !v.trim().is_empty());
    }
}

impl Metadata {
    /// Looks at one start tag.
    pub fn tag(&mut self, tag: &StartTag<usize>) {
        match tag.name.as_slice() {
            b"html" => set(&mut self.language, attr(tag, "lang")),
            b"link" if attr(tag, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                set(&mut self.url, attr(tag, "href"))
            }
            b"time" => set(&mut self.time, attr(tag, "datetime")),
            b"meta" => {
                let key = attr(tag, "property").or_else(|| attr(tag, "name")).or_else(|| attr(tag, "itemprop"));
                let (Some(key), content) = (key, attr(tag, "content")) else { return };
                match key.to_ascii_lowercase().as_str() {
                    "article:published_time"
                    | "og:published_time"
                    | "datepublished"
                    | "date"
                    | "dc.date"
                    | "dc.date.issued"
                    | "dcterms.created"
                    | "pubdate"
                    | "publishdate"
                    | "publish-date"
                    | "parsely-pub-date"
                    | "sailthru.date"
                    | "cxenseparse:recs:publishtime" => {
                        set(&mut self.published, content);
                    }
                    "article:modified_time" | "og:updated_time" | "datemodified" | "lastmod" => {
                        set(&mut self.modified, content)
                    }
                    "og:title" | "twitter:title" => set(&mut self.title, content),
                    "og:site_name" | "application-name" => set(&mut self.site, content),
                    "og:url" => set(&mut self.url, content),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Looks at the text of an element that is not shown.
    pub fn text(&mut self, name: &[u8], raw: &str) {
        if name == b"script" && self.json {
            // Broken JSON is common and says nothing.
            if let Ok(v) = serde_json::from_str::<Value>(raw) {
                self.json_ld(&v, 0);
            }
        }
        self.json = false;
    }

    fn json_ld(&mut self, v: &Value, depth: u8) {
        if depth > 6 {
            return;
        }
        match v {
            Value::Array(list) => list.iter().for_each(|x| self.json_ld(x, depth + 1)),
            Value::Object(o) => {
                let text = |k: &str| o.get(k).and_then(Value::as_str).map(str::to_owned);
                set(&mut self.published, text("datePublished"));
                set(&mut self.modified, text("dateModified"));
                set(&mut self.title, text("headline"));
                let publisher =
                    o.get("publisher").and_then(|p| p.get("name")).and_then(Value::as_str).map(str::to_owned);
                set(&mut self.site, publisher);
                if let Some(g) = o.get("@graph") {
                    self.json_ld(g, depth + 1);
                }
            }
            _ => {}
        }
    }
}
