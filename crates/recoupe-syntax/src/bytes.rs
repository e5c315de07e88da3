//! The bytes of a model: variable-length integers and strings.

use thiserror::Error;

/// Why bytes are not a model.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// They do not begin like a model of this version.
    #[error("not a syntax model of this version")]
    Version,
    /// They end too early or say something impossible; the number is the byte where it was noticed.
    #[error("the syntax model is damaged at byte {0}")]
    Damaged(usize),
}

/// Writes a model.
#[cfg_attr(not(feature = "train"), allow(dead_code))]
#[derive(Default)]
pub(crate) struct Writer {
    pub out: Vec<u8>,
}

#[cfg_attr(not(feature = "train"), allow(dead_code))]
impl Writer {
    pub fn uint(&mut self, mut v: u64) {
        while v >= 0x80 {
            self.out.push(v as u8 | 0x80);
            v >>= 7;
        }
        self.out.push(v as u8);
    }
    /// Signed, zigzag.
    pub fn int(&mut self, v: i64) {
        self.uint(((v << 1) ^ (v >> 63)) as u64);
    }
    pub fn u32(&mut self, v: u32) {
        self.out.extend(v.to_le_bytes());
    }
    pub fn text(&mut self, s: &str) {
        self.uint(s.len() as u64);
        self.out.extend(s.as_bytes());
    }
}

/// Reads a model, never past its end.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }
    pub fn damaged(&self) -> ModelError {
        ModelError::Damaged(self.at)
    }
    pub fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let end = self.at.checked_add(n).ok_or(self.damaged())?;
        let part = self.bytes.get(self.at..end).ok_or(self.damaged())?;
        self.at = end;
        Ok(part)
    }
    pub fn byte(&mut self) -> Result<u8, ModelError> {
        Ok(self.take(1)?[0])
    }
    pub fn uint(&mut self) -> Result<u64, ModelError> {
        let mut v = 0u64;
        for shift in (0..64).step_by(7) {
            let b = self.byte()?;
            v |= u64::from(b & 0x7f) << shift;
            if b < 0x80 {
                return Ok(v);
            }
        }
        Err(self.damaged())
    }
    pub fn int(&mut self) -> Result<i64, ModelError> {
        let v = self.uint()?;
        Ok((v >> 1) as i64 ^ -((v & 1) as i64))
    }
    pub fn u32(&mut self) -> Result<u32, ModelError> {
        let b = self.take(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
    /// A count of things that take at least one byte each, so that a damaged count cannot ask for endless memory.
    pub fn count(&mut self) -> Result<usize, ModelError> {
        let n = self.uint()? as usize;
        if n > self.bytes.len() - self.at { Err(self.damaged()) } else { Ok(n) }
    }
    pub fn text(&mut self) -> Result<&'a str, ModelError> {
        let n = self.count()?;
        std::str::from_utf8(self.take(n)?).map_err(|_| self.damaged())
    }
}
