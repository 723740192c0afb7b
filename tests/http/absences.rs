//! Being away as people see it: entered in few steps, by a lead in one, and everything that then goes to somebody else.

use chrono::Days;
use entities::ticket::{Prioritise, Priority};
use entities::{Permit, Uuid};
use support::desk::{Client, Page, Persona, TestDesk};

/// A team with its lead, Tobias who goes away, and Annika who is there for him.
struct Office {
    desk: TestDesk,
    team: Uuid,
    lead: Persona,
    tobias: Persona,
    annika: Persona,
}

async fn office() -> Office {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    Office {
        team,
        lead: desk.lead("Jonas Weber").in_team(team).await,
        tobias: desk.agent("Tobias Reuter").in_team(team).await,
        annika: desk.agent("Annika Brandt").in_team(team).await,
        desk,
    }
}

impl Office {
    fn in_days(&self, days: u64) -> String {
        let today = entities::clock::day(self.desk.db.clock().now());
        today.checked_add_days(Days::new(days)).unwrap().to_string()
    }

    /// Tobias enters that he is away from today on, with Annika in his place.
    async fn tobias_goes(&self, days: u64) -> (Client, Page) {
        let browser = self.tobias.sign_in().await;
        let page = browser.get("/account/absences").await;
        let (to, deputy) = (self.in_days(days), self.annika.id.to_string());
        let typed = [("to", to.as_str()), ("deputy", deputy.as_str())];
        let done = browser.submit(&page, "#absence-form", &typed).await;
        assert_eq!(done.status, 303, "{}", done.describe());
        let page = browser.follow(&done).await;
        (browser, page)
    }
}

#[tokio::test]
async fn whoever_is_ill_today_enters_it_with_one_click_from_the_menu_and_one_on_the_page() {
    let office = office().await;
    let browser = office.tobias.sign_in().await;
    let start = browser.get("/").await;
    assert!(start.has(".menu__list a[href='/account/absences']"));
    let page = browser.get("/account/absences").await;
    page.must_say("Ein Grund wird weder gefragt noch gespeichert.");
    assert!(!page.has("textarea"));
    let done = browser.submit(&page, "#absence-form", &[]).await;
    let page = browser.follow(&done).await;
    page.must_say("Die Abwesenheit ist gespeichert.");
    let start = office.annika.sign_in().await.get("/").await;
    assert!(start.text("#away").contains("Tobias Reuter"));
    // Nobody is named, so it is the team.
    assert!(start.text("#away").contains("Vertretung: Team"));
}

#[tokio::test]
async fn an_absence_with_a_deputy_is_shown_changed_and_ended() {
    let office = office().await;
    let (browser, page) = office.tobias_goes(4).await;
    page.must_say("Annika Brandt");
    let start = office.annika.sign_in().await.get("/").await;
    start.must_say("Sie vertreten Tobias Reuter bis");
    assert!(start.text("#away").contains("Vertretung: Annika Brandt"));
    let edit = page.attribute("tbody a.kern-btn", "href").unwrap();
    let page = browser.get(&edit).await;
    let last = office.in_days(4);
    assert_eq!(page.attribute("#to", "value"), Some(last));
    let (before, sooner) = (office.in_days(3), office.in_days(1));
    let typed = [("from", before.as_str()), ("to", sooner.as_str())];
    let wrong = browser.submit(&page, "#absence-form", &typed).await;
    assert_eq!(wrong.status, 422);
    wrong.must_say("Der letzte Tag liegt vor dem ersten.");
    assert!(wrong.has("#to-fault"), "{}", wrong.describe());
    assert_eq!(wrong.attribute("#from", "value"), Some(before));
    let longer = office.in_days(6);
    let done = browser
        .submit(&page, "#absence-form", &[("to", &longer)])
        .await;
    let page = browser.follow(&done).await;
    let ended = browser.submit(&page, "tbody form", &[]).await;
    let page = browser.follow(&ended).await;
    page.must_say("Die Abwesenheit ist beendet.");
    let start = office.annika.sign_in().await.get("/").await;
    assert!(!start.says("Sie vertreten") && !start.has("#away"));
}

