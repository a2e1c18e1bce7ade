//! Where a webhook may be: https on the public internet, or a place that the settings name. What partners write is not
//! trusted: a name is resolved here, every address behind it is looked at, and the connection goes to those very addresses.
//! Redirects are not followed, no proxy is asked, and of an answer little more is read than its status.

use super::letter::Letter;
use crate::config::WebhookSettings;
use crate::domain::webhook::AttemptOutcome;
use crate::domain::webhook::schedule::Answer;
use crate::telemetry::carried;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::Url;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER, USER_AGENT};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tracing::Instrument as _;
use tracing::field::Empty;

/// Longest time to look up a name, and to connect.
const PATIENCE: Duration = Duration::from_secs(5);

/// Most bytes of an answer that are read, so that the connection can be used again; they are thrown away.
const MOST_READ: usize = 4_096;

/// The address is one to which nothing is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAllowed;

/// The way out, as the settings have it.
#[derive(Clone, Debug)]
pub struct Egress {
    /// Hosts with their ports that may be reached wherever they are, and without TLS.
    allowed: Arc<[(String, u16)]>,
    timeout: Duration,
}

impl Default for Egress {
    fn default() -> Self {
        Self::new(&WebhookSettings::default())
    }
}

/// An open way to one webhook: the addresses behind its name are fixed.
pub struct Line {
    client: reqwest::Client,
    url: Url,
}

impl Egress {
    /// The way out that the settings describe.
    #[must_use]
    pub fn new(settings: &WebhookSettings) -> Self {
        Self {
            allowed: settings.allowed().into(),
            timeout: settings.timeout(),
        }
    }

    /// The address that a text names, if something may be sent to it; behind which addresses a name is, is looked at later.
    ///
    /// # Errors
    ///
    /// [`NotAllowed`].
    pub fn check(&self, text: &str) -> Result<Url, NotAllowed> {
        let url = Url::parse(text).map_err(|_| NotAllowed)?;
        let named = self.names(&url);
        let scheme = url.scheme() == "https" || url.scheme() == "http" && named;
        let bare = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let address = literal(&url);
        let reachable = named || address.is_none_or(is_public);
        let has_host = url.host_str().is_some_and(|host| !host.is_empty());
        if scheme && bare && reachable && has_host {
            Ok(url)
        } else {
            Err(NotAllowed)
        }
    }

    /// Whether the settings name the host and port of an address.
    fn names(&self, url: &Url) -> bool {
        let (Some(host), Some(port)) = (url.host_str(), url.port_or_known_default()) else {
            return false;
        };
        self.allowed
            .iter()
            .any(|(name, of)| name.eq_ignore_ascii_case(host) && *of == port)
    }

    /// Opens a way to an address: looks up its name and holds on to what was found.
    ///
    /// # Errors
    ///
    /// How an attempt ends that does not get so far.
    pub async fn open(&self, text: &str) -> Result<Line, AttemptOutcome> {
        let url = self
            .check(text)
            .map_err(|NotAllowed| AttemptOutcome::AddressNotAllowed)?;
        // An error says that a provider is installed already, which is all that is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(PATIENCE)
            .timeout(self.timeout);
        if let Some(name) = url.domain() {
            let addresses = self.look_up(name, &url).await?;
            client = client.resolve_to_addrs(name, &addresses);
        }
        let client = client.build().map_err(|error| {
            tracing::error!(%error, "nothing can be sent to webhooks: TLS cannot be set up");
            AttemptOutcome::NotConnected
        })?;
        Ok(Line { client, url })
    }

    async fn look_up(&self, name: &str, url: &Url) -> Result<Vec<SocketAddr>, AttemptOutcome> {
        let port = url.port_or_known_default().unwrap_or(443);
        let found = tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name, port))).await;
        let found = found.map_err(|_| AttemptOutcome::TimedOut)?;
        let addresses: Vec<SocketAddr> = found.map_err(|_| AttemptOutcome::NotConnected)?.collect();
        if addresses.is_empty() {
            return Err(AttemptOutcome::NotConnected);
        }
        // One private address among public ones is a trap.
        let public = addresses.iter().all(|address| is_public(address.ip()));
        if public || self.names(url) {
            Ok(addresses)
        } else {
            Err(AttemptOutcome::AddressNotAllowed)
        }
    }
}

impl Line {
    /// Sends a letter, and says how it was answered.
    pub async fn post(&self, letter: &Letter, now: DateTime<Utc>) -> Answer {
        // A trace of its own: what led to the notice is over, and nobody waits for this.
        let span = tracing::info_span!(parent: None, "webhook", otel.kind = "client", status = Empty);
        let request = self
            .client
            .post(self.url.clone())
            .headers(carried(&span))
            .header(USER_AGENT, concat!("avrr-gateway/", env!("CARGO_PKG_VERSION")))
            .header(CONTENT_TYPE, "application/json")
            .header("webhook-id", &letter.id)
            .header("webhook-timestamp", letter.timestamp)
            .header("webhook-signature", &letter.signature)
            .body(letter.body.clone());
        let mut answer = match request.send().instrument(span.clone()).await {
            Ok(answer) => answer,
            Err(fault) if fault.is_timeout() => return Answer::none(AttemptOutcome::TimedOut),
            Err(_) => return Answer::none(AttemptOutcome::NotConnected),
        };
        let retry_after = retry_after(answer.headers(), now);
        let told = Answer::of_status(answer.status().as_u16(), retry_after);
        span.record("status", answer.status().as_u16());
        let mut read = 0;
        // The status has been given: what the body does, or does not, changes nothing.
        while let Ok(Some(part)) = answer.chunk().await {
            read += part.len();
            if read > MOST_READ {
                break;
            }
        }
        told
    }
}

