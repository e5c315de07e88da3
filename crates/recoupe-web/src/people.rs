//! Signing in: passwords by Argon2id, secrets that only the browser holds, and a brake on guessing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};

use crate::app::{App, lock};
use crate::error::Oops;

/// The cookie that holds the secret.
pub const COOKIE: &str = "recoupe";
/// How long one stays signed in.
pub const STAY: SignedDuration = SignedDuration::from_hours(24 * 14);
/// How long a token for programs counts.
pub const YEAR: SignedDuration = SignedDuration::from_hours(24 * 365);
/// Attempts that fail under one name from one address before one has to wait.
const ATTEMPTS: usize = 8;
/// In how long.
const WITHIN: Duration = Duration::from_secs(15 * 60);
/// The shortest password.
pub const SHORTEST: usize = 12;

/// A secret nobody guesses: 256 bits in hexadecimal.
pub fn secret() -> Result<String, Oops> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Oops::Defect)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// The hash of a password, in PHC form.
pub fn hash(password: &str) -> Result<String, Oops> {
    Argon2::default().hash_password(password.as_bytes()).map(|h| h.to_string()).map_err(|_| Oops::Defect)
}

/// Whether a password is that of a hash.
pub fn fits(password: &str, hash: &str) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

/// This long from now, as the workspace writes times.
pub fn until(stay: SignedDuration) -> String {
    let end = Timestamp::now().saturating_add(stay).unwrap_or(Timestamp::MAX);
    Timestamp::from_second(end.as_second()).unwrap_or(end).to_string()
}

/// Lets somebody in, or does not. Returns the secret for their browser.
pub async fn sign_in(app: &Arc<App>, name: String, password: String, address: String) -> Result<String, Oops> {
    // One guesser does not lock out the one who is guessed, nor everybody behind the same door.
    let both = format!("{name} from {address}");
    let keys =
        [(both.clone(), ATTEMPTS), (format!("from {address}"), 5 * ATTEMPTS), (format!("name {name}"), 10 * ATTEMPTS)];
    if keys.iter().any(|(k, most)| too_many(app, k, *most)) {
        return Err(Oops::TooMany);
    }
    let secret = secret()?;
    let digest = recoupe_store::digest(secret.as_bytes());
    let who = name.clone();
    // The slow part needs no turn at writing.
    let ok = app
        .read(move |d| {
            let known = d.store.person(&who)?.and_then(|p| p.password);
            // An unknown name takes as long as a known one.
            Ok(match &known {
                Some(hash) => fits(&password, hash),
                None => {
                    let _ = hash(&password);
                    false
                }
            })
        })
        .await?;
    app.write(move |d| {
        d.store.note_sign_in(&name, &address, ok)?;
        if ok {
            d.store.sign_in(&name, &digest, "", &until(STAY))?;
        }
        Ok(())
    })
    .await?;
    let mut failures = lock(&app.failures);
    if ok {
        failures.remove(&both);
        return Ok(secret);
    }
    for (k, _) in keys {
        failures.entry(k).or_default().push(Instant::now());
    }
    Err(Oops::Bad("oops.password"))
}

/// Whether attempts under a key failed too often lately.
fn too_many(app: &App, key: &str, most: usize) -> bool {
    let mut failures = lock(&app.failures);
    let now = Instant::now();
    failures.retain(|_, all| {
        all.retain(|t| now.duration_since(*t) < WITHIN);
        !all.is_empty()
    });
    failures.get(key).is_some_and(|all| all.len() >= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_hash_and_no_other() {
        let h = hash("correct horse battery").expect("hashed");
        assert!(h.starts_with("$argon2id$"), "{h}");
        assert!(fits("correct horse battery", &h) && !fits("correct horse", &h) && !fits("x", "not a hash"));
        assert_ne!(h, hash("correct horse battery").expect("hashed"), "salted");
    }

    #[test]
    fn secrets_are_long_and_never_the_same() {
        let (a, b) = (secret().expect("random"), secret().expect("random"));
        assert_eq!(a.len(), 64);
        assert_ne!(a, b);
    }
}
