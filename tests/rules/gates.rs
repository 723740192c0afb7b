//! Every route is tried by everybody who has no business there; new routes are tried without being named here.

use entities::field::{FieldFacts, Kind, Words};
use entities::policy::Scope;
use entities::recurring::Repeat;
use entities::text_block::BlockKind;
use entities::{Permission, Uuid, role};
use lotse::routes;
use lotse::web::routing::{Gate, Listed};
use reqwest::Method;
use support::desk::{Client, Page, TestDesk, an_hour_and_a_day, block};

const CANARY: &str = "Kanarienvogel";

/// Open to everybody who has signed in, whatever they may: their own account, and lists of what they see.
const FOR_ALL_SIGNED_IN: &[&str] = &[
    "/",
    "/account",
    "/account/passkeys",
    "/account/passkeys/remove",
    "/account/keys",
    "/account/language",
    "/account/notifications",
    "/account/password",
    "/account/preferences",
    "/account/second-factor",
    "/account/second-factor/codes",
    "/account/second-factor/remove",
    "/account/sessions/end",
    "/account/sign-ins",
    "/account/tokens",
    "/account/tokens/end",
    "/account/watched",
    "/account/watched/end",
    "/help/keys",
    "/notices",
    "/notices/bell",
    "/notices/read",
    "/take-oldest",
    // Each chosen ticket is asked for by itself; nothing chosen is a bad request.
    "/tickets/bulk",
    "/tickets/news",
    "/tickets/pane",
    "/views",
];

/// Answers for as long as the page is open; its gate is tried, its content has tests of its own.
const STREAMS: &[&str] = &["/events"];

struct Case {
    desk: TestDesk,
    ticket: String,
    /// By the beginning of the addresses that name them.
    settings: Vec<(&'static str, Uuid)>,
}

/// A ticket of another team, full of words that must not get out.
async fn case() -> Case {
    let desk = TestDesk::new().await;
    let team = desk.team("Kanarienvogel-Team").await;
    let district = desk.district("Kanarienvogel-Amt", "KA").await;
    let sabine = desk.requester("Sabine Kanarienvogel").of(district).await;
    let ticket = desk
        .ticket("Kanarienvogel bricht ab")
        .saying("Der Kanarienvogel singt nicht.")
        .from(&sabine)
        .in_team(team)
        .await;
    let words = Words::new("Kanarienvogel-Feld", "Kanarienvogel field");
    let facts = FieldFacts::new("kanarienvogel", Kind::Organisation, words);
    let field = desk.field(facts).await.row.id;
    let calendar = desk.calendar("Kanarienvogel-Kalender").await;
    let provider = desk.trust_nobody("Amt", "Kanarienvogel-Kennung").await;
    let rule = desk.claim_rule(provider, "Kanarienvogel", "x", team).await;
    let vendor = desk
        .vendor("Kanarienvogel-Haus", "kanarienvogel.example")
        .await;
    let service = desk.service("Kanarienvogel-Verfahren", team).await;
    let mira = desk.author("Mira Kessler").await;
    let marek = desk.reviewer("Marek Lindner").await;
    let article = desk.published(&mira, &marek, "Kanarienvogel singt nicht");
    let article = article.await.row.id;
    let role = role::Create {
        facts: role::RoleFacts {
            name: "Kanarienvogel-Rolle".to_owned(),
            shipped_as: None,
            grants: vec![],
        },
        once: None,
    };
    let settings = vec![
        ("/settings/roles/", desk.console(role).await.row.id),
        ("/settings/providers/", provider),
        ("/settings/claim-rules/", rule),
        ("/settings/teams/", team),
        ("/settings/fields/", field),
        ("/fields/", field),
        ("/settings/services/", service),
        (
            "/settings/contracts/",
            desk.contract("Kanarienvogel-Vertrag", vendor, service, calendar)
                .await,
        ),
        (
            "/settings/releases/",
            desk.release(service, "Kanarienvogel 7.4").await,
        ),
        ("/settings/calendars/", calendar),
        (
            "/settings/categories/",
            desk.category("Kanarienvogel-Rubrik", None).await,
        ),
        (
            "/settings/synonyms/",
            desk.synonyms("Kanarienvogel\nHarzer Roller").await,
        ),
        (
            "/settings/text-blocks/",
            desk.offer(block(
                "Kanarienvogel-Text",
                BlockKind::Answer,
                "Der Kanarienvogel.",
            ))
            .await,
        ),
        (
            "/settings/documents/",
            desk.template("Kanarienvogel-Schreiben", &["{{number}}"])
                .await,
        ),
        (
            "/settings/checklists/",
            desk.checklist("Kanarienvogel-Liste", &["Kanarienvogel füttern"])
                .await,
        ),
        (
            "/settings/activities/",
            desk.activity("Kanarienvogel-Pflege").await,
        ),
        (
            "/settings/tasks/",
            desk.task("Kanarienvogel-Lauf", Repeat::WorkingDay, team, sabine.id)
                .await,
        ),
        ("/knowledge/", article),
        ("/settings/guests/", vendor),
        (
            "/settings/time-limits/",
            desk.time_limit("Kanarienvogel-Zeiten", calendar, an_hour_and_a_day())
                .await,
        ),
        ("/settings/organisations/", district),
        ("/settings/people/", sabine.id),
        (
            "/settings/mailboxes/",
            desk.mailbox("kanarienvogel", None).await,
        ),
    ];
    Case {
        ticket: ticket.number,
        settings,
        desk,
    }
}

impl Case {
    /// An address for a route, about the ticket or the setting that it names.
    fn address(&self, path: &str) -> String {
        let setting = self
            .settings
            .iter()
            .find(|(start, _)| path.starts_with(start));
        let sub = setting.map_or_else(Uuid::now_v7, |(_, id)| *id).to_string();
        let key = match ["/settings/guests/", "/knowledge/"]
            .iter()
            .any(|start| path.starts_with(start))
        {
            true => &sub,
            false => &self.ticket,
        };
        path.replace(":key", key).replace(":sub", &sub)
    }

