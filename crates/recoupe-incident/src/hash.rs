//! Stable ids, and a fast fixed hash for word sequences.

use sha2::{Digest, Sha256};

/// First twelve hex digits of the SHA-256 over the parts, each ended by a zero byte, after `prefix`.
pub fn short_id(prefix: &str, parts: &[&str]) -> String {
    let mut h = Sha256::new();
    for p in parts {
        h.update(p.as_bytes());
        h.update([0]);
    }
    let mut out = String::with_capacity(prefix.len() + 12);
    out.push_str(prefix);
    for b in h.finalize().iter().take(6) {
        out.push(char::from_digit(u32::from(b >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(b & 15), 16).unwrap_or('0'));
    }
    out
}

/// FNV-1a over bytes, mixed at the end: the same on every machine.
pub(crate) fn fast(bytes: &[u8]) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in bytes {
        h = (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(h)
}

/// Joins two hashes; order counts.
pub(crate) fn join(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b)
}

fn mix(mut h: u64) -> u64 {
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^= h >> 32;
    h = h.wrapping_mul(0xd6e8_feb8_6659_fd93);
    h ^ (h >> 32)
}
