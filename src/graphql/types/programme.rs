//! `OutreachVisit`, `Training`, `CampaignReport` and `PartnerSurvey`: what missions record of the programme itself.

use crate::domain::campaign::CampaignPlatform;
use crate::domain::partner_survey::SurveyRespondents;
use crate::domain::territory::CountryCode;
use crate::domain::training::{TrainingState, TrainingTopic};
use crate::governed;
use crate::graphql::leaf::{List, RowId};
use crate::ids::NodeType;
use crate::store::nodes::{CampaignReport, OutreachVisit, PartnerSurvey, Training};
use chrono::{DateTime, NaiveDate, Utc};

governed! { OutreachVisit "OutreachVisit": "A visit of a mobile team to a place where migrants gather." {
    OutreachTerritory: (CountryCode) = |node| node.territory, "The host territory.";
    OutreachLocation: (&str) = |node| node.location.as_str(), "The place, by the name that the outreach plan gives it.";
    OutreachVisitedOn: (NaiveDate) = |node| node.visited_on, "The day.";
    OutreachContacts: (i32) = |node| node.contacts, "Contacts made: not unique persons, because somebody may be met again.";
    OutreachPopulations: (List<CountryCode>) = |node| List(node.populations.clone()), "Populations served, by country of origin; empty where nothing was noted.";
    OutreachRecordedAt: (DateTime<Utc>) = |node| node.recorded_at, "When it was recorded.";
} }

governed! { Training "Training" node: "A training of officials, service providers and staff; its participants count once their list is signed." {
    TrainingId: (RowId) = |node| RowId(NodeType::Training, node.id.uuid()), "Names the training to this viewer, and to nobody else.";
    TrainingTopic: (TrainingTopic) = |node| node.topic, "What it is about.";
    TrainingTerritory: (CountryCode) = |node| node.territory, "The host territory.";
    TrainingVenue: (Option<&str>) = |node| node.venue.as_deref(), "The place.";
    TrainingHeldOn: (NaiveDate) = |node| node.held_on, "The day on which it was held, or is to be.";
    TrainingState: (TrainingState) = |node| node.state, "State.";
    TrainingStaff: (i32) = |node| node.participants.staff, "How many of the staff of the programme took part.";
    TrainingPartners: (i32) = |node| node.participants.partners, "How many officials and service providers took part.";
    TrainingList: (Option<&str>) = |node| node.list_reference.as_deref(), "Where the signed list of participants is.";
    TrainingReturned: (Option<i32>) = |node| node.sheets.map(|sheets| sheets.returned), "How many evaluation sheets came back.";
    TrainingBetter: (Option<i32>) = |node| node.sheets.map(|sheets| sheets.better), "How many of them say that the participant understands more now.";
    TrainingRecordedAt: (DateTime<Utc>) = |node| node.recorded_at, "When it was recorded.";
    TrainingVersion: (i32) = |node| node.version, "Counts the changes of the training; commands take it as expectedVersion.";
} }

governed! { CampaignReport "CampaignReport": "What a report on digital media says of a campaign on one platform." {
    CampaignTerritory: (CountryCode) = |node| node.territory, "The host territory.";
    CampaignPlatform: (CampaignPlatform) = |node| node.figures.platform, "The platform.";
    CampaignFromOn: (NaiveDate) = |node| node.figures.from_on, "First day that it covers.";
    CampaignToOn: (NaiveDate) = |node| node.figures.to_on, "Last day that it covers.";
    CampaignReached: (i32) = |node| node.figures.reached, "Persons reached, as the platform counts them.";
    CampaignEngaged: (i32) = |node| node.figures.engaged, "Those of them who did something about it.";
    CampaignSource: (&str) = |node| node.figures.source.as_str(), "The report that says so.";
    CampaignRecordedAt: (DateTime<Utc>) = |node| node.recorded_at, "When it was recorded.";
} }

governed! { PartnerSurvey "PartnerSurvey": "The tallies of a survey among partners or staff, who gave no names." {
    PartnerSurveyHeldOn: (NaiveDate) = |node| node.tallies.held_on, "The day.";
    PartnerSurveyRespondents: (SurveyRespondents) = |node| node.tallies.respondents, "Who was asked.";
    PartnerSurveyInvited: (i32) = |node| node.tallies.invited, "How many were asked.";
    PartnerSurveyAnswered: (i32) = |node| node.tallies.answered, "How many answered.";
    PartnerSurveyEnabling: (Option<i32>) = |node| node.tallies.enabling, "How many perceive the project as enabling rights-based access; partners alone are asked.";
    PartnerSurveyApplying: (i32) = |node| node.tallies.applying, "How many confirm that they apply what they learned.";
    PartnerSurveyRecordedAt: (DateTime<Utc>) = |node| node.recorded_at, "When it was recorded.";
} }
