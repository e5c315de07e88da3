//! Loops of a network that go over numbers one by one. Floating point without contraction and in a fixed order: the same on every
//! machine, whatever instructions it has.

use crate::kernel::pair;

/// Activations are multiples of 2^-10.
pub(crate) const ACTIVE: f32 = 1024.0;

/// Functions whose bodies are compiled once for any machine and once for one with wide registers.
macro_rules! wide {
    ($($(#[$doc:meta])* fn $name:ident($($a:ident: $t:ty),* $(,)?) $body:block)*) => {$(
        $(#[$doc])*
        pub(crate) fn $name($($a: $t),*) {
            #[inline(always)]
            fn plain($($a: $t),*) $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($a: $t),*) {
                    plain($($a),*);
                }
                if std::arch::is_x86_feature_detected!("avx2") {
                    #[allow(unsafe_code)]
                    // SAFETY: the processor has what the function asks for; it takes slices and does nothing unsafe itself.
                    unsafe {
                        avx2($($a),*);
                    }
                    return;
                }
            }
            plain($($a),*);
        }
    )*};
}

/// The nearest multiple of 2^-10, without a library call: adding 1.5·2^23 leaves it in the low bits.
#[inline(always)]
pub(crate) fn active(v: f32) -> i16 {
    ((v * ACTIVE).clamp(-32000.0, 32000.0) + 12_582_912.0).to_bits() as i16
}

/// tanh as a quotient of polynomials, good to 1e-4.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-4.9, 4.9);
    let q = x * x;
    x * (135_135.0 + q * (17_325.0 + q * (378.0 + q))) / (135_135.0 + q * (62_370.0 + q * (3_150.0 + q * 28.0)))
}

/// The logistic function, by way of [`tanh`].
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

