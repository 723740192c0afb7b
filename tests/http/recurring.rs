//! Tasks by date as an administrator keeps them: rules in words, the next five days, and warnings when nobody is there.

use entities::policy::Scope;
use entities::recurring::Repeat;
use entities::{Permission, person, setting};
use support::desk::{Client, Page, TestDesk};

const NEW: &str = "/settings/tasks/new";

struct Kept {
    desk: TestDesk,
    admin: Client,
    team: String,
    main: support::desk::Persona,
}

async fn kept() -> Kept {
    let desk = TestDesk::new().await;
    let team = desk.team("Zahlstelle").await;
    let main = desk.agent("Annika Brandt").await;
    Kept {
        admin: desk.administrator().await.sign_in().await,
        team: team.to_string(),
        main,
        desk,
    }
}

impl Kept {
    async fn save(&self, typed: &[(&str, &str)]) -> Page {
        let main = self.main.id.to_string();
        let mut all = vec![
            ("name", "Monatslauf"),
            ("text", "Bitte den Lauf starten und prüfen."),
            ("team", self.team.as_str()),
            ("main", main.as_str()),
        ];
        all.retain(|(name, _)| !typed.iter().any(|(other, _)| other == name));
        all.extend(typed);
        let page = self.admin.get(NEW).await;
        self.admin.submit(&page, "form.sheet", &all).await
    }
}

#[tokio::test]
async fn a_rule_shows_its_next_five_days_once_it_is_saved() {
    let kept = kept().await;
    kept.admin
        .get("/settings/tasks")
        .await
        .must_say("Noch kommt keine Aufgabe");
    let made = kept
        .save(&[
            ("every", "week"),
            ("weekdays", "1"),
            ("weekdays", "4"),
            ("from", "2099-01-01"),
            ("to_working_day", ""),
        ])
        .await;
    assert_eq!(made.status, 303, "{}", made.describe());
    let page = kept.admin.follow(&made).await;
    let days = page.texts("section:has(#next-days) li");
    assert_eq!(days.len(), 5, "{days:?}");
    assert!(
        days[0].starts_with("01.01.2099") && days[1].starts_with("05.01.2099"),
        "{days:?}"
    );
    assert!(days[0].ends_with("Annika Brandt"), "{days:?}");
    let list = kept.admin.get("/settings/tasks").await;
    list.must_say("wöchentlich: Montag, Donnerstag");
    list.must_say("Annika Brandt");
    // It stands in the form as it was saved.
    assert!(page.has("[name=weekdays][value='4'][checked]"));
    assert!(!page.has("[name=weekdays][value='5'][checked]"));
}

#[tokio::test]
async fn what_makes_no_rule_is_refused_beside_its_field() {
    let kept = kept().await;
    let main = kept.main.id.to_string();
    for (typed, words) in [
        (
            vec![("every", "week"), ("weekdays", "")],
            "mindestens einen Wochentag",
        ),
        (
            vec![("every", "month_day"), ("month_day", "32")],
            "Diesen Tag gibt es nicht.",
        ),
        (
            vec![("every", "year"), ("month", "2"), ("year_day", "30")],
            "Diesen Tag gibt es nicht.",
        ),
        (vec![("every", "nie")], "Bitte wählen Sie eine Regel."),
        (vec![("ahead", "61")], "von 0 bis 60"),
        (vec![("text", " ")], "Bitte schreiben Sie, was zu tun ist."),
        (
            vec![("deputy", main.as_str())],
            "Niemand vertritt sich selbst.",
        ),
        (vec![("from", "2027-01-02"), ("until", "2027-01-01")], "vor"),
    ] {
        let refused = kept.save(&typed).await;
        assert_eq!(refused.status, 422, "{typed:?}");
        refused.must_say(words);
        assert_eq!(
            refused.attribute("[name=name]", "value").unwrap(),
            "Monatslauf"
        );
    }
}

#[tokio::test]
async fn when_main_and_deputy_are_away_settings_and_start_page_warn() {
    let kept = kept().await;
    let desk = &kept.desk;
    let team = kept.team.parse().unwrap();
    let daily = Repeat::Week {
        weekdays: (1..=7).collect(),
    };
    desk.task("Tageslauf", daily, team, kept.main.id).await;
    let member = desk
        .agent("Mira Kessler")
        .in_team(team)
        .await
        .sign_in()
        .await;
    let stranger = desk.agent("Lea Albers").await.sign_in().await;
    let warning = "ist niemand da, der die Aufgabe erledigt";
    assert!(!member.get("/").await.says(warning));
    desk.console(setting::Retire::<person::Person>::of(kept.main.id))
        .await;
    member.get("/").await.must_say(warning);
    kept.admin.get("/").await.must_say(warning);
    assert!(!stranger.get("/").await.says(warning));
    let list = kept.admin.get("/settings/tasks").await;
    list.must_say("weder die zuständige Person noch die Vertretung da");
}

#[tokio::test]
async fn a_ticket_tells_from_which_task_it_comes() {
    let kept = kept().await;
    let desk = &kept.desk;
    let team = kept.team.parse().unwrap();
    let daily = Repeat::Week {
        weekdays: (1..=7).collect(),
    };
    let task = desk.task("Tageslauf", daily, team, kept.main.id).await;
    let now = desk.db.clock().now();
    let tomorrow = entities::clock::day(now).succ_opt().unwrap();
    desk.pass(entities::clock::begin_of(tomorrow) + chrono::Duration::hours(7) - now);
    lotse::jobs::run_due(desk).await.unwrap();
    let grants = [Permission::ReadTickets, Permission::ManageServices];
    let grants = grants.map(|permission| (permission, Scope::Everything));
    let lead = desk.person_with("Lea Albers", &grants).await;
    let lead = lead.sign_in().await;
    let page = lead.get(&format!("/settings/tasks/{task}")).await;
    let number = page.text("section:has(#opened-days) a");
    let browser = kept.main.sign_in().await;
    let history = browser.get(&format!("/tickets/{number}/history")).await;
    history.must_say("Nach Termin geöffnet");
    history.must_say("Tageslauf");
    history.must_say("Aufgabe nach Termin");
    browser.get("/").await.must_say("Tageslauf");
}
