//! Commands on reintegration packages.

use super::grants::MoneyInput;
use super::{commands, id};
use crate::domain::reintegration::{
    Modality, MonitoringMode, MonitoringResult, NewItem, PackageSuspensionReason, ReintegrationCategory,
};
use crate::domain::steps::package::{Amendment, NewPackage};
use crate::graphql::scalars::{DateScalar, DateTimeScalar};
use crate::graphql::word::Word;
use crate::ids::NodeType;
use crate::payloads;
use crate::policy::actions::Action;
use async_graphql::{ID, InputObject};

payloads! {
    ProposeReintegrationPackagePayload "reintegrationPackage": PackageNode;
    AgreeReintegrationPackagePayload "reintegrationPackage": PackageNode;
    AmendReintegrationPackagePayload "reintegrationPackage": PackageNode;
    ApproveDonorExceptionPayload "reintegrationPackage": PackageNode;
    DeliverPackageItemPayload "reintegrationPackage": PackageNode;
    VerifyPackageReceiptPayload "reintegrationPackage": PackageNode;
    RecordMonitoringContactPayload "reintegrationPackage": PackageNode;
    SuspendReintegrationPackagePayload "reintegrationPackage": PackageNode;
    ResumeReintegrationPackagePayload "reintegrationPackage": PackageNode;
    ForfeitReintegrationPackagePayload "reintegrationPackage": PackageNode;
    TransferReintegrationPackagePayload "reintegrationPackage": PackageNode;
    CloseReintegrationPackagePayload "reintegrationPackage": PackageNode;
}

/// One item of a package.
#[derive(InputObject)]
pub struct PackageItemInput {
    /// Category of the item.
    category: Word<ReintegrationCategory>,
    /// How the item is given.
    modality: Word<Modality>,
    /// What the item is.
    #[graphql(validator(chars_max_length = 500))]
    description: String,
    /// What the item costs, in the minor unit of the package's currency.
    amount_minor: i32,
    /// Whether the donor has to approve the item before it is given.
    #[graphql(default = false)]
    exceptional: bool,
}

impl From<PackageItemInput> for NewItem {
    fn from(input: PackageItemInput) -> Self {
        Self {
            category: input.category.0,
            modality: input.modality.0,
            description: input.description,
            amount_minor: input.amount_minor.into(),
            exceptional: input.exceptional,
        }
    }
}

/// Puts a reintegration package forward.
#[derive(InputObject)]
pub struct ProposeReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The case.
    case_id: ID,
    /// The person that the package is for.
    person_id: ID,
    /// What the items may cost together.
    ceiling: MoneyInput,
    /// Whether the donor project allows items in cash.
    #[graphql(default = false)]
    cash_allowed: bool,
    /// The plan in words.
    #[graphql(validator(chars_max_length = 4000))]
    plan: Option<String>,
    /// The items.
    #[graphql(validator(max_items = 50))]
    items: Vec<PackageItemInput>,
}

/// Agrees on a package.
#[derive(InputObject)]
pub struct AgreeReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// When the returnee and the receiving mission signed the plan.
    signed_at: DateTimeScalar,
    /// The plan in words as it was signed, where it differs from the one put forward.
    #[graphql(validator(chars_max_length = 4000))]
    plan: Option<String>,
}

/// Changes a plan.
#[derive(InputObject)]
pub struct AmendReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// The plan in words, where it changes.
    #[graphql(validator(chars_max_length = 4000))]
    plan: Option<String>,
    /// Positions of the items that are given up; only what was not delivered can be.
    #[graphql(default, validator(max_items = 50))]
    drop_items: Vec<i32>,
    /// The items that are added.
    #[graphql(default, validator(max_items = 50))]
    add_items: Vec<PackageItemInput>,
}

/// Records what the donor decided on exceptional items.
#[derive(InputObject)]
pub struct ApproveDonorExceptionInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Positions of the items that the donor decided on.
    #[graphql(validator(max_items = 50))]
    items: Vec<i32>,
    /// Whether the donor approves them; otherwise they are rejected.
    #[graphql(default = true)]
    approved: bool,
    /// The donor's reference for the decision.
    #[graphql(validator(chars_max_length = 100))]
    donor_approval_reference: String,
}

/// Records that an item was given.
#[derive(InputObject)]
pub struct DeliverPackageItemInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Position of the item, from 0.
    item: i32,
}

/// Records that a receipt was checked.
#[derive(InputObject)]
pub struct VerifyPackageReceiptInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Position of the item, from 0.
    item: i32,
    /// The receipt, as the mission files it.
    #[graphql(validator(chars_max_length = 100))]
    receipt_reference: String,
}

/// Records a contact with the returnee.
#[derive(InputObject)]
pub struct RecordMonitoringContactInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// How the returnee was contacted.
    mode: Word<MonitoringMode>,
    /// What the contact found.
    result: Word<MonitoringResult>,
    /// The day.
    on: DateScalar,
}

