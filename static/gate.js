// Comfort on the gate's own pages; everything works without it, but for keys, which browsers give to scripts only.
// What is said to people stands in the page, in their language.
"use strict";
const one = (css) => document.querySelector(css);
const all = (css) => document.querySelectorAll(css);

// What stood after the # of the first address comes through: browsers carry it over redirects, but not over forms and links.
if (location.hash) {
  for (const way of all("form[action*='/challenge'], a[href*='/challenge?']")) {
    const name = way.tagName === "A" ? "href" : "action";
    way.setAttribute(name, way.getAttribute(name) + location.hash);
  }
}

// A form goes once, however often it is pressed.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.querySelector("button:not([type=button])")?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of all("form[data-sent]")) {
    delete form.dataset.sent;
    const button = form.querySelector("[aria-busy]");
    button?.removeAttribute("aria-busy");
    if (button) button.disabled = false;
  }
});

// The code: in any digits, with blanks and dashes; sent when it is whole.
const field = one("input[data-length]");
if (field) {
  const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10];
  const plain = (digit) => {
    const zero = zeros.find((from) => digit.codePointAt(0) - from >= 0 && digit.codePointAt(0) - from < 10);
    return zero === undefined ? digit : String(digit.codePointAt(0) - zero);
  };
  field.addEventListener("input", () => {
    const typed = field.value.replace(/\p{Nd}/gu, plain);
    const code = field.inputMode === "numeric" ? typed.replace(/[^0-9]/g, "") : typed.replace(/[\s-]/g, "");
    if (code.length === Number(field.dataset.length) && !field.form.dataset.sent) {
      field.value = code;
      field.form.requestSubmit();
    }
  });
  // A text message whose last line names this site (WebOTP).
  if ("OTPCredential" in window && "otp" in field.dataset) {
    const stop = new AbortController();
    field.form.addEventListener("submit", () => stop.abort());
    navigator.credentials.get({ otp: { transport: ["sms"] }, signal: stop.signal }).then((message) => {
      field.value = message.code;
      field.dispatchEvent(new Event("input"));
    }, () => {});
  }
}

// Times that run: until a code can be sent again, until it ends, until a lock opens.
const clock = (left) => {
  const two = (number) => String(number).padStart(2, "0");
  const [minutes, seconds] = [Math.floor(left / 60), left % 60];
  return minutes < 60 ? `${minutes}:${two(seconds)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds)}`;
};
for (const shown of all("[data-left]")) {
  const end = Date.now() + Number(shown.dataset.left) * 1000;
  const blocked = one(shown.dataset.blocks || "#none");
  const after = one(shown.dataset.after || "#none");
  const time = shown.querySelector("strong") || shown;
  const tick = () => {
    const left = Math.ceil((end - Date.now()) / 1000);
    if (blocked) blocked.disabled = left > 0;
    shown.hidden = left <= 0;
    if (after) after.hidden = left > 0;
    time.textContent = clock(Math.max(left, 0));
    if (left > 0) setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  tick();
}
// Moments, in the reader's own time zone; UTC stays at hand.
const local = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
for (const time of all("time[datetime]")) {
  time.title = time.textContent;
  time.textContent = local.format(new Date(time.dateTime));
}

// Several tabs: a second factor that was passed in one opens the others, each to its own page.
const challenge = one("form[data-since]");
let tell = () => {};
if (challenge) {
  const look = async () => {
    if (challenge.dataset.sent) return;
    const answer = await fetch(challenge.dataset.session, { cache: "no-store" }).catch(() => null);
    const now = answer?.ok ? await answer.json() : null;
    if (!now || (now.user === challenge.dataset.user && !(now.verified_at > Number(challenge.dataset.since)))) return;
    const next = encodeURIComponent(challenge.elements.next.value);
    const to = new URL(`${challenge.getAttribute("action").split("#")[0]}?next=${next}${location.hash}`, location);
    // To an address that differs in nothing, or in what stands after the #, a browser goes without asking for it.
    if (to.pathname + to.search === location.pathname + location.search) location.reload();
    else location.replace(to);
  };
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
  addEventListener("pageshow", (event) => event.persisted && look());
  if ("BroadcastChannel" in window) {
    const tabs = new BroadcastChannel("mfa-gate");
    tabs.onmessage = () => [1, 2, 4, 8].forEach((seconds) => setTimeout(look, seconds * 1000));
    tell = () => tabs.postMessage("sent");
    if (!challenge.dataset.key) challenge.addEventListener("submit", tell);
  }
}

// Copies, files, paper.
const lines = (css) => Array.from(all(css), (part) => part.textContent.trim());
const offer = (css, can, does) => {
  for (const button of all(css)) {
    if (!can) continue;
    button.hidden = false;
    button.addEventListener("click", () => does(button));
  }
};
offer("[data-copy]", navigator.clipboard, async (button) => {
  const text = lines(button.dataset.copy).join("\n");
  await navigator.clipboard.writeText("tight" in button.dataset ? text.replace(/ /g, "") : text);
  const before = button.textContent;
  button.textContent = button.dataset.done;
  setTimeout(() => (button.textContent = before), 2000);
});
offer("[data-save]", window.Blob, (button) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines("[data-heading], .codes code").join("\n") + "\n"], { type: "text/plain" }));
  link.download = button.dataset.save;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
offer("[data-print]", window.print, () => window.print());

// Keys (WebAuthn), in the JSON that the gate reads.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function ask(kind, options) {
  const wanted = options.publicKey;
  wanted.challenge = bytes(wanted.challenge);
  if (wanted.user) wanted.user.id = bytes(wanted.user.id);
  for (const list of [wanted.excludeCredentials, wanted.allowCredentials]) {
    for (const known of list || []) known.id = bytes(known.id);
  }
  const key = await navigator.credentials[kind]({ publicKey: wanted });
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (key.response[name]) response[name] = text(key.response[name]);
  }
  if (key.response.getTransports) response.transports = key.response.getTransports();
  return { id: key.id, rawId: text(key.rawId), type: key.type, extensions: {}, response };
}

const form = one("form[data-key]");
if (form) {
  const trouble = form.querySelector("[data-trouble]");
  const button = form.querySelector("button");
  const say = (sentence) => {
    trouble.lastElementChild.textContent = sentence;
    trouble.hidden = !sentence;
  };
  let touched = false;
  const touch = async (atOnce) => {
    touched = true;
    if (!window.PublicKeyCredential) {
      say(trouble.dataset.unable);
      return;
    }
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    say("");
    try {
      const answer = await ask(form.dataset.key, JSON.parse(form.dataset.options));
      form.elements.code.value = JSON.stringify(answer);
      tell();
      form.dataset.sent = "1";
      form.submit();
    } catch (error) {
      button.disabled = false;
      button.removeAttribute("aria-busy");
      if (error.name === "InvalidStateError") say(trouble.dataset.known);
      else if (!atOnce) say(trouble.dataset.silent);
      if (!atOnce) button.focus();
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    touch(false);
  });
  // At once, but not behind the back of somebody who looks at another tab: browsers refuse that, and it would be lost.
  // They don't always say by an event when a page gets the focus, so it is looked for.
  const touchOnceSeen = () => {
    if (touched) return;
    if (document.hasFocus()) touch(true);
    else setTimeout(touchOnceSeen, 200);
  };
  if (form.dataset.atOnce === "true") touchOnceSeen();
}
