//! Projects, grant rules, exchange rates, and how entitlements were computed.

use super::super::child::Child;
use super::At;
use crate::domain::entitlement::Computation;
use crate::domain::funding::{ExchangeRate, GrantRule, Project};
use crate::domain::money::CurrencyCode;
use crate::domain::territory::CountryCode;
use crate::error::Error;
use crate::ids::OrganisationId;
use chrono::{DateTime, Utc};
use uuid::Uuid;

fn currency(at: At, column: &'static str, text: &str) -> Result<CurrencyCode, Error> {
    CurrencyCode::parse(text).ok_or_else(|| at.wrong(column))
}

pub(in crate::store) fn project(
    row: entity::project::Model,
    missions: Vec<OrganisationId>,
) -> Result<Project, Error> {
    let at = At("projects", row.id);
    Ok(Project {
        id: row.id.into(),
        budget: at.money(row.budget_minor, &row.currency)?,
        code: row.code,
        name: row.name,
        donor: row.donor,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        management_site: row.management_site,
        prism_reference: row.prism_reference,
        wbs_reference: row.wbs_reference,
        reporting_months: row.reporting_months,
        missions,
        version: row.version,
    })
}

pub(in crate::store) fn project_row(project: &Project, now: DateTime<Utc>) -> entity::project::Model {
    entity::project::Model {
        id: project.id.uuid(),
        code: project.code.clone(),
        name: project.name.clone(),
        donor: project.donor.clone(),
        starts_on: project.starts_on,
        ends_on: project.ends_on,
        budget_minor: project.budget.amount_minor,
        currency: project.budget.currency.as_str().to_owned(),
        management_site: project.management_site.clone(),
        prism_reference: project.prism_reference.clone(),
        wbs_reference: project.wbs_reference.clone(),
        version: project.version,
        created_at: now,
        reporting_months: project.reporting_months,
    }
}

pub(in crate::store) fn grant_rule(row: entity::grant_rule::Model) -> Result<GrantRule, Error> {
    let at = At("grant_rules", row.id);
    let places: Vec<String> =
        serde_json::from_str(&row.nationalities).map_err(|_| at.wrong("nationalities"))?;
    let places = places.iter().map(|place| at.place("nationalities", place));
    Ok(GrantRule {
        id: row.id.into(),
        nationalities: places.collect::<Result<_, _>>()?,
        currency: currency(at, "currency", &row.currency)?,
        tranche_policy: at.word("tranche_policy", &row.tranche_policy)?,
        split_policy: at.word("split_policy", &row.split_policy)?,
        code: row.code,
        project: row.project_id.into(),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        person_minor: row.person_minor,
        dependant_minor: row.dependant_minor,
        family_cap_minor: row.family_cap_minor,
        return_allowance_minor: row.return_allowance_minor,
        version: row.version,
    })
}

pub(in crate::store) fn grant_rule_row(rule: &GrantRule, now: DateTime<Utc>) -> entity::grant_rule::Model {
    let nationalities: Vec<&str> = rule.nationalities.iter().map(CountryCode::as_str).collect();
    entity::grant_rule::Model {
        id: rule.id.uuid(),
        code: rule.code.clone(),
        project_id: rule.project.uuid(),
        nationalities: serde_json::json!(nationalities).to_string(),
        valid_from: rule.valid_from,
        valid_to: rule.valid_to,
        currency: rule.currency.as_str().to_owned(),
        person_minor: rule.person_minor,
        dependant_minor: rule.dependant_minor,
        family_cap_minor: rule.family_cap_minor,
        return_allowance_minor: rule.return_allowance_minor,
        tranche_policy: rule.tranche_policy.to_string(),
        split_policy: rule.split_policy.to_string(),
        version: rule.version,
        created_at: now,
    }
}

pub(in crate::store) fn exchange_rate(row: entity::exchange_rate::Model) -> Result<ExchangeRate, Error> {
    let at = At("exchange_rates", row.id);
    Ok(ExchangeRate {
        id: row.id.into(),
        base: currency(at, "base", &row.base)?,
        quote: currency(at, "quote", &row.quote)?,
        rate_micros: row.rate_micros,
        valid_on: row.valid_on,
        source: row.source,
    })
}

pub(in crate::store) fn exchange_rate_row(
    rate: &ExchangeRate,
    now: DateTime<Utc>,
) -> entity::exchange_rate::Model {
    entity::exchange_rate::Model {
        id: rate.id.uuid(),
        base: rate.base.as_str().to_owned(),
        quote: rate.quote.as_str().to_owned(),
        rate_micros: rate.rate_micros,
        valid_on: rate.valid_on,
        source: rate.source.clone(),
        created_at: now,
    }
}

impl Child for Computation {
    type Entity = entity::grant_computation::Entity;

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn case_column() -> entity::grant_computation::Column {
        entity::grant_computation::Column::CaseId
    }

    fn read(row: entity::grant_computation::Model) -> Result<Self, Error> {
        let at = At("grant_computations", row.id);
        Ok(Self {
            id: row.id.into(),
            case_id: row.case_id.into(),
            grant: row.cash_grant_id.into(),
            rule: row.rule_id.into(),
            computed_at: row.computed_at,
            persons: row.persons,
            currency: currency(at, "currency", &row.currency)?,
            person_minor: row.person_minor,
            household_minor: row.household_minor,
            family_cap_minor: row.family_cap_minor,
            share_minor: row.share_minor,
            to_family_minor: row.to_family_minor,
            to_person_minor: row.to_person_minor,
            entitlement_minor: row.entitlement_minor,
        })
    }

    fn row(&self) -> entity::grant_computation::Model {
        entity::grant_computation::Model {
            id: self.id.uuid(),
            case_id: self.case_id.uuid(),
            cash_grant_id: self.grant.uuid(),
            rule_id: self.rule.uuid(),
            computed_at: self.computed_at,
            persons: self.persons,
            currency: self.currency.as_str().to_owned(),
            person_minor: self.person_minor,
            household_minor: self.household_minor,
            family_cap_minor: self.family_cap_minor,
            share_minor: self.share_minor,
            to_family_minor: self.to_family_minor,
            to_person_minor: self.to_person_minor,
            entitlement_minor: self.entitlement_minor,
        }
    }
}
