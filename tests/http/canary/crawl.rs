//! Looking everywhere as a vendor does, and where they should not.

use std::collections::BTreeSet;

use entities::Uuid;
use lotse::routes;
use lotse::web::routing::Gate;
use mail_parser::{MessageParser, MimeHeaders as _, PartType};
use reqwest::Method;
use support::desk::{Client, Page};

use super::articles::Planted;
use super::plant::World;
use super::ways_out::{FORMS, PAGES};
use super::{VENDORS, VISITOR, When};

fn check(world: &World, page: &Page, reader: usize) {
    let headers = format!("{:?}", page.headers);
    for text in [page.body(), headers, page.path.clone()] {
        let strange = world.words.strange(&text, reader, When::Now);
        assert!(strange.is_empty(), "{}: {strange:?}", page.describe());
    }
    let kind = page.header("content-type");
    assert!(!kind.contains("event-stream"), "{}", page.describe());
}

/// The route an address belongs to.
fn route_of(address: &str) -> Option<&'static str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    PAGES.iter().copied().find(|route| {
        let pattern: Vec<&str> = route.split('/').collect();
        let fits = |(part, of): (&&str, &&str)| of.starts_with(':') || part == of;
        pattern.len() == parts.len() && parts.iter().zip(&pattern).all(fits)
    })
}

/// Follows every link from the portal's front page on; all words that were read.
pub async fn everything(world: &World, reader: usize) -> BTreeSet<String> {
    let browser = world.people[reader].sign_in().await;
    let mut waiting = vec!["/portal".to_owned(), "/account".to_owned()];
    waiting.push("/portal?lang=en".to_owned());
    waiting.push("/help".to_owned());
    let (mut seen, mut read) = (BTreeSet::new(), BTreeSet::new());
    while let Some(address) = waiting.pop() {
        if !seen.insert(address.clone()) {
            continue;
        }
        let page = browser.get(&address).await;
        assert!(!page.status.is_server_error(), "{}", page.describe());
        check(world, &page, reader);
        let text = page.body();
        read.extend(words_in(&text));
        if page.is_whole() {
            let links = page.attributes("[href]", "href");
            let links = links.into_iter().chain(page.attributes("[src]", "src"));
            waiting.extend(links.filter(|to| to.starts_with('/') && !to.starts_with("/assets/")));
        }
    }
    if world.tickets.iter().any(|(_, with)| with.contains(&reader)) {
        let routes: BTreeSet<_> = seen.iter().filter_map(|at| route_of(at)).collect();
        assert_eq!(
            routes,
            PAGES.iter().copied().collect(),
            "no link leads to some"
        );
    }
    read
}

/// Follows every link of the open site as somebody who has not signed in, and asks for what is not for them.
pub async fn site(world: &World) {
    let browser = world.desk.visitor();
    let mut waiting = vec!["/help".to_owned(), "/help?lang=en".to_owned()];
    let (mut seen, mut read) = (BTreeSet::new(), BTreeSet::new());
    while let Some(address) = waiting.pop() {
        if !address.starts_with("/help") || !seen.insert(address.clone()) {
            continue;
        }
        let page = browser.get(&address).await;
        assert!(page.status.is_success(), "{}", page.describe());
        check(world, &page, VISITOR);
        read.extend(words_in(&page.body()));
        waiting.extend(page.attributes("[href]", "href"));
    }
    let own = world.words.of(VISITOR);
    let unread: Vec<_> = own.iter().filter(|word| !read.contains(**word)).collect();
    assert!(!own.is_empty() && unread.is_empty(), "{unread:?}");
    for article in &world.articles {
        look_at(
            world,
            &browser,
            "/help/articles",
            article,
            (VISITOR, VISITOR),
        )
        .await;
    }
}

/// Whether anything is shared with the vendors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    Still,
    NoMore,
}

