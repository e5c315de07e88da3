//! Prints which place each name stands for, read from lines such as `SY Idleb|Neirab|Alep` on standard input: two letters of the
//! country the page is about (`--` for none), then names. To see what a change to scores or data does to a long list.

use recoupe_gazetteer::{Context, PlaceQuery, resolve};

#[path = "../tests/common/mod.rs"]
mod common;

fn main() -> Result<(), std::io::Error> {
    let g = common::gazetteer();
    for line in std::io::stdin().lines() {
        let line = line?;
        let Some((country, names)) = line.split_once(' ') else { continue };
        let cc: [u8; 2] = country.as_bytes().try_into().unwrap_or(*b"--");
        let countries = if cc == *b"--" { vec![] } else { vec![(cc, 4)] };
        let context = Context { countries, anchors: vec![] };
        for name in names.split('|') {
            let query = [PlaceQuery { name, cued: true, ..Default::default() }];
            match resolve(g, &query, &context)[0].and_then(|r| Some((r, g.place(r.place)?))) {
                None => println!("MISS {country} {name}"),
                Some((r, p)) => {
                    let mark = if p.country == cc { "ok  " } else { "BAD " };
                    let (lat, lon) = (p.lat, p.lon);
                    println!(
                        "{mark} {country} {name:22} → {} {} {lat:.2} {lon:.2} pop {} {:?} {:?} {}",
                        p.name,
                        p.country_code(),
                        p.population,
                        p.kind,
                        r.how,
                        r.score
                    );
                }
            }
        }
    }
    Ok(())
}
