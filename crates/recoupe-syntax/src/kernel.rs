//! Products of 16-bit matrices, where most of a parser's time goes. Integer sums: the same on every machine, whatever
//! instructions it has.

use bytemuck::cast;

/// Rows of a block.
const BLOCK: usize = 16;

/// A matrix laid out for [`Packed::product`]: blocks of sixteen rows, and in a block the rows side by side, two columns each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    rows: usize,
    pairs: usize,
    data: Vec<[[i16; BLOCK]; 2]>,
}

impl Packed {
    /// Packs a row-major matrix of `columns` columns.
    pub fn new(matrix: &[i16], columns: usize) -> Self {
        let mut p = Self::default();
        p.fill(matrix, columns);
        p
    }

    /// Like [`Packed::new`], in the buffers it has.
    pub fn fill(&mut self, matrix: &[i16], columns: usize) {
        self.rows = matrix.len().checked_div(columns).unwrap_or(0);
        self.pairs = columns.div_ceil(2);
        self.data.clear();
        self.data.resize(self.rows.div_ceil(BLOCK) * self.pairs, [[0; BLOCK]; 2]);
        for (r, row) in matrix.chunks_exact(columns.max(1)).enumerate() {
            let block = &mut self.data[r / BLOCK * self.pairs..][..self.pairs];
            let (half, at) = (r % BLOCK / 8, r % 8 * 2);
            for (cell, pair) in block.iter_mut().zip(row.chunks(2)) {
                cell[half][at..at + pair.len()].copy_from_slice(pair);
            }
        }
    }

    /// Rows, rounded up to sixteen: the width of a result.
    pub fn width(&self) -> usize {
        self.rows.div_ceil(BLOCK) * BLOCK
    }

    /// `out[t] = matrix · x[t]` for vectors given as [`pairs`], a result of [`Packed::width`] numbers each.
    pub fn product(&self, x: &[i32], out: &mut Vec<i32>) {
        if self.pairs == 0 || self.rows == 0 {
            out.clear();
            return;
        }
        // what stands there from before is written over
        out.resize(x.len() / self.pairs * self.width(), 0);
        #[cfg(target_arch = "x86_64")]
        if std::arch::is_x86_feature_detected!("avx512f") && std::arch::is_x86_feature_detected!("avx512vnni") {
            #[allow(unsafe_code)]
            // SAFETY: the processor has what the function asks for; it takes slices and does nothing unsafe itself.
            unsafe {
                vnni(self, x, out);
            }
            return;
        } else if std::arch::is_x86_feature_detected!("avx2") {
            #[allow(unsafe_code)]
            // SAFETY: as above.
            unsafe {
                avx2(self, x, out);
            }
            return;
        }
        portable(self, x, out);
    }
}

/// Two neighbouring numbers of a vector in one.
#[inline(always)]
pub(crate) fn pair(a: i16, b: i16) -> i32 {
    i32::from(a) & 0xffff | i32::from(b) << 16
}

/// A vector as the kernel reads it; an odd end is filled with zero.
pub(crate) fn pairs(x: &[i16], out: &mut Vec<i32>) {
    out.extend(x.chunks(2).map(|p| pair(p[0], p.get(1).copied().unwrap_or(0))));
}

