// Shows a book as it is made: what the server tells is put in place as words, only pages
// that look different are loaded, and the reader's place is kept by its words.
const $ = (id) => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const drawn = (name, attributes, words = "") => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = words;
  return element;
};
const get = async (path) => {
  const answer = await fetch(path);
  return answer.ok ? answer.json() : null;
};
const kept = JSON.parse(sessionStorage.getItem("preview") || "{}");
const liked = JSON.parse(localStorage.getItem("preview") || "{}");
const like = (name, value) => { liked[name] = value; localStorage.setItem("preview", JSON.stringify(liked)); };
const say = (words) => { $("status").textContent = words; };
const main = $("pages");
const shown = { version: 0, pages: [], hits: [], trim: [396, 612] };

// Pages: each is filled when it comes near the window, with the picture that fits it.
const RESOLUTIONS = [50, 75, 100, 130, 200, 300];
const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
let zoom = kept.zoom || 1;
const figures = () => main.children;
const near = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) { near.add(target); fill(target); } else near.delete(target);
  }
}, { root: main, rootMargin: "60% 0px" });
const ppi = () => {
  const wanted = (main.pageWidth * devicePixelRatio * 72) / shown.trim[0];
  return RESOLUTIONS.find((one) => one >= wanted * 0.97) || 300;
};
const index = (figure) => figure.number;
const fill = (figure) => {
  const number = index(figure);
  const page = shown.pages[number];
  if (!page) return;
  if (figure.source !== `${ppi()} ${page[1]}`) {
    figure.source = `${ppi()} ${page[1]}`;
    figure.image.src = `/page/${ppi()}/${number + 1}.png?v=${page[1]}`;
  }
  annotate(figure);
};
// A page's words are laid over it when its picture is there. They stay as long as it looks as it
// did, beside the same pages, and the findings are the same.
const annotate = (figure) => {
  const number = index(figure);
  const around = [number - 1, number, number + 1].map((one) => shown.pages[one]?.[1]);
  const words = `${number} ${around} ${shown.found}`;
  if (!figure.image.complete || figure.words === words) return;
  figure.words = words;
  lay(figure, number);
};
const sheet = () => {
  const image = make("img", { alt: "", decoding: "sync" });
  const button = make("button", { type: "button", className: "source" });
  const figure = make("figure", { className: "page" }, make("div", { className: "sheet" }, image), make("figcaption", {}, button));
  image.onload = () => { if (near.has(figure)) annotate(figure); };
  figure.image = image;
  figure.button = button;
  return figure;
};
const name = (figure, number) => {
  const label = shown.pages[number][0];
  figure.number = number;
  if (figure.label === label) return;
  figure.label = label;
  figure.image.alt = `Page ${label}`;
  figure.button.textContent = label;
  figure.button.title = "Where this page begins in the manuscript";
  figure.button.setAttribute("aria-label", `Page ${label}: where it begins in the manuscript`);
};

