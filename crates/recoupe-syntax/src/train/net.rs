//! Training the network: one sentence forwards and backwards, batches, Adam.

use super::Random;
use super::matrix::{axpy, back_input, back_weights, dot, forward};
use crate::loops::{sigmoid, tanh};
use crate::net::{INPUTS, Layout, REACH, Shape, distance};

/// A sentence to learn from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub ids: Vec<[u32; INPUTS]>,
    /// Index of the head; the number of words for the root.
    pub heads: Vec<u32>,
    pub labels: Vec<u16>,
    pub tags: Vec<u16>,
}

/// How the network learns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub rounds: usize,
    pub batch_words: usize,
    pub rate: f32,
    /// Share of the activations left out.
    pub dropout: f32,
    pub tag_weight: f32,
}

pub(crate) struct Trainer {
    pub shape: Shape,
    layout: Layout,
    pub p: Vec<f32>,
    g: Vec<f32>,
    m: Vec<f32>,
    v: Vec<f32>,
    /// Rows of the input tables with a gradient, by offset.
    touched: Vec<usize>,
    marked: Vec<bool>,
    steps: i32,
    random: Random,
}

fn softmax(x: &mut [f32]) {
    let top = x.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for v in x.iter_mut() {
        *v = (*v - top).exp();
        sum += *v;
    }
    x.iter_mut().for_each(|v| *v /= sum);
}

impl Trainer {
    pub fn new(shape: Shape, seed: u64) -> Self {
        let layout = shape.layout();
        let mut t = Self {
            p: vec![0.0; layout.total],
            g: vec![0.0; layout.total],
            m: vec![0.0; layout.total],
            v: vec![0.0; layout.total],
            touched: Vec::new(),
            marked: vec![false; layout.total / shape.dim + 1],
            steps: 0,
            random: Random(seed),
            shape,
            layout,
        };
        t.initialise();
        t
    }

    fn fill(&mut self, at: usize, n: usize, scale: f32) {
        for i in at..at + n {
            self.p[i] = ((self.random.next() % 20001) as f32 / 10000.0 - 1.0) * scale;
        }
    }

    fn initialise(&mut self) {
        let (s, l) = (self.shape, self.layout.clone());
        let d = s.dim;
        for i in 0..INPUTS {
            self.fill(l.tables[i], s.rows[i] * d, 0.25);
        }
        let glorot = |a: usize, b: usize| (6.0 / (a + b) as f32).sqrt();
        for (w, b, v) in &l.layers {
            self.fill(*v, 2 * d, 0.3);
            self.fill(*w, 3 * d * d, glorot(d, d));
            // Forget gates begin half open to the past.
            for side in 0..2 {
                let h = d / 2;
                self.p[b + side * 3 * h + h..b + side * 3 * h + 2 * h].fill(0.5);
            }
        }
        self.fill(l.mlp.0, s.mlp() * d, glorot(d, s.arc));
        self.fill(l.arc, s.arc * s.arc, glorot(s.arc, s.arc) * 0.5);
        self.fill(l.root, s.arc, 0.3);
        for k in 0..3 {
            self.fill(l.label[k], s.labels * s.lab, glorot(s.labels, s.lab));
        }
        self.fill(l.tag.0, s.tags * d, glorot(s.tags, d));
    }

    fn mask(&mut self, n: usize, rate: f32) -> Vec<f32> {
        let keep = 1.0 / (1.0 - rate);
        (0..n).map(|_| if (self.random.next() % 10000) as f32 / 10000.0 < rate { 0.0 } else { keep }).collect()
    }