/// Looks for planted words as a vendor does: what they may not read is found nowhere, not even counted.
pub async fn search(world: &World, reader: usize, shared: Shared) {
    let browser = world.people[reader].sign_in().await;
    let (own, mut found) = (world.words.of(reader), 0);
    for word in world.words.all().step_by(7) {
        let page = browser.get(&format!("/portal?q=%22{word}%22")).await;
        assert_eq!(page.status, 200, "{}", page.describe());
        let rows = page.texts(".rows li");
        for row in &rows {
            let strange = world.words.strange(row, reader, When::Now);
            assert!(strange.is_empty(), "{word}: {strange:?}");
        }
        match own.contains(word) {
            true => found += rows.len(),
            false => assert!(rows.is_empty(), "{word} is found: {rows:?}"),
        }
    }
    let finds = world.tickets.iter().any(|(_, with)| with.contains(&reader));
    match shared {
        Shared::Still => assert!(!finds || found > 0, "nothing of one's own is found"),
        Shared::NoMore => assert_eq!(found, 0),
    }
}

/// Articles of others, by their addresses in the portal and on the open site.
pub async fn articles_of_others(world: &World, reader: usize) {
    let browser = world.people[reader].sign_in().await;
    for article in &world.articles {
        for (place, as_whom) in [("/portal/knowledge", reader), ("/help/articles", VISITOR)] {
            look_at(world, &browser, place, article, (as_whom, reader)).await;
        }
    }
}

/// An article and its files by their addresses, as they are given to one reader and seen by another.
async fn look_at(
    world: &World,
    browser: &Client,
    place: &str,
    article: &Planted,
    (as_whom, reader): (usize, usize),
) {
    let at = format!("{place}/{}", article.id);
    let is_read = article.readers.contains(&as_whom);
    let given = [
        (String::new(), is_read),
        (format!("/files/{}", article.given), is_read),
    ];
    let kept = article
        .kept
        .iter()
        .map(|name| (format!("/files/{name}"), false));
    for (part, is_there) in given.into_iter().chain(kept) {
        for how in ["", "?inline=1"] {
            let page = browser.get(&format!("{at}{part}{how}")).await;
            let status = if is_there { 200 } else { 404 };
            assert_eq!(page.status, status, "{}", page.describe());
            match is_there {
                true => check(world, &page, reader),
                // Whoever asks for a name has it already.
                false => {
                    let strange = world.words.strange(&page.body(), reader, When::Now);
                    assert!(strange.is_empty(), "{}: {strange:?}", page.describe());
                }
            }
        }
    }
    let answer = [("version", "1"), ("helped", "yes"), ("word", "Danke")];
    let answered = browser.post(&format!("{at}/feedback"), &answer).await;
    let status = if is_read { 303 } else { 404 };
    assert_eq!(answered.status, status, "{}", answered.describe());
}

/// The planted words of a text.
fn words_in(text: &str) -> Vec<String> {
    let words = text.match_indices("kanarie");
    words
        .filter_map(|(at, _)| text.get(at..at + 14).map(str::to_owned))
        .collect()
}

