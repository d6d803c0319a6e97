//! The user whom a name means: the directory's, where there is one.

use super::Context;
use crate::directory::fold;
use crate::identity::Unclear;
use crate::model::{Attributes, MemberKey, User, UserId};

/// The user of a name that somebody typed.
pub async fn named_as_typed(cx: Context<'_>, name: &str) -> Result<Option<User>, Unclear> {
    match cx.directory {
        Some(directory) => Ok(directory.find(&cx.app.realm, name, false).await?),
        None => named(cx, name, Attributes::default()).await,
    }
}

/// The user of a name that the app gave: the directory's where there is one, else as the app says. `None`: not known there.
pub async fn named(cx: Context<'_>, name: &str, attributes: Attributes) -> Result<Option<User>, Unclear> {
    let Some(directory) = cx.directory else {
        return Ok(Some(User { realm: cx.app.realm.clone(), id: UserId::new(name), attributes }));
    };
    let Some(mut user) = directory.find(&cx.app.realm, name, true).await? else { return Ok(None) };
    // What the app says completes what the directory says, and doesn't overrule it.
    let mut all = attributes.all();
    all.extend(user.attributes.all());
    user.attributes = all.into_iter().collect();
    Ok(Some(user))
}

/// Under which name a login is tried: one for all spellings of a user.
pub async fn tried(cx: Context<'_>, name: Option<&str>) -> Result<MemberKey, Unclear> {
    let name = name.unwrap_or_default();
    let user = named_as_typed(cx, name).await?;
    let id = user.map_or_else(|| format!("?{}", fold(name)), |user| user.id.to_string());
    Ok(cx.seal.member(cx.app.name.as_str(), b":tried", id.as_bytes()))
}
