//! The two loops where speed is won: products of 16-bit matrices, and the gates of a layer. Integer sums, and elementwise
//! floating point without contraction: the same on every machine, whatever instructions it has.

use crate::net::{sigmoid, tanh};

/// A matrix laid out for [`Packed::product`]: blocks of eight rows, and in a block the rows side by side, two columns each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Packed {
    rows: usize,
    pairs: usize,
    data: Vec<[i16; 16]>,
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
        self.data.resize(self.rows.div_ceil(8) * self.pairs, [0; 16]);
        for (r, row) in matrix.chunks_exact(columns.max(1)).enumerate() {
            let block = &mut self.data[r / 8 * self.pairs..][..self.pairs];
            for (cell, pair) in block.iter_mut().zip(row.chunks(2)) {
                cell[r % 8 * 2..][..pair.len()].copy_from_slice(pair);
            }
        }
    }

    /// Rows, rounded up to eight: the width of a result.
    pub fn width(&self) -> usize {
        self.rows.div_ceil(8) * 8
    }

    /// `out[t] = matrix · x[t]` for vectors given as [`pairs`], a result of [`Packed::width`] numbers each.
    pub fn product(&self, x: &[i32], out: &mut Vec<i32>) {
        out.clear();
        if self.pairs == 0 || self.rows == 0 {
            return;
        }
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
        for (block, out) in m.data.chunks_exact(m.pairs).zip(out.chunks_exact_mut(8)) {
            let mut sums = [0i32; 8];
            for (w, x) in block.iter().zip(x) {
                let (a, b) = (i32::from(*x as i16), *x >> 16);
                for (k, s) in sums.iter_mut().enumerate() {
                    *s = s.wrapping_add((i32::from(w[2 * k]) * a).wrapping_add(i32::from(w[2 * k + 1]) * b));
                }
            }
            out.copy_from_slice(&sums);
        }
    }
}

/// Two blocks of rows and eight vectors at a time.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,avx512f,avx512vnni")]
fn vnni(m: &Packed, x: &[i32], out: &mut [i32]) {
    use std::arch::x86_64::{
        __m256i, _mm512_castsi256_si512, _mm512_castsi512_si256, _mm512_dpwssd_epi32, _mm512_extracti64x4_epi64,
        _mm512_inserti64x4, _mm512_set1_epi32, _mm512_setzero_si512,
    };
    let (pairs, width) = (m.pairs, m.width());
    let woven = weave(x, pairs);
    for (b, blocks) in m.data.chunks(2 * pairs).enumerate() {
        let (low, high) = blocks.split_at(pairs);
        // an odd last block is counted twice and written once
        let high = if high.is_empty() { low } else { high };
        for (x, out) in woven.chunks_exact(pairs).zip(out.chunks_mut(8 * width)) {
            let mut sums = [_mm512_setzero_si512(); 8];
            for ((low, high), x) in low.iter().zip(high).zip(x) {
                let w = _mm512_inserti64x4::<1>(_mm512_castsi256_si512(bytemuck::cast(*low)), bytemuck::cast(*high));
                sums[0] = _mm512_dpwssd_epi32(sums[0], w, _mm512_set1_epi32(x[0]));
                sums[1] = _mm512_dpwssd_epi32(sums[1], w, _mm512_set1_epi32(x[1]));
                sums[2] = _mm512_dpwssd_epi32(sums[2], w, _mm512_set1_epi32(x[2]));
                sums[3] = _mm512_dpwssd_epi32(sums[3], w, _mm512_set1_epi32(x[3]));
                sums[4] = _mm512_dpwssd_epi32(sums[4], w, _mm512_set1_epi32(x[4]));
                sums[5] = _mm512_dpwssd_epi32(sums[5], w, _mm512_set1_epi32(x[5]));
                sums[6] = _mm512_dpwssd_epi32(sums[6], w, _mm512_set1_epi32(x[6]));
                sums[7] = _mm512_dpwssd_epi32(sums[7], w, _mm512_set1_epi32(x[7]));
            }
            for (s, out) in sums.into_iter().zip(out.chunks_exact_mut(width)) {
                let halves = [_mm512_castsi512_si256(s), _mm512_extracti64x4_epi64::<1>(s)];
                let halves = bytemuck::cast::<[__m256i; 2], [i32; 16]>(halves);
                let out = &mut out[b * 16..];
                let n = out.len().min(16);
                out[..n].copy_from_slice(&halves[..n]);
            }
        }
    }
}