/// Tickets that are not shared, files of others, forms that are sent wrong.
pub async fn errors(world: &World, reader: usize) {
    let browser = world.people[reader].sign_in().await;
    let sql = "SELECT a.id FROM attachment a ORDER BY a.id";
    let files: Vec<Id> = world.desk.database().rows(sql, vec![]).await;
    let own = "SELECT a.id FROM attachment a JOIN message m ON m.id = a.message_id \
               JOIN vendor_share s ON s.id = m.share_id WHERE s.organisation_id = $1 AND s.withdrawn_at IS NULL";
    let organisation = world.organisations[reader];
    let own: Vec<Id> = world
        .desk
        .database()
        .rows(own, vec![organisation.into()])
        .await;
    let own: BTreeSet<Uuid> = own.into_iter().map(|file| file.id).collect();
    for (ticket, with) in &world.tickets {
        let at = format!("/portal/tickets/{}", ticket.number);
        let is_shared = with.contains(&reader);
        let page = browser.get(&at).await;
        assert_eq!(
            page.status,
            if is_shared { 200 } else { 404 },
            "{}",
            page.describe()
        );
        check(world, &page, reader);
        for form in FORMS {
            let address = form.replace(":key", &ticket.number);
            for typed in [
                &[][..],
                &[("to", "confirmed"), ("effort", "?"), ("number", "?")],
            ] {
                let page = browser.post(&address, typed).await;
                check(world, &page, reader);
                let fine = match is_shared {
                    true => page.status.is_client_error(),
                    // A form that is none is not looked at any further.
                    false => matches!(page.status.as_u16(), 404 | 400 | 422),
                };
                assert!(fine, "{form}: {}", page.describe());
            }
            let forged = browser
                .request(Method::POST, &address)
                .form(&[("csrf", "x")]);
            let page = browser.send(forged).await;
            assert_eq!(page.status, 403, "{}", page.describe());
            check(world, &page, reader);
        }
    }
    // Everybody of others, those of the desk among them.
    let sql = "SELECT p.id FROM person p WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id \
               AND m.organisation_id = $1) ORDER BY p.id";
    let organisation = world.organisations[reader];
    let others: Vec<Id> = world
        .desk
        .database()
        .rows(sql, vec![organisation.into()])
        .await;
    for other in others {
        let address = format!("/portal/people/{}", other.id);
        let page = browser.post(&address, &[("act", "end")]).await;
        assert_eq!(page.status, 404, "{}", page.describe());
        check(world, &page, reader);
    }
    // Each file of somebody else, under a ticket that is shared with the reader, if there is one.
    let shared = world
        .tickets
        .iter()
        .find(|(_, with)| with.contains(&reader));
    let number = shared.map_or("2026-000000-0", |(ticket, _)| ticket.number.as_str());
    for file in files.iter().filter(|file| !own.contains(&file.id)) {
        let address = format!("/portal/tickets/{number}/files/{}", file.id);
        assert_eq!(browser.get(&address).await.status, 404);
    }
}

#[derive(sea_orm::FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Every route of the desk, with a ticket that is shared: for people of vendors none is there.
pub async fn desk_routes(world: &World, reader: usize) {
    let browser = world.people[reader].sign_in().await;
    let shared = world
        .tickets
        .iter()
        .find(|(_, with)| with.contains(&reader));
    let (ticket, _) = shared.unwrap();
    for route in routes::table().list() {
        if route.gate != Gate::SignedIn || route.path == "/" {
            continue;
        }
        let address = route
            .path
            .replace(":key", &ticket.number)
            .replace(":sub", &ticket.id.to_string());
        let page = asked(&browser, &route.method, &address).await;
        assert_eq!(page.status, 404, "{} {}", route.method, page.describe());
        check(world, &page, reader);
    }
}

async fn asked(browser: &Client, method: &Method, address: &str) -> Page {
    match *method {
        Method::GET => browser.get(address).await,
        _ => browser.post(address, &[]).await,
    }
}

/// Every mail to somebody of a vendor, with its headers and files as they are read.
pub async fn mails(world: &World) {
    let mut to_vendors = 0;
    for raw in world.desk.sent_mails() {
        let mail = MessageParser::default().parse(raw.as_bytes()).unwrap();
        let mut text = format!("{:?}", mail.headers());
        let all = [mail.to(), mail.cc(), mail.bcc()];
        let all = all.into_iter().flatten().flat_map(|list| list.iter());
        let addresses: Vec<String> = all
            .filter_map(|to| to.address().map(str::to_owned))
            .collect();
        for part in &mail.parts {
            text.push_str(part.attachment_name().unwrap_or_default());
            match &part.body {
                PartType::Text(body) | PartType::Html(body) => text.push_str(body),
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) => {
                    text.push_str(&String::from_utf8_lossy(bytes));
                }
                PartType::Message(_) | PartType::Multipart(_) => {}
            }
        }
        for reader in 0..VENDORS {
            let domain = format!("@haus{reader}.example");
            if addresses.iter().any(|to| to.ends_with(&domain)) {
                to_vendors += 1;
                assert_eq!(addresses.len(), 1, "{addresses:?}");
                let strange = world.words.strange(&text, reader, When::Ever);
                assert!(strange.is_empty(), "mail to {addresses:?}: {strange:?}");
            }
        }
    }
    assert!(to_vendors > 0, "no mail went to a vendor");
}
