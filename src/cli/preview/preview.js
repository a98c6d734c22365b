// Keeps the place, and loads again when the book has changed.
document.body.style.setProperty("--shape", document.body.dataset.shape);
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
const follow = async () => {
  try {
    const now = await (await fetch("/version")).text();
    document.body.classList.remove("gone");
    if (now !== version) { keep(); location.reload(); return; }
  } catch { document.body.classList.add("gone"); }
  setTimeout(follow, 700);
};
setTimeout(follow, 700);
