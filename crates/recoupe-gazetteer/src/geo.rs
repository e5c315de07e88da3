//! Distances that are the same on every machine.
//!
//! The platform's sine may differ in the last bit from one system to the next, and a dossier must not. Here only the four
//! operations and the square root are used, which IEEE 754 fixes to the bit.

use std::f64::consts::{FRAC_PI_2, PI};

const EARTH_RADIUS_KM: f64 = 6371.0;

/// Kilometres between two points (latitude, longitude in degrees) along a great circle, to about a metre.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let rad = PI / 180.0;
    let half_lat = sine((b.0 - a.0) * rad / 2.0);
    let half_lon = sine((b.1 - a.1) * rad / 2.0);
    let chord = half_lat * half_lat + cosine(a.0 * rad) * cosine(b.0 * rad) * half_lon * half_lon;
    2.0 * EARTH_RADIUS_KM * arc_sine(chord.clamp(0.0, 1.0).sqrt())
}

fn cosine(x: f64) -> f64 {
    sine(FRAC_PI_2 - x)
}

/// For arguments of at most a few turns.
fn sine(x: f64) -> f64 {
    let mut x = x - (x / (2.0 * PI)).round() * 2.0 * PI;
    if x > FRAC_PI_2 {
        x = PI - x;
    } else if x < -FRAC_PI_2 {
        x = -PI - x;
    }
    let (square, mut term, mut sum) = (x * x, x, x);
    for n in 1..10u32 {
        term *= -square / f64::from((2 * n) * (2 * n + 1));
        sum += term;
    }
    sum
}

/// For 0 to 1. The half-angle rule brings the argument below 0.4, where the series is short.
fn arc_sine(x: f64) -> f64 {
    let half = |x: f64| x / (2.0 * (1.0 + (1.0 - x * x).max(0.0).sqrt())).sqrt();
    let x = half(half(x));
    let (square, mut power, mut coefficient, mut sum) = (x * x, x, 1.0, x);
    for n in 1..14u32 {
        coefficient *= f64::from(2 * n - 1) / f64::from(2 * n);
        power *= square;
        sum += coefficient * power / f64::from(2 * n + 1);
    }
    4.0 * sum
}

#[cfg(test)]
mod tests {
    use super::distance_km;

    #[test]
    fn known_distances() {
        let near = |km: f64, is: f64| assert!((km - is).abs() < is * 0.001 + 0.001, "{km} is not {is}");
        let (paris, damascus) = ((48.85, 2.35), (33.51, 36.29));
        near(distance_km(paris, paris), 0.0);
        near(distance_km((0.0, 0.0), (0.0, 1.0)), 111.195);
        near(distance_km((0.0, 0.0), (0.0, 180.0)), 20015.087);
        near(distance_km((0.0, 179.9), (0.0, -179.9)), 22.239);
        near(distance_km((90.0, 0.0), (-90.0, 0.0)), 20015.087);
        near(distance_km(paris, damascus), 3270.6);
    }
}