/// How long an answer asks to wait: seconds, or until a day and time of HTTP.
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let seconds = text
        .parse::<u32>()
        .ok()
        .map(|seconds| TimeDelta::seconds(seconds.into()));
    let asked = seconds.or_else(|| Some(DateTime::parse_from_rfc2822(text).ok()?.with_timezone(&Utc) - now));
    asked.filter(|wait| *wait > TimeDelta::zero())
}

/// The address that a URL names by its numbers.
fn literal(url: &Url) -> Option<IpAddr> {
    let host = url.host_str()?;
    host.trim_start_matches('[').trim_end_matches(']').parse().ok()
}

/// Whether an address is one of the public internet.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The special-purpose addresses of RFC 6890 and its registry are not, and neither is what a cloud keeps for its machines.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_unspecified()
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a, b & 0xC0) == (100, 64)
        || (a, b, c) == (192, 0, 0)
        || (a, b, c) == (192, 88, 99)
        || (a, b & 0xFE) == (198, 18)
        || address == Ipv4Addr::new(168, 63, 129, 16);
    !special
}

/// Global unicast alone, without the parts of it that lead elsewhere: an address of the other kind within it counts as that.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, third, fourth, ..] = address.segments();
    let octets = address.octets();
    let within = |from: usize| {
        let mut four = [0; 4];
        four.copy_from_slice(&octets[from..from + 4]);
        is_public_v4(Ipv4Addr::from(four))
    };
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    if (first, second, third, fourth) == (0x64, 0xFF9B, 0, 0) {
        return within(12);
    }
    if first == 0x2002 {
        return within(2);
    }
    let global = first & 0xE000 == 0x2000;
    // Teredo and other protocols' own, and what is for documents.
    let special = (first == 0x2001 && second < 0x200)
        || (first, second) == (0x2001, 0xDB8)
        || (first == 0x3FFF && second < 0x1000);
    global && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    fn egress(allow: &[&str]) -> Egress {
        Egress::new(&WebhookSettings {
            allow: allow.iter().map(|place| (*place).to_owned()).collect(),
            ..WebhookSettings::default()
        })
    }

    #[test]
    fn private_addresses_are_not_public_however_they_are_written() {
        let private = [
            "0.0.0.0",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "3fff::1",
            "100::1",
        ];
        for address in private {
            assert!(!is_public(address.parse().expect("an address")), "{address}");
        }
        let public = [
            "1.1.1.1",
            "8.8.8.8",
            "93.184.216.34",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ];
        for address in public {
            assert!(is_public(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn nothing_is_sent_without_tls_or_to_a_private_address_or_with_a_password() {
        let egress = egress(&[]);
        let refused = [
            "http://partner.example/",
            "ftp://partner.example/",
            "https://",
            "partner.example",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
            "https://user@partner.example/",
            "https://u:p@partner.example/",
            "https://partner.example/#part",
            "file:///etc/passwd",
        ];
        for url in refused {
            assert_eq!(egress.check(url), Err(NotAllowed), "{url}");
        }
        for url in [
            "https://partner.example/notices?of=police",
            "https://8.8.8.8:8443/",
        ] {
            assert!(egress.check(url).is_ok(), "{url}");
        }
    }

    #[test]
    fn a_place_that_the_settings_name_may_be_private_and_without_tls() {
        let egress = egress(&["127.0.0.1:8099", "police.internal:443", "[::1]:8099"]);
        for url in [
            "http://127.0.0.1:8099/",
            "https://127.0.0.1:8099/",
            "https://police.internal/",
            "http://[::1]:8099/",
        ] {
            assert!(egress.check(url).is_ok(), "{url}");
        }
        for url in [
            "http://127.0.0.1:8098/",
            "http://police.internal/",
            "https://127.0.0.2:8099/",
        ] {
            assert_eq!(egress.check(url), Err(NotAllowed), "{url}");
        }
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_is_found_out() {
        let opened = egress(&[]).open("https://localhost/").await;
        assert_eq!(opened.err(), Some(AttemptOutcome::AddressNotAllowed));
        assert!(
            egress(&["localhost:443"])
                .open("https://localhost/")
                .await
                .is_ok()
        );
    }

    #[test]
    fn an_answer_asks_to_wait_in_seconds_or_until_a_moment() {
        let now = DateTime::parse_from_rfc3339("2026-03-02T09:00:00Z").expect("a moment");
        let now = now.with_timezone(&Utc);
        let asked = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, text.parse().expect("a header"));
            retry_after(&headers, now)
        };
        assert_eq!(asked("120"), Some(TimeDelta::minutes(2)));
        assert_eq!(
            asked("Mon, 02 Mar 2026 09:30:00 GMT"),
            Some(TimeDelta::minutes(30))
        );
        for nothing in ["0", "-5", "soon", "Mon, 02 Mar 2026 08:30:00 GMT"] {
            assert_eq!(asked(nothing), None, "{nothing}");
        }
    }
}