/// Eight vectors side by side, the last eight filled up with zeros.
#[cfg(target_arch = "x86_64")]
fn weave(x: &[i32], pairs: usize) -> Vec<[i32; 8]> {
    let mut out = vec![[0; 8]; x.len().div_ceil(8 * pairs) * pairs];
    for (x, out) in x.chunks(8 * pairs).zip(out.chunks_exact_mut(pairs)) {
        for (k, x) in x.chunks_exact(pairs).enumerate() {
            for (x, out) in x.iter().zip(out.iter_mut()) {
                out[k] = *x;
            }
        }
    }
    out
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn avx2(m: &Packed, x: &[i32], out: &mut [i32]) {
    use std::arch::x86_64::{__m256i, _mm256_add_epi32, _mm256_madd_epi16, _mm256_set1_epi32, _mm256_setzero_si256};
    let (pairs, width) = (m.pairs, m.width());
    let whole = x.len() / pairs / 4 * 4;
    for (b, w) in m.data.chunks_exact(pairs).enumerate() {
        // Four vectors at a time, so that each weight is loaded once for them.
        for (t, x) in x.chunks_exact(4 * pairs).enumerate() {
            let (x0, rest) = x.split_at(pairs);
            let (x1, rest) = rest.split_at(pairs);
            let (x2, x3) = rest.split_at(pairs);
            let mut sums = [_mm256_setzero_si256(); 4];
            for ((((w, x0), x1), x2), x3) in w.iter().zip(x0).zip(x1).zip(x2).zip(x3) {
                let w: __m256i = bytemuck::cast(*w);
                for (s, x) in sums.iter_mut().zip([x0, x1, x2, x3]) {
                    *s = _mm256_add_epi32(*s, _mm256_madd_epi16(w, _mm256_set1_epi32(*x)));
                }
            }
            for (k, s) in sums.into_iter().enumerate() {
                out[(4 * t + k) * width + b * 8..][..8].copy_from_slice(&bytemuck::cast::<__m256i, [i32; 8]>(s));
            }
        }
        for (t, x) in x.chunks_exact(pairs).enumerate().skip(whole) {
            let mut s = _mm256_setzero_si256();
            for (w, x) in w.iter().zip(x) {
                s = _mm256_add_epi32(s, _mm256_madd_epi16(bytemuck::cast(*w), _mm256_set1_epi32(*x)));
            }
            out[t * width + b * 8..][..8].copy_from_slice(&bytemuck::cast::<__m256i, [i32; 8]>(s));
        }
    }
}

/// One word of one direction: gates, memory `c` and what is added to `x`. `u` holds candidate, forget and output sums, to be
/// multiplied by `scale`; after them their bias, and how much forget and output gate heed the memory.
pub(crate) fn recur(u: &[i32], [bias, heed]: [&[f32]; 2], scale: f32, c: &mut [f32], x: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        #[allow(unsafe_code)]
        // SAFETY: the processor has what the function asks for; it takes slices and does nothing unsafe itself.
        unsafe {
            recur_avx2(u, [bias, heed], scale, c, x);
        }
        return;
    }
    gates(u, [bias, heed], scale, c, x);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn recur_avx2(u: &[i32], weights: [&[f32]; 2], scale: f32, c: &mut [f32], x: &mut [f32]) {
    gates(u, weights, scale, c, x);
}

#[inline(always)]
fn gates(u: &[i32], [bias, heed]: [&[f32]; 2], scale: f32, c: &mut [f32], x: &mut [f32]) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_are_the_same_with_and_without() {
        let u: Vec<i32> = (0..48).map(|i| (i * 7919 % 4001 - 2000) * 1000).collect();
        let w: Vec<f32> = (0..48).map(|i| (i as f32 - 24.0) / 17.0).collect();
        let (mut c1, mut x1) = (vec![0.3f32; 16], vec![0.1f32; 16]);
        let (mut c2, mut x2) = (c1.clone(), x1.clone());
        recur(&u, [&w, &w], 1e-6, &mut c1, &mut x1);
        gates(&u, [&w, &w], 1e-6, &mut c2, &mut x2);
        assert_eq!((c1, x1), (c2, x2));
    }

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
