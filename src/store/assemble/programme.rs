//! What missions record of their own work: each row stands for itself.

use super::super::convert;
use super::super::reader::{Assembled, Readable, Reader};
use super::super::want::Want;
use super::under;
use crate::domain::campaign::CampaignReport;
use crate::domain::outreach::OutreachVisit;
use crate::domain::partner_survey::PartnerSurvey;
use crate::domain::training::Training;
use entity::{campaign_report, outreach_visit, partner_survey, training};
use futures_util::future::BoxFuture;
use uuid::Uuid;

macro_rules! alone {
    ($($row:ident $table:ident),+ $(,)?) => {$(
        impl Readable for $row {
            type Entity = $table::Entity;

            fn id(row: &$table::Model) -> Uuid {
                row.id
            }

            fn case_id(_row: &$table::Model) -> Option<Uuid> {
                None
            }

            fn assemble<'a>(
                reader: &'a Reader,
                rows: Vec<$table::Model>,
                _want: &'a Want,
            ) -> BoxFuture<'a, Assembled<Self>> {
                Box::pin(async move {
                    let lens = reader.lens_by_kind();
                    let rows = rows.into_iter();
                    rows.map(|row| Ok((row.id, under(lens, convert::$table(row)?)))).collect()
                })
            }
        }
    )+};
}

alone!(
    OutreachVisit outreach_visit,
    Training training,
    CampaignReport campaign_report,
    PartnerSurvey partner_survey,
);