// What lies over a page: its words, to be selected and read aloud; marks; findings; hits.
const lay = async (figure, number) => {
  const over = await get(`/overlay/${number}`);
  if (!over || figure.number !== number) return;
  const [width, height] = shown.trim;
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Words of page ${figure.label}`, lang: shown.lang });
  const box = ([x, y, w, h], kind) => drawn("rect", { x, y, width: Math.max(w, 1), height: h, class: kind });
  svg.append(drawn("g", { class: "hits" }));
  for (const [[x, y, w, h], words] of over.lines) {
    const text = drawn("text", { x, y: y + h * 0.745, "font-size": h * 0.98, textLength: w, lengthAdjust: "spacingAndGlyphs" }, words);
    if (words) svg.append(text);
  }
  for (const [areas, severity, message] of over.findings) {
    for (const [x, y, w, h] of areas) {
      const line = drawn("path", { d: `M${x} ${y + h}h${Math.max(w, 3)}`, class: `finding ${severity}` });
      line.append(drawn("title", {}, message));
      svg.append(line);
    }
  }
  for (const [area, kind, says] of over.marks) {
    const mark = box(area, "mark");
    mark.append(drawn("title", {}, `${kind}: ${says}`));
    svg.append(mark);
  }
  figure.querySelector("svg")?.remove();
  figure.firstChild.append(svg);
  highlight(figure);
};
const highlight = (figure) => {
  const group = figure.querySelector(".hits");
  if (!group) return;
  group.replaceChildren();
  for (const hit of shown.hits.filter((hit) => hit.page === figure.number)) {
    for (const [x, y, width, height] of hit.areas) group.append(drawn("rect", { x, y, width, height, class: "hit" }));
  }
};

// The size of pages: a spread fills the window, or is larger or smaller by the zoom.
const measure = () => {
  const single = main.clientWidth < 620;
  document.body.classList.toggle("single", single);
  const [width, height] = shown.trim;
  const room = [(main.clientWidth - 36) / (single ? 1 : 2), main.clientHeight - 62];
  const fit = single ? room[0] / width : Math.min(room[0] / width, room[1] / height);
  const scale = Math.max(fit * zoom, 0.1);
  main.pageWidth = width * scale;
  document.body.style.setProperty("--width", `${Math.round(width * scale)}px`);
  document.body.style.setProperty("--height", `${Math.round(height * scale)}px`);
  for (const figure of near) fill(figure);
};
const resized = (change) => {
  const here = first();
  const offset = here ? here.getBoundingClientRect().top - main.getBoundingClientRect().top : 0;
  change();
  measure();
  if (here) show(here, offset);
};
const step = (by) => {
  const at = ZOOMS.findIndex((one) => one >= zoom - 0.001);
  resized(() => { zoom = by ? ZOOMS[Math.min(Math.max(at + by, 0), ZOOMS.length - 1)] : 1; });
  say(`${Math.round(zoom * 100)} percent of the window`);
};
$("smaller").onclick = () => step(-1);
$("larger").onclick = () => step(1);
$("fit").onclick = () => step(0);
new ResizeObserver(() => { if (shown.pages.length) resized(() => {}); }).observe(main);

// Places in the pages.
const top = () => main.getBoundingClientRect().top;
const show = (figure, offset = 12) => { main.scrollTop += figure.getBoundingClientRect().top - top() - offset; };
const first = () => {
  const all = figures();
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].getBoundingClientRect().bottom > top() + 30) high = middle; else low = middle + 1;
  }
  return all[low];
};
const go = (number, flash = true) => {
  const figure = figures()[number];
  if (!figure) return;
  if (narrow()) open("left", null);
  show(figure);
  if (!flash) return;
  figure.classList.add("flash");
  setTimeout(() => figure.classList.remove("flash"), 900);
};
const narrow = () => matchMedia("(max-width: 50rem)").matches;
const turn = (by) => {
  const here = first();
  if (!here) return;
  const single = document.body.classList.contains("single");
  const row = single ? here.number : (here.number + 1) >> 1;
  const to = single ? row + by : Math.max(2 * (row + by) - 1, 0);
  if (figures()[to]) show(figures()[to]);
};
$("jump").onsubmit = (event) => {
  event.preventDefault();
  const wanted = $("number").value.trim();
  const at = shown.pages.findIndex(([label]) => label === wanted);
  $("number").setAttribute("aria-invalid", String(at < 0));
  if (at >= 0) { go(at); main.focus(); } else say(`There is no page ${wanted}`);
};
let settled;
main.addEventListener("scroll", () => { clearTimeout(settled); settled = setTimeout(follow, 150); });
const follow = () => {
  const here = first();
  if (!here) return;
  if (document.activeElement !== $("number")) $("number").value = here.label;
  followInEbook(here.label);
};

// From a word to the manuscript.
const EDITORS = {
  "VS Code": (it) => `vscode://file${it.encoded}:${it.line}:${it.column}`,
  VSCodium: (it) => `vscodium://file${it.encoded}:${it.line}:${it.column}`,
  Cursor: (it) => `cursor://file${it.encoded}:${it.line}:${it.column}`,
  Zed: (it) => `zed://file${it.encoded}:${it.line}:${it.column}`,
  "IntelliJ IDEA": (it) => `idea://open?file=${it.encoded}&line=${it.line}&column=${it.column}`,
  TextMate: (it) => `txmt://open?url=file://${it.encoded}&line=${it.line}&column=${it.column}`,
};
for (const editor of Object.keys(EDITORS)) $("editor").append(make("option", {}, editor));
if (liked.editor in EDITORS) $("editor").value = liked.editor;
$("editor").onchange = () => { like("editor", $("editor").value); list(); };
const link = (place) => {
  const encoded = place.path.split("/").map(encodeURIComponent).join("/").replace(/^(?!\/)/, "/").replace("%3A", ":");
  return EDITORS[$("editor").value]({ ...place, encoded });
};
let asked;
const spot = async (path, x, y) => {
  asked = document.activeElement;
  const place = await get(path);
  if (!place?.file) { say("These words stand in no file"); return; }
  $("word").textContent = place.word;
  $("where").textContent = `${place.file}:${place.line}:${place.column}`;
  $("open").href = link(place);
  $("open").textContent = `Open in ${$("editor").value}`;
  $("copy").textContent = "Copy the place";
  $("spot").hidden = false;
  const box = $("spot").getBoundingClientRect();
  $("spot").style.left = `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`;
  $("spot").style.top = `${y + 14 + box.height > innerHeight ? Math.max(8, y - box.height - 14) : y + 14}px`;
  $("open").focus({ focusVisible: false });
};
const shut = () => { if (!$("spot").hidden) { $("spot").hidden = true; asked?.focus?.({ preventScroll: true }); } };
main.addEventListener("click", (event) => {
  const figure = event.target.closest(".page");
  if (!figure) return;
  if (event.target.closest(".source")) {
    const box = event.target.getBoundingClientRect();
    spot(`/source/${figure.number}`, box.left, box.bottom);
  } else if (event.target.closest(".sheet") && getSelection().isCollapsed) {
    const box = figure.firstChild.getBoundingClientRect();
    const scale = shown.trim[0] / box.width;
    spot(`/source/${figure.number}/${((event.clientX - box.left) * scale).toFixed(1)}/${((event.clientY - box.top) * scale).toFixed(1)}`, event.clientX, event.clientY);
  }
});
$("shut").onclick = shut;
$("copy").onclick = async () => { await navigator.clipboard?.writeText($("where").textContent); $("copy").textContent = "Copied"; };
document.addEventListener("pointerdown", (event) => { if (!event.target.closest("#spot")) $("spot").hidden = true; });

