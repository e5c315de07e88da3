//! A file of cases: Markdown with a heading, pages and expectations for each case.

use std::ops::Range;

pub use recoupe_expect::{CasePage, STAGES, Stage};

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Path of the file, for messages.
    pub file: String,
    /// Line of the heading, from 1.
    pub line: usize,
    /// The heading: unique over all files of a language.
    pub name: String,
    /// What is looked at.
    pub stage: Stage,
    /// Why it is known not to hold yet. Such a case must fail; once it holds, the mark has to go.
    pub gap: Option<String>,
    /// The rule to one figure for each toll (`figures: median`), where the case asks for one.
    pub figures: Option<String>,
    /// The pages.
    pub pages: Vec<CasePage>,
    /// What people decided about them, one line each.
    pub decided: Vec<String>,
    /// The expected lines, with their line number in the file.
    pub expected: Vec<(usize, String)>,
    /// Bytes of the file between the fences of the expectation.
    pub expected_at: Range<usize>,
}

/// What a heading or the head of the file sets for the pages below.
#[derive(Clone, Debug, Default)]
struct Meta {
    stage: Stage,
    published: Option<String>,
    outlet: Option<String>,
    figures: Option<String>,
}

/// All cases of one file, or what is wrong with it as `path:line: reason`.
pub fn read_cases(path: &str, text: &str) -> Result<Vec<Case>, String> {
    let mut cases: Vec<Case> = Vec::new();
    let mut of_file = Meta::default();
    let mut meta = Meta::default();
    let mut lines = Lines { text, at: 0, number: 0 };
    while let Some((number, _, line)) = lines.next() {
        let wrong = |reason: &str| format!("{path}:{number}: {reason}");
        if let Some(name) = line.strip_prefix("## ") {
            meta = of_file.clone();
            cases.push(Case {
                file: path.to_owned(),
                line: number,
                name: name.trim().to_owned(),
                stage: meta.stage,
                gap: None,
                figures: None,
                pages: Vec::new(),
                decided: Vec::new(),
                expected: Vec::new(),
                expected_at: 0..0,
            });
        } else if let Some(why) = line.strip_prefix("gap:") {
            let case = cases.last_mut().ok_or_else(|| wrong("a gap belongs to a case"))?;
            case.gap = Some(why.trim().to_owned());
        } else if is_meta(line) {
            set(&mut meta, line).map_err(|e| wrong(&e))?;
            match cases.last_mut() {
                None => of_file = meta.clone(),
                Some(case) if case.pages.is_empty() => {
                    case.stage = meta.stage;
                    case.figures = meta.figures.clone();
                }
                Some(_) => return Err(wrong("this line must stand above the pages of the case")),
            }
        } else if line.starts_with("```") {
            let fence: String = line.chars().take_while(|c| *c == '`').collect();
            let info = line[fence.len()..].trim();
            let start = lines.at;
            let mut body = Vec::new();
            let end = loop {
                match lines.next() {
                    None => return Err(wrong("this fence is not closed")),
                    Some((_, at, l)) if l.trim_end() == fence => break at,
                    Some((n, _, l)) => body.push((n, l)),
                }
            };
            let case = cases.last_mut().ok_or_else(|| wrong("a fence before the first case (## name)"))?;
            let (what, rest) = info.split_once(' ').unwrap_or((info, ""));
            match what {
                "page" => {
                    let text: String = body.iter().map(|(_, l)| format!("{l}\n")).collect();
                    case.pages.push(page(rest, text, &meta, case.pages.len()).map_err(|e| wrong(&e))?);
                }
                "decide" => {
                    let told = body.iter().map(|(_, l)| l.trim()).filter(|l| !l.is_empty() && !l.starts_with('#'));
                    case.decided.extend(told.map(str::to_owned));
                }
                "expect" if case.expected_at != (0..0) => return Err(wrong("a case has one expectation")),
                "expect" => {
                    case.expected_at = start..end;
                    case.expected = body
                        .into_iter()
                        .map(|(n, l)| (n, l.trim().to_owned()))
                        .filter(|(_, l)| !l.is_empty() && !l.starts_with('#'))
                        .collect();
                }
                _ => return Err(wrong("a fence is ```page, ```decide or ```expect")),
            }
        }
    }
    for case in &cases {
        if case.pages.is_empty() || case.expected_at == (0..0) {
            return Err(format!("{path}:{}: a case needs a ```page and an ```expect", case.line));
        }
    }
    Ok(cases)
}

