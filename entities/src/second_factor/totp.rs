//! Codes that change every thirty seconds (RFC 6238), as every authenticator app counts them: SHA-1, six digits.

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use crate::clock::Instant;
use crate::error::Result;
use crate::random;

/// How long a code stands, in seconds.
const STEP: i64 = 30;
/// How many steps a clock may go wrong, either way.
const DRIFT: i64 = 1;

/// Bytes in the letters apps take.
pub(crate) fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes)
}

/// A new secret: 160 bits in base32.
pub fn secret() -> Result<String> {
    Ok(base32(&random::bytes::<20>()?))
}

/// The step whose code this is, if one near that time has it.
pub fn step_of(secret: &str, typed: &str, at: Instant) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let now = at.timestamp() / STEP;
    (now - DRIFT..=now + DRIFT).find(|step| code(secret, *step).as_deref() == Some(&digits))
}

/// The code of that time.
pub fn code_at(secret: &str, at: Instant) -> Option<String> {
    code(secret, at.timestamp() / STEP)
}

fn code(secret: &str, step: i64) -> Option<String> {
    let key = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).ok()?;
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash.last()? & 15);
    let four: [u8; 4] = hash.get(from..from + 4)?.try_into().ok()?;
    let number = u32::from_be_bytes(four) & 0x7fff_ffff;
    Some(format!("{:06}", number % 1_000_000))
}

/// What an app reads from the picture. `issuer` and `account` are what it shows.
pub fn address(secret: &str, issuer: &str, account: &str) -> String {
    let (issuer, account) = (encoded(issuer), encoded(account));
    format!("otpauth://totp/{issuer}:{account}?secret={secret}&issuer={issuer}")
}

fn encoded(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'@' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use chrono::DateTime;

    /// `12345678901234567890`, as in the RFC.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> Instant {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_rfc() {
        // Its table has eight digits; six are their end.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(RFC, at(seconds)).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_clock_may_be_one_step_wrong() {
        let code = code_at(RFC, at(900)).unwrap();
        for (seconds, step) in [
            (870, true),
            (900, true),
            (959, true),
            (960, false),
            (869, false),
        ] {
            assert_eq!(
                step_of(RFC, &code, at(seconds)).is_some(),
                step,
                "{seconds}"
            );
        }
        let spaced = format!("{} {}", &code[..3], &code[3..]);
        assert_eq!(step_of(RFC, &spaced, at(900)), Some(30));
        assert_eq!(step_of(RFC, "", at(900)), None);
    }

    #[test]
    fn names_do_not_break_the_address() {
        let address = address("ABC", "Servicedesk & Co", "a@b.example?x");
        assert_eq!(
            address,
            "otpauth://totp/Servicedesk%20%26%20Co:a@b.example%3Fx?secret=ABC&issuer=Servicedesk%20%26%20Co"
        );
    }
}
