//! Invitations of people of vendors: from the page of the unit or of their own house, by a mail and its link, into the portal
//! and nowhere else.

use chrono::Duration;
use support::desk::{Client, Page, TestDesk};
use support::smtp::Smtp;

const PASSWORD: &str = "Leuchtturm am Wattenmeer";
const JONAS: &str = "jonas@nordlicht.example";

struct Office {
    desk: TestDesk,
    /// The unit's page of Nordlicht.
    page: String,
    admin: Client,
}

async fn office() -> Office {
    with(TestDesk::new().await).await
}

async fn with(desk: TestDesk) -> Office {
    let nordlicht = desk.maker("Nordlicht Software", "nordlicht.example").await;
    let admin = desk.administrator().await.sign_in().await;
    Office {
        page: format!("/settings/guests/{nordlicht}"),
        admin,
        desk,
    }
}

impl Office {
    async fn invite(&self, typed: &[(&str, &str)]) -> Page {
        let page = self.admin.get(&self.page).await;
        self.admin.submit(&page, "#invite-form", typed).await
    }

    /// Invites Jonas in German, and gives the link of the mail.
    async fn invited(&self) -> String {
        let typed = [
            ("name", "Jonas Ehlers"),
            ("email", JONAS),
            ("language", "de"),
        ];
        let done = self.invite(&typed).await;
        assert_eq!(done.status, 303, "{}", done.describe());
        link(&self.desk, JONAS).await
    }

    /// Presses a button in Jonas' row.
    async fn act(&self, act: &str) -> Page {
        let page = self.admin.get(&self.page).await;
        press(&self.admin, &page, act).await
    }
}

/// Presses the button of that name in the only row that has one.
async fn press(browser: &Client, page: &Page, act: &str) -> Page {
    let form = format!("tr form:has(button[value={act}])");
    let to = page.attribute(&form, "action").expect("a button");
    browser.post(&to, &[("act", act)]).await
}

/// The link in the last mail to somebody.
async fn link(desk: &TestDesk, email: &str) -> String {
    desk.run_jobs().await;
    let mail = desk.mails_to(email).pop().expect("a mail");
    let line = mail.text.lines().find(|line| line.contains("word="));
    let path = line.unwrap().strip_prefix(&desk.base()).unwrap();
    path.trim().to_owned()
}

async fn accept(browser: &Client, link: &str) -> Page {
    let page = browser.get(link).await;
    let typed = [("new_password", PASSWORD), ("again", PASSWORD)];
    browser.submit(&page, "#invitation-form", &typed).await
}

#[tokio::test]
async fn an_invitation_leads_by_mail_and_password_into_the_portal_and_nowhere_else() {
    let office = office().await;
    let desk = &office.desk;
    let typed = [
        ("name", "Jonas Ehlers"),
        ("email", JONAS),
        ("language", "en"),
    ];
    let done = office.invite(&typed).await;
    let list = office.admin.follow(&done).await;
    list.must_say("Die Einladung ist unterwegs.");
    list.must_say("Eingeladen");
    list.must_say("von Petra Adler eingeladen");
    let link = link(desk, JONAS).await;
    let mail = desk.mails_to(JONAS).pop().unwrap();
    assert!(mail.text.contains("for Nordlicht Software. There you read"));
    let cases = "SELECT (SELECT count(*) FROM ticket) + (SELECT count(*) FROM message)";
    assert_eq!(
        desk.database().number(cases, vec![]).await,
        0,
        "never in a ticket"
    );

    let browser = desk.visitor();
    // Mail scanners look first.
    assert_eq!(desk.visitor().get(&link).await.status, 200);
    let page = browser.get(&link).await;
    page.must_say("You are invited to use the portal");
    let value = page.attribute("#name", "value");
    assert_eq!(value.as_deref(), Some("Jonas Ehlers"));
    let german = browser.get(&format!("{link}&lang=de")).await;
    german.must_say("Sie sind eingeladen, für Nordlicht Software");
    let wrong = [("name", " "), ("new_password", "kurz"), ("again", "anders")];
    let refused = browser.submit(&page, "#invitation-form", &wrong).await;
    assert_eq!(refused.status, 422);
    for field in ["#name-fault", "#new_password-fault", "#again-fault"] {
        assert!(refused.has(field), "{field}: {}", refused.describe());
    }
    let named = [
        ("name", "Jonas Ehlers-Voss"),
        ("new_password", PASSWORD),
        ("again", PASSWORD),
    ];
    let accepted = browser.submit(&refused, "#invitation-form", &named).await;
    assert_eq!(accepted.status, 303, "{}", accepted.describe());
    let door = browser.follow(&accepted).await;
    door.must_say("Your access is set up.");
    let typed = [("email", JONAS), ("password", PASSWORD)];
    let in_now = browser.submit(&door, "#sign-in-form", &typed).await;
    let start = browser.follow(&in_now).await;
    assert_eq!(start.location().as_deref(), Some("/portal"));
    let portal = browser.follow(&start).await;
    portal.must_say("Nothing shared yet");
    portal.must_say("Jonas Ehlers-Voss · Nordlicht Software");
    for closed in [
        "/tickets",
        "/settings/people",
        "/settings/guests",
        "/portal/people",
    ] {
        let status = browser.get(closed).await.status.as_u16();
        assert!(matches!(status, 403 | 404), "{closed}: {status}");
    }
    let list = office.admin.get(&office.page).await;
    list.must_say("Hat Zugang");
    list.must_say("Jonas Ehlers-Voss");
    desk.run_jobs().await;
    assert_eq!(
        desk.mails_to(JONAS).len(),
        1,
        "nothing was changed that they had"
    );
    desk.must_be_idle().await;
}

