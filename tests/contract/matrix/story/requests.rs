//! The part of the story in which a consular post is asked.

use super::{About, Case, Cast, IRAQ, Outcome, PRISTINA, Person, RequestSteps, Row, laissez_passer, zone};
use chrono::TimeDelta;

impl Cast<'_> {
    /// Asks the embassy and takes the request back at once.
    pub(super) async fn asks_in_vain(&mut self, case: &Case, person: &Person) -> RequestSteps {
        let pristina = self.pristina.clone();
        let about = About::Request(0);
        let applicant = person.full_name();
        let asking = pristina.requests_a_travel_document_for(case, &applicant);
        let request: Row = asking.with("expedited", true).await;
        let submitted = self.now();
        self.inboxes.tell(&[IRAQ], "TDR_SUBMITTED", submitted, 'A', about);
        pristina.cancels_request(&request).await;
        self.inboxes
            .tell(&[IRAQ], "TDR_CANCELLED", self.now(), 'A', about);
        RequestSteps {
            submitted,
            acknowledged: None,
            confirmed: None,
            ended: self.now(),
            outcome: Outcome::Cancelled,
            between: None,
            zone: None,
        }
    }

    /// Asks the embassy, which takes note, confirms the nationality and issues a document, or after all refuses.
    pub(super) async fn asks(
        &mut self,
        case: &Case,
        person: &Person,
        name: char,
        number: u8,
        issued: bool,
    ) -> RequestSteps {
        let (pristina, iraq) = (self.pristina.clone(), self.iraq.clone());
        let about = About::Request(number);
        let applicant = person.full_name();
        let request: Row = pristina
            .requests_a_travel_document_for(case, &applicant)
            .with("expedited", true)
            .await;
        let submitted = self.now();
        self.inboxes
            .tell(&[IRAQ], "TDR_SUBMITTED", submitted, name, about);
        iraq.acknowledges(&request).await;
        let acknowledged = self.now();
        self.inboxes
            .tell(&[PRISTINA], "TDR_ACKNOWLEDGED", acknowledged, name, about);
        pristina.attaches(&request, "BIRTH_RECORD").await;
        let (mut between, mut mrz) = (None, None);
        if (name, issued) == ('A', true) {
            between = Some(self.talks(&request, about).await);
        }
        iraq.confirms_nationality(&request).await;
        let confirmed = self.now();
        self.inboxes
            .tell(&[PRISTINA], "TDR_NATIONALITY_CONFIRMED", confirmed, name, about);
        let (outcome, kind) = if issued {
            let (kind, number) = match name {
                'A' => ("EMERGENCY_TRAVEL_DOCUMENT", "LP0045671"),
                _ => ("PASSPORT", "A19283746"),
            };
            let expires = self.world.today() + TimeDelta::days(200);
            let of_document = zone(person, number, expires);
            mrz = Some(of_document.clone());
            iraq.issues(&request, laissez_passer())
                .with("documentType", kind)
                .with("number", number)
                .with("expiresOn", expires.to_string())
                .with("mrz", of_document)
                .await;
            let outcome = Outcome::Issued {
                kind,
                number,
                expires,
            };
            (outcome, "TDR_ISSUED")
        } else {
            iraq.refuses(&request, "INCOMPLETE_REQUEST").await;
            (Outcome::Refused, "TDR_REFUSED")
        };
        let ended = self.now();
        self.inboxes.tell(&[PRISTINA], kind, ended, name, about);
        if let Some(between) = &mut between {
            pristina.receives_the_document(&request).await;
            between.received = self.now();
        }
        RequestSteps {
            submitted,
            acknowledged: Some(acknowledged),
            confirmed: Some(confirmed),
            ended,
            outcome,
            between,
            zone: mrz,
        }
    }
}
