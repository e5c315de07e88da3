//! What is written in digits, read from the text itself, so that it does not matter how a tokenizer cut it.

/// A run of digits and what it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// A number.
    Num(Num),
    /// A date in figures: year, month, day.
    Date(i16, i8, i8),
    /// A time of day in figures.
    Clock,
    /// A phone number, a ratio, a version: anything that counts nothing.
    Label,
}

/// A number in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Num {
    /// All its digits read as one integer.
    pub digits: i64,
    /// How many of them stand after the decimal mark.
    pub places: u8,
    /// A point or comma before three digits, which is a decimal mark when a scale word follows (`1.234 million`).
    pub doubtful: bool,
    /// No mark or blank inside.
    pub plain: bool,
    /// Starts with a zero it does not need.
    pub padded: bool,
    /// Number of digits.
    pub len: u8,
}

fn run_end(b: &[u8], mut i: usize) -> usize {
    while i < b.len() && b[i].is_ascii_digit() {
        i += 1;
    }
    i
}

fn value(b: &[u8]) -> Option<i64> {
    let mut v: i64 = 0;
    for d in b.iter().filter(|d| d.is_ascii_digit()) {
        v = v.checked_mul(10)?.checked_add(i64::from(d - b'0'))?;
    }
    Some(v)
}

/// Length in bytes of a mark that may group thousands at `i`, with a class that tells marks apart.
fn group_mark(text: &str, i: usize) -> Option<(usize, char)> {
    let c = text.get(i..)?.chars().next()?;
    match c {
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => Some((c.len_utf8(), ' ')),
        '.' | ',' => Some((1, c)),
        '\'' | '’' => Some((c.len_utf8(), '\'')),
        _ => None,
    }
}

/// Reads the run that starts at byte `at` (a digit); returns what it is and where it ends.
pub(crate) fn read(text: &str, at: usize) -> (Run, usize) {
    let b = text.as_bytes();
    if let Some((y, m, d, end)) = date(b, at) {
        return (Run::Date(y, m, d), end);
    }
    let first = run_end(b, at);
    if let Some(end) = chain(b, at) {
        let clock = b[first] == b':' && first - at <= 2;
        return (if clock { Run::Clock } else { Run::Label }, end);
    }
    let len = first - at;
    let padded = len > 1 && b[at] == b'0';
    let plain = |end: usize| match value(&b[at..end]) {
        Some(v) => {
            Run::Num(Num { digits: v, places: 0, doubtful: false, plain: true, padded, len: len.min(255) as u8 })
        }
        None => Run::Label,
    };
    if padded && len > 2 {
        return (Run::Label, first);
    }
    // groups of thousands
    if len <= 3 && b[at] != b'0' {
        let (mut end, mut class, mut groups) = (first, None, 0u32);
        while let Some((w, c)) = group_mark(text, end) {
            let e = run_end(b, end + w);
            if e - (end + w) != 3 || class.is_some_and(|k| k != c) {
                break;
            }
            class = Some(c);
            end = e;
            groups += 1;
        }
        if groups > 0 {
            let mut digits = b[at..end].to_vec();
            digits.retain(u8::is_ascii_digit);
            // a comma or point after groups of the other kind opens decimals: 1 200,5
            let doubtful = groups == 1 && matches!(class, Some('.' | ','));
            let run = match value(&digits) {
                Some(v) => Run::Num(Num {
                    digits: v,
                    places: 0,
                    doubtful,
                    plain: false,
                    padded: false,
                    len: digits.len().min(255) as u8,
                }),
                None => Run::Label,
            };
            return (run, end);
        }
    }
    // decimals
    if matches!(b.get(first), Some(b',' | b'.')) {
        let e = run_end(b, first + 1);
        let places = e - first - 1;
        if places > 0 && places < 9 {
            let mut digits = b[at..e].to_vec();
            digits.retain(u8::is_ascii_digit);
            if let Some(v) = value(&digits) {
                let n = Num {
                    digits: v,
                    places: places as u8,
                    doubtful: false,
                    plain: false,
                    padded: false,
                    len: digits.len().min(255) as u8,
                };
                return (Run::Num(n), e);
            }
            return (Run::Label, e);
        }
    }
    (plain(first), first)
}