#[tokio::test]
async fn a_link_opens_once_and_says_afterwards_that_there_is_an_account() {
    let office = office().await;
    let link = office.invited().await;
    let browser = office.desk.visitor();
    let page = browser.get(&link).await;
    assert_eq!(accept(&browser, &link).await.status, 303);
    let replayed = office.desk.visitor().get(&link).await;
    assert_eq!(replayed.status, 410);
    replayed.must_say("schon angenommen");
    assert!(replayed.has("a[href='/sign-in']"));
    let typed = [
        ("new_password", "Ganz anderer Satz hier"),
        ("again", "Ganz anderer Satz hier"),
    ];
    let late = browser.submit(&page, "#invitation-form", &typed).await;
    assert_eq!(late.status, 410);
    let invented = office
        .desk
        .visitor()
        .get("/sign-in/invitation?word=erfunden")
        .await;
    assert_eq!(invented.status, 410);
    invented.must_say("gilt nicht mehr");
    // The word of an invitation opens nothing else.
    let reset = link.replace("/invitation", "/new-password");
    assert_eq!(office.desk.visitor().get(&reset).await.status, 410);
}

#[tokio::test]
async fn of_many_who_take_up_an_invitation_at_once_one_succeeds() {
    let office = office().await;
    let link = office.invited().await;
    let one = async |_: usize| accept(&office.desk.visitor(), &link).await.status;
    let all = futures_util::future::join_all((0..4).map(one)).await;
    let won = all.iter().filter(|status| **status == 303).count();
    assert_eq!(won, 1, "{all:?}");
}

#[tokio::test]
async fn sending_again_ends_the_link_before_and_withdrawing_ends_all() {
    let office = office().await;
    let first = office.invited().await;
    let done = office.act("again").await;
    assert_eq!(done.status, 303, "{}", done.describe());
    let second = link(&office.desk, JONAS).await;
    assert_ne!(first, second);
    let visitor = office.desk.visitor();
    let ended = visitor.get(&first).await;
    assert_eq!(ended.status, 410);
    ended.must_say("durch eine neuere ersetzt");
    ended.must_say("die in Ihrem Unternehmen die Zugänge verwaltet");
    assert_eq!(visitor.get(&second).await.status, 200);
    let page = visitor.get(&second).await;
    assert_eq!(office.act("withdraw").await.status, 303);
    assert_eq!(visitor.get(&second).await.status, 410);
    let typed = [("new_password", PASSWORD), ("again", PASSWORD)];
    let late = visitor.submit(&page, "#invitation-form", &typed).await;
    assert_eq!(late.status, 410, "the page was open meanwhile");
    let list = office.admin.get(&office.page).await;
    list.must_say("Noch niemand eingeladen");
}

