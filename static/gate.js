// Comfort for the code field, a wait counted down, and keys, which browsers give to scripts only.
"use strict";
const field = document.querySelector("input[name=code][inputmode=numeric]");
if (field) {
  const length = Number(field.dataset.length || 6);
  field.addEventListener("input", () => {
    const digits = field.value.replace(/[^0-9]/g, "");
    if (digits.length === length && field.form && !field.form.dataset.sent) {
      field.value = digits;
      field.form.dataset.sent = "1";
      field.form.requestSubmit();
    }
  });
}
for (const button of document.querySelectorAll("button[data-wait]")) {
  const text = button.textContent;
  let left = Number(button.dataset.wait);
  const tick = () => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${text} (in ${left} s)` : text;
    if (left-- > 0) setTimeout(tick, 1000);
  };
  tick();
}

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// Asks the browser for a key's answer (WebAuthn 5.1), in the JSON that the gate reads.
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

const form = document.querySelector("form[data-key]");
if (form) {
  const trouble = form.querySelector("[data-trouble]");
  const button = form.querySelector("button");
  const say = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = false;
  };
  const touch = async (atOnce) => {
    if (!window.PublicKeyCredential) {
      say("This browser can't use keys. Choose something else below.");
      return;
    }
    button.disabled = true;
    trouble.hidden = true;
    try {
      const answer = await ask(form.dataset.key, JSON.parse(form.dataset.options));
      form.elements.code.value = JSON.stringify(answer);
      form.submit();
    } catch (error) {
      button.disabled = false;
      if (error.name === "InvalidStateError") say("This key is set up already. Use another one.");
      else if (!atOnce) say("Your key didn't answer in time, or you cancelled. Try again, or choose something else.");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    touch(false);
  });
  if (form.dataset.atOnce === "true") touch(true);
}