/// Digits chained by marks in a way no number is: `14:30`, `24/24`, `01.23.45.67`, `1.2.3`.
fn chain(b: &[u8], at: usize) -> Option<usize> {
    let mut end = run_end(b, at);
    let (mut runs, mut odd, mut lens) = (1, false, vec![end - at]);
    while end + 1 < b.len() && matches!(b[end], b'.' | b':' | b'/') && b[end + 1].is_ascii_digit() {
        odd |= b[end] != b'.';
        let e = run_end(b, end + 1);
        lens.push(e - end - 1);
        end = e;
        runs += 1;
    }
    let grouped = lens[1..].iter().all(|l| *l == 3) && lens[0] <= 3;
    if odd || (runs > 2 && !grouped) {
        return Some(end);
    }
    // a phone number in pairs of digits: 01 23 45 67 89
    let (mut end, mut pairs) = (run_end(b, at), 1);
    if end - at == 2 {
        while b.get(end) == Some(&b' ') && run_end(b, end + 1) == end + 3 {
            end += 3;
            pairs += 1;
        }
    }
    (pairs >= 4).then_some(end)
}

/// `6/02/2020`, `06.02.20`, `2020-02-06`.
fn date(b: &[u8], at: usize) -> Option<(i16, i8, i8, usize)> {
    let e1 = run_end(b, at);
    let mark = *b.get(e1)?;
    if !matches!(mark, b'/' | b'.' | b'-') {
        return None;
    }
    let e2 = run_end(b, e1 + 1);
    if *b.get(e2)? != mark {
        return None;
    }
    let e3 = run_end(b, e2 + 1);
    let (a, m, c) = (&b[at..e1], &b[e1 + 1..e2], &b[e2 + 1..e3]);
    // a fourth part makes it something else
    if b.get(e3).is_some_and(|x| matches!(x, b'/' | b'.' | b'-') && b.get(e3 + 1).is_some_and(u8::is_ascii_digit)) {
        return None;
    }
    let (m_len, num) = (m.len(), |s: &[u8]| value(s).unwrap_or(i64::MAX));
    if m_len == 0 || m_len > 2 {
        return None;
    }
    let (y, m, d) = match (a.len(), c.len()) {
        (4, 1 | 2) => (num(a), num(m), num(c)),
        (1 | 2, 4) => (num(c), num(m), num(a)),
        (1 | 2, 2) if mark != b'-' => (2000 + num(c), num(m), num(a)),
        _ => return None,
    };
    // month first, as some sites write it, where it cannot be otherwise
    let (m, d) = if m > 12 && d <= 12 { (d, m) } else { (m, d) };
    let ok = (1900..=2099).contains(&y) && (1..=12).contains(&m) && (1..=31).contains(&d);
    ok.then_some((y as i16, m as i8, d as i8, e3))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn num(s: &str) -> Option<(i64, u8, usize)> {
        match read(s, 0) {
            (Run::Num(n), e) => Some((n.digits, n.places, e)),
            _ => None,
        }
    }

    #[test]
    fn groups_and_decimals() {
        assert_eq!(num("1 800 morts"), Some((1800, 0, 5)));
        assert_eq!(num("1.800"), Some((1800, 0, 5)));
        assert_eq!(num("300\u{202f}000 x"), Some((300_000, 0, 9)));
        assert_eq!(num("1’248"), Some((1248, 0, 7)));
        assert_eq!(num("1 200 000,"), Some((1_200_000, 0, 9)));
        assert_eq!(num("1,7 million"), Some((17, 1, 3)));
        assert_eq!(num("2018 300"), Some((2018, 0, 4)));
        assert_eq!(num("12."), Some((12, 0, 2)));
        assert_eq!(num("12, 15"), Some((12, 0, 2)));
    }

    #[test]
    fn dates_clocks_labels() {
        assert_eq!(read("6/02/2020", 0), (Run::Date(2020, 2, 6), 9));
        assert_eq!(read("06.02.20.", 0), (Run::Date(2020, 2, 6), 8));
        assert_eq!(read("2020-02-06T", 0), (Run::Date(2020, 2, 6), 10));
        assert_eq!(read("14:30", 0), (Run::Clock, 5));
        assert_eq!(read("24/24", 0).0, Run::Label);
        assert_eq!(read("01.23.45.67.89", 0), (Run::Label, 14));
        assert_eq!(read("01 23 45 67 89", 0), (Run::Label, 14));
        assert_eq!(read("99999999999999999999999", 0).0, Run::Label);
    }
}
