//! Owners who have left: what they own is seen by somebody who is there, and what happens in it is told to them.

use entities::notice::{self, Kind, Reason};
use entities::policy::Scope;
use entities::ticket::covered::covered;
use entities::ticket::reply::Then;
use entities::ticket::{ClosingReason, Reopen, Ticket, WriteNote};
use entities::{Permission, Permit, person};
use support::desk::{Persona, TestDesk, reply};

/// A team of which Tobias leaves, with a ticket of his.
struct Office {
    desk: TestDesk,
    tobias: Persona,
    annika: Persona,
    jonas: Persona,
    derya: Persona,
    ticket: Ticket,
}

async fn office() -> Office {
    let desk = TestDesk::new().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Kita").await);
    let tobias = desk.agent("Tobias Reuter").in_team(own).await;
    let ticket = desk.ticket("Bescheid").in_team(own).owned_by(&tobias).await;
    Office {
        annika: desk.agent("Annika Brandt").in_team(own).await,
        jonas: desk.agent("Jonas Weber").in_team(own).await,
        derya: desk.agent("Derya Aksoy").in_team(other).await,
        tobias,
        ticket,
        desk,
    }
}

impl Office {
    async fn tobias_leaves(&self) {
        let retire = person::Retire::of(self.tobias.id);
        self.desk.console(retire).await;
    }

    /// What stands on somebody's page of the day.
    async fn seen(&self, who: &Persona) -> Vec<String> {
        let now = self.desk.db.clock().now();
        let rows = covered(&self.desk.db, &who.actor().await, now, 20).await;
        rows.unwrap().into_iter().map(|row| row.title).collect()
    }

    async fn told(&self, who: &Persona) -> Vec<(Kind, Reason)> {
        let page = notice::list(&self.desk.db, &who.actor().await, None, 50).await;
        let rows = page.unwrap().rows.into_iter();
        rows.map(|row| (row.kind().unwrap(), row.reason().unwrap()))
            .collect()
    }
}

