// What a person couldn't read or reach at this width: a list of sentences. Run by the walks, in each state.
const found = [];
const root = document.documentElement;
const width = root.clientWidth;
const named = (element) => {
  const mark = element.id ? `#${element.id}` : [...element.classList].map((name) => `.${name}`).join("");
  return `<${element.localName}${mark}> "${(element.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40)}"`;
};
const say = (what, element) => found.push(element ? `${what}: ${named(element)}` : what);
// What is kept for screen readers alone has no size on the screen.
const unseen = (element) => {
  for (let e = element; e && e !== root; e = e.parentElement) {
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    if (style.position === "absolute" && (box.width <= 1 || box.height <= 1 || style.clipPath === "inset(50%)")) return true;
    // A link to the content that shows itself when it has the focus.
    if (/absolute|fixed/.test(style.position) && (box.bottom <= 0 || box.right <= 0)) return true;
  }
  return !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
};
if (root.scrollWidth > width) say(`scrolls sideways: ${root.scrollWidth} px on ${width}`);
if (document.body.scrollWidth > width) say(`the body is ${document.body.scrollWidth} px wide on ${width}`);

const boxes = [];
for (const element of document.body.querySelectorAll("*")) {
  if (element.closest("svg") && element.localName !== "svg") continue;
  if (unseen(element)) continue;
  const box = element.getBoundingClientRect();
  if (box.width === 0 && box.height === 0) continue;
  if (box.left < -0.5 || box.right > width + 0.5) say(`sticks out from ${Math.round(box.left)} to ${Math.round(box.right)}`, element);
  const style = getComputedStyle(element);
  const field = element.matches("input, textarea, select");
  if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) {
    say(/auto|scroll/.test(style.overflowX) ? "scrolls sideways inside" : "is cut at its side", element);
  }
  if (!field && /hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1) say("is cut below", element);
  if (element.matches("input:not([type=checkbox], [type=radio], [type=hidden], [type=submit])")) {
    // Phones zoom into smaller ones.
    if (width < 600 && parseFloat(style.fontSize) < 16) say(`has text of ${style.fontSize}`, element);
    if (element.placeholder) {
      const pen = document.createElement("canvas").getContext("2d");
      pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      const room = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const spacing = (parseFloat(style.letterSpacing) || 0) * element.placeholder.length;
      if (pen.measureText(element.placeholder).width + spacing > room + 1) say(`has a cut placeholder "${element.placeholder}"`, element);
    }
  }
  const framed = style.backgroundColor !== "rgba(0, 0, 0, 0)" || parseFloat(style.borderTopWidth) > 0 || style.overflow !== "visible";
  if (framed && style.display !== "inline") boxes.push([element, box]);
}

const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const holder = node.parentElement;
  if (!node.data.trim() || holder.closest("script, style, noscript, svg, title") || unseen(holder)) continue;
  const range = document.createRange();
  range.selectNodeContents(node);
  for (const line of range.getClientRects()) {
    if (line.width < 1) continue;
    texts.push([holder, line]);
    if (line.left < -0.5 || line.right > width + 0.5) say("has text off the screen", holder);
    for (const [frame, box] of boxes) {
      if (!frame.contains(holder)) continue;
      if (line.left < box.left - 1 || line.right > box.right + 1 || line.top < box.top - 4 || line.bottom > box.bottom + 4) {
        const sides = (r) => [r.left, r.top, r.right, r.bottom].map(Math.round).join(" ");
        say(`has text (${sides(line)}) that leaves its ${frame.localName} (${sides(box)})`, holder);
      }
    }
  }
  if (parseFloat(getComputedStyle(holder).fontSize) < 12) say(`has text of ${getComputedStyle(holder).fontSize}`, holder);
}
for (let a = 0; a < texts.length; a += 1) {
  for (let b = a + 1; b < texts.length; b += 1) {
    const [one, other] = [texts[a][1], texts[b][1]];
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    // Lines of one paragraph may touch.
    if (wide > 2 && high > 6) say(`lies over "${texts[b][0].textContent.trim().slice(0, 30)}"`, texts[a][0]);
  }
}
return [...new Set(found)];