    async fn events(&self) -> i64 {
        let sql = "SELECT count(*) FROM event";
        self.desk.database().number(sql, vec![]).await
    }
}

fn listed() -> Vec<Listed> {
    let listed = routes::table().list().to_vec();
    assert!(listed.len() > 5);
    listed
}

async fn try_it(browser: &Client, route: &Listed, address: &str) -> Page {
    match route.method {
        Method::GET => browser.get(address).await,
        _ => browser.post(address, &[]).await,
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_a_session() {
    let case = case().await;
    let before = case.events().await;
    for route in listed() {
        let browser = case.desk.visitor();
        let page = try_it(&browser, &route, &case.address(route.path)).await;
        let what = format!("{} {}", route.method, page.describe());
        assert!(!page.body().contains(CANARY), "{what}");
        if route.gate == Gate::Open {
            assert!(!page.status.is_server_error(), "{what}");
            continue;
        }
        if route.gate == Gate::Token {
            assert_eq!(page.status, 401, "{what}");
            continue;
        }
        assert_eq!(page.status, 303, "{what}");
        assert!(page.location().unwrap().starts_with("/sign-in"), "{what}");
    }
    assert_eq!(case.events().await, before);
}

/// Whether a session opens it.
fn is_for_browsers(route: &Listed) -> bool {
    !matches!(route.gate, Gate::Open | Gate::Token)
}

#[tokio::test]
async fn nobody_is_given_a_fragment_without_a_session() {
    let case = case().await;
    for route in listed().iter().filter(|r| is_for_browsers(r)) {
        let browser = case.desk.visitor();
        let address = case.address(route.path);
        let page = match route.method {
            Method::GET => browser.htmx_get(&address).await,
            _ => browser.htmx_post(&address, &[]).await,
        };
        assert_eq!(page.status, 401, "{} {}", route.method, page.describe());
        assert!(page.bytes.is_empty());
    }
}

#[tokio::test]
async fn somebody_without_rights_sees_and_changes_nothing() {
    let case = case().await;
    let browser = case.desk.requester("Jonas Weber").await.sign_in().await;
    let before = case.events().await;
    let mut faults = Vec::new();
    for route in listed() {
        if route.gate == Gate::Open || STREAMS.contains(&route.path) {
            continue;
        }
        let page = try_it(&browser, &route, &case.address(route.path)).await;
        let what = format!("{} {}", route.method, page.describe());
        assert!(!page.body().contains(CANARY), "{what}");
        if route.gate == Gate::Token {
            // A browser is no program.
            assert_eq!(page.status, 400, "{what}");
            continue;
        }
        let allowed = FOR_ALL_SIGNED_IN.contains(&route.path);
        let refused = matches!(page.status.as_u16(), 403 | 404);
        if !(refused || allowed && !page.status.is_server_error()) {
            faults.push(what);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(case.events().await, before);
}

#[tokio::test]
async fn an_agent_who_reads_own_teams_alone_finds_no_ticket_of_another() {
    let case = case().await;
    let own = case.desk.team("Jugend 1").await;
    let all: Vec<_> = Permission::ALL
        .iter()
        .filter(|p| !p.name().starts_with("manage") && **p != Permission::SettleMail)
        .map(|p| (*p, Scope::OwnTeams))
        .collect();
    let agent = case
        .desk
        .person_with("Jonas Weber", &all)
        .in_team(own)
        .await;
    let browser = agent.sign_in().await;
    let before = case.events().await;
    for route in listed() {
        if route.gate == Gate::Open || STREAMS.contains(&route.path) {
            continue;
        }
        let page = try_it(&browser, &route, &case.address(route.path)).await;
        let what = format!("{} {}", route.method, page.describe());
        assert!(!page.status.is_server_error(), "{what}");
        assert!(!page.body().contains("singt nicht"), "{what}");
        assert!(!page.body().contains("bricht ab"), "{what}");
        if route.path.starts_with("/tickets/:key") {
            assert_eq!(page.status, 404, "{what}");
        }
    }
    assert_eq!(case.events().await, before);
}

#[tokio::test]
async fn no_form_is_taken_without_its_token() {
    let case = case().await;
    let browser = case.desk.administrator().await.sign_in().await;
    let before = case.events().await;
    for route in listed().iter().filter(|r| r.method == Method::POST) {
        let address = case.address(route.path);
        let request = || browser.request(Method::POST, &address);
        let tries = [
            request().form(&[("name", "x")]),
            request().form(&[("csrf", "forged"), ("name", "x")]),
            request().header("X-CSRF", "forged").form(&[("name", "x")]),
            request().header("HX-Request", "true"),
            request()
                .header("Content-Type", "text/plain")
                .body("csrf=forged"),
            request().multipart(reqwest::multipart::Form::new().text("csrf", "forged")),
        ];
        for request in tries {
            let page = browser.send(request).await;
            assert_eq!(page.status, 403, "{}", page.describe());
        }
    }
    assert_eq!(case.events().await, before);
    // The session is still there: signing out was refused too.
    assert_eq!(browser.get("/views").await.status, 200);
}

#[tokio::test]
async fn whoever_stayed_away_too_long_is_nobody() {
    let case = case().await;
    let browser = case.desk.administrator().await.sign_in().await;
    assert_eq!(browser.get("/views").await.status, 200);
    case.desk.pass(chrono::Duration::days(400));
    let before = case.events().await;
    for route in listed().iter().filter(|r| is_for_browsers(r)) {
        let page = try_it(&browser, route, &case.address(route.path)).await;
        let what = format!("{} {}", route.method, page.describe());
        assert_eq!(page.status, 303, "{what}");
        assert!(page.location().unwrap().starts_with("/sign-in"), "{what}");
    }
    assert_eq!(case.events().await, before);
}

#[tokio::test]
async fn for_people_of_vendors_the_desk_is_not_there() {
    let case = case().await;
    let (desk, canary) = (&case.desk, CANARY.to_lowercase());
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let admin = desk.administrator().await.actor().await;
    let ticket = entities::ticket::show::by_number(&desk.db, &admin, &case.ticket).await;
    desk.share(&ticket.unwrap(), nordlicht).await;
    let jonas = desk.vendor_user("Jonas Ehlers").of(nordlicht).await;
    let carla = desk.coordinator("Carla Voss").of(nordlicht).await;
    let stranger = desk.vendor_user("Eva Sturm").of(southwind).await;
    let before = case.events().await;
    let mut faults = Vec::new();
    for (who, is_shared) in [(&jonas, true), (&carla, true), (&stranger, false)] {
        let browser = who.sign_in().await;
        for route in listed().iter().filter(|r| r.gate != Gate::Open) {
            let page = try_it(&browser, route, &case.address(route.path)).await;
            let what = format!("{}: {} {}", who.name, route.method, page.describe());
            let body = page.body().to_lowercase();
            assert!(!body.contains(&canary), "{what}");
            let status = page.status.as_u16();
            let fine = match route.gate {
                Gate::Open => true,
                Gate::Own => !matches!(status, 404 | 500..),
                Gate::SignedIn if route.path == "/" => {
                    page.location().as_deref() == Some("/portal")
                }
                Gate::SignedIn => status == 404,
                Gate::Portal if route.path.contains(":key") => is_shared || status == 404,
                Gate::Portal => status < 500,
                // A browser is no program.
                Gate::Token => status == 400,
            };
            if !fine {
                faults.push(what);
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(case.events().await, before);
}

#[tokio::test]
async fn nobody_else_is_let_into_the_portal() {
    let case = case().await;
    let desk = &case.desk;
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let district = desk.district("Bezirksamt Mitte", "MI").await;
    let nowhere = desk.vendor_user("Ohne Haus").await;
    let office = desk.vendor_user("Sabine Amt").of(district).await;
    // Who belongs to two vendors would see for one what was told to the other.
    let both = desk.vendor_user("Zwei Häuser").of(nordlicht).await;
    desk.console(entities::person::SetMemberships {
        id: both.id,
        organisation_ids: vec![nordlicht, southwind],
    })
    .await;
    let admin = desk.administrator().await;
    let agent = desk.agent("Annika Brandt").await;
    for who in [&nowhere, &office, &both, &admin, &agent] {
        let browser = who.sign_in().await;
        for route in listed().iter().filter(|r| r.gate == Gate::Portal) {
            let page = try_it(&browser, route, &case.address(route.path)).await;
            assert_eq!(page.status, 404, "{}: {}", who.name, page.describe());
        }
    }
}