#[tokio::test]
async fn a_deputy_who_left_is_refused_where_they_were_chosen() {
    let office = office().await;
    let gone = office.desk.agent("Mira Kessler").await;
    let browser = office.tobias.sign_in().await;
    let page = browser.get("/account/absences").await;
    let retire = entities::person::Retire::of(gone.id);
    office.desk.console(retire).await;
    let deputy = gone.id.to_string();
    let typed = [("deputy", deputy.as_str())];
    let wrong = browser.submit(&page, "#absence-form", &typed).await;
    assert_eq!(wrong.status, 422);
    wrong.must_say("Die Vertretung arbeitet nicht mehr an Tickets.");
    assert!(wrong.has("#deputy-fault"), "{}", wrong.describe());
}

#[tokio::test]
async fn a_lead_says_in_one_click_that_somebody_of_their_team_is_ill() {
    let office = office().await;
    let other = office.desk.team("Kita").await;
    let derya = office.desk.agent("Derya Aksoy").in_team(other).await;
    let browser = office.lead.sign_in().await;
    let page = browser.get("/absences").await;
    let form = |who: &Persona| format!("form[action='/absences/of/{}/today']", who.id);
    assert!(!page.has(&form(&derya)), "another team's");
    let done = browser.submit(&page, &form(&office.tobias), &[]).await;
    let twice = browser.submit(&page, &form(&office.tobias), &[]).await;
    assert_eq!(twice.status, 303, "a second click: {}", twice.describe());
    let page = browser.follow(&done).await;
    page.must_say("Die Abwesenheit ist eingetragen.");
    let away = page.text("section[aria-labelledby='absences-today']");
    assert!(away.contains("Tobias Reuter"), "{away}");
    let typed = [("until", "morgen")];
    let wrong = browser.submit(&page, &form(&office.annika), &typed).await;
    assert_eq!(wrong.status, 422);
    wrong.must_say("Annika Brandt: Bitte geben Sie einen Tag an.");
    let his = office.tobias.sign_in().await.get("/account/absences").await;
    his.must_say("eingetragen von Jonas Weber");
    let colleague = derya.sign_in().await;
    assert!(!colleague.get("/absences").await.has("#absences-enter"));
    let address = format!("/absences/of/{}/today", office.tobias.id);
    assert_eq!(colleague.post(&address, &[]).await.status, 403);
}

#[tokio::test]
async fn what_is_given_to_somebody_who_is_away_says_so_before_and_after() {
    let office = office().await;
    let desk = &office.desk;
    office.tobias_goes(4).await;
    let ticket = desk.ticket("Bescheid fehlt").in_team(office.team).await;
    let browser = office.lead.sign_in().await;
    let address = format!("/tickets/{}/owner/edit", ticket.number);
    let asked = browser.get(&address).await;
    asked.must_say("Tobias Reuter (abwesend bis");
    asked.must_say("geht an Annika Brandt)");
    let to = office.tobias.id.to_string();
    let address = format!("/tickets/{}/owner", ticket.number);
    browser.post(&address, &[("value", &to)]).await;
    assert_eq!(desk.read(ticket.id).await.owner_id, Some(office.annika.id));
    let history = browser.get(&format!("/tickets/{}", ticket.number)).await;
    history.must_say("Wegen Abwesenheit weitergegeben");
    let told = office.annika.sign_in().await.get("/notices").await;
    told.must_say("Wegen Abwesenheit weitergegeben");
}

