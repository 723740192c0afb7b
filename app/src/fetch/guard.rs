//! Which addresses the desk reaches by itself: the open internet, and hosts whose name the machine's owner has given.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A host whose name leads into a network that is nobody's business.
#[derive(Debug, thiserror::Error)]
#[error("{0} lies in a private network")]
pub struct Private(pub String);

/// Looks names up and hands out only addresses that may be reached; what was looked at is what is connected to.
#[derive(Clone, Debug)]
pub struct Guard {
    internal: Arc<[String]>,
}

impl Guard {
    /// These hosts may lie in a private network and be spoken to without TLS.
    pub fn new(internal: &[String]) -> Guard {
        Guard {
            internal: internal.iter().map(|host| host.to_lowercase()).collect(),
        }
    }

    pub fn is_internal(&self, host: &str) -> bool {
        let host = bare(host).trim_end_matches('.').to_lowercase();
        self.internal.contains(&host)
    }

    /// An address that stands in place of a name is not looked up, so it is asked here.
    pub fn allows_literal(&self, host: &str) -> bool {
        match bare(host).parse() {
            Ok(address) => self.is_internal(host) || is_public(address),
            Err(_) => true,
        }
    }
}

/// An address of version 6 stands in brackets.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']')
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        let anywhere = self.is_internal(&host);
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let all: Vec<SocketAddr> = found.filter(|a| anywhere || is_public(a.ip())).collect();
            if all.is_empty() {
                return Err(Private(host).into());
            }
            Ok(Box::new(all.into_iter()) as Addrs)
        })
    }
}

/// Whether an address belongs to the open internet.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let special = (a == 192 && b == 0 && c == 0) || (a == 198 && (18..20).contains(&b));
    !(a == 0
        || a >= 224
        || shared
        || special
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let last = || {
        let bytes = [g.to_be_bytes(), h.to_be_bytes()].concat();
        Ipv4Addr::new(bytes[0], bytes[1], bytes[2], bytes[3])
    };
    // Old addresses in new clothes: mapped ones and those of translators.
    if (a, b, c, d, e) == (0, 0, 0, 0, 0) {
        return f == 0xffff && is_public_v4(last());
    }
    if (a, b, c, d, e, f) == (0x64, 0xff9b, 0, 0, 0, 0) {
        return is_public_v4(last());
    }
    // Only what is given out for the internet; without tunnels, documentation and what is local to a link or site.
    let global = a & 0xe000 == 0x2000;
    let tunnel = a == 0x2002 || (a == 0x2001 && b < 0x0200);
    let documentation = a == 0x2001 && b == 0x0db8;
    global && !tunnel && !documentation
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_open_internet_is_public() {
        for open in ["9.9.9.9", "192.0.3.1", "2620:fe::fe", "::ffff:9.9.9.9"] {
            assert!(is_public(open.parse().unwrap()), "{open}");
        }
        for closed in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:a00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(closed.parse().unwrap()), "{closed}");
        }
    }

    #[test]
    fn a_named_host_may_lie_anywhere() {
        let guard = Guard::new(&["Login.intern.example".to_owned(), "127.0.0.1".to_owned()]);
        assert!(guard.is_internal("login.intern.example."));
        assert!(guard.allows_literal("127.0.0.1") && guard.allows_literal("login.example"));
        assert!(!guard.allows_literal("10.0.0.1") && !guard.allows_literal("[::1]"));
    }
}
