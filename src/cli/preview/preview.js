// Keeps the place, and loads again when the book has changed.
const version = document.body.dataset.version;
const kept = JSON.parse(sessionStorage.getItem("preview") || "{}");
const frame = document.querySelector("iframe");
const texts = document.querySelector("select");
const view = kept.view && document.getElementById(kept.view);
if (view) view.checked = true;
if (kept.text && [...texts.options].some((o) => o.value === kept.text)) texts.value = kept.text;
frame.src = texts.value;
texts.addEventListener("change", () => { frame.src = texts.value; });
frame.addEventListener("load", () => {
  const here = frame.contentWindow.location.pathname;
  if ([...texts.options].some((o) => o.value === here)) texts.value = here;
  if (kept.down) { frame.contentWindow.scrollTo(0, kept.down); kept.down = 0; }
});
window.scrollTo(0, kept.scroll || 0);
const keep = () => sessionStorage.setItem("preview", JSON.stringify({
  view: document.querySelector("input:checked").id,
  text: texts.value,
  down: frame.contentWindow.scrollY,
  scroll: window.scrollY,
}));
window.addEventListener("pagehide", keep);
for (const step of document.querySelectorAll("button")) {
  step.addEventListener("click", () => {
    const to = texts.selectedIndex + Number(step.value);
    if (to >= 0 && to < texts.length) { texts.selectedIndex = to; frame.src = texts.value; }
  });
}
setInterval(async () => {
  try {
    const now = await (await fetch("/version")).text();
    if (now !== version) { keep(); location.reload(); }
  } catch { document.body.classList.add("gone"); }
}, 700);
