// Lighthouse over the demo's pages, as a phone sees them: the challenge, a wrong code, settings, setting up an app.
// usage: node lighthouse.mjs GATE [REPORTS], where GATE is the built program. Exit status 1 where a score is too low.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [gate, reports = "target/lighthouse"] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${process.cwd()}/target/npm-lighthouse/`));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const { default: lighthouse } = await load("lighthouse");
const { launch } = await load("chrome-launcher");

const WANTED = { accessibility: 100, "best-practices": 100, performance: 95 };
const TRIES = 3;

/** Starts the demo; its addresses by the words that it prints. */
async function startDemo() {
  const child = spawn(gate, ["demo", "--listen", "127.0.0.1:0", "--mail-listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  const found = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, what, url] = line.match(/^(app|mailbox) URL\S*\s+(http\S+)/) || [];
    if (what) found[what] = url.replace(/\/$/, "");
    if (found.app && found.mailbox) return { child, ...found };
  }
  throw new Error("the demo didn't start");
}

/** A visitor that keeps cookies. */
class Visitor {
  cookies = new Map();

  constructor(site) {
    this.site = site;
  }

  get line() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async send(path, fields) {
    const headers = { cookie: this.line, accept: "text/html", origin: this.site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    const body = fields && new URLSearchParams(fields);
    const answer = await fetch(this.site + path, { method: fields ? "POST" : "GET", headers, body, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: answer.status, text: await answer.text() };
  }
}

async function newestCode(mailbox) {
  for (let n = 0; n < 200; n += 1) {
    const mails = await (await fetch(`${mailbox}/messages.json`)).json();
    const code = mails.at(-1)?.text.match(/\b\d{6}\b/);
    if (code) return code[0];
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("no mail came");
}

async function scores(browser, url, cookie) {
  const best = {};
  let last;
  // A busy machine costs performance; the best of a few runs is the page's own.
  for (let n = 0; n < TRIES; n += 1) {
    last = (await lighthouse(url, { port: browser.port, logLevel: "error", onlyCategories: Object.keys(WANTED), extraHeaders: { Cookie: cookie }, disableStorageReset: true })).lhr;
    if (last.runtimeError) throw new Error(last.runtimeError.message);
    for (const [name, { score }] of Object.entries(last.categories)) best[name] = Math.max(best[name] ?? 0, Math.round(score * 100));
    if (Object.entries(WANTED).every(([name, least]) => best[name] >= least)) break;
  }
  return { best, last };
}

const demo = await startDemo();
const browser = await launch({ chromePath: process.env.CHROME_PATH || "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
let low = 0;
try {
  mkdirSync(reports, { recursive: true });
  const alice = new Visitor(demo.app);
  await alice.send("/login");
  await alice.send("/login", { username: "alice", password: "wonderland" });
  const challenge = await alice.send("/.mfa/challenge?next=/");
  if (challenge.status !== 200) throw new Error(`the challenge is a ${challenge.status}`);
  const look = async (name, path) => {
    const { best, last } = await scores(browser, demo.app + path, alice.line);
    if (!new URL(last.finalDisplayedUrl).pathname.startsWith(path.split("?")[0])) throw new Error(`${path} led to ${last.finalDisplayedUrl}`);
    writeFileSync(`${reports}/${name}.json`, JSON.stringify(last));
    console.log(`${name}: ${Object.entries(best).map(([what, score]) => `${what} ${score}`).join(", ")}`);
    for (const [what, least] of Object.entries(WANTED)) {
      if (best[what] >= least) continue;
      low += 1;
      console.log(`  ${what} is ${best[what]}, ${least} is wanted:`);
      for (const { id, weight } of last.categories[what].auditRefs) {
        const audit = last.audits[id];
        if (weight > 0 && audit.score !== null && audit.score < 1) console.log(`  - ${id}: ${audit.title} ${audit.displayValue ?? ""}`);
      }
    }
  };
  await look("challenge", "/.mfa/challenge?next=/");
  const token = challenge.text.match(/name="form_token" value="([^"]+)"/)[1];
  const passed = await alice.send("/.mfa/challenge", { form_token: token, next: "/", method: "email", code: await newestCode(demo.mailbox) });
  if (passed.status !== 303) throw new Error(`the code was answered with ${passed.status}`);
  await look("settings", "/.mfa/settings");
  await look("enrol", "/.mfa/enrol");
} finally {
  await browser.kill();
  demo.child.kill();
}
process.exitCode = low > 0 ? 1 : 0;
