//! A desk in which every text, name and file is a word of its own.

use entities::field::{FieldFacts, Kind, Value, Words as Label};
use entities::guest::{self, House, Typed};
use entities::permit::{Action, Protected as _};
use entities::policy::Scope;
use entities::ticket::message::{Address, Addresses, NewFile};
use entities::ticket::share::justification::{Gate, Justified, Passed};
use entities::ticket::share::{Enquiry, VendorFields, VendorShare, Way, read};
use entities::ticket::vendor_number::VendorNumber;
use entities::ticket::{
    AnswerAsVendor, DrawArticle, FillVendorFields, Rename, Reply, Share, TellVendor, Then, Ticket,
    WithdrawShare, WriteNote,
};
use entities::{Actor, Permission, Permit, Rule, Uuid, history};
use support::desk::{Persona, TestDesk, reply};

use super::{Dice, VENDORS, Words, articles, work};

const CONSOLE: Actor = Actor::System(Rule::Console);

pub struct World {
    pub desk: TestDesk,
    pub words: Words,
    /// One of each vendor, in the order of their numbers.
    pub people: Vec<Persona>,
    pub organisations: Vec<Uuid>,
    /// Every article with those who read it.
    pub articles: Vec<articles::Planted>,
    /// Every ticket with those it is shared with now.
    pub tickets: Vec<(Ticket, Vec<usize>)>,
    shares: Vec<VendorShare>,
    dice: Dice,
}

/// What all tickets have in common.
struct Unit {
    teams: Vec<Uuid>,
    services: Vec<Service>,
    agents: Vec<Persona>,
    /// Whom a vendor may ask, one for each.
    contacts: Vec<Persona>,
    requesters: Vec<Persona>,
    field: Uuid,
}

struct Service {
    id: Uuid,
    /// Its name and that of its release.
    words: Vec<String>,
}

/// That many tickets, shared with three vendors at random.
pub async fn world(tickets: usize, mut dice: Dice) -> World {
    let desk = TestDesk::new().await;
    let mut words = Words::default();
    let (mut organisations, mut people) = (vec![], vec![]);
    for vendor in 0..VENDORS {
        let name = words.plant("name of a vendor", &[vendor]);
        let domain = format!("haus{vendor}.example");
        organisations.push(desk.maker(&name, &domain).await);
        let name = words.plant("person of a vendor", &[vendor]);
        let address = format!("person@{domain}");
        // Who coordinates sees the most a vendor can see.
        let person = desk.coordinator(&name).of(organisations[vendor]);
        people.push(person.writing_from(&address).await);
        let name = words.plant("colleague at a vendor", &[vendor]);
        let account = words.plant("address of a colleague", &[vendor]);
        let address = format!("{account}@{domain}");
        let colleague = desk.vendor_user(&name).of(organisations[vendor]);
        colleague.writing_from(&address).await;
        // Known from mails alone, and so nobody the portal shows.
        let writer = words.plant("writer of a vendor", &[]);
        desk.requester(&writer).of(organisations[vendor]).await;
        invite(&desk, &mut words, vendor, organisations[vendor]).await;
    }
    let unit = unit(&desk, &mut words).await;
    let calendar = words.plant("calendar", &[]);
    let calendar = desk.calendar(&calendar).await;
    for vendor in &organisations {
        let name = words.plant("contract", &[]);
        // About nothing the vendors see otherwise, so that the plan has something to hold back.
        let of = dice.below(unit.services.len() as u64) as usize;
        let service = &unit.services[of];
        desk.contract(&name, *vendor, service.id, calendar).await;
        let reader = organisations.iter().position(|id| id == vendor).unwrap();
        for word in &service.words {
            words.allow(word, reader);
        }
    }
    let articles = articles::plant(&desk, &mut words, &organisations).await;
    let mut world = World {
        desk,
        words,
        people,
        organisations,
        articles,
        tickets: vec![],
        shares: vec![],
        dice,
    };
    for _ in 0..tickets {
        world.ticket(&unit).await;
    }
    world
}

