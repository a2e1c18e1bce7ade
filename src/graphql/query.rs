//! Reads.

use super::arguments::{
    CaseFilterInput, CaseOrder, DisclosureFilterInput, GrantFilterInput, ItineraryFilterInput,
    NoticeFilterInput, OrganisationFilterInput, PackageFilterInput, ReferralFilterInput, RequestFilterInput,
};
use super::connection::{Connection, Window, connection};
use super::context::{InScope, refuse, wanted};
use super::figures::Figures;
use super::governed::Row;
use super::inbox;
use super::node::{AnyNode, nodes};
use super::types::inbox_head::InboxHead;
use super::types::service_info::ServiceInfo;
use super::types::viewer::ViewerObject;
use crate::config::{FairUseSettings, Limits};
use crate::error::Error;
use crate::store::filter::{
    EscalationFilter, GrantFilter, ItineraryFilter, NoticeFilter, OrganisationFilter, PackageFilter,
    ReferralFilter, RequestFilter, Unfiltered,
};
use crate::store::nodes::{
    BreakGlassNode, CampaignReport, CaseNode, CertificateNode, ComplaintNode, DisclosureNode, EscalationNode,
    EscalationRuleNode, ExchangeRateNode, GrantNode, ItineraryNode, JurisdictionNode, MovementNode,
    NoticeNode, OrganisationNode, OutreachVisit, PackageNode, PartnerSurvey, ProjectNode, ReferralNode,
    RequestNode, SuspensionNode, Training, WebhookNode,
};
use async_graphql::{Context, ID, MergedObject, Object, Result};

/// Reads: every listing and every row is what this viewer may see, now.
#[derive(MergedObject, Default)]
#[graphql(serial)]
pub struct Query(Rows, Figures);

/// Reads of rows.
#[derive(Default)]
pub struct Rows;

#[Object(serial)]
impl Rows {
    /// Who asks, and what this client may do.
    async fn viewer(&self) -> ViewerObject {
        ViewerObject
    }

    /// What the service says of itself.
    async fn service_info(&self, context: &Context<'_>) -> ServiceInfo {
        let desk = &context.scope().desk;
        ServiceInfo::new(
            context.data_unchecked::<Limits>(),
            *context.data_unchecked::<FairUseSettings>(),
            (desk.store.statistics(), desk.oversight.key_days),
        )
    }

