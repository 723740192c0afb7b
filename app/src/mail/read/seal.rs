//! Signed and encrypted mails: which they are, and what lies readable inside a signature around everything.

use entities::ticket::mail_facts::Seal;
use mail_parser::{MessagePart, MimeHeaders};

use super::{Mail, Source, Warning, bodies};

/// Deeper structures are not followed.
const MOST_DEPTH: usize = 12;

/// The object identifier of signed data in CMS (RFC 5652), as it is written.
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

const PGP_ENCRYPTED: &str = "-----BEGIN PGP MESSAGE-----";
const PGP_SIGNED: &str = "-----BEGIN PGP SIGNED MESSAGE-----";

/// Notes on the mail how it is sealed.
pub(super) fn mark(source: &Source<'_>, mail: &mut Mail, warnings: &mut Vec<Warning>) {
    for part in &source.message.parts {
        let protocol = part
            .content_type()
            .and_then(|kind| kind.attribute("protocol"))
            .unwrap_or_default()
            .to_ascii_lowercase();
        if part.is_content_type("multipart", "signed") {
            mail.signed = Some(if protocol.contains("pgp") {
                Seal::Pgp
            } else {
                Seal::Smime
            });
        }
        if part.is_content_type("multipart", "encrypted")
            || part.is_content_type("application", "pgp-encrypted")
        {
            mail.encrypted = Some(Seal::Pgp);
        }
        if is_smime(part)
            && signed_content(&bodies::bytes(part, source.raw, &mut Vec::new())).is_none()
        {
            mail.encrypted = Some(Seal::Smime);
        }
    }
    let text = mail.text.trim_start();
    if text.starts_with(PGP_ENCRYPTED) {
        mail.encrypted = Some(Seal::Pgp);
    }
    if text.starts_with(PGP_SIGNED) {
        mail.signed = Some(Seal::Pgp);
    }
    if mail.encrypted.is_some() {
        warnings.push(Warning::Encrypted);
    }
}

fn is_smime(part: &MessagePart<'_>) -> bool {
    part.is_content_type("application", "pkcs7-mime")
        || part.is_content_type("application", "x-pkcs7-mime")
}

/// The whole mail again, with what its signature encloses in place of the signature.
pub(super) fn opened(source: &Source<'_>) -> Option<Vec<u8>> {
    let root = source.message.parts.first().filter(|part| is_smime(part))?;
    let inner = signed_content(&bodies::bytes(root, source.raw, &mut Vec::new()))?;
    let mut whole = Vec::with_capacity(inner.len() + 2048);
    for header in &root.headers {
        let name = header.name.as_str().to_ascii_lowercase();
        if name.starts_with("content-") || name == "mime-version" {
            continue;
        }
        let span = header.offset_field as usize..header.offset_end as usize;
        whole.extend_from_slice(source.raw.get(span)?);
    }
    whole.extend_from_slice(b"MIME-Version: 1.0\r\n");
    whole.extend_from_slice(&inner);
    Some(whole)
}

/// What signed data encloses; none when it is encrypted, or signs something beside it.
fn signed_content(bytes: &[u8]) -> Option<Vec<u8>> {
    let info = element(bytes, 0)?;
    let (kind, rest) = first(&info)?;
    if kind.content != SIGNED_DATA {
        return None;
    }
    let explicit = element(rest, 0)?;
    let signed = element(explicit.content, 0)?;
    let (_version, rest) = first(&signed)?;
    let digests = element(rest, 0)?;
    let enclosed = element(digests.after, 0)?;
    let (_kind, rest) = first(&enclosed)?;
    let explicit = element(rest, 0)?;
    let octets = element(explicit.content, 0)?;
    let mut out = Vec::new();
    collect(&octets, &mut out, 0)?;
    (!out.is_empty()).then_some(out)
}

/// One element of BER.
struct Ber<'a> {
    tag: u8,
    content: &'a [u8],
    after: &'a [u8],
}

fn first<'a>(of: &Ber<'a>) -> Option<(Ber<'a>, &'a [u8])> {
    let first = element(of.content, 0)?;
    let after = first.after;
    Some((first, after))
}

fn element(bytes: &[u8], depth: usize) -> Option<Ber<'_>> {
    if depth > MOST_DEPTH {
        return None;
    }
    let [tag, length, rest @ ..] = bytes else {
        return None;
    };
    let (tag, length) = (*tag, *length);
    // No tag of CMS needs more than one byte.
    if tag & 0x1f == 0x1f {
        return None;
    }
    if length == 0x80 {
        let mut after = rest;
        while !after.starts_with(&[0, 0]) {
            after = element(after, depth + 1)?.after;
        }
        return Some(Ber {
            tag,
            content: &rest[..rest.len() - after.len()],
            after: &after[2..],
        });
    }
    let (length, rest) = if length < 0x80 {
        (usize::from(length), rest)
    } else {
        let count = usize::from(length & 0x7f);
        let digits = rest.get(..count).filter(|_| count <= 6)?;
        let length = digits
            .iter()
            .fold(0_usize, |n, byte| n << 8 | usize::from(*byte));
        (length, &rest[count..])
    };
    Some(Ber {
        tag,
        content: rest.get(..length)?,
        after: &rest[length..],
    })
}

/// The bytes of an octet string, which may come in pieces.
fn collect(of: &Ber<'_>, out: &mut Vec<u8>, depth: usize) -> Option<()> {
    match of.tag {
        0x04 => out.extend_from_slice(of.content),
        0x24 if depth <= MOST_DEPTH => {
            let mut rest = of.content;
            while !rest.is_empty() {
                let piece = element(rest, depth + 1)?;
                collect(&piece, out, depth + 1)?;
                rest = piece.after;
            }
        }
        _ => return None,
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_data_in_pieces_of_no_told_length_is_read() {
        let oid = |last: u8| [0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last];
        let mut bytes = vec![0x30, 0x80];
        bytes.extend(oid(2));
        bytes.extend([0xa0, 0x80, 0x30, 0x80, 0x02, 1, 1, 0x31, 0, 0x30, 0x80]);
        bytes.extend(oid(1));
        bytes.extend([0xa0, 0x80, 0x24, 0x80, 0x04, 2, b'G', b'u', 0x04, 1, b't']);
        bytes.extend([0; 12]);
        assert_eq!(signed_content(&bytes).as_deref(), Some(&b"Gut"[..]));
        for end in 0..bytes.len() - 12 {
            assert_eq!(signed_content(&bytes[..end]), None);
        }
    }
}
