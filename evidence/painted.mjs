// How long it takes from a save to the new page in the browser.
//
//     node evidence/painted.mjs [--words 200000 | --book FOLDER] [--saves 20] [--idle 60] [--tool target/release/pamphleteer]
//
// A book of the handbook's paragraphs, or a copy of that book, is written into a temporary
// folder and shown by `preview` in headless Chromium: a chapter in the middle, or of the copy
// the middle of its longest text. Then a word of the page that is seen is changed, and the time
// from before the file is written until the frame with the new picture was painted is taken,
// and of it what the preview says that its engine took. Last, how much processor time the
// preview takes for a minute in which nothing is saved (`--idle 60`). It wants playwright-core
// (`npm install playwright-core`) and a Chromium (`CHROMIUM=/usr/bin/chromium`).
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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
const own = option("book", "");
let chapters, count, name, line;
if (own) {
  cpSync(own, folder, { recursive: true });
  const texts = readdirSync(folder).filter((file) => file.endsWith(".md")).map((file) => join(folder, file));
  const size = (file) => readFileSync(file, "utf8").split(/\s+/).length;
  [chapters, count] = [texts.length, texts.reduce((all, file) => all + size(file), 0)];
  name = texts.reduce((one, other) => (size(one) < size(other) ? other : one));
  const lines = readFileSync(name, "utf8").split("\n");
  const plain = [...lines.keys()].filter((at) => /^\p{L}.{200}/u.test(lines[at]));
  line = plain[plain.length >> 1];
} else {
  const made = execFileSync("python3", ["-c", write, join(root, "evidence/speed.py"), words, folder]);
  [count, chapters] = made.toString().split(" ").map(Number);
  name = join(folder, `${String(chapters >> 1).padStart(4, "0")}.md`);
  line = 2;
}
// the number of the save stands among its first words
const save = (number) => {
  const text = readFileSync(name, "utf8").split("\n");
  text[line] = text[line].replace(/^(Indeed \d+, )?/, `Indeed ${number}, `);
  writeFileSync(name, text.join("\n"));
};
save(0);

const preview = spawn(tool, ["preview", folder, "--port", "0"]);
const address = await new Promise((found) => {
  preview.stderr.on("data", (said) => { const url = String(said).match(/http:\/\/[^/]+\//); if (url) found(url[0]); });
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(address);
  await page.waitForSelector(".page");
  await page.fill("#query", "Indeed 0");
  await page.click("#hits button");
  await page.fill("#query", "");
  await page.click("[data-panel=contents]");
  await page.click("[data-panel=contents]");
  await page.waitForTimeout(1500);
  const [times, engine] = [[], []];
  for (let number = 1; number <= saves; number += 1) {
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
    const begin = performance.timeOrigin + performance.now();
    save(number);
    times.push((await painted) - begin);
    engine.push(Number(await page.evaluate(() => document.getElementById("of").title.match(/[\d.]+/)[0])));
    // long enough that the editions are made too
    await page.waitForTimeout(number % 2 ? 100 : 700);
  }
  const told = (all) => {
    all.sort((a, b) => a - b);
    const at = (part) => all[Math.min(all.length - 1, Math.floor(all.length * part))]?.toFixed(0);
    return `median ${at(0.5)} ms, least ${at(0)}, nine of ten ${at(0.9)}`;
  };
  console.log(`${count} words in ${chapters} texts, ${saves} saves (load ${loadavg()[0].toFixed(1)})`);
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
