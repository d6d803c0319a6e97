// Forms as Node's libraries send them: forms.mjs BASE COOKIE
import { createRequire } from "node:module";
const [base, Cookie] = process.argv.slice(2);

async function post(name, body, headers = {}) {
  const answer = await fetch(`${base}/${name}`, { method: "POST", body, headers: { Cookie, ...headers }, redirect: "manual" });
  console.log(name, answer.status);
  await answer.arrayBuffer();
}

const form = new FormData();
form.set("title", "a title");
form.set("file", new File(["\0\u00ff"], 'hało "1".txt', { type: "text/plain" }));
form.append("more", new Blob(["x"]), "C:\\temp\\a.txt");
await post("node-form-data", form);
await post("node-search-params", new URLSearchParams({ title: "zażółć", q: "a;b%" }));
await post("node-escape", `${escape("tytuł")}=${escape("łódź")}`, { "Content-Type": "application/x-www-form-urlencoded" });

// The package that axios and others send forms with.
const FormPackage = createRequire(process.argv[1].replace(/tests\/servers.*/, "target/npm-apps/"))("form-data");
const old = new FormPackage();
old.append("title", "a title");
old.append("file", Buffer.from([0, 255]), { filename: 'a"b\\hało.bin', header: { "Content-Transfer-Encoding": "binary" } });
await post("node-package", old.getBuffer(), old.getHeaders());