// Panels: one beside the pages on either side.
const SIDES = { contents: "left", thumbs: "left", findings: "left", hits: "left", ebook: "right", look: "right", files: "right" };
const opened = { left: kept.left || null, right: kept.right || null };
const open = (side, panel) => {
  if (narrow() && panel) opened[side === "left" ? "right" : "left"] = null;
  opened[side] = panel;
  resized(() => {
    for (const each of ["left", "right"]) $(each).hidden = !opened[each];
    for (const [panel, side] of Object.entries(SIDES)) $(panel).hidden = opened[side] !== panel;
    $(side).scrollTop = 0;
  });
  for (const button of document.querySelectorAll("[data-panel]")) {
    button.setAttribute("aria-expanded", String(opened[SIDES[button.dataset.panel]] === button.dataset.panel));
  }
  if (opened.left === "thumbs") thumbs();
  if (opened.right === "ebook") { fitDevice(); if (!frame.src && $("text").value) frame.src = $("text").value; follow(); }
  if (opened.right === "look") looks();
};
const toggle = (panel) => open(SIDES[panel], opened[SIDES[panel]] === panel ? null : panel);
for (const button of document.querySelectorAll("[data-panel]")) button.onclick = () => toggle(button.dataset.panel);
$("see").onclick = () => open("left", "findings");
const marks = (on) => { document.body.classList.toggle("marks", on); $("marks").setAttribute("aria-pressed", String(on)); };
$("marks").onclick = () => marks(!document.body.classList.contains("marks"));

