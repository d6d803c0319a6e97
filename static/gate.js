// Comfort for the code field: blanks out of what is pasted, sent when the last digit is there, a wait counted down.
"use strict";
const field = document.querySelector("input[name=code][inputmode=numeric]");
if (field) {
  field.addEventListener("input", () => {
    const digits = field.value.replace(/[^0-9]/g, "");
    if (digits.length === 6 && field.form && !field.form.dataset.sent) {
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