fn portable(m: &Packed, x: &[i32], out: &mut [i32]) {
    let width = m.width();
    for (x, out) in x.chunks_exact(m.pairs).zip(out.chunks_exact_mut(width)) {
        for (block, out) in m.data.chunks_exact(m.pairs).zip(out.chunks_exact_mut(BLOCK)) {
            let mut sums = [0i32; BLOCK];
            for (w, x) in block.iter().zip(x) {
                let (a, b) = (i32::from(*x as i16), *x >> 16);
                for (s, w) in sums.iter_mut().zip(w.as_flattened().chunks_exact(2)) {
                    *s = s.wrapping_add((i32::from(w[0]) * a).wrapping_add(i32::from(w[1]) * b));
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}

/// Sixteen vectors at a time; of the last few eight, four, two and one.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512vnni")]
fn vnni(m: &Packed, x: &[i32], out: &mut [i32]) {
    let n = x.len() / m.pairs;
    let mut t = 0;
    while t < n {
        let (x, out) = (&x[t * m.pairs..], &mut out[t * m.width()..]);
        t += match n - t {
            16.. => vnni_tile::<16>(m, x, out),
            8.. => vnni_tile::<8>(m, x, out),
            4.. => vnni_tile::<4>(m, x, out),
            2.. => vnni_tile::<2>(m, x, out),
            _ => vnni_tile::<1>(m, x, out),
        };
    }
}

/// The first `N` vectors: each weight is loaded once for all of them.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2,avx512f,avx512vnni")]
fn vnni_tile<const N: usize>(m: &Packed, x: &[i32], out: &mut [i32]) -> usize {
    use std::arch::x86_64::{_mm512_dpwssd_epi32, _mm512_set1_epi32, _mm512_setzero_si512};
    let (pairs, width) = (m.pairs, m.width());
    let x: [&[i32]; N] = std::array::from_fn(|k| &x[k * pairs..][..pairs]);
    for (b, block) in m.data.chunks_exact(pairs).enumerate() {
        let mut sums = [_mm512_setzero_si512(); N];
        for (j, w) in block.iter().enumerate() {
            let w = cast(*w);
            for k in 0..N {
                sums[k] = _mm512_dpwssd_epi32(sums[k], w, _mm512_set1_epi32(x[k][j]));
            }
        }
        for (k, s) in sums.into_iter().enumerate() {
            out[k * width + b * BLOCK..][..BLOCK].copy_from_slice(&cast::<_, [i32; BLOCK]>(s));
        }
    }
    N
}

/// Half a block of rows and four vectors at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(m: &Packed, x: &[i32], out: &mut [i32]) {
    use std::arch::x86_64::{__m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256};
    const MANY: usize = 4;
    let (pairs, width) = (m.pairs, m.width());
    for (b, block) in m.data.chunks_exact(pairs).enumerate() {
        for half in 0..2 {
            let at = b * BLOCK + half * 8;
            for (x, out) in x.chunks(MANY * pairs).zip(out.chunks_mut(MANY * width)) {
                // the last few are counted as often as it takes to be four, and written once
                let last = x.len() / pairs - 1;
                let x: [&[i32]; MANY] = std::array::from_fn(|k| &x[k.min(last) * pairs..][..pairs]);
                let mut sums = [_mm256_setzero_si256(); MANY];
                for (j, w) in block.iter().enumerate() {
                    let w: __m256i = cast(w[half]);
                    for k in 0..MANY {
                        sums[k] = _mm256_add_epi32(sums[k], _mm256_madd_epi16(w, _mm256_set1_epi32(x[k][j])));
                    }
                }
                for (s, out) in sums.into_iter().zip(out.chunks_exact_mut(width)) {
                    out[at..at + 8].copy_from_slice(&cast::<__m256i, [i32; 8]>(s));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_counting_gives_the_same() {
        for (rows, columns, n) in [(3, 5, 1), (8, 16, 4), (21, 6, 7), (16, 2, 9), (40, 12, 19), (33, 7, 8)] {
            let m: Vec<i16> = (0..rows * columns).map(|i| (i as i16).wrapping_mul(2311)).collect();
            let v: Vec<i16> = (0..n * columns).map(|i| (i as i16).wrapping_mul(1877)).collect();
            let packed = Packed::new(&m, columns);
            let mut x = Vec::new();
            v.chunks(columns).for_each(|v| pairs(v, &mut x));
            let mut out = Vec::new();
            packed.product(&x, &mut out);
            let mut plain = vec![0; out.len()];
            portable(&packed, &x, &mut plain);
            assert_eq!(out, plain);
            #[cfg(target_arch = "x86_64")]
            if std::arch::is_x86_feature_detected!("avx2") {
                plain.fill(0);
                #[allow(unsafe_code)]
                // SAFETY: the processor has it.
                unsafe {
                    avx2(&packed, &x, &mut plain);
                }
                assert_eq!(out, plain);
            }
            for t in 0..n {
                for r in 0..rows {
                    let sum = (0..columns).fold(0i32, |s, c| {
                        s.wrapping_add(i32::from(m[r * columns + c]) * i32::from(v[t * columns + c]))
                    });
                    assert_eq!(out[t * packed.width() + r], sum);
                }
            }
        }
    }
}
