//! The parser: a small recurrent network reads the sentence both ways and scores every head for every word.
//!
//! Weights and activations are 16-bit integers summed in 32 bits; what is left in floating point is elementwise and in a
//! fixed order (no library functions), so that a sentence has the same tree on every machine.

use crate::bytes::{ModelError, Reader, Writer};
use crate::kernel::{Packed, pairs};
use crate::loops::{ACTIVE, activate, activate_products, add_rows, quantise, rectified, recur, scaled};

/// Weights are multiples of 2^-12.
pub(crate) const WEIGHT: f32 = 4096.0;
/// Weights of the input tables are multiples of 2^-6.
const TABLE: f32 = 64.0;
/// Distances between a word and its head are told apart up to here, to each side.
pub(crate) const REACH: usize = 12;
/// Kinds of input that are added up for a word.
pub(crate) const INPUTS: usize = 10;

/// The sizes of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Rows of the input tables.
    pub rows: [usize; INPUTS],
    /// Width of the layers; half of it reads forwards, half backwards.
    pub dim: usize,
    pub layers: usize,
    /// Width of the arc and of the label vectors.
    pub arc: usize,
    pub lab: usize,
    pub labels: usize,
    pub tags: usize,
}

/// Where the parts of a network stand in the list of its parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    pub tables: [usize; INPUTS],
    /// Matrix (3·dim × dim) and bias of each layer, then how much its forget and output gates heed the memory; rows:
    /// candidate, forget, output, first forwards then backwards.
    pub layers: Vec<(usize, usize, usize)>,
    /// Matrix and bias (2·arc + 2·lab) of what a word is as a dependent and as a head.
    pub mlp: (usize, usize),
    /// arc × arc.
    pub arc: usize,
    /// How likely a head is at all.
    pub prior: usize,
    /// By signed distance.
    pub dist: usize,
    /// The root as a head.
    pub root: usize,
    /// Three matrices (labels × lab), one bias.
    pub label: [usize; 4],
    /// Matrix and bias.
    pub tag: (usize, usize),
    pub total: usize,
}

impl Shape {
    /// Parameters in the input tables, which come first.
    pub fn tables(&self) -> usize {
        self.rows.iter().sum::<usize>() * self.dim
    }
    pub fn mlp(&self) -> usize {
        2 * (self.arc + self.lab)
    }
    pub fn layout(&self) -> Layout {
        let mut l = Layout::default();
        let mut at = 0;
        let mut take = |n: usize| {
            at += n;
            at - n
        };
        for i in 0..INPUTS {
            l.tables[i] = take(self.rows[i] * self.dim);
        }
        for _ in 0..self.layers {
            l.layers.push((take(3 * self.dim * self.dim), take(3 * self.dim), take(2 * self.dim)));
        }
        l.mlp = (take(self.mlp() * self.dim), take(self.mlp()));
        l.arc = take(self.arc * self.arc);
        l.prior = take(self.arc);
        l.dist = take(2 * REACH + 1);
        l.root = take(self.arc);
        l.label = [
            take(self.labels * self.lab),
            take(self.labels * self.lab),
            take(self.labels * self.lab),
            take(self.labels),
        ];
        l.tag = (take(self.tags * self.dim), take(self.tags));
        l.total = at;
        l
    }
}

impl Layout {
    /// The same places counted from the end of the input tables.
    fn without(mut self, tables: usize) -> Self {
        for (w, b, v) in &mut self.layers {
            *w -= tables;
            *b -= tables;
            *v -= tables;
        }
        let single = [
            &mut self.mlp.0,
            &mut self.mlp.1,
            &mut self.arc,
            &mut self.prior,
            &mut self.dist,
            &mut self.root,
            &mut self.tag.0,
            &mut self.tag.1,
            &mut self.total,
        ];
        single.into_iter().chain(&mut self.label).for_each(|p| *p -= tables);
        self
    }
}

/// Bucket of the distance from a word to its head.
pub(crate) fn distance(word: usize, head: usize) -> usize {
    let squash = |d: usize| match d {
        0..=6 => d,
        7..=8 => 7,
        9..=11 => 8,
        12..=16 => 9,
        17..=24 => 10,
        25..=40 => 11,
        _ => 12,
    };
    if head > word { REACH + squash(head - word) } else { REACH - squash(word - head) }
}

/// A trained network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Net {
    pub shape: Shape,
    layout: Layout,
    /// Input tables, which come first among the parameters.
    table: Vec<i8>,
    /// All others.
    weights: Vec<i16>,
    layers: Vec<Layer>,
    mlp: Packed,
    mlp_bias: Vec<f32>,
    arc: Packed,
    prior: Vec<f32>,
    dist: Vec<f32>,
    root: Vec<i16>,
    label: Packed,
    label_bias: Vec<f32>,
}

/// A layer made ready.
#[derive(Clone, Debug, Default)]
struct Layer {
    matrix: Packed,
    bias: Vec<f32>,
    /// How much the forget and the output gate heed the memory, forwards and backwards.
    heed: Vec<f32>,
}