#[tokio::test]
async fn what_is_withdrawn_before_its_mail_left_is_never_sent() {
    let office = office().await;
    let typed = [("name", "Jonas Ehlers"), ("email", JONAS)];
    assert_eq!(office.invite(&typed).await.status, 303);
    assert_eq!(office.act("withdraw").await.status, 303);
    office.desk.run_jobs().await;
    assert!(office.desk.mails_to(JONAS).is_empty());
    office.desk.must_be_idle().await;
}

#[tokio::test]
async fn an_invitation_runs_out_after_a_week() {
    let office = office().await;
    let link = office.invited().await;
    office.desk.pass(Duration::days(7) - Duration::minutes(5));
    assert_eq!(office.desk.visitor().get(&link).await.status, 200);
    office.desk.pass(Duration::minutes(6));
    assert_eq!(office.desk.visitor().get(&link).await.status, 410);
    let admin = office.desk.administrator();
    let admin = admin
        .writing_from("zweite@desk.example")
        .await
        .sign_in()
        .await;
    let list = admin.get(&office.page).await;
    list.must_say("Einladung abgelaufen");
    let done = press(&admin, &list, "again").await;
    assert_eq!(done.status, 303);
}

#[tokio::test]
async fn faults_stand_at_their_field_and_keep_what_was_typed() {
    let office = office().await;
    let annika = office.desk.agent("Annika Brandt").await;
    let typed = [
        ("name", "Annika Brandt"),
        ("email", annika.email.as_str()),
        ("language", "en"),
        ("coordinates", "1"),
    ];
    let refused = office.invite(&typed).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text("#email-fault").contains("mit anderen Rollen"));
    let kept = refused.attribute("#email", "value");
    assert_eq!(kept.as_deref(), Some(annika.email.as_str()));
    assert!(refused.has("#language option[value=en][selected]"));
    assert!(refused.has("input[name=coordinates][checked]"));
    let refused = office.invite(&[("name", ""), ("email", "jonas@")]).await;
    assert!(refused.has("#name-fault") && refused.has("#email-fault"));
    assert_eq!(refused.status, 422);
    office.desk.run_jobs().await;
    assert!(office.desk.mails_to(&annika.email).is_empty());
}

#[tokio::test]
async fn the_list_of_vendors_counts_and_leads_to_each() {
    let office = office().await;
    office.invited().await;
    let list = office.admin.get("/settings/guests").await;
    assert_eq!(list.text("tbody td.n:last-child"), "1");
    assert!(list.has(&format!("a[href='{}']", office.page)));
    let agent = office.desk.agent("Annika Brandt").await.sign_in().await;
    for page in ["/settings/guests", office.page.as_str()] {
        assert_eq!(agent.get(page).await.status, 403);
    }
}