// Contents, thumbnails, findings.
const toPage = (words, number, label, level) => {
  const button = make("button", { type: "button", className: `level${level}` }, make("span", { textContent: words, lang: shown.lang }), make("span", { textContent: label }));
  button.onclick = () => go(number);
  return make("li", {}, button);
};
const contents = () => {
  const entries = shown.outline.map(([level, title, page]) => toPage(title, page, shown.pages[page]?.[0] || "", Math.min(level, 4)));
  $("contents").querySelector("ol").replaceChildren(...entries);
};
const thumbs = () => {
  const strip = $("thumbs").querySelector(".strip");
  const old = [...strip.children];
  const made = shown.pages.map(([label, picture], number) => {
    const button = old[number] || make("button", { type: "button" }, make("img", { alt: "", loading: "lazy", width: 84 }), make("span"));
    const image = button.firstChild;
    const source = `/page/24/${number + 1}.png?v=${picture}`;
    if (image.getAttribute("src") !== source) { image.height = Math.round((84 * shown.trim[1]) / shown.trim[0]); image.src = source; }
    button.lastChild.textContent = label;
    button.setAttribute("aria-label", `Page ${label}`);
    button.onclick = () => go(number);
    return button;
  });
  strip.replaceChildren(...made);
};
// What stands between grave accents in a finding is what the author types.
const typed = (words) => words.split("`").map((part, number) => (number % 2 ? make("code", { textContent: part }) : part));
const list = () => {
  const item = ({ severity, code, message, hint, more, at, page }) => {
    const title = make("p", {}, make("span", { className: "severity", textContent: `${severity} ` }), make("code", { textContent: code }));
    const bar = make("div", { className: "bar" });
    const label = page == null ? "" : shown.pages[page]?.[0];
    if (label) bar.append(make("button", { type: "button", textContent: `Page ${label}`, onclick: () => go(page) }));
    if (at) bar.append(make("a", { className: "button", href: link(at), textContent: `${at.file}:${at.line}`, title: `Open in ${$("editor").value}` }));
    const words = more ? `${message} (and ${more} more)` : message;
    const parts = [title, make("p", {}, ...typed(words))];
    if (hint) parts.push(make("p", { className: "hint" }, ...typed(hint)));
    return make("li", { className: severity }, ...parts, bar);
  };
  const none = make("li", { textContent: "Nothing to mend." });
  $("findings").querySelector("ul").replaceChildren(...(shown.findings.length ? shown.findings.map(item) : [none]));
  const worst = ["error", "warning", "note"].find((severity) => shown.findings.some((one) => one.severity === severity));
  $("count").textContent = shown.findings.length;
  $("count").className = `count ${worst || ""}`;
};

// Search.
let waiting;
const search = async () => {
  const query = $("query").value.trim();
  const found = query ? await get(`/search/${encodeURIComponent(query)}`) : { hits: [] };
  if (query !== $("query").value.trim() || !found) return;
  shown.hits = found.hits;
  for (const figure of near) highlight(figure);
  const item = ({ page, words: [before, found, behind] }) => {
    const button = make("button", { type: "button" }, make("small", { textContent: `Page ${shown.pages[page]?.[0]}` }), before, make("mark", { textContent: found }), behind);
    button.onclick = () => go(page);
    return make("li", {}, button);
  };
  $("hits").querySelector("ol").replaceChildren(...found.hits.map(item));
  const count = found.hits.length;
  $("h-hits").textContent = count === found.most ? `The first ${count} places` : count === 1 ? "1 place" : `${count} places`;
  if (query && opened.left !== "hits") open("left", "hits");
  if (!query && opened.left === "hits") open("left", null);
  say(query ? $("h-hits").textContent : "");
};
$("query").oninput = () => { clearTimeout(waiting); waiting = setTimeout(search, 180); };
$("find").onsubmit = (event) => { event.preventDefault(); if (shown.hits[0]) { go(shown.hits[0].page); $("hits").querySelector("button")?.focus(); } };