#[tokio::test]
async fn what_comes_back_surfaces_to_the_deputy_with_the_reason_and_stays_with_its_owner() {
    let office = office().await;
    let desk = &office.desk;
    let ticket = desk.ticket("Zahllauf bricht ab").in_team(office.team);
    let ticket = ticket.owned_by(&office.tobias).await;
    let solve = support::desk::reply("sabine@pa.example", "Ist gelöst.");
    let solve = entities::ticket::Reply {
        then: entities::ticket::reply::Then::Solve(entities::ticket::ClosingReason::Data),
        ..solve
    };
    let permit = Permit::ask(&office.tobias.actor().await, desk.read(ticket.id).await);
    desk.db.change(permit.unwrap(), solve).await.unwrap();
    office.tobias_goes(4).await;
    let permit = Permit::ask(&office.lead.actor().await, desk.read(ticket.id).await);
    let reopened = desk
        .db
        .change(permit.unwrap(), entities::ticket::Reopen)
        .await;
    reopened.unwrap();
    let browser = office.annika.sign_in().await;
    let start = browser.get("/").await;
    let covered = start.text("#covering");
    assert!(covered.contains("Zahllauf bricht ab"), "{covered}");
    assert!(covered.contains("für Tobias Reuter"), "{covered}");
    let told = browser.get("/notices").await;
    told.must_say("In Vertretung für Tobias Reuter");
    told.must_say("abwesend ist und Sie für sie da sind");
    assert_eq!(desk.read(ticket.id).await.owner_id, Some(office.tobias.id));
    let colleague = desk.agent("Derya Aksoy").in_team(office.team).await;
    assert!(!colleague.sign_in().await.get("/").await.has("#covering"));
}

#[tokio::test]
async fn the_hand_over_sheet_is_read_by_the_deputy_and_by_nobody_else() {
    let office = office().await;
    let desk = &office.desk;
    let ticket = desk.ticket("Bescheid fehlt").in_team(office.team);
    ticket.owned_by(&office.tobias).await;
    office.tobias_goes(4).await;
    let address = format!("/absences/of/{}/hand-over", office.tobias.id);
    let sheet = office.annika.sign_in().await.get(&address).await;
    sheet.must_say("Übergabe: Tobias Reuter");
    sheet.must_say("Bescheid fehlt");
    let colleague = desk.agent("Derya Aksoy").in_team(office.team).await;
    let refused = colleague.sign_in().await.get(&address).await;
    assert_eq!(refused.status, 403);
    assert!(!refused.says("Bescheid fehlt"));
}

#[tokio::test]
async fn where_nobody_is_named_the_team_reads_the_hand_over_sheet() {
    let office = office().await;
    let desk = &office.desk;
    let ticket = desk.ticket("Bescheid fehlt").in_team(office.team);
    ticket.owned_by(&office.tobias).await;
    let address = format!("/absences/of/{}/hand-over", office.tobias.id);
    let derya = desk.agent("Derya Aksoy").in_team(office.team).await;
    let derya = derya.sign_in().await;
    assert_eq!(derya.get(&address).await.status, 403);
    let tobias = office.tobias.sign_in().await;
    let page = tobias.get("/account/absences").await;
    let to = office.in_days(4);
    let typed = [("to", to.as_str())];
    let entered = tobias.submit(&page, "#absence-form", &typed).await;
    assert_eq!(entered.status, 303, "{}", entered.describe());
    derya.get(&address).await.must_say("Bescheid fehlt");
    let elsewhere = desk.team("Zahlungen").await;
    let other = desk.agent("Murat Kaya").in_team(elsewhere).await;
    assert_eq!(other.sign_in().await.get(&address).await.status, 403);
}

#[tokio::test]
async fn whoever_is_back_reads_what_happened_meanwhile_until_they_say_so() {
    let office = office().await;
    let desk = &office.desk;
    let ticket = desk.ticket("Bescheid fehlt").in_team(office.team);
    let ticket = ticket.owned_by(&office.tobias).await;
    desk.pass(chrono::Duration::days(1));
    office.tobias_goes(1).await;
    let permit = Permit::ask(&office.annika.actor().await, desk.read(ticket.id).await);
    let urgent = Prioritise {
        priority: Priority::VeryHigh,
    };
    desk.db.change(permit.unwrap(), urgent).await.unwrap();
    desk.pass(chrono::Duration::days(2));
    let browser = office.tobias.sign_in().await;
    let start = browser.get("/").await;
    let told = start.text("#meanwhile");
    assert!(told.contains("Bescheid fehlt"), "{told}");
    assert!(told.contains("Annika Brandt"), "{told}");
    let read = browser.submit(&start, "#meanwhile form", &[]).await;
    assert!(!browser.follow(&read).await.has("#meanwhile"));
}
