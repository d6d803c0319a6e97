// What the page weighs with all that it loads, and what holds its first picture up: a list of sentences.
const [page] = performance.getEntriesByType("navigation");
const parts = performance.getEntriesByType("resource").filter((part) => part.initiatorType !== "other" || part.transferSize > 0);
// What came from the cache is counted as if it came from the gate: its body and some headers.
const weight = (part) => Math.max(part.transferSize, part.encodedBodySize + 300);
const total = [page, ...parts].reduce((sum, part) => sum + weight(part), 0);
const found = [];
if (total > 30_000) {
  found.push(`weighs ${total} bytes: ${[page, ...parts].map((part) => `${new URL(part.name).pathname} ${weight(part)}`).join(", ")}`);
}
const blocking = parts.filter((part) => part.renderBlockingStatus === "blocking");
const sheets = document.querySelectorAll("link[rel=stylesheet]");
if (sheets.length > 1 || blocking.length > 1) found.push(`waits for ${blocking.map((part) => new URL(part.name).pathname).join(", ")}`);
const foreign = parts.filter((part) => new URL(part.name).origin !== location.origin);
if (foreign.length > 0) found.push(`loads from elsewhere: ${foreign.map((part) => part.name).join(", ")}`);
return [found, total];
