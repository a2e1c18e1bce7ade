//! What only a voluntary return has: a request to a consular post, a journey, an escort, a departure.
//!
//! IOM is forbidden by its Constitution to assist any process of removal (S3:128). Steps of the journey are written on
//! [`VoluntaryReturn`], and there is no way to one but through [`CaseFile::voluntary`]; so no step can make such a row
//! for a person who was returned by force (INV-01). The database refuses such a row as well.

use super::case::ReturnMode;
use super::case_file::CaseFile;
use super::transition::{Reason, Refusal};
use std::ops::Deref;

/// The case file of persons who return by free choice.
#[derive(Clone, Debug)]
pub struct VoluntaryReturn(pub(in crate::domain) CaseFile);

impl CaseFile {
    /// The file as one of a voluntary return.
    ///
    /// # Errors
    ///
    /// `REMOVAL_ASSISTANCE_FORBIDDEN` for persons who return in any other way.
    pub fn voluntary(self) -> Result<VoluntaryReturn, Refusal> {
        match self.case.return_mode {
            ReturnMode::AssistedVoluntary => Ok(VoluntaryReturn(self)),
            ReturnMode::Forced | ReturnMode::Spontaneous => Err(Reason::RemovalAssistanceForbidden.into()),
        }
    }
}

impl Deref for VoluntaryReturn {
    type Target = CaseFile;

    fn deref(&self) -> &CaseFile {
        &self.0
    }
}
