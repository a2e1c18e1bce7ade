//! `Project`, `GrantRule`, `ExchangeRate` and `Family`.

use crate::domain::funding::{SplitPolicy, TranchePolicy};
use crate::domain::money::{CurrencyCode, Money};
use crate::domain::territory::CountryCode;
use crate::governed;
use crate::graphql::leaf::{List, RowId};
use crate::ids::NodeType;
use crate::store::nodes::{
    ExchangeRateNode, FamilyNode, GrantRuleNode, OrganisationNode, PersonNode, ProjectNode, RegistryEntryNode,
};
use chrono::NaiveDate;

governed! { ProjectNode "Project" node: "A project of a donor, which pays." {
    ProjectId: (RowId) = |node| RowId(NodeType::Project, node.project.id.uuid()), "Names the project to this viewer, and to nobody else.";
    ProjectCode: (&str) = |node| node.project.code.as_str(), "Short stable name.";
    ProjectName: (&str) = |node| node.project.name.as_str(), "Full name.";
    ProjectDonor: (&str) = |node| node.project.donor.as_str(), "Who gives the money.";
    ProjectStartsOn: (NaiveDate) = |node| node.project.starts_on, "First day.";
    ProjectEndsOn: (NaiveDate) = |node| node.project.ends_on, "Last day.";
    ProjectBudget: (Money) = |node| node.project.budget, "Budget.";
    ProjectSite: (Option<String>) = |node| node.project.management_site.clone(), "Site that manages it, as IOM codes it.";
    ProjectPrism: (Option<String>) = |node| node.project.prism_reference.clone(), "Reference in PRISM.";
    ProjectWbs: (Option<String>) = |node| node.project.wbs_reference.clone(), "Work breakdown structure element.";
    ProjectReports: (Option<i32>) = |node| node.project.reporting_months, "Months of one reporting period, whose tables are published once it is over; null where the whole project is one.";
    ProjectMissions: [OrganisationNode] = |node| &node.missions, "Missions whose cases it pays for where nothing else is said.";
    ProjectRules: [GrantRuleNode] = |node| &node.rules, "Its rules for cash grants, oldest first.";
    ProjectVersion: (i32) = |node| node.project.version, "Counts the changes of the project.";
    ProjectHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }

fn amount(node: &GrantRuleNode, amount_minor: i64) -> Money {
    Money {
        amount_minor,
        currency: node.rule.currency,
    }
}

governed! { GrantRuleNode "GrantRule" node: "A rule of a project for cash grants: never edited, only ended and replaced." {
    RuleId: (RowId) = |node| RowId(NodeType::GrantRule, node.rule.id.uuid()), "Names the rule to this viewer, and to nobody else.";
    RuleCode: (&str) = |node| node.rule.code.as_str(), "Short stable name.";
    RuleProject: {ProjectNode} = |node| &node.project, "The project.";
    RuleNationalities: (List<CountryCode>) = |node| List(node.rule.nationalities.clone()), "Nationalities that it is for; all where none is named.";
    RuleValidFrom: (NaiveDate) = |node| node.rule.valid_from, "First day on which a grant may be put forward under it.";
    RuleValidTo: (Option<NaiveDate>) = |node| node.rule.valid_to, "Last day, once it is ended.";
    RuleCurrency: (CurrencyCode) = |node| node.rule.currency, "Currency of its amounts, in which its limits are counted.";
    RulePersonAmount: (Money) = |node| amount(node, node.rule.person_minor), "Amount for a person, or for the principal where dependants get another.";
    RuleDependantAmount: (Option<Money>) = |node| node.rule.dependant_minor.map(|minor| amount(node, minor)), "Amount for each dependant.";
    RuleFamilyCap: (Option<Money>) = |node| node.rule.family_cap_minor.map(|minor| amount(node, minor)), "What a family unit gets at most, across its cases.";
    RuleReturnAllowance: (Option<Money>) = |node| node.rule.return_allowance_minor.map(|minor| amount(node, minor)), "The part that is paid at departure.";
    RuleTranchePolicy: (TranchePolicy) = |node| node.rule.tranche_policy, "How many payments.";
    RuleSplitPolicy: (SplitPolicy) = |node| node.rule.split_policy, "How a family shares what the cap leaves it.";
    RuleVersion: (i32) = |node| node.rule.version, "Counts the changes of the rule; commands take it as expectedVersion.";
    RuleHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }

governed! { ExchangeRateNode "ExchangeRate" node: "What one unit of a currency was worth in another on a day." {
    RateId: (RowId) = |node| RowId(NodeType::ExchangeRate, node.rate.id.uuid()), "Names the rate to this viewer, and to nobody else.";
    RateBase: (CurrencyCode) = |node| node.rate.base, "The currency of which one unit is meant.";
    RateQuote: (CurrencyCode) = |node| node.rate.quote, "The currency that it is expressed in.";
    RateRate: (String) = |node| node.rate.decimal(), "The rate as a decimal, such as 1.0825.";
    RateValidOn: (NaiveDate) = |node| node.rate.valid_on, "The day of the rate.";
    RateSource: (&str) = |node| node.rate.source.as_str(), "Who published it.";
    RateHistory: [RegistryEntryNode] = |node| &node.history, "What was done to it, oldest first; at most 100 entries.";
} }

governed! { FamilyNode "Family": "A family unit, which may have more than one case: members who travel later." {
    FamilyHouseholdSize: (i32) = |node| node.household_size, "How many persons it has across its cases.";
    FamilyMembers: [PersonNode] = |node| &node.members, "Those of its persons that the viewer reaches.";
} }