    /// Loss of one sentence; its gradient is added to `g`, divided by `scale`.
    #[allow(clippy::too_many_lines)]
    fn sentence(&mut self, e: &Example, plan: &Plan, scale: f32) -> f32 {
        let (s, l) = (self.shape, self.layout.clone());
        let (n, d, a, b, m) = (e.ids.len(), s.dim, s.arc, s.lab, s.mlp());
        let h = d / 2;
        let mut loss = 0.0;
        // Forwards.
        let mut x = vec![0.0f32; n * d];
        for (x, ids) in x.chunks_exact_mut(d).zip(&e.ids) {
            for (k, id) in ids.iter().enumerate() {
                if *id != u32::MAX {
                    let at = l.tables[k] + *id as usize * d;
                    axpy(1.0, &self.p[at..at + d], x);
                }
            }
        }
        let mut inputs: Vec<Vec<f32>> = Vec::new();
        let mut masks: Vec<Vec<f32>> = Vec::new();
        let mut gates: Vec<Vec<f32>> = Vec::new();
        let mut cells: Vec<Vec<f32>> = Vec::new();
        let apply = |x: &[f32], mask: &[f32]| -> Vec<f32> {
            x.chunks_exact(mask.len()).flat_map(|r| r.iter().zip(mask).map(|(v, m)| v * m)).collect()
        };
        for (w, bias, heed) in &l.layers {
            let mask = self.mask(d, plan.dropout);
            let input = apply(&x, &mask);
            let mut u = Vec::new();
            forward(&self.p[*w..w + 3 * d * d], &self.p[*bias..bias + 3 * d], &input, d, &mut u);
            let mut c = vec![0.0f32; n * d];
            let mut memo = vec![0.0f32; h];
            for side in [0, h] {
                let (vf, vo) = self.p[heed + 2 * side..heed + 2 * side + 2 * h].split_at(h);
                memo.fill(0.0);
                for k in 0..n {
                    let t = if side > 0 { n - 1 - k } else { k };
                    let u = &mut u[t * 3 * d + 3 * side..][..3 * h];
                    let (z, rest) = u.split_at_mut(h);
                    let (f, o) = rest.split_at_mut(h);
                    let x = &mut x[t * d + side..][..h];
                    let c = &mut c[t * d + side..][..h];
                    for i in 0..h {
                        z[i] = tanh(z[i]);
                        f[i] = sigmoid(f[i] + vf[i] * memo[i]);
                        o[i] = sigmoid(o[i] + vo[i] * memo[i]);
                        memo[i] = z[i] + f[i] * (memo[i] - z[i]);
                        c[i] = memo[i];
                        x[i] += o[i] * memo[i];
                    }
                }
            }
            inputs.push(input);
            masks.push(mask);
            gates.push(u);
            cells.push(c);
        }
        let top_mask = self.mask(d, plan.dropout);
        let top = apply(&x, &top_mask);
        let mut mlp = Vec::new();
        forward(&self.p[l.mlp.0..l.mlp.0 + m * d], &self.p[l.mlp.1..l.mlp.1 + m], &top, d, &mut mlp);
        let mlp_mask = self.mask(m, plan.dropout);
        for row in mlp.chunks_exact_mut(m) {
            row.iter_mut().zip(&mlp_mask).for_each(|(v, k)| *v = v.max(0.0) * k);
        }
        let mut dmlp = vec![0.0f32; n * m];
        let mut dtop = vec![0.0f32; n * d];
        // Tags.
        if plan.tag_weight > 0.0 {
            let (w, bias) = l.tag;
            let mut scores = Vec::new();
            forward(&self.p[w..w + s.tags * d], &self.p[bias..bias + s.tags], &top, d, &mut scores);
            for (row, gold) in scores.chunks_exact_mut(s.tags).zip(&e.tags) {
                softmax(row);
                loss -= row[*gold as usize].max(1e-9).ln() * plan.tag_weight;
                row[*gold as usize] -= 1.0;
                row.iter_mut().for_each(|v| *v *= plan.tag_weight * scale);
            }
            back_input(&self.p[w..w + s.tags * d], &scores, s.tags, d, &mut dtop);
            let (dw, rest) = self.g[w..].split_at_mut(s.tags * d);
            back_weights(&scores, &top, s.tags, d, dw, &mut rest[..s.tags]);
        }
        // Arcs.
        let from: Vec<f32> = mlp.chunks_exact(m).flat_map(|r| r[..a].to_vec()).collect();
        let mut to: Vec<f32> = mlp.chunks_exact(m).flat_map(|r| r[a..2 * a].to_vec()).collect();
        to.extend_from_slice(&self.p[l.root..l.root + a]);
        let mut q = Vec::new();
        forward(&self.p[l.arc..l.arc + a * a], &self.p[l.prior..l.prior + a], &from, a, &mut q);
        let mut dq = vec![0.0f32; n * a];
        let mut dto = vec![0.0f32; (n + 1) * a];
        let mut row = vec![0.0f32; n + 1];
        for i in 0..n {
            let qi = &q[i * a..(i + 1) * a];
            for (j, (r, to)) in row.iter_mut().zip(to.chunks_exact(a)).enumerate() {
                *r = if j == i {
                    -1e9
                } else {
                    dot(qi, to) + if j == n { 0.0 } else { self.p[l.dist + distance(i, j)] }
                };
            }
            softmax(&mut row);
            let gold = e.heads[i] as usize;
            loss -= row[gold].max(1e-9).ln();
            row[gold] -= 1.0;
            for j in 0..=n {
                let g = row[j] * scale;
                if g == 0.0 {
                    continue;
                }
                axpy(g, &to[j * a..(j + 1) * a], &mut dq[i * a..(i + 1) * a]);
                axpy(g, qi, &mut dto[j * a..(j + 1) * a]);
                if j < n {
                    self.g[l.dist + distance(i, j)] += g;
                }
            }
        }
        let mut dfrom = vec![0.0f32; n * a];
        back_input(&self.p[l.arc..l.arc + a * a], &dq, a, a, &mut dfrom);
        {
            let (dw, rest) = self.g[l.arc..].split_at_mut(a * a);
            back_weights(&dq, &from, a, a, dw, &mut rest[..a]);
        }
        axpy(1.0, &dto[n * a..], &mut self.g[l.root..l.root + a]);
        for i in 0..n {
            axpy(1.0, &dfrom[i * a..(i + 1) * a], &mut dmlp[i * m..i * m + a]);
            axpy(1.0, &dto[i * a..(i + 1) * a], &mut dmlp[i * m + a..i * m + 2 * a]);
        }
        // Labels, under the gold head.
        let [wd, wh, wp, bias] = l.label;
        let mut scores = vec![0.0f32; s.labels];
        for i in 0..n {
            let j = e.heads[i] as usize;
            let v = mlp[i * m + 2 * a..i * m + 2 * a + b].to_vec();
            let u = if j < n { mlp[j * m + 2 * a + b..j * m + m].to_vec() } else { vec![0.0; b] };
            let uv: Vec<f32> = u.iter().zip(&v).map(|(x, y)| x * y).collect();
            for (r, x) in scores.iter_mut().enumerate() {
                let w = |at: usize| &self.p[at + r * b..at + (r + 1) * b];
                *x = self.p[bias + r] + dot(w(wd), &v) + dot(w(wh), &u) + dot(w(wp), &uv);
            }
            softmax(&mut scores);
            let gold = e.labels[i] as usize;
            loss -= scores[gold].max(1e-9).ln();
            scores[gold] -= 1.0;
            let (mut dv, mut du, mut duv) = (vec![0.0f32; b], vec![0.0f32; b], vec![0.0f32; b]);
            for (r, x) in scores.iter().enumerate() {
                let g = x * scale;
                for (at, input, grad) in [(wd, &v, &mut dv), (wh, &u, &mut du), (wp, &uv, &mut duv)] {
                    axpy(g, &self.p[at + r * b..at + (r + 1) * b], grad);
                    axpy(g, input, &mut self.g[at + r * b..at + (r + 1) * b]);
                }
                self.g[bias + r] += g;
            }
            for k in 0..b {
                dmlp[i * m + 2 * a + k] += dv[k] + duv[k] * u[k];
                if j < n {
                    dmlp[j * m + 2 * a + b + k] += du[k] + duv[k] * v[k];
                }
            }
        }
        // Backwards through what is shared.
        for (g, (v, mask)) in dmlp.iter_mut().zip(mlp.iter().zip(mlp_mask.iter().cycle())) {
            *g = if *v > 0.0 { *g * mask } else { 0.0 };
        }
        back_input(&self.p[l.mlp.0..l.mlp.0 + m * d], &dmlp, m, d, &mut dtop);
        {
            let (dw, rest) = self.g[l.mlp.0..].split_at_mut(m * d);
            back_weights(&dmlp, &top, m, d, dw, &mut rest[..m]);
        }
        let mut dx = apply(&dtop, &top_mask);
        for (k, (w, bias, heed)) in l.layers.iter().enumerate().rev() {
            let (u, c) = (&gates[k], &cells[k]);
            let mut du = vec![0.0f32; n * 3 * d];
            let mut carry = vec![0.0f32; h];
            let zero = vec![0.0f32; h];
            for side in [0, h] {
                let at = heed + 2 * side;
                let (vf, vo) = self.p[at..at + 2 * h].split_at(h);
                let (gf, go) = self.g[at..at + 2 * h].split_at_mut(h);
                carry.fill(0.0);
                for step in (0..n).rev() {
                    let t = if side > 0 { n - 1 - step } else { step };
                    let before = if step == 0 {
                        &zero[..]
                    } else {
                        &c[(if side > 0 { t + 1 } else { t - 1 }) * d + side..][..h]
                    };
                    let now = &c[t * d + side..][..h];
                    let u = &u[t * 3 * d + 3 * side..][..3 * h];
                    let du = &mut du[t * 3 * d + 3 * side..][..3 * h];
                    let dx = &dx[t * d + side..][..h];
                    for i in 0..h {
                        let (z, f, o) = (u[i], u[h + i], u[2 * h + i]);
                        let dc = carry[i] + dx[i] * o;
                        let df = dc * (before[i] - z) * f * (1.0 - f);
                        let dout = dx[i] * now[i] * o * (1.0 - o);
                        du[i] = dc * (1.0 - f) * (1.0 - z * z);
                        du[h + i] = df;
                        du[2 * h + i] = dout;
                        gf[i] += df * before[i];
                        go[i] += dout * before[i];
                        carry[i] = dc * f + df * vf[i] + dout * vo[i];
                    }
                }
            }
            let (dw, rest) = self.g[*w..].split_at_mut(3 * d * d);
            debug_assert_eq!(*bias, w + 3 * d * d);
            back_weights(&du, &inputs[k], 3 * d, d, dw, &mut rest[..3 * d]);
            let mut dinput = vec![0.0f32; n * d];
            back_input(&self.p[*w..w + 3 * d * d], &du, 3 * d, d, &mut dinput);
            for ((x, g), mask) in dx.iter_mut().zip(&dinput).zip(masks[k].iter().cycle()) {
                *x += g * mask;
            }
        }
        for (g, ids) in dx.chunks_exact(d).zip(&e.ids) {
            for (k, id) in ids.iter().enumerate() {
                if *id != u32::MAX {
                    let at = l.tables[k] + *id as usize * d;
                    axpy(1.0, g, &mut self.g[at..at + d]);
                    if !self.marked[at / d] {
                        self.marked[at / d] = true;
                        self.touched.push(at);
                    }
                }
            }
        }
        loss
    }

