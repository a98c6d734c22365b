// How long it takes from a save to the new page in the browser.
//
//     node evidence/painted.mjs [--words 200000] [--saves 20] [--idle 60] [--tool target/release/pamphleteer]
//
// A book of the handbook's paragraphs is written into a temporary folder and shown by
// `preview` in headless Chromium, somewhere in its middle. Then a word of the page that is
// seen is changed, and the time from before the file is written until the frame with the
// new picture was painted is taken, and of it what the preview says that its engine took;
// the edited text has a chapter's length. Last, how much processor time the preview takes
// for a minute in which nothing is saved (`--idle 60`). It wants playwright-core
// (`npm install playwright-core`) and a Chromium (`CHROMIUM=/usr/bin/chromium`).
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { chromium } = createRequire(process.env.NODE_ROOT || import.meta.url)("playwright-core");
const option = (name, usual) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? usual : process.argv[at + 1];
};
const [words, saves, idle] = ["words", "saves", "idle"].map((name, n) => Number(option(name, [200000, 20, 0][n])));
const tool = option("tool", join(root, "target/release/pamphleteer"));

const folder = mkdtempSync(join(tmpdir(), "painted-"));
const write = `import importlib.util, pathlib, sys
spec = importlib.util.spec_from_file_location("speed", sys.argv[1])
speed = importlib.util.module_from_spec(spec)
spec.loader.exec_module(speed)
made, count = speed.chapters(int(sys.argv[2]))
print(count, len(speed.write(pathlib.Path(sys.argv[3]), made)))`;
const [count, chapters] = execFileSync("python3", ["-c", write, join(root, "evidence/speed.py"), words, folder]).toString().split(" ").map(Number);

const preview = spawn(tool, ["preview", folder, "--port", "0"]);
const address = await new Promise((found) => {
  preview.stderr.on("data", (said) => { const url = String(said).match(/http:\/\/[^/]+\//); if (url) found(url[0]); });
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(address);
  await page.waitForSelector(".page");
  const chapter = Math.floor(chapters / 2) + 1;
  const name = join(folder, `${String(chapter - 1).padStart(4, "0")}.md`);
  // the first page of the chapter, from the outline
  await page.click("[data-panel=contents]");
  await page.locator("#contents button span:first-child", { hasText: new RegExp(`^Chapter ${chapter}$`) }).click();
  await page.click("[data-panel=contents]");
  await page.waitForTimeout(1500);
  const [times, engine] = [[], []];
  for (let save = 0; save < saves; save += 1) {
    const painted = page.evaluate(() => new Promise((done) => {
      const seen = (event) => {
        if (event.target.tagName !== "IMG" || !event.target.closest(".page")) return;
        document.removeEventListener("load", seen, true);
        requestAnimationFrame(() => {
          // a message comes when the frame is painted
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => done(performance.timeOrigin + performance.now());
          port2.postMessage(0);
        });
      };
      document.addEventListener("load", seen, true);
    }));
    await page.waitForTimeout(60);
    const text = readFileSync(name, "utf8").split("\n");
    text[2] = text[2].replace(/^(Indeed \d+, )?/, `Indeed ${save}, `);
    const begin = performance.timeOrigin + performance.now();
    writeFileSync(name, text.join("\n"));
    times.push((await painted) - begin);
    engine.push(Number(await page.evaluate(() => document.getElementById("of").title.match(/[\d.]+/)[0])));
    // long enough that the editions are made too
    await page.waitForTimeout(save % 2 ? 700 : 100);
  }
  const told = (all) => {
    all.sort((a, b) => a - b);
    const at = (part) => all[Math.min(all.length - 1, Math.floor(all.length * part))]?.toFixed(0);
    return `median ${at(0.5)} ms, least ${at(0)}, nine of ten ${at(0.9)}`;
  };
  console.log(`${count} words in ${chapters} chapters, ${saves} saves (load ${loadavg()[0].toFixed(1)})`);
  console.log(`  painted: ${told(times)}\n  engine: ${told(engine)}`);
  if (idle) {
    // user and system time, in hundredths of a second
    const spent = () => readFileSync(`/proc/${preview.pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).reduce((sum, n) => sum + Number(n) * 10, 0);
    await page.waitForTimeout(2000);
    const before = spent();
    await page.waitForTimeout(idle * 1000);
    console.log(`  idle: ${spent() - before} ms of processor time in ${idle} s`);
  }
} finally {
  await browser.close();
  preview.kill();
  rmSync(folder, { recursive: true, force: true });
}
