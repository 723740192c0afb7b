//! Tickets shared with vendors: `desk.share(&ticket, nordlicht).await`.

use entities::organisation::{Organisation, OrganisationFacts, OrganisationKind};
use entities::ticket::share::justification::Gate;
use entities::ticket::share::{Enquiry, Repair, VendorShare, Way, read};
use entities::ticket::{Link, LinkKind, MoveRepair, Share, Ticket};
use entities::{Actor, Permit, Rule, Uuid};

use super::TestDesk;

/// An enquiry about a fault, by way of the portal, with nothing personal in it.
pub fn enquiry(vendor: Uuid) -> Share {
    Share {
        id: entities::new_id(),
        organisation_id: vendor,
        title: "Bescheid bricht mit Fehler KN-4102 ab".to_owned(),
        enquiry: Enquiry {
            product: "KITA-Netz".to_owned(),
            observed: "Bescheiddruck bricht ab.".to_owned(),
            expected: "Bescheid wird gedruckt.".to_owned(),
            ..Enquiry::default()
        },
        contact_id: None,
        reaction_due_at: None,
        delivery_due_at: None,
        message_id: entities::new_id(),
        body: "**Beobachtet:** Bescheiddruck bricht ab.".to_owned(),
        files: vec![],
        way: Way::Portal,
        gate: Gate::default(),
        undo_seconds: 0,
        once: None,
    }
}

impl TestDesk {
    /// A maker of software whose mail domain is given.
    pub async fn maker(&self, name: &str, domain: &str) -> Uuid {
        self.partner(name, domain, OrganisationKind::Vendor).await
    }

    /// A data centre whose mail domain is given.
    pub async fn data_centre(&self, name: &str, domain: &str) -> Uuid {
        self.partner(name, domain, OrganisationKind::DataCentre)
            .await
    }

    async fn partner(&self, name: &str, domain: &str, kind: OrganisationKind) -> Uuid {
        let facts = OrganisationFacts {
            name: name.to_owned(),
            short_name: None,
            kind,
            parent_id: None,
            domain: Some(domain.to_owned()),
            postal_address: None,
        };
        self.create::<Organisation>(facts).await
    }

    /// Shares a ticket with a vendor.
    pub async fn share(&self, ticket: &Ticket, vendor: Uuid) -> VendorShare {
        let console = Actor::System(Rule::Console);
        let command = enquiry(vendor);
        let id = command.id;
        let permit = Permit::ask(&console, ticket.clone()).unwrap();
        let ticket = self.db.change(permit, command).await.unwrap().subject;
        read::one(&self.db, &ticket, id).await.unwrap()
    }
    /// Takes a repair step by step, on both sides' behalf, until it is live.
    pub async fn make_live(&self, share: &VendorShare) -> VendorShare {
        let console = Actor::System(Rule::Console);
        let mut share = share.clone();
        while share.repair != Repair::Live {
            let ticket = self.read(share.ticket_id).await;
            let side = share.repair.turn().unwrap();
            let to = share.repair.next(side)[0];
            let permit = Permit::ask(&console, ticket.clone()).unwrap();
            let id = share.id;
            self.db
                .change(permit, MoveRepair { share, to })
                .await
                .unwrap();
            share = read::one(&self.db, &ticket, id).await.unwrap();
        }
        share
    }

    /// Hangs a ticket on a fault.
    pub async fn hang(&self, ticket: &Ticket, fault: &Ticket) {
        let console = Actor::System(Rule::Console);
        let ask = |on: Ticket| Permit::ask(&console, on).unwrap();
        let (one, other) = (self.read(ticket.id).await, self.read(fault.id).await);
        let kind = LinkKind::CausedBy;
        self.db
            .change_pair(ask(one), ask(other), Link { kind })
            .await
            .unwrap();
    }
}
