// What Tab stops at, in the page's order, in words; radio buttons of one name count as one stop.
const names = new Set();
window.stops = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
  .filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ checkVisibilityCSS: true }))
  .filter((e) => e.type !== "radio" || (!names.has(e.name) && names.add(e.name)));
const words = (e) => (e.getAttribute("aria-label") || e.textContent || e.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
return window.stops.map((e) => `<${e.localName} ${e.name || e.getAttribute("href") || ""}> "${words(e)}"`);