/// Halts a package.
#[derive(InputObject)]
pub struct SuspendReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// Why.
    reason: Word<PackageSuspensionReason>,
}

/// Lets a halted package go on.
#[derive(InputObject)]
pub struct ResumeReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
}

/// Gives a package up that was not claimed in time.
#[derive(InputObject)]
pub struct ForfeitReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
}

/// Gives a package to another mission.
#[derive(InputObject)]
pub struct TransferReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
    /// The other mission.
    to_mission_id: ID,
}

/// Closes a package.
#[derive(InputObject)]
pub struct CloseReintegrationPackageInput {
    /// Makes a repetition harmless: the same key and body give the first result again.
    pub(super) idempotency_key: String,
    /// The package.
    reintegration_package_id: ID,
    /// The version of the package that was decided on.
    expected_version: i32,
}

commands! {
    /// Commands on reintegration packages.
    PackageCommands {
        /// Puts a reintegration package forward.
        propose_reintegration_package(ProposeReintegrationPackageInput) -> ProposeReintegrationPackagePayload = |context, envelope, input, desk| {
            let case = id(context, NodeType::Case, &input.case_id)?;
            let package = NewPackage {
                person: id(context, NodeType::Person, &input.person_id)?,
                ceiling: input.ceiling.into(),
                cash_allowed: input.cash_allowed,
                plan: input.plan,
                items: input.items.into_iter().map(Into::into).collect(),
            };
            desk.propose_package(&envelope, case, package).await
        };
        /// Records that the returnee and the receiving mission have signed the plan.
        agree_reintegration_package(AgreeReintegrationPackageInput) -> AgreeReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let (signed_at, plan) = (input.signed_at.0, input.plan);
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::AgreePackage, target, |file, c| file.agree_package(package, signed_at, plan.clone(), c)).await
        };
        /// Changes the plan of a package before everything is delivered, under the same ceiling.
        amend_reintegration_package(AmendReintegrationPackageInput) -> AmendReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let amendment = Amendment {
                plan: input.plan,
                dropped: input.drop_items,
                added: input.add_items.into_iter().map(Into::into).collect(),
            };
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::AmendPackage, target, |file, c| file.amend_package(package, amendment.clone(), c)).await
        };
        /// Records what the donor decided on exceptional items.
        approve_donor_exception(ApproveDonorExceptionInput) -> ApproveDonorExceptionPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let (items, approved, reference) = (input.items, input.approved, input.donor_approval_reference);
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::ApproveDonorException, target, |file, c| file.decide_exception(package, &items, approved, &reference, c)).await
        };
        /// Records that an item was given, or bought by the person where it is paid back; only after the return.
        deliver_package_item(DeliverPackageItemInput) -> DeliverPackageItemPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let item = input.item;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::DeliverPackageItem, target, |file, c| file.deliver_item(package, item, c)).await
        };
        /// Records that the receipt of an item was checked, by somebody else than who gave it; what is paid back is paid now.
        verify_package_receipt(VerifyPackageReceiptInput) -> VerifyPackageReceiptPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let (item, receipt) = (input.item, input.receipt_reference);
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::VerifyPackageReceipt, target, |file, c| file.verify_receipt(package, item, receipt.clone(), c)).await
        };
        /// Records a contact with the returnee to see how the package serves.
        record_monitoring_contact(RecordMonitoringContactInput) -> RecordMonitoringContactPayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let (mode, result, on) = (input.mode.0, input.result.0, input.on.0);
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::RecordMonitoringContact, target, |file, c| file.record_contact(package, mode, result, on, c)).await
        };
        /// Halts a package.
        suspend_reintegration_package(SuspendReintegrationPackageInput) -> SuspendReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let reason = input.reason.0;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::SuspendPackage, target, |file, c| file.suspend_package(package, reason, c)).await
        };
        /// Lets a halted package go on from where it stood.
        resume_reintegration_package(ResumeReintegrationPackageInput) -> ResumeReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::ResumePackage, target, |file, c| file.resume_package(package, c)).await
        };
        /// Gives a package up that was not claimed for 90 days, with everything that was not delivered.
        forfeit_reintegration_package(ForfeitReintegrationPackageInput) -> ForfeitReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::ForfeitPackage, target, |file, c| file.forfeit_package(package, c)).await
        };
        /// Gives a package to another mission, which has to agree on it with the returnee anew.
        transfer_reintegration_package(TransferReintegrationPackageInput) -> TransferReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let mission = id(context, NodeType::Organisation, &input.to_mission_id)?;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::TransferPackage, target, |file, c| file.transfer_package(package, mission, c)).await
        };
        /// Closes a package once it was followed up and every receipt is checked.
        close_reintegration_package(CloseReintegrationPackageInput) -> CloseReintegrationPackagePayload = |context, envelope, input, desk| {
            let package = id(context, NodeType::ReintegrationPackage, &input.reintegration_package_id)?;
            let target = (package, input.expected_version);
            desk.on_package(&envelope, Action::ClosePackage, target, |file, c| file.close_package(package, c)).await
        };
    }
}
