//! Commands on complaints.

use super::{Desk, Envelope, authorise_by_kind};
use crate::domain::complaint::{Complaint, ComplaintOutcome, ComplaintStep, NewComplaint};
use crate::domain::registry::RegistryEvent;
use crate::error::Error;
use crate::ids::{ComplaintId, new_id};
use crate::policy::actions::Action;
use uuid::Uuid;

impl Desk {
    /// Receives a complaint, and says by which reference it goes.
    pub async fn lodge_complaint(&self, envelope: &Envelope, new: NewComplaint) -> Result<String, Error> {
        authorise_by_kind(envelope, Action::LodgeComplaint)?;
        let (new, ids) = (&new, self.store.ids());
        let id = self
            .once(envelope, Action::LodgeComplaint, move |uow| async move {
                uow.knows_organisation(new.about).await?;
                if let Some(case) = new.case {
                    // Whoever complains of a case has to have it before them; it is read, and nothing of it changes.
                    uow.load_for_update(case).await?;
                }
                let id = new_id(uow.now()).into();
                let named = (id, ids.complaint_reference(id));
                let by = uow.viewer()?.organisation;
                let complaint = Complaint::lodge(new.clone(), named, by, uow.now())?;
                uow.add_complaint(&complaint).await?;
                Ok((uow, id.uuid()))
            })
            .await?;
        Ok(ids.complaint_reference(id.into()))
    }

    /// Takes a complaint on.
    pub async fn acknowledge_complaint(
        &self,
        envelope: &Envelope,
        id: ComplaintId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let event = RegistryEvent::ComplaintAcknowledged;
        let (action, step) = (Action::AcknowledgeComplaint, ComplaintStep::Acknowledge);
        self.on_complaint(envelope, (action, event), (id, expected), step)
            .await
    }

    /// Looks into a complaint.
    pub async fn investigate_complaint(
        &self,
        envelope: &Envelope,
        id: ComplaintId,
        expected: i32,
    ) -> Result<Uuid, Error> {
        let event = RegistryEvent::ComplaintInvestigated;
        let (action, step) = (Action::InvestigateComplaint, ComplaintStep::Investigate);
        self.on_complaint(envelope, (action, event), (id, expected), step)
            .await
    }

    /// Decides a complaint.
    pub async fn resolve_complaint(
        &self,
        envelope: &Envelope,
        id: ComplaintId,
        expected: i32,
        (outcome, findings): (ComplaintOutcome, Option<String>),
    ) -> Result<Uuid, Error> {
        let event = RegistryEvent::ComplaintResolved;
        let step = ComplaintStep::Resolve(outcome, findings);
        let action = Action::ResolveComplaint;
        self.on_complaint(envelope, (action, event), (id, expected), step)
            .await
    }

    /// Hands a complaint to another body.
    pub async fn refer_complaint(
        &self,
        envelope: &Envelope,
        id: ComplaintId,
        expected: i32,
        to: String,
    ) -> Result<Uuid, Error> {
        let event = RegistryEvent::ComplaintReferred;
        let (action, step) = (Action::ReferComplaint, ComplaintStep::Refer(to));
        self.on_complaint(envelope, (action, event), (id, expected), step)
            .await
    }

    async fn on_complaint(
        &self,
        envelope: &Envelope,
        (action, event): (Action, RegistryEvent),
        (id, expected): (ComplaintId, i32),
        step: ComplaintStep,
    ) -> Result<Uuid, Error> {
        authorise_by_kind(envelope, action)?;
        let step = &step;
        self.once(envelope, action, move |uow| async move {
            let before = uow.complaint_for_update(id, expected).await?;
            let next = before.clone().take(step, uow.now())?;
            uow.save_complaint((&before, &next), action, event).await?;
            Ok((uow, id.uuid()))
        })
        .await
    }
}
