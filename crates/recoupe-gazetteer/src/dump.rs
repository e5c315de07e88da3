//! Lines of a GeoNames country file (`SY.txt`), for users who need every village of a country.

use crate::builder::{PlaceInput, country_code};
use crate::format::Kind;

/// A line of a GeoNames dump as a place to [`crate::build`] with; `None` for lines that are no place one speaks of in news
/// (streams, hills, farms) or do not fit the format of 19 columns.
///
/// Names in scripts the language packs do not read do no harm, they only take room.
pub fn geonames_line(line: &str) -> Option<PlaceInput> {
    let columns: Vec<&str> = line.trim_end_matches(['\r', '\n']).split('\t').collect();
    let [id, name, _, names, lat, lon, class, code, country, ..] = columns[..] else { return None };
    let kind = match (class, code) {
        ("P", "PPLC") => Kind::Capital,
        ("P", _) => Kind::Town,
        ("A", "ADM1") => Kind::Province,
        ("A", "ADM2" | "ADM3") => Kind::District,
        ("A", "PCLI" | "PCLD" | "PCLS") => Kind::Country,
        ("S", "AIRB" | "AIRP" | "AIRF" | "INSM" | "DAM" | "PS" | "PSN" | "OILR" | "BDG" | "CSTM" | "PRN") => Kind::Site,
        ("L", "RGN" | "CMP" | "CMPRF") => Kind::Region,
        _ => return None,
    };
    let point: (f64, f64) = (lat.parse().ok()?, lon.parse().ok()?);
    if !(point.0.abs() <= 90.0 && point.1.abs() <= 180.0) {
        return None;
    }
    Some(PlaceInput {
        id: id.parse().ok()?,
        name: name.to_owned(),
        names: names.split(',').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
        country: country_code(country),
        lat: point.0,
        lon: point.1,
        kind: Some(kind),
        population: columns.get(14).and_then(|p| p.parse().ok()).unwrap_or(0),
        province: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Gazetteer, build};

    const LINE: &str = "99\tKafr Test\tKafr Test\tKfar Test,كفر تست\t35.5\t36.5\tP\tPPL\tSY\t\t12\t\t\t\t840\t\t500\tAsia/Damascus\t2026-01-01\n";

    #[test]
    fn a_dump_becomes_a_layer() {
        let place = geonames_line(LINE).expect("a village");
        assert_eq!((place.id, place.population, place.country, place.names.len()), (99, 840, *b"SY", 2));
        let mut g = Gazetteer::empty();
        g.add_layer(build(&[place])).expect("a table");
        let mut found = Vec::new();
        g.lookup("Kafar Tist", &mut found);
        assert_eq!(found.len(), 0);
        g.lookup("كفر تست", &mut found);
        let p = g.place(found[0].place).expect("the village");
        assert_eq!((p.geonames(), p.name, p.country_code()), (Some(99), "Kafr Test", "SY"));
        assert!((p.lat - 35.5).abs() < 1e-4 && (p.lon - 36.5).abs() < 1e-4);
    }

    #[test]
    fn other_lines_are_passed_over() {
        for line in
            ["", "99\tx", &LINE.replace("\tP\t", "\tH\t"), &LINE.replace("35.5", "NaN"), &LINE.replace("35.5", "95.5")]
        {
            assert!(geonames_line(line).is_none(), "{line}");
        }
    }
}
