//! What befell an account, in words: the audit's events as their owner reads them.

use crate::words::id;

/// How a change is confirmed.
pub(super) fn done(event: &str) -> Option<&'static str> {
    Some(match event {
        "enrolled" => id::SETTINGS_DONE_ENROLLED,
        "removed" => id::SETTINGS_DONE_REMOVED,
        "primary_changed" => id::SETTINGS_DONE_PRIMARY,
        "devices_forgotten" => id::SETTINGS_DONE_DEVICES,
        _ => return None,
    })
}

/// What happened, in words (`audit`).
pub(super) fn happened(event: &str) -> Option<&'static str> {
    Some(match event {
        "signed_in" => id::ACTIVITY_SIGNED_IN,
        "challenged" => id::ACTIVITY_CHALLENGED,
        "sent" => id::ACTIVITY_SENT,
        "send_failed" => id::ACTIVITY_SEND_FAILED,
        "send_refused" => id::ACTIVITY_SEND_REFUSED,
        "passed" => id::ACTIVITY_PASSED,
        "failed" => id::ACTIVITY_FAILED,
        "locked" => id::ACTIVITY_LOCKED,
        "enrolled" => id::ACTIVITY_ENROLLED,
        "removed" => id::ACTIVITY_REMOVED,
        "primary_changed" => id::ACTIVITY_PRIMARY_CHANGED,
        "backup_codes_made" => id::ACTIVITY_BACKUP_CODES_MADE,
        "backup_code_used" => id::ACTIVITY_BACKUP_CODE_USED,
        "device_remembered" => id::ACTIVITY_DEVICE_REMEMBERED,
        "devices_forgotten" => id::ACTIVITY_DEVICES_FORGOTTEN,
        "reset" => id::ACTIVITY_RESET,
        _ => return None,
    })
}