/// Somebody of the unit invites one more of a vendor.
async fn invite(desk: &TestDesk, words: &mut Words, vendor: usize, organisation: Uuid) {
    let by = words.plant("who invites", &[]);
    let rights = [(Permission::InviteVendors, Scope::Everything)];
    let by = desk.person_with(&by, &rights).await.actor().await;
    let house = House::find(&desk.db, &by, &organisation.to_string()).await;
    let account = words.plant("invited address", &[vendor]);
    let whom = Typed {
        name: words.plant("invited person", &[vendor]),
        email: format!("{account}@haus{vendor}.example"),
        ..Typed::default()
    };
    let permit = Permit::ask(&by, house.unwrap()).unwrap();
    guest::invite(&desk.db, permit, whom).await.unwrap();
}

async fn unit(desk: &TestDesk, words: &mut Words) -> Unit {
    let mut teams = vec![];
    let mut services = vec![];
    for _ in 0..4 {
        let team = desk.team(&words.plant("team", &[])).await;
        let (name, release) = (words.plant("service", &[]), words.plant("release", &[]));
        let id = desk.service(&name, team).await;
        desk.release(id, &release).await;
        teams.push(team);
        services.push(Service {
            id,
            words: vec![name, release],
        });
    }
    let mut agents = vec![];
    for _ in 0..4 {
        agents.push(
            desk.agent(&words.plant("agent", &[]))
                .in_team(teams[0])
                .await,
        );
    }
    let mut contacts = vec![];
    for _ in 0..VENDORS {
        contacts.push(desk.agent(&words.plant("contact", &[])).await);
    }
    let mut requesters = vec![];
    for _ in 0..8 {
        let (name, office) = (words.plant("requester", &[]), words.plant("office", &[]));
        let office = desk.district(&office, &office).await;
        requesters.push(desk.requester(&name).of(office).await);
    }
    let label = words.plant("label of a field", &[]);
    let facts = FieldFacts::new("kanarie", Kind::Text, Label::new(&label, &label));
    let field = desk.field(facts).await.row.id;
    Unit {
        teams,
        services,
        agents,
        contacts,
        requesters,
        field,
    }
}

fn permit<C: Action<On = Ticket>>(ticket: &Ticket) -> Permit<C> {
    Permit::ask(&CONSOLE, ticket.clone()).unwrap()
}

impl World {
    async fn file(&mut self, at: &str, readers: &[usize]) -> (NewFile, Vec<String>) {
        let name = self.words.plant(&format!("file name of {at}"), readers);
        let content = self.words.plant(&format!("file of {at}"), readers);
        let bytes = content.clone().into_bytes();
        let stored = self.desk.db.put_blob(bytes).await.unwrap();
        let file = NewFile {
            name: format!("{name}.txt"),
            content_type: "text/plain".to_owned(),
            size_bytes: stored.size_bytes,
            sha256: stored.sha256,
            inline: false,
            content_id: None,
        };
        (file, vec![name, content])
    }

    async fn ticket(&mut self, unit: &Unit) {
        let dice = |world: &mut World, most: usize| world.dice.below(most as u64) as usize;
        let title = self.words.plant("title", &[]);
        let text = self.words.plant("first message", &[]);
        let requester = &unit.requesters[dice(self, unit.requesters.len())];
        let agent = &unit.agents[dice(self, unit.agents.len())];
        let team = unit.teams[dice(self, unit.teams.len())];
        let service = &unit.services[dice(self, unit.services.len())];
        let ticket = self
            .desk
            .ticket(&title)
            .saying(&text)
            .from(requester)
            .in_team(team)
            .about(service.id)
            .owned_by(agent)
            .await;
        self.inside(&ticket, unit, requester).await;
        let mut with = vec![];
        for vendor in 0..VENDORS {
            if !self.dice.percent(45) {
                continue;
            }
            let told = self.share(&ticket, unit, vendor).await;
            if self.dice.percent(15) {
                let share = self.shares.pop().unwrap();
                self.withdraw(share).await;
                self.words.forbid(&told);
                continue;
            }
            for word in &service.words {
                self.words.allow(word, vendor);
            }
            let contact = unit.contacts[vendor].name.clone();
            self.words.allow(&contact, vendor);
            with.push(vendor);
        }
        // More for the desk alone, now that vendors look on.
        self.inside(&ticket, unit, requester).await;
        self.hang(&ticket, requester).await;
        let drawn = DrawArticle {
            article_id: self.articles.last().unwrap().id,
        };
        self.desk.db.change(permit(&ticket), drawn).await.unwrap();
        self.tickets.push((ticket, with));
    }

