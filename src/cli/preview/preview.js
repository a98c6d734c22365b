// Shows what changes in the book, and keeps the reader's place by its words.
document.body.style.setProperty("--shape", document.body.dataset.shape);
const shown = document.body.dataset;
const find = (selector) => document.querySelector(selector);
const pages = find("main.pages");
const frame = find("iframe");
const texts = find("select");
const kept = JSON.parse(sessionStorage.getItem("preview") || "{}");

// The view, and the place in it, outlast a reload.
const view = kept.view && document.getElementById(kept.view);
if (view) view.checked = true;
const hasText = (path) => [...texts.options].some((option) => option.value === path);
if (hasText(kept.text)) texts.value = kept.text;
frame.src = texts.value;
window.scrollTo(0, kept.scroll || 0);
window.addEventListener("pagehide", () => sessionStorage.setItem("preview", JSON.stringify({
  view: find("input:checked").id, text: texts.value, down: frame.contentWindow.scrollY, scroll: window.scrollY,
})));

// The ebook.
let down = kept.down || 0;
texts.addEventListener("change", () => { frame.src = texts.value; });
frame.addEventListener("load", () => {
  const here = frame.contentWindow.location.pathname;
  if (hasText(here)) texts.value = here;
  if (down) { frame.contentWindow.scrollTo(0, down); down = 0; }
});
for (const step of document.querySelectorAll("button")) {
  step.addEventListener("click", () => {
    const to = texts.selectedIndex + Number(step.value);
    if (to >= 0 && to < texts.length) { texts.selectedIndex = to; frame.src = texts.value; }
  });
}

// Pages: arrow keys turn them, a number leads to one.
const top = () => find("header").offsetHeight;
const figures = () => [...pages.querySelectorAll("figure[data-page]")];
const spreads = () => [...pages.querySelectorAll(".spread")];
const show = (element, offset = 8) => window.scrollBy(0, element.getBoundingClientRect().top - top() - offset);
const first = () => figures().find((figure) => figure.getBoundingClientRect().bottom > top() + 8);
document.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || event.target.closest("input, select") || !document.getElementById("pages").checked) return;
  const all = spreads();
  const here = all.findIndex((spread) => spread.getBoundingClientRect().bottom > top() + 8);
  const to = all[here + step];
  if (to) { show(to); event.preventDefault(); }
});
document.getElementById("jump").addEventListener("change", (event) => {
  const to = figures().find((figure) => figure.dataset.label === event.target.value.trim());
  event.target.setAttribute("aria-invalid", String(!to));
  if (!to) return;
  document.getElementById("pages").checked = true;
  show(to);
});

// A change: pages that look the same keep their pictures, and the page at the top of
// the window is again the one with the words that stood there.
const replacePages = (html, moves) => {
  const before = first();
  const offset = before ? before.getBoundingClientRect().top - top() : 0;
  const loaded = new Map(figures().map((figure) => [figure.querySelector("img").src.replace(/.*v=/, ""), figure.querySelector("img")]));
  const made = document.createElement("template");
  made.innerHTML = html;
  for (const image of made.content.querySelectorAll("figure[data-page] img")) {
    const same = loaded.get(image.src.replace(/.*v=/, ""));
    if (same) { loaded.delete(image.src.replace(/.*v=/, "")); same.alt = image.alt; image.replaceWith(same); }
  }
  pages.replaceChildren(made.content);
  if (!before) return;
  const old = Number(before.dataset.page);
  const now = figures()[moves[old] ?? old];
  if (now) show(now, offset);
};
const apply = (change) => {
  shown.version = change.version;
  document.title = change.title;
  find("h1").textContent = change.title;
  document.body.style.setProperty("--shape", change.shape);
  replacePages(change.pages, change.moves);
  document.getElementById("count").textContent = change.count;
  document.getElementById("warning").innerHTML = change.warning;
  find("main.findings").innerHTML = change.findings;
  const text = texts.value;
  texts.innerHTML = change.texts;
  if (hasText(text)) texts.value = text;
  // the ebook comes when the files have been left alone for a while
  if (String(change.edition) === shown.edition) return;
  shown.edition = change.edition;
  down = frame.contentWindow.scrollY;
  frame.src = texts.value;
};
const follow = async () => {
  let pause = 0;
  try {
    const change = await (await fetch(`/after/${shown.version}`)).json();
    document.body.classList.remove("gone");
    if (String(change.version) !== shown.version) apply(change);
  } catch {
    document.body.classList.add("gone");
    pause = 700;
  }
  setTimeout(follow, pause);
};
follow();
