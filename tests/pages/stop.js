// Which of the stops has the focus (-1: something else, -2: nothing), and what is wrong with it: it must be seen.
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return [-2, ""];
const box = e.getBoundingClientRect();
const ringed = (e) => {
  const style = getComputedStyle(e);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
};
let trouble = "";
if (!ringed(e) && !ringed(e.closest("label, .field") || e)) trouble = "has the focus and doesn't show it";
else if (box.bottom <= 0 || box.top >= innerHeight) trouble = "has the focus off the screen";
else {
  const at = document.elementFromPoint(Math.min(box.left + box.width / 2, innerWidth - 1), Math.max(0, Math.min(box.top + box.height / 2, innerHeight - 1)));
  if (at && at !== e && !e.contains(at) && !at.contains(e) && !at.closest("label")) trouble = `has the focus behind <${at.localName} ${at.className}>`;
}
return [window.stops.indexOf(e), trouble];