    fn adam(&mut self, from: usize, to: usize, rate: f32, clip: f32) {
        let (b1, b2) = (0.9f32, 0.98f32);
        let c1 = 1.0 - b1.powi(self.steps);
        let c2 = 1.0 - b2.powi(self.steps);
        for i in from..to {
            let g = self.g[i] * clip;
            self.g[i] = 0.0;
            self.m[i] = b1 * self.m[i] + (1.0 - b1) * g;
            self.v[i] = b2 * self.v[i] + (1.0 - b2) * g * g;
            self.p[i] -= rate * (self.m[i] / c1) / ((self.v[i] / c2).sqrt() + 1e-8);
        }
    }

    fn step(&mut self, rate: f32) {
        self.steps += 1;
        let dense = self.layout.tables[INPUTS - 1] + self.shape.rows[INPUTS - 1] * self.shape.dim;
        let (d, total) = (self.shape.dim, self.layout.total);
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        let norm: f32 = self.g[dense..].iter().map(|g| g * g).sum::<f32>()
            + touched.iter().map(|t| self.g[*t..t + d].iter().map(|g| g * g).sum::<f32>()).sum::<f32>();
        let clip = (2.0 / norm.sqrt()).min(1.0);
        for at in touched.drain(..) {
            self.marked[at / d] = false;
            self.adam(at, at + d, rate, clip);
        }
        self.touched = touched;
        self.adam(dense, total, rate, clip);
    }

