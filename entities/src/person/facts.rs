//! What can be set about a person; all of it personal, so the history keeps none of its values.

use super::Salutation;
use crate::error::Rejected;
use crate::setting::{self, Facts, Field};

/// The content of a person's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFacts {
    pub name: String,
    pub salutation: Option<Salutation>,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Facts for PersonFacts {
    fn checked(self) -> Result<Self, Rejected> {
        let email = setting::optional(self.email);
        Ok(PersonFacts {
            name: setting::name(&self.name)?,
            salutation: self.salutation,
            email: email.map(|e| setting::mail_address(&e)).transpose()?,
            phone: setting::optional(self.phone),
        })
    }

    fn fields(&self) -> Vec<Field> {
        vec![
            Field::private("name", &self.name),
            Field::private("salutation", self.salutation),
            Field::private("email", &self.email),
            Field::private("phone", &self.phone),
        ]
    }
}
