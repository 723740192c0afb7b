//! What a dynamic field holds from the beginning, as its form writes it and as it is read.

use entities::field::{Field, FieldFacts, Kind, Preset, Value};
use entities::{mailbox, service};

use super::field_form::{FieldForm, like};
use super::field_options::Givers;
use super::form::Faults;
use crate::error::Result;
use crate::fields::typed::{self, Entry};
use crate::web::cx::Cx;

impl FieldForm {
    /// Reads the defaults into the facts, with all faults at once.
    pub async fn presets(
        &self,
        cx: &Cx,
        facts: &mut FieldFacts,
        faults: &mut Faults,
    ) -> Result<()> {
        let like = like(facts);
        match preset(cx, &like, &self.default).await? {
            Ok(value) => facts.settings.default = value,
            Err(fault) => faults.add("default", fault),
        }
        let lines = [
            ("by_service", &self.by_service, services(cx).await?),
            ("by_mailbox", &self.by_mailbox, mailboxes(cx).await?),
        ];
        for (field, text, known) in lines {
            let mut presets = Vec::new();
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let (of, typed) = line.split_once('=').unwrap_or((line, ""));
                let of = entities::text::fold(of);
                let found = known.iter().find(|(n, _)| entities::text::fold(n) == of);
                let Some((_, of)) = found else {
                    let args = [("line", line.trim().into())];
                    faults.add(field, cx.locale.t_with("field-preset-unknown", &args));
                    break;
                };
                match preset(cx, &like, typed).await? {
                    Ok(Some(value)) => presets.push(Preset { of: *of, value }),
                    Ok(None) => {}
                    Err(fault) => {
                        faults.add(field, format!("{}: {fault}", line.trim()));
                        break;
                    }
                }
            }
            match field {
                "by_service" => facts.settings.by_service = presets,
                _ => facts.settings.by_mailbox = presets,
            }
        }
        Ok(())
    }
}

/// Services by the names that the form takes.
pub async fn services(cx: &Cx) -> Result<Givers> {
    let all = service::choices(&cx.db).await?.into_iter();
    Ok(all.map(|c| (c.name, c.id)).collect())
}

/// Mailboxes by the names that the form takes.
pub async fn mailboxes(cx: &Cx) -> Result<Givers> {
    let all = mailbox::choices(&cx.db).await?.into_iter();
    Ok(all.map(|c| (c.name, c.id)).collect())
}

/// A value as the form writes it: words of options instead of ids.
pub fn typed_value(cx: &Cx, field: &Field, value: &Value) -> String {
    match value {
        Value::Options(ids) => {
            let named = ids.iter().map(|id| typed::path(cx, &field.options, *id));
            named.collect::<Vec<_>>().join("; ")
        }
        other => crate::fields::words::typed(cx.locale, &cx.now, field.row.kind, other)
            .pop()
            .unwrap_or_default(),
    }
}

/// Reads what [`typed_value`] wrote.
async fn preset(cx: &Cx, field: &Field, typed: &str) -> Result<Result<Option<Value>, String>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(Ok(None));
    }
    let kind = field.row.kind;
    if kind.has_options() {
        let mut ids = Vec::new();
        for part in typed.split(';').map(entities::text::fold) {
            let found = field.options.iter().find(|o| {
                let path = entities::text::fold(&typed::path(cx, &field.options, o.id));
                path == part || entities::text::fold(&o.label.de) == part
            });
            match found {
                Some(option) => ids.push(option.id),
                None => return Ok(Err(cx.t("field-fault-offered"))),
            }
        }
        let value = Value::Options(ids);
        return Ok(match value.fits(kind) {
            true => Ok(Some(value)),
            false => Err(cx.t("field-fault-offered")),
        });
    }
    let typed = match (kind, entities::text::fold(typed).as_str()) {
        (Kind::YesNo, "ja" | "yes") => "yes".to_owned(),
        (Kind::YesNo, "nein" | "no") => "no".to_owned(),
        _ => typed.to_owned(),
    };
    let entry = match kind.is_reference() {
        true => Entry {
            values: vec![],
            text: typed,
        },
        false => Entry {
            values: vec![typed],
            text: String::new(),
        },
    };
    let case = entities::field::rules::Case {
        kind: entities::ticket::Kind::Incident,
        place: Default::default(),
        parent_service_id: None,
    };
    let beside = entities::field::Values::new();
    let read = typed::value(cx, field, &entry, &case, &beside).await?;
    let checked = read.and_then(|value| {
        if let Some(value) = &value {
            field.check(value, None, &case, &beside)?;
        }
        Ok(value)
    });
    Ok(checked.map_err(|fault| crate::fields::words::fault(cx.locale, field, fault)))
}
