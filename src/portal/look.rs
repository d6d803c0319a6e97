//! The look of every page: stylesheet, script and logo, made at start and kept in memory, each named by what is in it, so that
//! a browser asks for it once.

use aws_lc_rs::digest::{SHA256, digest};
use axum::body::Body;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use http::{HeaderValue, Response, StatusCode, header};

use crate::config::settings::{Colour, Logo, Settings};
use crate::design::{Palette, Piece, Tones, palette, support};
use crate::words::Languages;

const CSS: &str = include_str!("../../static/gate.css");
const JS: &str = include_str!("../../static/gate.js");
/// A picture that somebody opens by itself runs and loads nothing.
const PICTURE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// One file under `{prefix}/static/`.
#[derive(Clone, Debug)]
struct Asset {
    stem: &'static str,
    ending: &'static str,
    name: String,
    kind: &'static str,
    bytes: Bytes,
}

impl Asset {
    fn new(stem: &'static str, ending: &'static str, kind: &'static str, bytes: Bytes) -> Self {
        let hash = HEXLOWER.encode(&digest(&SHA256, &bytes).as_ref()[..6]);
        Self { stem, ending, name: format!("{stem}-{hash}.{ending}"), kind, bytes }
    }

    /// Is this the name of another version of it?
    fn is_version(&self, name: &str) -> bool {
        let middle = name.strip_prefix(self.stem).and_then(|rest| rest.strip_suffix(self.ending)?.strip_suffix('.'));
        middle.is_some_and(|middle| middle.is_empty() || middle.starts_with('-'))
    }
}

/// What all pages share.
#[derive(Clone, Debug)]
pub struct Look {
    /// The brand's name.
    pub(super) brand: String,
    /// The portal's path.
    pub(super) prefix: String,
    /// The helpdesk: words and links.
    pub(super) support: Vec<Piece>,
    /// The languages of the switch.
    pub(super) languages: Languages,
    css: Asset,
    js: Asset,
    icon: Asset,
    logo: Option<Asset>,
    own: Option<Asset>,
}

impl Look {
    /// Makes everything that pages bring along.
    pub fn new(settings: &Settings) -> Self {
        let brand = &settings.brand;
        let css = format!("{}{}", tight(&dense(CSS)), colours(Palette::new(brand.accent, brand.accent_dark)));
        let stylesheet = |stem, text: String| Asset::new(stem, "css", "text/css; charset=utf-8", text.into());
        Self {
            brand: brand.name.clone(),
            prefix: settings.server.prefix.clone(),
            languages: brand.languages.clone(),
            support: brand.support.as_deref().map(support::pieces).unwrap_or_default(),
            css: stylesheet("gate", css),
            js: Asset::new("gate", "js", "text/javascript; charset=utf-8", dense(JS).into()),
            icon: Asset::new("icon", "svg", "image/svg+xml", icon(brand.accent).into()),
            logo: brand.logo.as_ref().map(picture),
            own: brand.stylesheet.clone().map(|text| stylesheet("own", text)),
        }
    }

    fn assets(&self) -> impl Iterator<Item = &Asset> {
        [&self.css, &self.js, &self.icon].into_iter().chain(&self.logo).chain(&self.own)
    }

    fn address(&self, asset: &Asset) -> String {
        format!("{}/static/{}", self.prefix, asset.name)
    }

    /// Where the stylesheet is.
    pub(super) fn css(&self) -> String {
        self.address(&self.css)
    }

    /// Where the script is.
    pub(super) fn js(&self) -> String {
        self.address(&self.js)
    }

    /// Where the icon of the window is.
    pub(super) fn icon(&self) -> String {
        self.address(&self.icon)
    }

    /// Where the logo is.
    pub(super) fn logo(&self) -> Option<String> {
        self.logo.as_ref().map(|asset| self.address(asset))
    }

    /// Where the administrator's stylesheet is.
    pub(super) fn own(&self) -> Option<String> {
        self.own.as_ref().map(|asset| self.address(asset))
    }

    /// The file of this name. By an old name, a page of before a reload gets what there is now, for a short time.
    pub(super) fn serve(&self, name: &str) -> Response<Body> {
        let exact = self.assets().find(|asset| asset.name == name);
        let Some(asset) = exact.or_else(|| self.assets().find(|asset| asset.is_version(name))) else {
            let mut answer = Response::new(Body::empty());
            *answer.status_mut() = StatusCode::NOT_FOUND;
            return answer;
        };
        let kept = if exact.is_some() { "public, max-age=31536000, immutable" } else { "public, max-age=300" };
        let mut answer = Response::new(Body::from(asset.bytes.clone()));
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.kind));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        if asset.kind.starts_with("image/") {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_POLICY));
        }
        answer
    }
}

/// Without comments on lines of their own and without indentation: they are for who reads the source.
fn dense(text: &str) -> String {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with("/*"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// A stylesheet without the blanks that only readers want; no string of it has these pairs.
fn tight(css: &str) -> String {
    [(": ", ":"), ("; ", ";"), (" {", "{"), ("{ ", "{"), (" }", "}")]
        .iter()
        .fold(css.to_owned(), |css, (loose, tight)| css.replace(loose, tight))
}

/// The end of the stylesheet: the colours of buttons, of what stands on them, and of links.
fn colours(Palette { light, dark }: Palette) -> String {
    let variables = |Tones { accent, on_accent, link }| format!("--accent: {accent}; --on-accent: {on_accent}; --link: {link};");
    let (light, dark) = (variables(light), variables(dark));
    format!("\n:root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")
}

/// A tick on the brand's colour: the icon of the window.
fn icon(accent: Colour) -> String {
    let on = palette::on(accent);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><rect width=\"32\" height=\"32\" rx=\"8\" fill=\"{accent}\"/><path d=\"m9 16.5 5 5 9.5-11\" fill=\"none\" stroke=\"{on}\" stroke-width=\"3.5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>"
    )
}

fn picture(logo: &Logo) -> Asset {
    let ending = match logo.kind {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/webp" => "webp",
        _ => "svg",
    };
    Asset::new("logo", ending, logo.kind, logo.bytes.clone())
}
