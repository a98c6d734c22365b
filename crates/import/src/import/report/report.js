const all = (query, root = document) => [...root.querySelectorAll(query)];
const [least, rule, word, shown] = ['least', 'rule', 'word', 'shown'].map(id => document.getElementById(id));
function sift() {
  const asked = word.value.trim().toLowerCase();
  let count = 0;
  for (const page of all('section')) {
    let here = 0;
    for (const item of all('li', page)) {
      item.hidden = +item.dataset.sure >= +least.value || (rule.value && item.dataset.rule !== rule.value);
      here += !item.hidden;
    }
    const sieved = +least.value <= 100 || rule.value;
    for (const fold of all('details', page)) {
      fold.hidden = !all('li:not([hidden])', fold).length;
      fold.open = Boolean(sieved) && !fold.hidden;
    }
    const hasWord = !asked || page.textContent.toLowerCase().includes(asked);
    page.hidden = !hasWord || (sieved && !here);
    count += page.hidden ? 0 : here;
    const chip = document.querySelector(`.strip a[href="#${page.id}"]`);
    if (chip) chip.classList.toggle('off', page.hidden);
  }
  shown.textContent = count;
}
for (const control of [least, rule, word]) control.addEventListener('input', sift);
document.querySelector('nav form').addEventListener('submit', event => event.preventDefault());
sift();
// a card that is folded away opens when something leads to it
function unfold() {
  const card = location.hash && document.getElementById(location.hash.slice(1));
  const fold = card && card.closest('section details');
  if (!fold) return;
  fold.open = true;
  card.scrollIntoView();
}
addEventListener('hashchange', unfold);
unfold();