/// Buffers of [`Net::run`], and what it found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    x: Vec<f32>,
    q: Vec<i32>,
    u: Vec<i32>,
    memo: Vec<f32>,
    mlp: Vec<f32>,
    ends: Vec<i16>,
    heads: Packed,
    far: Vec<f32>,
    arcs: Vec<f32>,
    /// Head of each word; the number of words for the root.
    pub head: Vec<u32>,
    pub label: Vec<u16>,
}

/// A list of numbers as the kernel reads it.
fn quantised(x: &[f32], out: &mut Vec<i32>) {
    // what stands there from before is written over
    out.resize(x.len() / 2, 0);
    quantise(x, out);
}

/// A list of numbers as activations, after what `out` holds.
fn append_ends(x: &[f32], out: &mut Vec<i16>) {
    let at = out.len();
    out.resize(at + x.len(), 0);
    activate(x, &mut out[at..]);
}

fn fixed(w: &[i16]) -> Vec<f32> {
    w.iter().map(|w| f32::from(*w) * (1.0 / WEIGHT)).collect()
}

/// From a product of weights and activations.
const SCALE: f32 = 1.0 / (WEIGHT * ACTIVE);

impl Net {
    /// A network from its parameters in the order of [`Layout`].
    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn new(shape: Shape, parameters: &[f32]) -> Self {
        let (tables, rest) = parameters.split_at(shape.tables());
        let table = tables.iter().map(|p| (p * TABLE).round().clamp(-127.0, 127.0) as i8).collect();
        let weights = rest.iter().map(|p| (p * WEIGHT).round().clamp(-32767.0, 32767.0) as i16).collect();
        Self::ready(shape, table, weights)
    }

    fn ready(shape: Shape, table: Vec<i8>, weights: Vec<i16>) -> Self {
        let layout = shape.layout().without(shape.tables());
        let (d, b) = (shape.dim, shape.lab);
        let layer = |(w, bias, v): &(usize, usize, usize)| Layer {
            matrix: Packed::new(&weights[*w..w + 3 * d * d], d),
            bias: fixed(&weights[*bias..bias + 3 * d]),
            heed: fixed(&weights[*v..v + 2 * d]),
        };
        let layers = layout.layers.iter().map(layer).collect();
        let mlp = Packed::new(&weights[layout.mlp.0..layout.mlp.0 + shape.mlp() * d], d);
        let arc = Packed::new(&weights[layout.arc..layout.arc + shape.arc * shape.arc], shape.arc);
        // The three label matrices side by side.
        let rows =
            (0..shape.labels).flat_map(|r| layout.label[..3].iter().flat_map(move |at| at + r * b..at + (r + 1) * b));
        let label = Packed::new(&rows.map(|i| weights[i]).collect::<Vec<i16>>(), 3 * b);
        let of = |at: usize, n: usize| fixed(&weights[at..at + n]);
        let mut root = Vec::new();
        append_ends(&of(layout.root, shape.arc), &mut root);
        let mlp_bias = of(layout.mlp.1, shape.mlp());
        let prior = of(layout.prior, shape.arc);
        let dist = of(layout.dist, 2 * REACH + 1);
        let label_bias = of(layout.label[3], shape.labels);
        Self { shape, layout, table, weights, layers, mlp, mlp_bias, arc, prior, dist, root, label, label_bias }
    }

    /// Heads and labels of a sentence, given the rows of the input tables for each word.
    pub fn run(&self, words: &[[u32; INPUTS]], work: &mut Work) {
        let (s, d) = (&self.shape, self.shape.dim);
        work.x.resize(words.len() * d, 0.0);
        for (x, ids) in work.x.chunks_exact_mut(d).zip(words) {
            let rows: [&[i8]; INPUTS] = std::array::from_fn(|i| {
                let at = self.layout.tables[i] + (ids[i] as usize).min(s.rows[i] - 1) * d;
                &self.table[at..at + d]
            });
            add_rows(&rows, 1.0 / TABLE, x);
        }
        for layer in &self.layers {
            self.layer(layer, words.len(), work);
        }
        quantised(&work.x, &mut work.q);
        self.mlp.product(&work.q, &mut work.u);
        work.mlp.resize(words.len() * s.mlp(), 0.0);
        for (u, out) in work.u.chunks_exact(self.mlp.width()).zip(work.mlp.chunks_exact_mut(s.mlp())) {
            rectified(u, &self.mlp_bias, SCALE, out);
        }
        self.arcs(words.len(), work);
        crate::mst::heads(&work.arcs, words.len(), &mut work.head);
        self.labels(words.len(), work);
    }

    fn layer(&self, layer: &Layer, n: usize, work: &mut Work) {
        let d = self.shape.dim;
        let h = d / 2;
        quantised(&work.x, &mut work.q);
        layer.matrix.product(&work.q, &mut work.u);
        let width = layer.matrix.width();
        for side in [0, h] {
            work.memo.clear();
            work.memo.resize(h, 0.0);
            let (bias, heed) = (&layer.bias[3 * side..], &layer.heed[2 * side..]);
            for k in 0..n {
                let t = if side > 0 { n - 1 - k } else { k };
                let u = &work.u[t * width + 3 * side..];
                recur(u, bias, heed, SCALE, &mut work.memo, &mut work.x[t * d + side..]);
            }
        }
    }