fn is_meta(line: &str) -> bool {
    ["stage:", "published:", "outlet:", "figures:"].iter().any(|k| line.starts_with(k))
}

/// `stage: claims · published: 2020-02-20 · outlet: Le Levant`
fn set(meta: &mut Meta, line: &str) -> Result<(), String> {
    for part in line.split(" · ") {
        let (key, value) = part.split_once(':').ok_or("expected `key: value`")?;
        let value = value.trim().to_owned();
        match key.trim() {
            "stage" => {
                let found = STAGES.iter().find(|(name, _)| *name == value);
                let names: Vec<&str> = STAGES.iter().map(|(name, _)| *name).collect();
                meta.stage = found.ok_or_else(|| format!("no stage {value}; there are {}", names.join(", ")))?.1;
            }
            "published" => meta.published = Some(value).filter(|v| v != "unknown"),
            "outlet" => meta.outlet = Some(value).filter(|v| v != "unknown"),
            "figures" => meta.figures = Some(value),
            other => return Err(format!("{other} is not known here (stage, published, outlet, figures)")),
        }
    }
    Ok(())
}

/// `name.html published=2020-02-20 outlet="Le Levant"`
fn page(info: &str, text: String, meta: &Meta, index: usize) -> Result<CasePage, String> {
    let mut page = CasePage {
        source: format!("{}.txt", index + 1),
        published: meta.published.clone(),
        outlet: meta.outlet.clone(),
        text,
    };
    for word in quoted_words(info) {
        match word.split_once('=') {
            None if word.contains('.') => page.source = word,
            None => page.source = format!("{word}.txt"),
            Some(("published", v)) => page.published = Some(v.to_owned()).filter(|v| v != "unknown"),
            Some(("outlet", v)) => page.outlet = Some(v.to_owned()).filter(|v| v != "unknown"),
            Some((other, _)) => return Err(format!("{other} is not known here (published, outlet)")),
        }
    }
    Ok(page)
}

/// Words parted by blanks; a part in double quotes is one word, without them.
fn quoted_words(s: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in s.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().expect("never empty").push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    /// Number from 1, first byte, and text of the next line.
    fn next(&mut self) -> Option<(usize, usize, &'a str)> {
        let rest = self.text.get(self.at..).filter(|r| !r.is_empty())?;
        let line = rest.split('\n').next().unwrap_or(rest);
        let at = self.at;
        self.at = (self.at + line.len() + 1).min(self.text.len());
        self.number += 1;
        Some((self.number, at, line.trim_end_matches('\r')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# A topic

stage: page · published: 2020-02-20

## first
Some prose.

```page a.html outlet=\"Le Levant\"
<p>Texte.
```

```expect
# a remark
kept \"Texte\"
```

## second
stage: claims · published: unknown

````page
```
````
```expect
none
```
";

    #[test]
    fn a_file_is_read_into_its_cases() {
        let cases = read_cases("x.md", FILE).expect("well formed");
        assert_eq!(cases.len(), 2);
        assert_eq!((cases[0].name.as_str(), cases[0].stage, cases[0].line), ("first", Stage::Page, 5));
        let page = &cases[0].pages[0];
        assert_eq!((page.source.as_str(), page.text.as_str()), ("a.html", "<p>Texte.\n"));
        assert_eq!((page.outlet.as_deref(), page.published.as_deref()), (Some("Le Levant"), Some("2020-02-20")));
        assert_eq!(cases[0].expected, [(14, "kept \"Texte\"".to_owned())]);
        assert_eq!(&FILE[cases[0].expected_at.clone()], "# a remark\nkept \"Texte\"\n");
        assert_eq!((cases[1].stage, cases[1].pages[0].published.as_deref()), (Stage::Claims, None));
        assert_eq!(cases[1].pages[0].text, "```\n");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, reason) in [
            ("## a\n```page\n", "x.md:2: this fence is not closed"),
            ("## a\nstage: verbs\n", "x.md:2: no stage verbs"),
            ("## a\n```page\n```\n", "x.md:1: a case needs"),
            ("```page\n```\n", "x.md:1: a fence before"),
        ] {
            let e = read_cases("x.md", text).expect_err(text);
            assert!(e.starts_with(reason), "{e}");
        }
    }
}