#[tokio::test]
async fn whoever_coordinates_lets_colleagues_in_and_out_in_the_portal() {
    let office = office().await;
    let desk = &office.desk;
    let nordlicht = office.page.rsplit('/').next().unwrap().parse().unwrap();
    let southwind = desk.maker("Südwind IT", "suedwind.example").await;
    let eva = desk.vendor_user("Eva Sturm").of(southwind).await;
    let carla = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await
        .sign_in()
        .await;
    let portal = carla.get("/portal").await;
    assert!(portal.has("nav a[href='/portal/people']"));
    let page = carla.get("/portal/people").await;
    let typed = [
        ("name", "Jonas Ehlers"),
        ("email", JONAS),
        ("language", "de"),
    ];
    let done = carla.submit(&page, "#invite-form", &typed).await;
    let list = carla.follow(&done).await;
    list.must_say("Die Einladung ist unterwegs.");
    list.must_say("von Carla Voss eingeladen");
    let link = link(desk, JONAS).await;
    let jonas = desk.visitor();
    assert_eq!(accept(&jonas, &link).await.status, 303);
    let door = jonas.get("/sign-in").await;
    let typed = [("email", JONAS), ("password", PASSWORD)];
    jonas.submit(&door, "#sign-in-form", &typed).await;
    let portal = jonas.get("/portal").await;
    assert_eq!(portal.status, 200);
    assert!(!portal.has("a[href='/portal/people']"));
    assert_eq!(jonas.get("/portal/people").await.status, 403);
    let typed = [("name", "Ina Neu"), ("email", "ina@nordlicht.example")];
    assert_eq!(jonas.post("/portal/people", &typed).await.status, 403);
    // Of others nothing is to be seen or done.
    let list = carla.get("/portal/people").await;
    assert!(!list.says("Eva Sturm") && !list.says("Petra Adler"));
    let of_eva = format!("/portal/people/{}", eva.id);
    assert_eq!(carla.post(&of_eva, &[("act", "end")]).await.status, 404);
    let refused = carla
        .submit(
            &list,
            "#invite-form",
            &[("name", "Eva"), ("email", &eva.email)],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert!(
        refused
            .text("#email-fault")
            .contains("Adressen Ihres Unternehmens")
    );
    // The only one who coordinates stays, and is told why.
    let use_only = press(&carla, &list, "use").await;
    assert_eq!(use_only.status, 422);
    use_only.must_say("Bestimmen Sie zuerst eine andere Person");
    let rows = list.attributes("tr form", "action");
    let of_jonas = rows
        .iter()
        .find(|to| list.has(&format!("form[action='{to}'] button[value=coordinate]")));
    let of_jonas = of_jonas.unwrap();
    let ended = carla.post(of_jonas, &[("act", "end")]).await;
    carla
        .follow(&ended)
        .await
        .must_say("Der Zugang ist beendet.");
    assert_eq!(jonas.get("/portal").await.status, 303, "at once");
    let door = desk.visitor();
    let page = door.get("/sign-in").await;
    let typed = [("email", JONAS), ("password", PASSWORD)];
    assert_eq!(
        door.submit(&page, "#sign-in-form", &typed).await.status,
        422
    );
    carla.get("/portal/people").await.must_say("Beendet");
    assert_eq!(carla.post(of_jonas, &[("act", "fly")]).await.status, 400);
}

#[tokio::test]
async fn whoever_lets_themselves_out_is_out() {
    let office = office().await;
    let nordlicht = office.page.rsplit('/').next().unwrap().parse().unwrap();
    let desk = &office.desk;
    let carla = desk
        .coordinator("Carla Voss")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    desk.coordinator("Jonas Ehlers")
        .of(nordlicht)
        .with_password(PASSWORD)
        .await;
    let browser = carla.sign_in().await;
    let own = format!("/portal/people/{}", carla.id);
    let done = browser.post(&own, &[("act", "use")]).await;
    assert_eq!(done.location().as_deref(), Some("/portal"));
    assert!(!browser.get("/portal").await.has("a[href='/portal/people']"));
    assert_eq!(browser.get("/portal/people").await.status, 403);
}

#[tokio::test]
async fn an_invitation_that_does_not_get_out_is_listed_and_sent_again() {
    let smtp = Smtp::start();
    smtp.answer(JONAS, "550 5.1.1 Unbekannt verzogen");
    let desk = TestDesk::with(&[
        ("LOTSE_SMTP_HOST", "localhost"),
        ("LOTSE_SMTP_PORT", &smtp.port().to_string()),
        (
            "LOTSE_SMTP_CA_FILE",
            &smtp.authority().display().to_string(),
        ),
    ])
    .await;
    let office = with(desk).await;
    let typed = [("name", "Jonas Ehlers"), ("email", JONAS)];
    assert_eq!(office.invite(&typed).await.status, 303);
    office.desk.run_jobs().await;
    let list = office.admin.get("/settings/mail").await;
    list.must_say("Einladung in das Portal");
    list.must_say("Jonas Ehlers");
    list.must_say("Unbekannt verzogen");
    smtp.accept_all();
    let done = office
        .admin
        .submit(&list, "form[action*='/work/']", &[])
        .await;
    assert_eq!(done.status, 303);
    office.desk.run_jobs().await;
    assert_eq!(smtp.wait_for(JONAS, 1).await.len(), 1);
    let list = office.admin.get("/settings/mail").await;
    assert!(!list.says("Unbekannt verzogen"));
}
