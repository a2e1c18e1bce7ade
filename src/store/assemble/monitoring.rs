//! Survey responses of cases.

use super::super::child::Child;
use super::super::nodes::{Many, PersonNode, SurveyAnswerNode, SurveyNode};
use super::super::reader::{ById, Reader};
use super::super::want::Want;
use super::{parts, under};
use crate::domain::survey::SurveyResponse;
use crate::error::Error;
use crate::policy::fields::Field;
use crate::policy::lens::Lens;
use entity::survey_response;
use uuid::Uuid;

impl Reader {
    /// The survey responses of these cases, each under the lens of its case, in the order of making.
    pub(super) async fn surveys_of(
        &self,
        cases: &[Uuid],
        lenses: &ById<Lens>,
        want: Option<&Want>,
    ) -> Result<ById<Many<SurveyNode>>, Error> {
        let Some(want) = want else {
            return Ok(ById::new());
        };
        let rows = self
            .children::<survey_response::Entity>(
                survey_response::Column::CaseId,
                survey_response::Column::Id,
                cases.to_vec(),
                true,
                |row| row.case_id,
            )
            .await?;
        let asked: Vec<Uuid> = rows.values().flatten().map(|row| row.person_id).collect();
        let persons = self
            .named::<PersonNode>(asked.into_iter(), want.of(Field::SurveyPerson))
            .await?;
        let mut surveys: ById<Many<SurveyNode>> = ById::new();
        for (case, rows) in rows {
            let Some(lens) = lenses.get(&case).copied() else {
                continue;
            };
            let responses = rows.into_iter().map(SurveyResponse::read);
            let responses = responses.collect::<Result<Vec<_>, _>>()?.into_iter();
            let nodes = responses.map(|response| {
                let lens = lens.about_person(response.person_id);
                let node = SurveyNode {
                    answers: answers(lens, &response),
                    person: persons.get(&response.person_id.uuid()).cloned(),
                    response,
                };
                under(lens, node)
            });
            surveys.insert(case, nodes.collect());
        }
        Ok(surveys)
    }
}

fn answers(lens: Lens, response: &SurveyResponse) -> Many<SurveyAnswerNode> {
    let answers = response
        .answers
        .iter()
        .map(|(question, answer)| SurveyAnswerNode {
            question: question.clone(),
            answer: answer.clone(),
        });
    parts(lens, answers.collect())
}
