//! `Viewer`: what the viewer's own token says, and what it may do.

use crate::domain::consent::Purpose;
use crate::domain::party::OrganisationKind;
use crate::graphql::context::{InScope, refuse, wanted};
use crate::graphql::governed::Row;
use crate::graphql::scalars::DateTimeScalar;
use crate::graphql::word_out::WordOut;
use crate::policy::actions::Action;
use crate::policy::relation::Relation;
use crate::store::nodes::OrganisationNode;
use async_graphql::{Context, Object};

/// Who asks.
pub struct ViewerObject;

/// Who asks, and what this client may do.
#[Object(name = "Viewer", serial)]
impl ViewerObject {
    /// The organisation that the client belongs to.
    async fn organisation(
        &self,
        context: &Context<'_>,
    ) -> async_graphql::Result<Option<Row<OrganisationNode>>> {
        let scope = context.scope();
        let want = wanted::<OrganisationNode>(context, &[&[]]);
        let found = scope
            .reader()
            .one::<OrganisationNode>(scope.viewer.organisation.uuid(), &want)
            .await;
        found
            .map(|row| row.map(Row))
            .map_err(|fault| refuse(&fault, &scope.request_id))
    }

    /// The kind of that organisation.
    async fn kind(&self, context: &Context<'_>) -> WordOut<OrganisationKind> {
        WordOut(context.scope().viewer.kind)
    }

    /// The client's name in tokens.
    async fn client_id(&self, context: &Context<'_>) -> String {
        context.scope().viewer.client_id.to_string()
    }

    /// The purpose of this request: the one that it states, or the only one of the client.
    async fn purpose(&self, context: &Context<'_>) -> WordOut<Purpose> {
        WordOut(context.scope().viewer.purpose)
    }

    /// When the token of this request expires.
    async fn token_expires_at(&self, context: &Context<'_>) -> DateTimeScalar {
        DateTimeScalar(context.scope().viewer.expires_at)
    }

    /// The commands that this kind of viewer may give in some relation to a row.
    async fn commands(&self, context: &Context<'_>) -> Vec<&'static str> {
        let relations = Relation::possible_for(context.scope().viewer.kind);
        let may = |action: &Action| relations.iter().any(|relation| action.is_for(*relation));
        Action::ALL
            .iter()
            .filter(|(action, ..)| may(action))
            .map(|(_, name, ..)| *name)
            .collect()
    }
}