    /// The ticket hangs on the one before it, and its requester is told of what was repaired there.
    async fn hang(&mut self, ticket: &Ticket, requester: &Persona) {
        let Some((fault, _)) = self.tickets.last() else {
            return;
        };
        self.desk.hang(ticket, fault).await;
        let share = self.shares.iter().find(|s| s.ticket_id == fault.id);
        let body = self.words.plant("message to all requesters", &[]);
        let told = Reply {
            told_of: share.map(|share| share.id),
            ..reply(&requester.email, &body)
        };
        let ticket = self.desk.read(ticket.id).await;
        self.desk.db.change(permit(&ticket), told).await.unwrap();
    }

    /// What stays in the desk: a note with a file, a reply to the requester, a value, another title.
    async fn inside(&mut self, ticket: &Ticket, unit: &Unit, requester: &Persona) {
        let ticket = self.desk.read(ticket.id).await;
        let (file, _) = self.file("a note", &[]).await;
        let note = WriteNote {
            body: self.words.plant("note", &[]),
            files: vec![file],
            once: None,
        };
        self.desk.db.change(permit(&ticket), note).await.unwrap();
        let (file, _) = self.file("a reply", &[]).await;
        let body = self.words.plant("reply", &[]);
        let mut answer = reply(&requester.email, &body);
        answer.subject = self.words.plant("subject of a reply", &[]);
        answer.files = vec![file];
        self.desk.db.change(permit(&ticket), answer).await.unwrap();
        work::plant(&self.desk, &mut self.words, &ticket, &unit.agents[0]).await;
        let value = Value::Text(self.words.plant("value of a field", &[]));
        let set = self
            .desk
            .set(&CONSOLE, ticket.id, vec![(unit.field, Some(value))]);
        set.await.unwrap();
        let title = self.words.plant("new title", &[]);
        let ticket = self.desk.read(ticket.id).await;
        let renamed = self.desk.db.change(permit(&ticket), Rename { title });
        renamed.await.unwrap();
    }

    /// Shares with one vendor and writes to and fro; the words that are theirs.
    async fn share(&mut self, ticket: &Ticket, unit: &Unit, vendor: usize) -> Vec<String> {
        let ticket = self.desk.read(ticket.id).await;
        let mut told = vec![];
        let mut say = |words: &mut Words, at: &str| {
            let word = words.plant(at, &[vendor]);
            told.push(word.clone());
            word
        };
        let words = &mut self.words;
        let enquiry = Enquiry {
            product: say(words, "product"),
            release: say(words, "release of an enquiry"),
            environment: say(words, "environment"),
            observed: say(words, "observed"),
            expected: say(words, "expected"),
            steps: say(words, "steps"),
            frequency: say(words, "frequency"),
            effect: say(words, "effect"),
            deadline: None,
        };
        let title = say(words, "shared title");
        // The page shows the parts; their text goes with mails alone.
        let body = words.plant("body of an enquiry", &[]);
        words.planted.get_mut(&body).unwrap().ever.insert(vendor);
        let (file, of_file) = self.file("an enquiry", &[vendor]).await;
        told.extend(of_file);
        let reason = self.words.plant("reason of the gate", &[]);
        let passed = Passed {
            justified: vec![Justified::new(
                entities::redaction::Kind::CaseNumber,
                self.words.plant("what was let through", &[]),
                reason,
            )],
            ..Passed::default()
        };
        let command = Share {
            id: entities::new_id(),
            organisation_id: self.organisations[vendor],
            title,
            enquiry,
            contact_id: Some(unit.contacts[vendor].id),
            reaction_due_at: None,
            delivery_due_at: None,
            message_id: entities::new_id(),
            body,
            files: vec![file],
            way: Way::Portal,
            gate: Gate {
                passed,
                ..Gate::default()
            },
            undo_seconds: 0,
            once: None,
        };
        let id = command.id;
        let shared = self.desk.db.change(permit(&ticket), command).await.unwrap();
        let share = read::one(&self.desk.db, &shared.subject, id).await.unwrap();
        self.shares.push(share.clone());
        told.extend(self.talk(&share, vendor).await);
        told
    }