#[tokio::test]
async fn what_somebody_who_left_owns_is_seen_by_their_team_until_it_is_given_to_somebody() {
    let office = office().await;
    assert_eq!(office.seen(&office.annika).await, Vec::<String>::new());
    office.tobias_leaves().await;
    assert_eq!(office.seen(&office.annika).await, ["Bescheid"]);
    assert_eq!(office.seen(&office.derya).await, Vec::<String>::new());
    let actor = office.annika.actor().await;
    let permit = Permit::ask(&actor, office.desk.read(office.ticket.id).await).unwrap();
    let to = entities::ticket::assign::Assignee::Person {
        id: office.annika.id,
    };
    let take = entities::ticket::Assign { to };
    office.desk.db.change(permit, take).await.unwrap();
    assert_eq!(office.seen(&office.annika).await, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_lost_the_right_to_answer_has_left_too() {
    let office = office().await;
    let nothing = person::SetRoles {
        id: office.tobias.id,
        role_ids: vec![],
    };
    office.desk.console(nothing).await;
    assert_eq!(office.seen(&office.annika).await, ["Bescheid"]);
}

#[tokio::test]
async fn what_no_team_has_is_seen_by_whoever_gives_out_tickets_of_the_service_else_by_administrators()
 {
    let desk = TestDesk::new().await;
    let team = desk.team("Jugend 1").await;
    let kita = desk.service("Kita", team).await;
    let module = desk.module("Gutschein", kita).await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").in_team(team).await;
    let ticket = desk.ticket("Gutschein fehlt").about(module);
    ticket.owned_by(&tobias).await;
    desk.ticket("Ohne Verfahren").owned_by(&tobias).await;
    desk.console(person::Retire::of(tobias.id)).await;
    let seen = async |who: &Persona| {
        let now = desk.db.clock().now();
        let rows = covered(&desk.db, &who.actor().await, now, 20).await;
        let mut titles: Vec<_> = rows.unwrap().into_iter().map(|row| row.title).collect();
        titles.sort();
        titles
    };
    let both = ["Gutschein fehlt", "Ohne Verfahren"];
    assert_eq!(seen(&annika).await, both, "nobody else is there");
    let petra = desk.administrator().await;
    assert_eq!(seen(&petra).await, both);
    assert_eq!(seen(&annika).await, Vec::<String>::new());
    let everywhere = |permission| (permission, Scope::Everything);
    let leads = [
        everywhere(Permission::ReadTickets),
        everywhere(Permission::Reply),
        (Permission::Assign, Scope::Services(vec![kita])),
    ];
    let jonas = desk.person_with("Jonas Weber", &leads).await;
    assert_eq!(seen(&jonas).await, ["Gutschein fehlt"]);
    assert_eq!(seen(&petra).await, ["Ohne Verfahren"]);
    assert_eq!(seen(&annika).await, Vec::<String>::new());
    desk.must_verify().await;
}

#[tokio::test]
async fn in_a_desk_without_teams_colleagues_see_what_somebody_who_left_owns() {
    let desk = TestDesk::new().await;
    let tobias = desk.agent("Tobias Reuter").await;
    let annika = desk.agent("Annika Brandt").await;
    let petra = desk.administrator().await;
    desk.ticket("Bescheid").owned_by(&tobias).await;
    desk.console(person::Retire::of(tobias.id)).await;
    let seen = async |who: &Persona| {
        let now = desk.db.clock().now();
        let rows = covered(&desk.db, &who.actor().await, now, 20).await;
        let titles = rows.unwrap().into_iter().map(|row| row.title);
        titles.collect::<Vec<_>>()
    };
    assert_eq!(seen(&annika).await, ["Bescheid"]);
    assert_eq!(seen(&petra).await, Vec::<String>::new());
    // Whoever works in a team has its tickets to look after.
    let team = desk.team("Jugend 1").await;
    let derya = desk.agent("Derya Aksoy").in_team(team).await;
    assert_eq!(seen(&derya).await, Vec::<String>::new());
    assert_eq!(seen(&annika).await, ["Bescheid"]);
    desk.console(person::Retire::of(annika.id)).await;
    assert_eq!(seen(&petra).await, ["Bescheid"], "there is no colleague");
}

#[tokio::test]
async fn what_happens_in_the_ticket_of_somebody_who_left_is_told_to_their_team() {
    let office = office().await;
    let desk = &office.desk;
    let solve = async || {
        let actor = office.jonas.actor().await;
        let permit = Permit::ask(&actor, desk.read(office.ticket.id).await).unwrap();
        let reply = reply("sabine@pa.example", "Kommt heute.");
        let solved = entities::ticket::Reply {
            then: Then::Solve(ClosingReason::Data),
            ..reply
        };
        desk.db.change(permit, solved).await.unwrap();
    };
    solve().await;
    office.tobias_leaves().await;
    let actor = office.jonas.actor().await;
    let permit = Permit::ask(&actor, desk.read(office.ticket.id).await).unwrap();
    desk.db.change(permit, Reopen).await.unwrap();
    assert_eq!(
        office.told(&office.annika).await,
        [(Kind::Reopened, Reason::Left)]
    );
    let permit = Permit::ask(&actor, desk.read(office.ticket.id).await).unwrap();
    let note = WriteNote {
        body: "Bitte ansehen".to_owned(),
        files: vec![],
        once: None,
    };
    desk.db.change(permit, note).await.unwrap();
    let told = office.told(&office.annika).await;
    assert_eq!(told[0], (Kind::ColleagueWrote, Reason::Left));
    let rows = notice::list(&desk.db, &office.annika.actor().await, None, 9).await;
    let whose = rows.unwrap().rows[0].in_place_of_id;
    assert_eq!(whose, Some(office.tobias.id));
    assert_eq!(office.told(&office.jonas).await, [], "his own doing");
    assert_eq!(office.told(&office.derya).await, []);
    desk.must_verify().await;
}