    /// Scores of every head for every word: row per word, `n + 1` columns, the last the root.
    fn arcs(&self, n: usize, work: &mut Work) {
        let (a, m) = (self.shape.arc, self.shape.mlp());
        work.q.resize(n * (a / 2), 0);
        work.ends.resize(n * a, 0);
        let outs = work.q.chunks_exact_mut(a / 2).zip(work.ends.chunks_exact_mut(a));
        for (v, (q, ends)) in work.mlp.chunks_exact(m).zip(outs) {
            quantise(&v[..a], q);
            activate(&v[a..2 * a], ends);
        }
        work.ends.extend(&self.root);
        self.arc.product(&work.q, &mut work.u);
        work.memo.resize(a, 0.0);
        for (u, q) in work.u.chunks_exact(self.arc.width()).zip(work.q.chunks_exact_mut(a / 2)) {
            scaled(u, &self.prior, SCALE, &mut work.memo);
            quantise(&work.memo, q);
        }
        work.heads.fill(&work.ends, a);
        work.heads.product(&work.q, &mut work.u);
        // the distances of all heads from a word lie side by side, from the first word of the sentence to the last
        work.far.clear();
        work.far.extend((0..(2 * n).saturating_sub(1)).map(|j| self.dist[distance(n - 1, j)]));
        work.arcs.resize(n * (n + 1), 0.0);
        let scale = 1.0 / (ACTIVE * ACTIVE);
        let rows = work.u.chunks_exact(work.heads.width()).zip(work.arcs.chunks_exact_mut(n + 1));
        for (i, (u, out)) in rows.enumerate() {
            scaled(&u[..n], &work.far[n - 1 - i..][..n], scale, &mut out[..n]);
            out[n] = u[n] as f32 * scale;
        }
    }

    fn labels(&self, n: usize, work: &mut Work) {
        let (a, b, m, k) = (self.shape.arc, self.shape.lab, self.shape.mlp(), self.shape.labels);
        work.q.clear();
        work.ends.resize(3 * b, 0);
        for i in 0..n {
            let word = &work.mlp[i * m + 2 * a..][..b];
            let h = work.head[i] as usize;
            let (mine, rest) = work.ends.split_at_mut(b);
            activate(word, mine);
            if h < n {
                let head = &work.mlp[h * m + 2 * a + b..][..b];
                activate(head, &mut rest[..b]);
                activate_products(word, head, &mut rest[b..]);
            } else {
                rest.fill(0);
            }
            pairs(&work.ends, &mut work.q);
        }
        self.label.product(&work.q, &mut work.u);
        work.label.clear();
        work.memo.resize(k, 0.0);
        for u in work.u.chunks_exact(self.label.width()) {
            scaled(u, &self.label_bias, SCALE, &mut work.memo);
            work.label.push(best(&work.memo) as u16);
        }
    }

    #[cfg_attr(not(feature = "train"), allow(dead_code))]
    pub fn write(&self, w: &mut Writer) {
        let s = &self.shape;
        s.rows.iter().chain([&s.dim, &s.layers, &s.arc, &s.lab, &s.labels, &s.tags]).for_each(|v| w.uint(*v as u64));
        w.out.extend(self.table.iter().map(|v| *v as u8));
        w.out.extend(self.weights.iter().flat_map(|v| v.to_le_bytes()));
    }

    pub fn read(r: &mut Reader<'_>) -> Result<Self, ModelError> {
        let mut v = [0usize; INPUTS + 6];
        for v in &mut v {
            *v = r.uint()? as usize;
            if *v > 1 << 20 {
                return Err(r.damaged());
            }
        }
        let mut shape = Shape {
            dim: v[INPUTS],
            layers: v[INPUTS + 1],
            arc: v[INPUTS + 2],
            lab: v[INPUTS + 3],
            labels: v[INPUTS + 4],
            tags: v[INPUTS + 5],
            ..Shape::default()
        };
        shape.rows.copy_from_slice(&v[..INPUTS]);
        let odd = shape.dim == 0
            || shape.dim % 2 == 1
            || shape.dim > 4096
            || shape.layers > 64
            || shape.arc == 0
            || shape.arc > 4096
            || shape.lab == 0
            || shape.lab > 4096;
        if odd || shape.arc % 2 == 1 || shape.labels == 0 || shape.rows.contains(&0) {
            return Err(r.damaged());
        }
        let total = shape.layout().total - shape.tables();
        let table = r.take(shape.tables())?.iter().map(|b| *b as i8).collect();
        let weights = r.take(total * 2)?.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect();
        Ok(Self::ready(shape, table, weights))
    }
}

/// The first of the highest scores.
fn best(scores: &[f32]) -> usize {
    let mut b = 0;
    for (i, s) in scores.iter().enumerate() {
        if *s > scores[b] {
            b = i;
        }
    }
    b
}
