//! Values that several sections read alike.

use ipnet::IpNet;

use super::reader::Item;
use super::settings::MethodSettings;
use crate::model::MethodName;

/// Names of methods that exist.
pub(super) fn method_names(item: &Item<'_>, methods: &[MethodSettings]) -> Vec<MethodName> {
    let known: Vec<&str> = methods.iter().map(|m| m.name.as_str()).collect();
    let check = |text: String| {
        if !known.contains(&text.as_str()) {
            item.fault(format!("there is no method {text:?}; write one of: {}", known.join(", ")));
        }
        MethodName::new(text)
    };
    item.texts().into_iter().map(check).collect()
}

/// Networks, or single addresses.
pub(super) fn networks(item: &Item<'_>) -> Vec<IpNet> {
    let texts = item.texts();
    texts
        .iter()
        .filter_map(|text| {
            let net = text.parse::<IpNet>().or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from));
            if net.is_err() {
                item.fault(format!("found {text:?}; write a network such as \"10.1.0.0/16\""));
            }
            net.ok()
        })
        .collect()
}

/// Characters that codes are made of: plain, each once, at least ten.
pub(super) fn alphabet(item: &Item<'_>) -> Option<String> {
    let text = item.text()?;
    let distinct: std::collections::BTreeSet<char> = text.chars().collect();
    if distinct.len() != text.len() || distinct.len() < 10 || !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
        item.fault("codes need at least ten letters or digits (a-z, A-Z, 0-9), each written once");
        return None;
    }
    Some(text)
}
