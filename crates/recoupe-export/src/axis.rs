//! A time axis: days, weeks, months or years as columns, whichever keeps them few.

use crate::words::{Day, Words};

/// What a column stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// Columns from a first to a last day.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    unit: Unit,
    first: i64,
    /// Number of columns.
    pub columns: i64,
}

impl Axis {
    /// The axis for days `a..=z` (day numbers).
    pub fn new(a: i64, z: i64) -> Axis {
        let days = z.saturating_sub(a) + 1;
        let unit = match days {
            ..=62 => Unit::Day,
            63..=434 => Unit::Week,
            435..=3_700 => Unit::Month,
            _ => Unit::Year,
        };
        let mut axis = Axis { unit, first: 0, columns: 0 };
        axis.first = axis.bin(a);
        axis.columns = axis.bin(z) - axis.first + 1;
        axis
    }

    fn bin(self, n: i64) -> i64 {
        let d = Day::from_number(n);
        match self.unit {
            Unit::Day => n,
            // Day 0 was a Thursday: weeks start on Mondays.
            Unit::Week => (n + 3).div_euclid(7),
            Unit::Month => i64::from(d.year) * 12 + i64::from(d.month) - 1,
            Unit::Year => i64::from(d.year),
        }
    }

    /// The column of a day; `None` outside.
    pub fn column(self, n: i64) -> Option<i64> {
        let c = self.bin(n) - self.first;
        (0..self.columns).contains(&c).then_some(c)
    }

    /// Columns to label, with their labels: about `room` of them.
    pub fn labels(self, room: i64, w: &Words) -> Vec<(i64, String)> {
        let step = (self.columns + room - 1) / room.max(1);
        (0..self.columns)
            .filter(|c| c % step.max(1) == 0)
            .map(|c| {
                let bin = self.first + c;
                let label = match self.unit {
                    Unit::Day => w.day_short(Day::from_number(bin)),
                    Unit::Week => w.day_short(Day::from_number(bin * 7 - 3)),
                    Unit::Month => {
                        w.month(Day { year: bin.div_euclid(12) as i32, month: bin.rem_euclid(12) as u32 + 1, day: 1 })
                    }
                    Unit::Year => bin.to_string(),
                };
                (c, label)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_few() {
        for (days, most) in [(1, 1), (62, 62), (400, 60), (3_000, 105), (30_000, 90)] {
            let a = Axis::new(18_000, 18_000 + days - 1);
            assert!((1..=most).contains(&a.columns), "{days}: {}", a.columns);
            assert_eq!(a.column(18_000), Some(0));
            assert_eq!(a.column(18_000 + days - 1), Some(a.columns - 1));
        }
    }
}