wide! {
    /// `x` as the sum of `rows`, times `scale`. At most 200 rows.
    fn add_rows(rows: &[&[i8]], scale: f32, x: &mut [f32]) {
        // a few registers of sums at a time
        for (k, x) in x.chunks_mut(64).enumerate() {
            let mut sums = [0i16; 64];
            let sums = &mut sums[..x.len()];
            for row in rows {
                let row = &row[k * 64..][..x.len()];
                sums.iter_mut().zip(row).for_each(|(s, w)| *s += i16::from(*w));
            }
            x.iter_mut().zip(sums).for_each(|(x, s)| *x = f32::from(*s) * scale);
        }
    }

    /// Adds rows to sums; of the rows those that `which` names, as numbers of rows in a table that is as wide as the sums.
    fn add_some(table: &[i16], which: &[u16], sums: &mut [i32]) {
        let width = sums.len();
        for (k, sums) in sums.chunks_mut(32).enumerate() {
            let mut all = [0i32; 32];
            let all = &mut all[..sums.len()];
            for row in which {
                let row = &table[usize::from(*row) * width + k * 32..][..all.len()];
                all.iter_mut().zip(row).for_each(|(s, w)| *s += i32::from(*w));
            }
            sums.iter_mut().zip(all).for_each(|(s, a)| *s += *a);
        }
    }

    /// Numbers as pairs of activations.
    fn quantise(x: &[f32], out: &mut [i32]) {
        for (out, p) in out.iter_mut().zip(x.chunks_exact(2)) {
            *out = pair(active(p[0]), active(p[1]));
        }
    }

    /// Numbers as activations.
    fn activate(x: &[f32], out: &mut [i16]) {
        out.iter_mut().zip(x).for_each(|(out, x)| *out = active(*x));
    }

    /// Products of numbers as activations.
    fn activate_products(x: &[f32], y: &[f32], out: &mut [i16]) {
        out.iter_mut().zip(x).zip(y).for_each(|((out, x), y)| *out = active(x * y));
    }

    /// `out = bias + sums · scale`.
    fn scaled(sums: &[i32], bias: &[f32], scale: f32, out: &mut [f32]) {
        out.iter_mut().zip(sums).zip(bias).for_each(|((out, u), b)| *out = b + *u as f32 * scale);
    }

    /// The same, with nothing below zero.
    fn rectified(sums: &[i32], bias: &[f32], scale: f32, out: &mut [f32]) {
        out.iter_mut().zip(sums).zip(bias).for_each(|((out, u), b)| *out = (b + *u as f32 * scale).max(0.0));
    }

    /// One word of one direction: gates, memory `c` and what is added to `x`. `u` holds candidate, forget and output sums, to be
    /// multiplied by `scale`; `bias` belongs to them, `heed` says how much forget and output gate heed the memory.
    fn recur(u: &[i32], bias: &[f32], heed: &[f32], scale: f32, c: &mut [f32], x: &mut [f32]) {
        let h = c.len();
        let (uz, rest) = u[..3 * h].split_at(h);
        let (uf, uo) = rest.split_at(h);
        let (bz, rest) = bias[..3 * h].split_at(h);
        let (bf, bo) = rest.split_at(h);
        let (vf, vo) = heed[..2 * h].split_at(h);
        let x = &mut x[..h];
        for i in 0..h {
            let z = tanh(bz[i] + uz[i] as f32 * scale);
            let forget = sigmoid(bf[i] + uf[i] as f32 * scale + vf[i] * c[i]);
            let out = sigmoid(bo[i] + uo[i] as f32 * scale + vo[i] * c[i]);
            c[i] = z + forget * (c[i] - z);
            x[i] += out * c[i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(n: i32) -> Vec<f32> {
        (0..n).map(|i| ((i * 7919 % 401) as f32 - 200.0) / 37.0).collect()
    }

    #[test]
    fn numbers_are_rounded_to_activations() {
        let x = numbers(34);
        let plain: Vec<i16> = x.iter().map(|x| (x * ACTIVE).round_ties_even() as i16).collect();
        let (mut one, mut two) = (vec![0; 34], vec![0; 17]);
        activate(&x, &mut one);
        quantise(&x, &mut two);
        assert_eq!(one, plain);
        assert_eq!(two, plain.chunks(2).map(|p| pair(p[0], p[1])).collect::<Vec<_>>());
        activate_products(&x, &x, &mut one);
        assert!(one.iter().zip(&x).all(|(a, x)| (f32::from(*a) - (x * x * ACTIVE)).abs() <= 0.5 || *a == 32000));
    }

    #[test]
    fn rows_are_added_up() {
        let rows: Vec<Vec<i8>> = (0..10).map(|r| (0..70).map(|i| (i * r % 255 - 127) as i8).collect()).collect();
        let refs: Vec<&[i8]> = rows.iter().map(Vec::as_slice).collect();
        let mut x = vec![9.0; 70];
        add_rows(&refs, 0.5, &mut x);
        for (i, x) in x.iter().enumerate() {
            assert_eq!(*x, rows.iter().map(|r| f32::from(r[i])).sum::<f32>() * 0.5);
        }
    }

    #[test]
    fn some_rows_of_a_table_are_added_up() {
        let table: Vec<i16> = (0..4 * 37).map(|i| i * 7).collect();
        let mut sums = vec![1; 37];
        add_some(&table, &[2, 0, 2], &mut sums);
        for (i, s) in sums.iter().enumerate() {
            assert_eq!(*s, 1 + [2, 0, 2].iter().map(|r| i32::from(table[r * 37 + i])).sum::<i32>());
        }
    }

    #[test]
    fn gates_are_those_of_the_definition() {
        let u: Vec<i32> = (0..48).map(|i| (i * 7919 % 4001 - 2000) * 1000).collect();
        let w = numbers(48);
        let (mut c, mut x) = (vec![0.3f32; 16], vec![0.1f32; 16]);
        recur(&u, &w, &w, 1e-6, &mut c, &mut x);
        for i in 0..16 {
            let at = |k: usize| w[16 * k + i] + u[16 * k + i] as f32 * 1e-6;
            let z = at(0).tanh();
            let gate = |k: usize| 1.0 / (1.0 + (-(at(k) + w[16 * (k - 1) + i] * 0.3)).exp());
            let memory = z + gate(1) * (0.3 - z);
            assert!((c[i] - memory).abs() < 1e-3, "{} {memory}", c[i]);
            assert!((x[i] - 0.1 - gate(2) * memory).abs() < 1e-3);
        }
    }
}
