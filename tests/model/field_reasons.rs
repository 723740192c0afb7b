//! What somebody may do with fields is told with the role it comes from, as the rules themselves answer.

use entities::field::{FieldFacts, Kind, Right, Words};
use entities::policy::Scope;
use entities::role::field_reasons::Bound;
use entities::role::{self, reasons::reasons};
use entities::ticket::close::Ending;
use entities::ticket::{Close, ClosingReason, Ticket};
use entities::{Actor, Permission, Permit, Rule, Uuid};
use support::desk::TestDesk;

/// Keys of fields, each with what may be done with it and what makes it less than that.
type Told = Vec<(String, Right, Option<Bound>)>;

async fn told(desk: &TestDesk, admin: &Actor, who: Uuid, ticket: Option<&Ticket>) -> Told {
    let sight = reasons(&desk.db, admin, who, ticket).await.unwrap();
    let of = |f: role::field_reasons::FieldReason| (f.field.row.key, f.right, f.bound);
    sight.fields.into_iter().map(of).collect()
}

fn all(rights: [(Right, Option<Bound>); 3]) -> Told {
    let keys = ["open", "seen", "secret"].map(str::to_owned);
    let all = keys.into_iter().zip(rights);
    all.map(|(key, (right, bound))| (key, right, bound))
        .collect()
}

#[tokio::test]
async fn the_right_to_each_field_is_told_with_its_role_and_its_bounds() {
    use Right::{Hidden, Read, Write};
    let desk = TestDesk::new().await;
    let admin = desk.administrator().await.actor().await;
    let (own, other) = (desk.team("Jugend 1").await, desk.team("Zahlstelle").await);
    let annika = desk.agent("Annika Brandt").in_team(own).await;
    let agent = role::shipped(&desk.db, "agent").await.unwrap().unwrap();
    for (at, (key, right)) in [
        ("open", None),
        ("seen", Some(Read)),
        ("secret", Some(Hidden)),
    ]
    .into_iter()
    .enumerate()
    {
        let mut facts = FieldFacts::new(key, Kind::YesNo, Words::new(key, key));
        facts.position = at as i32;
        let of_agents = right.map(|right| (agent.id, right));
        facts.settings.rights = of_agents.into_iter().collect();
        desk.field(facts).await;
    }
    let hers = desk.ticket("Zahllauf bricht ab").in_team(own).await;
    let foreign = desk.ticket("Zahllauf steht").in_team(other).await;

    let plain = all([(Write, None), (Read, None), (Hidden, None)]);
    for ticket in [None, Some(&hers)] {
        assert_eq!(told(&desk, &admin, annika.id, ticket).await, plain);
    }
    let bound = Some(Bound::NotClassified);
    let read_only = all([(Read, bound), (Read, None), (Hidden, None)]);
    let of_foreign = told(&desk, &admin, annika.id, Some(&foreign)).await;
    assert_eq!(of_foreign, read_only);
    // What the rules say of her, and which role says it.
    let actor = annika.actor().await;
    let sight = reasons(&desk.db, &admin, annika.id, Some(&hers)).await;
    for field in sight.unwrap().fields {
        assert_eq!(field.right, field.field.right(&actor));
        assert_eq!(field.roles, [("Agent".to_owned(), field.right)]);
    }

    let only = [(Permission::ReadCases, Scope::Everything)];
    let mira = desk.person_with("Mira Kessler", &only).await;
    let nothing = all([(Hidden, Some(Bound::OutOfSight)); 3]);
    assert_eq!(told(&desk, &admin, mira.id, Some(&hers)).await, nothing);
    let console = Actor::System(Rule::Console);
    let permit = Permit::ask(&console, desk.read(hers.id).await).unwrap();
    let close = Close {
        to: Ending::Solved,
        reason: Some(ClosingReason::Data),
    };
    desk.db.change(permit, close).await.unwrap();
    let solved = desk.read(hers.id).await;
    let nameless = all([(Read, Some(Bound::Nameless)); 3]);
    assert_eq!(told(&desk, &admin, mira.id, Some(&solved)).await, nameless);
}
