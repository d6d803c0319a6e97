//! The demo app's pages: plain, as such apps are.

/// A page with the app's frame.
pub(super) fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><meta name=viewport content=\"width=device-width, initial-scale=1\">\
         <title>{title} · Parts Warehouse</title><link rel=stylesheet href=/static/app.css><script src=/static/app.js defer></script></head>\
         <body><header>Parts Warehouse</header><main><h1>{title}</h1>{body}</main></body></html>"
    )
}

pub(super) fn login(message: &str) -> String {
    let message = if message.is_empty() { String::new() } else { format!("<p class=error role=alert>{message}</p>") };
    page(
        "Sign in",
        &format!(
            "{message}<form method=post action=/login><label>User name <input name=username autocomplete=username required autofocus></label>\
             <label>Password <input name=password type=password autocomplete=current-password required></label>\
             <label class=row><input type=checkbox name=remember value=1> Stay signed in</label><button>Sign in</button></form>"
        ),
    )
}

pub(super) const CSS: &str = "body{margin:0;font:16px/1.5 Georgia,serif;background:#eef1ea;color:#222}header{padding:12px 20px;background:#3d5a40;color:#fff;font-weight:bold}\
main{max-width:40rem;margin:0 auto;padding:20px}label{display:block;margin:12px 0}input:not([type=checkbox]){display:block;width:100%;box-sizing:border-box;padding:8px;font:inherit}\
button{padding:8px 20px;font:inherit}.error{color:#a11}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #bbb;padding:6px;text-align:left}";

pub(super) const JS: &str = "\"use strict\";\nconst table=document.querySelector('#orders');\nif(table)fetch('/api/orders').then(r=>r.json()).then(list=>{for(const o of list){const row=table.insertRow();row.insertCell().textContent=o.part;row.insertCell().textContent=o.count;}});\n";
