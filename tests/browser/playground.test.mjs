// The playground in a real browser, against a running server: `npm --prefix web test`, as web/README.md says.
// Reads INROADS_URL (the server), CHROMIUM (the browser, by default Debian's) and SCREENSHOT (where to leave a picture).
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

// One lockfile for the bundle and its test: the driver is installed beside Vite.
const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");

const { INROADS_URL, CHROMIUM = "/usr/bin/chromium", SCREENSHOT } = process.env;
const POLICY = readFileSync(new URL("../../web/csp.txt", import.meta.url), "utf8").trim();
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function fail(line) {
  console.error(line);
  process.exit(1);
}

const EDITOR = ".graphiql-query-editor .graphiql-editor";
const EXECUTE = ".graphiql-execute-button";
const PATIENCE = 30_000;

if (!INROADS_URL) fail("INROADS_URL must name a running server, such as http://127.0.0.1:PORT");
if (!existsSync(CHROMIUM)) fail(`no browser at ${CHROMIUM}: apt-get install chromium`);

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGS });
});
after(() => browser?.close());

/** A fresh visitor's page, loaded and ready, with everything it complained about or fetched. */
async function visit(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const seen = { complaints: [], addresses: [], sockets: [] };
  context.on("request", (request) => seen.addresses.push(request.url()));
  page.on("websocket", (socket) => seen.sockets.push(socket.url()));
  page.on("pageerror", (error) => seen.complaints.push(`page error: ${error}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) seen.complaints.push(`console: ${message.text()}`);
  });
  await page.exposeFunction("reportViolation", (text) => seen.complaints.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.reportViolation(`${event.effectiveDirective} blocked ${event.blockedURI || event.sourceFile}`),
    );
  });
  const [response, schema] = await Promise.all([
    page.goto(new URL("/playground", INROADS_URL).href),
    page.waitForResponse(isAnswer),
  ]);
  assert.ok((await schema.json()).data.__schema, "the page asks for the schema first");
  await page.locator(`${EDITOR} .view-line`).first().waitFor();
  return { page, response, seen, close: () => context.close() };
}

const isAnswer = (response) => new URL(response.url()).pathname === "/graphql";

function assertQuiet(seen) {
  assert.deepEqual(seen.complaints, []);
  const home = new URL(INROADS_URL).origin;
  const strangers = seen.addresses.filter((address) => !address.startsWith("data:") && new URL(address).origin !== home);
  assert.deepEqual(strangers, [], "the page asked another host");
  assert.ok(!seen.addresses.some((address) => address.startsWith("blob:")), "a worker came from a blob");
}

/** Does what makes the page ask, and returns the server's answer once the pane shows it. */
async function answerTo(page, act) {
  const [response] = await Promise.all([page.waitForResponse(isAnswer), act()]);
  const answer = await response.json();
  await page.waitForFunction(() => document.querySelector(".result-window")?.innerText.includes('"data"'));
  const pane = await page.locator(".result-window").innerText();
  assert.ok(!pane.includes('"errors"'), pane);
  assert.equal(answer.errors, undefined);
  assert.ok(answer.data);
  return answer.data;
}

test("loads under its policy, asks no other host and complains of nothing", async () => {
  const { page, response, seen, close } = await visit();
  assert.equal(response.status(), 200);
  assert.equal(response.headers()["content-security-policy"], POLICY);
  assert.equal(await page.title(), "inroads playground");
  // The last thing to start: Monaco's own worker, and the one that checks JSON.
  while (page.workers().length < 2) await page.waitForEvent("worker");
  assertQuiet(seen);
  assert.deepEqual(seen.sockets, [], "a socket was opened before anybody subscribed");
  await close();
});

test("runs the question it opens with, and one picked from the examples", async () => {
  const { page, seen, close } = await visit();
  const first = await answerTo(page, () => page.locator(EXECUTE).click());
  assert.ok(first.outreachPaths);

  const another = page.getByRole("button", { name: /one practice/ });
  const second = await answerTo(page, () => another.click());
  assert.ok(second.organisation);
  assert.equal(await another.getAttribute("aria-current"), "true");
  assert.equal(await page.locator(".graphiql-tab").count(), 1, "an untouched example is replaced, not kept in a tab");
  assertQuiet(seen);
  await close();
});

test("shows a change that somebody else makes while it watches, until it is stopped", async () => {
  const { page, seen, close } = await visit();
  const sent = [];
  page.on("websocket", (socket) => socket.on("framesent", ({ payload }) => sent.push(JSON.parse(payload).type)));
  await page.getByRole("button", { name: /Watch the graph change/ }).click();
  const told = page.locator(".result-window", { hasText: /"CREATED"/ });
  // What happened before the server had read the wish is not told.
  for (let tries = 0; tries < 20 && !(await told.isVisible()); tries += 1) {
    await addOrganisation(`Somebody new ${tries}`);
    await told.waitFor({ timeout: 1000 }).catch(() => {});
  }
  assert.match(await told.innerText(), /"type":\s"ORGANISATION"[^]*"id":\s"org:/);
  assert.deepEqual(seen.sockets, [new URL("/graphql", INROADS_URL).href.replace("http", "ws")]);
  assert.deepEqual(sent, ["connection_init", "subscribe"]);

  await page.locator(EXECUTE).click();
  for (let tries = 0; tries < 100 && !sent.includes("complete"); tries += 1) await page.waitForTimeout(100);
  assert.ok(sent.includes("complete"));
  assertQuiet(seen);
  await close();
});

test("opens a change without making it", async () => {
  const { page, seen, close } = await visit();
  const asked = () => seen.addresses.filter((address) => new URL(address).pathname === "/graphql").length;
  const before = asked();
  const change = page.getByRole("button", { name: /Add a drop-in/ });
  await change.click();
  await page.locator(EDITOR).getByText("AddADropIn").waitFor();
  // The page marks it only after a pause; by then a question would have been sent.
  await page.locator('button[aria-current="true"]', { hasText: /Add a drop-in/ }).waitFor();
  assert.equal(asked(), before, "nothing was sent");
  const made = await answerTo(page, () => page.locator(EXECUTE).click());
  assert.deepEqual(made.organisationCreate.userErrors, []);
  assertQuiet(seen);
  await close();
});

test("keeps what somebody wrote when an example is picked", async () => {
  const { page, close } = await visit();
  await write(page, "{ me { role } }");
  await answerTo(page, () => page.getByRole("button", { name: /one practice/ }).click());
  assert.equal(await page.locator(".graphiql-tab").count(), 2);
  await close();
});

test("underlines a mistake and completes the name of a field", async () => {
  const { page, seen, close } = await visit();
  await write(page, "{ nosuchfield }");
  await page.locator(`${EDITOR} .squiggly-error`).first().waitFor();

  await write(page, "{ organ");
  const suggestion = page.locator(".suggest-widget.visible .monaco-list-row", { hasText: /organisations/ });
  // The worker that suggests has nothing to say until it has read the schema.
  for (let tries = 0; tries < 10 && !(await suggestion.isVisible()); tries += 1) {
    await page.keyboard.press("Control+Space");
    await suggestion.waitFor({ timeout: 3000 }).catch(() => {});
  }
  assert.ok(await suggestion.isVisible());
  await page.keyboard.press("Tab");
  await page.locator(EDITOR, { hasText: /organisation/ }).waitFor();
  assertQuiet(seen);
  await close();
});

test("is reached, left and run by keyboard alone", async () => {
  const { page, seen, close } = await visit();
  const stops = [];
  while (!stops.includes("execute") && stops.length < 60) {
    await page.keyboard.press("Tab");
    stops.push(await page.evaluate(nameOfFocus));
  }
  assert.equal(stops[0], "skip link");
  const order = ["example", "editor", "execute"].map((stop) => stops.indexOf(stop));
  assert.ok(!order.includes(-1), `Tab passes ${stops}`);
  assert.deepEqual(order, order.toSorted((a, b) => a - b));

  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "TEXTAREA");
  await answerTo(page, () => page.keyboard.press("Control+Enter"));
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(nameOfFocus), "execute", "Tab leaves the editor");
  assertQuiet(seen);
  await close();
});

test("follows the reader's dark mode", async () => {
  const { page, seen, close } = await visit({ colorScheme: "dark" });
  const background = await page.locator("#root").evaluate((root) => getComputedStyle(root).backgroundColor);
  const brightest = Math.max(...background.match(/\d+/g).map(Number));
  assert.ok(brightest < 128, background);
  assertQuiet(seen);
  await close();
});

test("leaves a picture", { skip: !SCREENSHOT && "SCREENSHOT is not set" }, async () => {
  const { page, close } = await visit();
  await answerTo(page, () => page.locator(EXECUTE).click());
  await page.mouse.move(0, 0);
  // Monaco colours a long text when it has time.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: SCREENSHOT });
  await close();
});

/** Changes the graph, as another program would. */
async function addOrganisation(name) {
  const query = `mutation($name: String!) {
    organisationCreate(input: { name: $name, kind: VCFSE, source: "a browser test", synthetic: true }) {
      userErrors { message }
    }
  }`;
  const response = await fetch(new URL("/graphql", INROADS_URL), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { name } }),
  });
  assert.deepEqual(await response.json(), { data: { organisationCreate: { userErrors: [] } } });
}

/** Replaces the question. Monaco closes the brackets itself. */
async function write(page, text) {
  await page.locator(`${EDITOR} .view-lines`).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.type(text);
}

// Runs in the page.
function nameOfFocus() {
  const focused = document.activeElement;
  if (focused.matches(".skip-link")) return "skip link";
  if (focused.matches(".examples button")) return "example";
  if (focused.matches(".graphiql-query-editor .graphiql-editor")) return "editor";
  if (focused.matches(".graphiql-execute-button")) return "execute";
  return focused.getAttribute("aria-label") ?? focused.textContent ?? focused.tagName;
}