// The ebook, as wide as a phone or a tablet, by day or by night.
const frame = document.querySelector("iframe");
const texts = $("text");
let down = 0;
let places = new Map();
const fitDevice = () => {
  const width = Number(document.querySelector("[name=width]:checked").value);
  const room = $("right").clientWidth - 34;
  const scale = Math.min(1, room / width);
  $("device").style.width = `${width * scale + 2}px`;
  frame.style.width = `${width}px`;
  frame.style.height = `${$("device").clientHeight / scale}px`;
  frame.style.transform = `scale(${scale})`;
};
const night = () => {
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  const dark = $("dark").checked;
  root.style.colorScheme = dark ? "dark" : "light";
  root.style.background = dark ? "#121212" : "#fff";
  root.style.color = dark ? "#e6e1d8" : "#111";
  frame.style.background = dark ? "#121212" : "#fff";
};
for (const radio of document.querySelectorAll("[name=width]")) radio.onchange = fitDevice;
$("dark").onchange = night;
addEventListener("resize", () => { if (opened.right === "ebook") fitDevice(); });
frame.onload = () => {
  const here = decodeURIComponent(frame.contentWindow.location.pathname);
  if ([...texts.options].some((option) => option.value === here)) texts.value = here;
  night();
  if (down) { frame.contentWindow.scrollTo(0, down); down = 0; }
};
texts.onchange = () => { frame.src = texts.value; };
const other = (by) => {
  const to = texts.selectedIndex + by;
  if (to >= 0 && to < texts.length) { texts.selectedIndex = to; frame.src = texts.value; }
};
$("before").onclick = () => other(-1);
$("after").onclick = () => other(1);
// the ebook lists the pages of this edition, or those of an older one
const readPlaces = async () => {
  places = new Map();
  const path = shown.editions.texts[0]?.[0].replace(/text\/[^/]*$/, "nav.xhtml");
  const answer = path && await fetch(`/book/${path}`);
  if (!answer?.ok) return;
  const nav = new DOMParser().parseFromString(await answer.text(), "application/xhtml+xml");
  for (const link of nav.querySelectorAll("nav a")) {
    if (link.closest("nav").getAttribute("epub:type") === "page-list") places.set(link.textContent.trim(), `/book/${path.replace(/nav\.xhtml$/, "")}${link.getAttribute("href")}`);
  }
};
const followInEbook = (label) => {
  if (opened.right !== "ebook" || !$("follow").checked || !places.has(label) || frame.followed === label) return;
  frame.followed = label;
  frame.contentWindow.location.replace(places.get(label));
};

