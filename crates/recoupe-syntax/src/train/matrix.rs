//! The few matrix products training needs, in a fixed order.

/// Sum of products in sixteen lanes.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    let (ca, cb) = (a.chunks_exact(16), b.chunks_exact(16));
    let rest: f32 = ca.remainder().iter().zip(cb.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in ca.zip(cb) {
        for k in 0..16 {
            lanes[k] += x[k] * y[k];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// `y += a · x`
pub(crate) fn axpy(a: f32, x: &[f32], y: &mut [f32]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += a * x;
    }
}

/// `out[t] = bias + w · x[t]` for every row `t` of `x`.
pub(crate) fn forward(w: &[f32], bias: &[f32], x: &[f32], d: usize, out: &mut Vec<f32>) {
    let rows = bias.len();
    out.clear();
    out.resize(x.len() / d * rows, 0.0);
    for (r, (w, b)) in w.chunks_exact(d).zip(bias).enumerate() {
        for (t, x) in x.chunks_exact(d).enumerate() {
            out[t * rows + r] = b + dot(w, x);
        }
    }
}

/// `dx[t] += dout[t] · w`
pub(crate) fn back_input(w: &[f32], dout: &[f32], rows: usize, d: usize, dx: &mut [f32]) {
    for (dout, dx) in dout.chunks_exact(rows).zip(dx.chunks_exact_mut(d)) {
        for (g, w) in dout.iter().zip(w.chunks_exact(d)) {
            if *g != 0.0 {
                axpy(*g, w, dx);
            }
        }
    }
}

/// `dw += doutᵀ · x`, `dbias += Σ dout`
pub(crate) fn back_weights(dout: &[f32], x: &[f32], rows: usize, d: usize, dw: &mut [f32], dbias: &mut [f32]) {
    for (dout, x) in dout.chunks_exact(rows).zip(x.chunks_exact(d)) {
        for ((g, dw), db) in dout.iter().zip(dw.chunks_exact_mut(d)).zip(dbias.iter_mut()) {
            if *g != 0.0 {
                axpy(*g, x, dw);
                *db += g;
            }
        }
    }
}