    /// Trains; after each round `watch` sees the parameters. `blur` hides some inputs of an example, as unseen words would.
    pub fn run(
        &mut self,
        examples: &[Example],
        plan: &Plan,
        blur: &mut dyn FnMut(&mut Example, &mut Random),
        watch: &mut dyn FnMut(usize, f32, &Self),
    ) {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let words: usize = examples.iter().map(|e| e.ids.len()).sum();
        let total = (plan.rounds * words) as f32;
        let mut done = 0usize;
        for round in 0..plan.rounds {
            let mut random = Random(self.random.next() | 1);
            random.shuffle(&mut order);
            let mut loss = 0.0;
            let mut at = 0;
            while at < order.len() {
                let mut end = at;
                let mut size = 0;
                while end < order.len() && (end == at || size < plan.batch_words) {
                    size += examples[order[end]].ids.len();
                    end += 1;
                }
                for &i in &order[at..end] {
                    let mut e = examples[i].clone();
                    blur(&mut e, &mut random);
                    loss += self.sentence(&e, plan, 1.0 / size as f32);
                }
                let progress = done as f32 / total;
                let rate = plan.rate * (1.0 - progress).max(0.01) * (progress * 50.0).clamp(0.05, 1.0);
                self.step(rate);
                done += size;
                at = end;
            }
            watch(round, loss / words as f32, self);
        }
    }
}

const _: () = assert!(REACH >= 12);
