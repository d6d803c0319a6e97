//! The one table of the portal's addresses: what each needs before its handler sees a request.

use super::Asking;
use crate::flows::FlowError;
use crate::store::GateRow;

/// Which state an address needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing.
    Nobody,
    /// A gate session, pending or verified.
    Pending,
    /// A verified one, or a pending one of a user without any method who may enrol (checked by the flow).
    Enrolling,
    /// A verified one.
    Verified,
    /// One verified within ten minutes.
    Fresh,
}

/// How a request proves that the gate's own page sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Csrf {
    /// It changes nothing.
    Reads,
    /// The form's token and its Origin.
    Form,
    /// JSON and its Origin.
    Api,
}

/// What an address does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Home,
    ChallengePage,
    ChallengeVerify,
    ChallengeSend,
    EnrolPage,
    EnrolBegin,
    EnrolConfirm,
    SettingsPage,
    SettingsPrimary,
    SettingsRemovePage,
    SettingsRemove,
    SettingsBackupPage,
    SettingsBackup,
    SettingsSend,
    SettingsDevices,
    Leave,
    Language,
    Static,
    ApiDocument,
    ApiSession,
    ApiConfig,
    ApiSend,
    ApiVerify,
    ApiMethods,
    ApiActivate,
    ApiConfirm,
    ApiDeactivate,
    ApiBackup,
    ApiPrimary,
}

/// One address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) needs: Needs,
    pub(super) csrf: Csrf,
    pub(super) act: Act,
}

const fn get(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "GET", path, needs, csrf: Csrf::Reads, act }
}

const fn form(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "POST", path, needs, csrf: Csrf::Form, act }
}

const fn call(path: &'static str, needs: Needs, act: Act) -> Address {
    Address { method: "POST", path, needs, csrf: Csrf::Api, act }
}

/// Every address under the prefix.
pub(super) const ADDRESSES: &[Address] = &[
    get("/", Needs::Nobody, Act::Home),
    get("/challenge", Needs::Pending, Act::ChallengePage),
    form("/challenge", Needs::Pending, Act::ChallengeVerify),
    form("/challenge/send", Needs::Pending, Act::ChallengeSend),
    get("/enrol", Needs::Enrolling, Act::EnrolPage),
    form("/enrol/{method}", Needs::Enrolling, Act::EnrolBegin),
    form("/enrol/{method}/confirm", Needs::Enrolling, Act::EnrolConfirm),
    get("/settings", Needs::Verified, Act::SettingsPage),
    form("/settings/primary", Needs::Fresh, Act::SettingsPrimary),
    // What asks for a code each time needs no fresh session beside it.
    get("/settings/remove", Needs::Verified, Act::SettingsRemovePage),
    form("/settings/remove", Needs::Verified, Act::SettingsRemove),
    form("/settings/send", Needs::Verified, Act::SettingsSend),
    get("/settings/backup-codes", Needs::Verified, Act::SettingsBackupPage),
    form("/settings/backup-codes", Needs::Fresh, Act::SettingsBackup),
    form("/settings/devices/forget", Needs::Verified, Act::SettingsDevices),
    // Ending a session needs no token of it: the Origin is checked, and a stale page must still work.
    Address { method: "POST", path: "/logout", needs: Needs::Nobody, csrf: Csrf::Form, act: Act::Leave },
    // It changes nothing but how the gate's own pages are written; a link of another site could do no harm by it.
    get("/language", Needs::Nobody, Act::Language),
    get("/static/{file}", Needs::Nobody, Act::Static),
    get("/api/v1/openapi.json", Needs::Nobody, Act::ApiDocument),
    get("/api/v1/session", Needs::Nobody, Act::ApiSession),
    get("/api/v1/config", Needs::Nobody, Act::ApiConfig),
    call("/api/v1/code/request", Needs::Pending, Act::ApiSend),
    call("/api/v1/verify", Needs::Pending, Act::ApiVerify),
    get("/api/v1/methods", Needs::Verified, Act::ApiMethods),
    call("/api/v1/methods/primary", Needs::Verified, Act::ApiPrimary),
    call("/api/v1/methods/{method}/activate", Needs::Enrolling, Act::ApiActivate),
    call("/api/v1/methods/{method}/activate/confirm", Needs::Enrolling, Act::ApiConfirm),
    call("/api/v1/methods/{method}/deactivate", Needs::Verified, Act::ApiDeactivate),
    call("/api/v1/backup-codes/regenerate", Needs::Verified, Act::ApiBackup),
];

/// What a handler gets: everything was checked.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) act: Act,
    pub(super) asking: Asking,
    pub(super) gate: Option<std::sync::Arc<GateRow>>,
    /// The method that this device used the last time.
    pub(super) method_used: Option<crate::model::MethodName>,
    pub(super) path: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) json: serde_json::Value,
}

impl Call {
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub(super) fn gate(&self) -> Result<&GateRow, FlowError> {
        self.gate.as_deref().ok_or(FlowError::NoSession)
    }

    /// A text of the JSON body.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.json.get(name).and_then(serde_json::Value::as_str)
    }

    /// What was typed or what a key answered, in JSON or as a form has it.
    pub(super) fn code(&self) -> Option<String> {
        match (self.json.get("credential"), self.json.get("code")) {
            (Some(answer @ serde_json::Value::Object(_)), _) => Some(answer.to_string()),
            (_, Some(code)) => Some(code.as_str().unwrap_or("").to_owned()),
            _ => self.field("code").map(str::to_owned),
        }
    }

    /// The `{method}` in the path.
    pub(super) fn method(&self) -> crate::model::MethodName {
        let parts: Vec<&str> = self.path.split('/').collect();
        let at = parts.iter().position(|p| *p == "enrol" || *p == "methods").map_or(0, |i| i + 1);
        crate::model::MethodName::new(parts.get(at).copied().unwrap_or(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_something_is_a_post_with_a_check() {
        for address in ADDRESSES {
            assert_eq!(address.method == "POST", address.csrf != Csrf::Reads, "{}", address.path);
            let sensitive =
                address.path.contains("settings") || address.path.contains("methods") || address.path.contains("enrol");
            assert!(!sensitive || !matches!(address.needs, Needs::Nobody | Needs::Pending), "{}", address.path);
        }
    }
}