// Cover, wrap, files.
const files = () => {
  const { cover, wrap, outputs } = shown.editions;
  $("cover").hidden = !cover;
  if (cover) $("cover").firstChild.src = `/cover?v=${cover}`;
  $("wrap").hidden = !wrap;
  if (wrap) $("wrap").firstChild.src = `/wrap.svg?v=${wrap}`;
  const size = (bytes) => (bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(bytes / 1e3))} kB`);
  const item = ([name, bytes]) => make("li", {}, make("a", { href: `/output/${encodeURIComponent(name)}`, download: name.replace(/.*\//, "") }, make("span", { textContent: name }), make("small", { textContent: size(bytes) })));
  $("outputs").replaceChildren(...(outputs.length ? outputs.map(item) : [make("li", { textContent: "Nothing yet: an error stops the build." })]));
};

// The look: keys are tried at once, and written when they are kept.
const USUAL = ["page.trim", "text.font", "text.size", "text.leading", "page.measure", "page.lines"];
const NAMES = { style: "Look", "page.trim": "Page", "text.font": "Typeface", "text.size": "Type size", "text.leading": "Leading", "page.measure": "Measure", "page.lines": "Lines a page" };
let keys;
let tried = {};
const post = (path) => fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-Token": document.body.dataset.token }, body: JSON.stringify(tried) });
const plain = (written) => (written == null ? "" : written.replace(/^"(.*)"$/s, (_, words) => words.replace(/\\(["\\])/g, "$1")));
const row = (path, key) => {
  const words = path === keys.look ? keys.looks : key.flag ? ["true", "false"] : key.words;
  const field = words.length ? make("select", {}, ...words.map((word) => make("option", {}, word))) : make("input", { autocomplete: "off", spellcheck: false });
  if (path === keys.look) field.prepend(make("option", { value: "" }, "as the book says"));
  const label = make("label", { className: "row" }, NAMES[path] || path, field);
  if (key) { field.title = key.meaning; if (!NAMES[path]) label.append(make("small", { textContent: key.meaning })); }
  label.field = field;
  label.path = path;
  field.onchange = () => {
    tried[path] = field.value.trim();
    if (!tried[path] || tried[path] === label.was) delete tried[path];
    label.classList.toggle("changed", path in tried);
    post("/try");
  };
  return label;
};
const looks = async () => {
  if (!keys) {
    keys = await get("/keys.json");
    const known = new Map(keys.keys.map((key) => [key.path, key]));
    $("rows").append(row(keys.look), ...USUAL.map((path) => row(path, known.get(path))));
    $("more").append(...keys.keys.filter(({ path }) => !USUAL.includes(path)).map(({ path, meaning }) => make("option", { title: meaning }, path)));
    $("more").onchange = () => {
      const path = $("more").value;
      const there = [...$("rows").children].find((one) => one.path === path);
      const added = there || row(path, known.get(path));
      if (!there) $("rows").append(added);
      $("more").value = "";
      values();
      added.field.focus();
    };
  }
  values();
};
const values = () => {
  for (const label of $("rows").children) {
    const { path, field } = label;
    const now = path === keys?.look ? tried[path] || "" : path in tried ? tried[path] : plain(shown.style?.[path]);
    if (!(path in tried)) label.was = now;
    label.classList.toggle("changed", path in tried);
    if (document.activeElement !== field || field.tagName === "SELECT") field.value = now;
  }
  const any = Object.keys(tried).length > 0;
  $("keep").disabled = $("undo").disabled = !any;
};
$("style").onsubmit = (event) => event.preventDefault();
$("undo").onclick = async () => { tried = {}; await post("/try"); values(); say("As the book says"); };
$("keep").onclick = async () => {
  const answer = await post("/keep");
  if (answer.ok) { tried = {}; values(); say("Written into book.toml"); } else $("untried").textContent = await answer.text();
};

// A change: pages that look the same stay, and the page at the top of the window is again
// the one with the words that stood there.
const replacePages = ({ head, tail, pages, moves }) => {
  const here = first();
  const offset = here ? here.getBoundingClientRect().top - top() : 0;
  const old = here?.number;
  const all = figures();
  const gone = shown.pages.length - head - tail;
  shown.pages.splice(head, gone, ...pages);
  const left = Math.min(gone, pages.length);
  for (let number = head + left; number < head + gone; number += 1) {
    const figure = all[head + left];
    watcher.unobserve(figure);
    near.delete(figure);
    figure.remove();
  }
  if (pages.length > gone) {
    const added = Array.from({ length: pages.length - gone }, sheet);
    const before = all[head + gone] || null;
    const fragment = document.createDocumentFragment();
    fragment.append(...added);
    main.insertBefore(fragment, before);
    for (const figure of added) watcher.observe(figure);
  }
  const moved = pages.length === gone ? head + gone : shown.pages.length;
  for (let number = head; number < moved; number += 1) name(all[number], number);
  for (const figure of near) fill(figure);
  const now = old == null ? null : all[moves[old] ?? old];
  if (now && now !== here) show(now, offset);
};
const apply = (change) => {
  const start = shown.version === 0;
  const resize = String(change.trim) !== String(shown.trim);
  const { pages, ...rest } = change;
  const { edition } = shown;
  const found = JSON.stringify(change.findings);
  const isFound = found !== shown.found;
  Object.assign(shown, rest, { found });
  document.title = change.title;
  $("title").textContent = change.title;
  main.dir = change.rtl ? "rtl" : "ltr";
  if (start || resize) measure();
  replacePages(change);
  $("of").textContent = `of ${shown.pages.length}`;
  $("of").title = `${change.took.toFixed(1)} ms from your files to these pages`;
  $("banner").hidden = !change.warning;
  const error = change.findings.find((one) => one.severity === "error");
  $("warning").textContent = change.warning ? `${change.warning}${error ? ` ${error.at ? `${error.at.file}:${error.at.line}: ` : ""}${error.message}` : ""}` : "";
  $("untried").textContent = change.untried || "";
  if (start) tried = change.tried;
  const numbered = String(shown.pages.map(([label]) => label));
  const isNumbered = numbered !== shown.numbered;
  const listed = JSON.stringify(change.outline);
  if (isFound || isNumbered) list();
  if (isNumbered || listed !== shown.listed) contents();
  Object.assign(shown, { numbered, listed });
  if (opened.left === "thumbs") thumbs();
  if (keys) values();
  if (shown.hits.length) search();
  if (start || change.edition !== edition) ebook();
  if (start) { open("left", opened.left); open("right", opened.right); main.scrollTop = kept.scroll || 0; follow(); }
  else say(change.warning || `Version ${change.version} is shown`);
};
const ebook = () => {
  files();
  const text = texts.value || kept.text;
  texts.replaceChildren(...shown.editions.texts.map(([path, title]) => make("option", { value: `/book/${path}` }, title || path.replace(/.*\//, ""))));
  if (text && [...texts.options].some((option) => option.value === text)) texts.value = text;
  readPlaces();
  // the ebook comes when the files have been left alone for a while
  if (opened.right === "ebook" && frame.src) {
    down = frame.contentWindow.scrollY;
    frame.src = texts.value;
  }
};
const listen = () => {
  const changes = new EventSource(`/changes/${shown.version}`);
  changes.onopen = () => { if (document.body.classList.contains("gone")) location.reload(); };
  changes.onmessage = ({ data }) => apply(JSON.parse(data));
  changes.onerror = () => {
    changes.close();
    document.body.classList.add("gone");
    $("banner").hidden = false;
    $("warning").textContent = "The preview has ended. Start it again to go on.";
    setTimeout(listen, 700);
  };
};
addEventListener("pagehide", () => sessionStorage.setItem("preview", JSON.stringify({ zoom, left: opened.left, right: opened.right, text: texts.value, scroll: main.scrollTop })));

// Keys.
$("keys").checked = liked.keys !== false;
$("keys").onchange = () => like("keys", $("keys").checked);
$("help").onclick = () => $("manual").showModal();
const KEYS = {
  "/": () => $("query").select(), g: () => $("number").select(), "?": () => $("manual").showModal(),
  "+": () => step(1), "=": () => step(1), "-": () => step(-1), 0: () => step(0),
  c: () => toggle("contents"), t: () => toggle("thumbs"), f: () => toggle("findings"),
  e: () => toggle("ebook"), l: () => toggle("look"), d: () => toggle("files"), m: () => $("marks").click(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("manual").open) return;
  if (event.key === "Escape") {
    if (!$("spot").hidden) shut();
    else if (opened.left || opened.right) { const side = opened.right ? "right" : "left"; open(side, null); main.focus(); }
    return;
  }
  if (event.target.closest("select, input:not([type=radio], [type=checkbox])")) return;
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (by) { turn(main.dir === "rtl" ? -by : by); event.preventDefault(); return; }
  if ($("keys").checked && KEYS[event.key]) { KEYS[event.key](); event.preventDefault(); }
});
listen();