    async fn again(&self, share: &VendorShare) -> (Ticket, VendorShare) {
        let ticket = self.desk.read(share.ticket_id).await;
        let share = read::one(&self.desk.db, &ticket, share.id).await.unwrap();
        (ticket, share)
    }

    /// A message to the vendor, some by mail; their answer, their fields, their number.
    async fn talk(&mut self, share: &VendorShare, vendor: usize) -> Vec<String> {
        let (ticket, share) = self.again(share).await;
        let (file, mut told) = self.file("a message to a vendor", &[vendor]).await;
        let body = self.words.plant("message to a vendor", &[vendor]);
        told.push(body.clone());
        let message_id = entities::new_id();
        let way = match self.dice.percent(40) {
            false => Way::Portal,
            true => {
                let subject = self.words.plant("subject of a mail to a vendor", &[]);
                let planted = self.words.planted.get_mut(&subject).unwrap();
                planted.ever.insert(vendor);
                Way::Mail {
                    mail_id: format!("{}@desk.example", message_id.simple()),
                    in_reply_to: None,
                    mail_references: vec![],
                    mailbox_id: None,
                    addresses: Box::new(Addresses {
                        to: vec![Address {
                            name: None,
                            address: self.people[vendor].email.clone(),
                        }],
                        ..Addresses::default()
                    }),
                    subject,
                }
            }
        };
        let tell = TellVendor {
            share: share.clone(),
            message_id,
            body,
            files: vec![file],
            way,
            gate: Gate::default(),
            then: Then::WaitForVendor,
            undo_seconds: 0,
            once: None,
        };
        self.desk.db.change(permit(&ticket), tell).await.unwrap();
        let actor = self.people[vendor].actor().await;
        let (file, of_file) = self.file("an answer", &[vendor]).await;
        let body = self.words.plant("answer", &[vendor]);
        told.extend(of_file);
        told.push(body.clone());
        let (_, share) = self.again(&share).await;
        let answer = AnswerAsVendor {
            share: share.clone(),
            message_id: entities::new_id(),
            body,
            files: vec![file],
            once: None,
        };
        let as_vendor = Permit::ask(&actor, share.clone()).unwrap();
        self.desk.db.change(as_vendor, answer).await.unwrap();
        let (_, share) = self.again(&share).await;
        let number = self.words.plant("number of a vendor", &[vendor]);
        let fixed_in = self.words.plant("release of a repair", &[vendor]);
        told.extend([number.clone(), fixed_in.clone()]);
        let fill = FillVendorFields {
            share: share.clone(),
            fields: VendorFields {
                fixed_in: Some(fixed_in),
                ..VendorFields::default()
            },
            number: Some(VendorNumber::parse(&number).ok()),
        };
        let as_vendor = Permit::ask(&actor, share).unwrap();
        self.desk.db.change(as_vendor, fill).await.unwrap();
        told
    }

    async fn withdraw(&mut self, share: VendorShare) {
        let (ticket, share) = self.again(&share).await;
        let withdrawn = self
            .desk
            .db
            .change(permit(&ticket), WithdrawShare { share });
        withdrawn.await.unwrap();
    }

    /// Takes everything back; from now on each vendor may read their own name and that of their person, and what their
    /// contracts are about.
    pub async fn withdraw_everything(&mut self) {
        for share in std::mem::take(&mut self.shares) {
            self.withdraw(share).await;
        }
        let stays = [
            "name of a vendor",
            "person of a vendor",
            "colleague at a vendor",
            "address of a colleague",
            "invited person",
            "invited address",
            "service",
            "release",
            "title of an article",
            "summary of an article",
            "text of an article",
            "file of an article",
            "name of a file of an article",
            "category",
            "service of an article",
            "release of an article",
        ];
        for word in self.words.planted.values_mut() {
            if !stays.contains(&word.at.as_str()) {
                word.now.clear();
            }
        }
        for (_, with) in &mut self.tickets {
            with.clear();
        }
        history::verify(&self.desk.db, None, |_, _| {})
            .await
            .unwrap()
            .unwrap();
    }
}
