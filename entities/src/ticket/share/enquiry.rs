//! The parts of an enquiry to a vendor: what they need to rebuild a fault.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is asked of a vendor, part by part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Enquiry {
    pub product: String,
    pub release: String,
    pub environment: String,
    pub observed: String,
    pub expected: String,
    pub steps: String,
    pub frequency: String,
    pub effect: String,
    pub deadline: Option<NaiveDate>,
}

impl Enquiry {
    /// Name and text of each part that holds text, in the order of reading.
    pub fn texts(&self) -> [(&'static str, &str); 8] {
        [
            ("product", &self.product),
            ("release", &self.release),
            ("environment", &self.environment),
            ("observed", &self.observed),
            ("expected", &self.expected),
            ("steps", &self.steps),
            ("frequency", &self.frequency),
            ("effect", &self.effect),
        ]
    }

    /// The same enquiry with each text changed.
    #[must_use]
    pub fn map(&self, change: impl Fn(&str) -> String) -> Enquiry {
        Enquiry {
            product: change(&self.product),
            release: change(&self.release),
            environment: change(&self.environment),
            observed: change(&self.observed),
            expected: change(&self.expected),
            steps: change(&self.steps),
            frequency: change(&self.frequency),
            effect: change(&self.effect),
            deadline: self.deadline,
        }
    }
}