    /// The row that an id names; null where there is none within reach.
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The id.")] id: ID,
    ) -> Result<Option<AnyNode>> {
        Ok(nodes(context, &[id]).await?.pop().flatten())
    }

    /// The rows that ids name, in their order; null where there is none within reach. At most 100.
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The ids.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<AnyNode>>> {
        let scope = context.scope();
        if ids.len() > scope.pages.1 {
            let fault = Error::InvalidArgument(format!("`ids` takes at most {}", scope.pages.1));
            return Err(refuse(&fault, &scope.request_id));
        }
        nodes(context, &ids).await
    }

    /// Cases, the newest first.
    #[expect(
        clippy::too_many_arguments,
        reason = "the arguments of a Relay connection, a filter and an order"
    )]
    async fn cases(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<CaseFilterInput>,
        #[graphql(desc = "The order of the listing.")] order_by: Option<CaseOrder>,
    ) -> Result<Connection<CaseNode>> {
        let filter = filter
            .unwrap_or_default()
            .of(context.scope().viewer.organisation, order_by);
        let ascending = order_by == Some(CaseOrder::OpenedAscending);
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, ascending).await
    }

    /// Travel document requests, the newest first.
    async fn travel_document_requests(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<RequestFilterInput>,
    ) -> Result<Connection<RequestNode>> {
        let filter: RequestFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, false).await
    }

    /// Itineraries, the newest first.
    async fn itineraries(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<ItineraryFilterInput>,
    ) -> Result<Connection<ItineraryNode>> {
        let filter: ItineraryFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, false).await
    }

    /// Group movements that the viewer organises, or that persons within its reach travel with, the newest first.
    async fn movements(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<MovementNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Cash grants, the newest first.
    async fn cash_grants(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<GrantFilterInput>,
    ) -> Result<Connection<GrantNode>> {
        let filter: GrantFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, false).await
    }

    /// Reintegration packages, the newest first.
    async fn reintegration_packages(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<PackageFilterInput>,
    ) -> Result<Connection<PackageNode>> {
        let filter: PackageFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, false).await
    }

    /// Referrals that the viewer sent or received, the newest first.
    async fn referrals(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<ReferralFilterInput>,
    ) -> Result<Connection<ReferralNode>> {
        let filter: ReferralFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, false).await
    }

    /// Accesses of oversight to cases, the newest first: all of them for oversight, to its own cases for a sending mission.
    async fn break_glass_accesses(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<BreakGlassNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Certificates of what was erased, the newest first.
    async fn retention_certificates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<CertificateNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// The viewer's inbox, from its beginning.
    async fn notices(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<NoticeFilterInput>,
    ) -> Result<Connection<NoticeNode>> {
        let filter: NoticeFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        inbox::page(context, window, filter).await
    }

    /// How far the viewer's own inbox has grown, so that a client can prove that it has everything; null where nothing is addressed to the viewer.
    async fn notices_head(&self, context: &Context<'_>) -> Result<Option<InboxHead>> {
        inbox::head(context).await
    }

    /// Notices under escalation, the newest first: all of them for oversight, those of its own cases for a sending mission.
    async fn escalations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Only those that wait for an acknowledgement, or only those that do not.")]
        open: Option<bool>,
    ) -> Result<Connection<EscalationNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &EscalationFilter { open }, false).await
    }

    /// What is done about notices that nobody acknowledges: the rules that hold, and those that held, the oldest first.
    async fn escalation_rules(&self, context: &Context<'_>) -> Result<Vec<Row<EscalationRuleNode>>> {
        let scope = context.scope();
        let want = wanted::<EscalationRuleNode>(context, &[&[]]);
        let found = scope.reader().all::<EscalationRuleNode>(&want).await;
        let found = found.map_err(|fault| refuse(&fault, &scope.request_id))?;
        Ok(found.into_iter().map(Row).collect())
    }

    /// The disclosure ledger: who was told what of the persons on the viewer's own cases; all of it for oversight. The
    /// oldest first.
    async fn disclosures(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<DisclosureFilterInput>,
    ) -> Result<Connection<DisclosureNode>> {
        let filter = filter.unwrap_or_default().of(&context.scope().ids);
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, true).await
    }

    /// The organisations of the programme.
    async fn organisations(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
        #[graphql(desc = "Narrows the listing.")] filter: Option<OrganisationFilterInput>,
    ) -> Result<Connection<OrganisationNode>> {
        let filter: OrganisationFilter = filter.unwrap_or_default().into();
        let window = Window::of(first, after, last, before);
        connection(context, window, &filter, true).await
    }

    /// Visits of the viewer's own mobile teams, the newest first.
    async fn outreach_visits(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<OutreachVisit>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Trainings that the viewer's mission recorded, the newest first.
    async fn trainings(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<Training>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Reports on campaigns that the viewer's mission recorded, the newest first.
    async fn campaign_reports(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<CampaignReport>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Surveys among partners and staff that the viewer's mission recorded, the newest first.
    async fn partner_surveys(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<PartnerSurvey>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Complaints, the newest first, for those who handle complaints.
    async fn complaints(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<ComplaintNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Webhooks of the viewer's own organisation, the newest first; oversight sees everybody's.
    async fn webhooks(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<WebhookNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// What holds in each host territory.
    async fn jurisdictions(&self, context: &Context<'_>) -> Result<Vec<Row<JurisdictionNode>>> {
        let scope = context.scope();
        let want = wanted::<JurisdictionNode>(context, &[&[]]);
        let found = scope.reader().all::<JurisdictionNode>(&want).await;
        let found = found.map_err(|fault| refuse(&fault, &scope.request_id))?;
        Ok(found.into_iter().map(Row).collect())
    }

    /// Projects of donors, the newest first.
    async fn projects(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<ProjectNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Rates between currencies, the newest first.
    async fn exchange_rates(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "At most so many from the start; 25 if nothing is said.")] first: Option<i32>,
        #[graphql(desc = "Only what follows this cursor.")] after: Option<String>,
        #[graphql(desc = "At most so many from the end.")] last: Option<i32>,
        #[graphql(desc = "Only what precedes this cursor.")] before: Option<String>,
    ) -> Result<Connection<ExchangeRateNode>> {
        let window = Window::of(first, after, last, before);
        connection(context, window, &Unfiltered, false).await
    }

    /// Countries for which operations are, or were, suspended, the oldest first.
    async fn operations_suspensions(&self, context: &Context<'_>) -> Result<Vec<Row<SuspensionNode>>> {
        let scope = context.scope();
        let want = wanted::<SuspensionNode>(context, &[&[]]);
        let found = scope.reader().all::<SuspensionNode>(&want).await;
        let found = found.map_err(|fault| refuse(&fault, &scope.request_id))?;
        Ok(found.into_iter().map(Row).collect())
    }
}
