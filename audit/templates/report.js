"use strict";
document.documentElement.classList.add("js");
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.tools");
  if (!form) return;
  const fields = form.elements;
  const told = document.getElementById("told");
  const empty = document.querySelector(".empty");
  const close = document.querySelector("button.close");
  const sections = Array.from(document.querySelectorAll("section.article"), (element) => {
    const section = { element, title: element.querySelector("h2").textContent, shown: true, cards: [] };
    section.cards = Array.from(element.querySelectorAll(".card"), (card) => ({
      element: card,
      section,
      marks: [],
      shown: true,
      words: null,
      rule: card.dataset.rule,
      group: card.dataset.rule.split("/", 1)[0],
      severity: card.dataset.severity,
      confidence: card.dataset.confidence,
      style: card.className.match(/\bs\d+\b/)[0],
    }));
    return section;
  });
  const cards = sections.flatMap((section) => section.cards);
  const byAnchor = new Map(cards.map((card) => [card.element.id, card]));
  const marks = Array.from(document.querySelectorAll("a.mark"), (element) => {
    const own = element.dataset.cards.split(" ").map((anchor) => byAnchor.get(anchor));
    const mark = { element, cards: own, first: own[0], shown: true };
    mark.cards.forEach((card) => card.marks.push(element));
    return mark;
  });
  let current = null;

  const chosen = (name) => new Set(Array.from(form.querySelectorAll(`[name=${name}]:checked`), (field) => field.value));
  const wordsOf = (card) => {
    if (card.words === null) {
      const parts = [card.section.title, card.element.textContent, ...card.marks.map((mark) => mark.textContent)];
      card.words = parts.join(" ").toLowerCase();
    }
    return card.words;
  };

  function tell() {
    const shown = cards.filter((card) => card.shown);
    const total = cards.length.toLocaleString("en");
    const count = shown.length.toLocaleString("en");
    const place = shown.indexOf(current) + 1;
    const all = shown.length === cards.length ? `${total} ${cards.length === 1 ? "finding" : "findings"}` : `${count} of ${total}`;
    fields.status.value = place ? `${place.toLocaleString("en")} of ${count}` : all;
    return shown.length;
  }

  function filter() {
    const [severities, confidences, groups] = ["severity", "confidence", "group"].map(chosen);
    const rule = fields.rule.value;
    const words = fields.words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards) {
      const shown =
        (!severities.size || severities.has(card.severity)) &&
        (!confidences.size || confidences.has(card.confidence)) &&
        (!groups.size || groups.has(card.group)) &&
        (!rule || rule === card.rule) &&
        words.every((word) => wordsOf(card).includes(word));
      if (shown !== card.shown) {
        card.shown = shown;
        card.element.hidden = !shown;
      }
    }
    for (const mark of marks) {
      const left = mark.cards.filter((card) => card.shown);
      if (left.length && left[0] !== mark.first) {
        mark.element.classList.replace(mark.first.style, left[0].style);
        mark.element.hash = left[0].element.id;
        mark.first = left[0];
      }
      if (left.length > 0 === mark.shown) continue;
      mark.shown = left.length > 0;
      mark.element.classList.toggle("off", !mark.shown);
      mark.element.tabIndex = mark.shown ? 0 : -1;
      for (let outer = mark.element.parentElement; outer.matches(".under"); outer = outer.parentElement) {
        outer.classList.toggle("off", !mark.shown);
      }
    }
    for (const section of sections) {
      const shown = section.cards.some((card) => card.shown);
      if (shown !== section.shown) section.element.hidden = !shown;
      section.shown = shown;
    }
    if (current && !current.shown) select(null);
    form.classList.toggle("filtered", Boolean(severities.size || confidences.size || groups.size || rule));
    empty.hidden = tell() > 0;
    told.textContent = fields.status.value;
  }

  function select(card) {
    if (current) [current.element, ...current.marks].forEach((element) => element.classList.remove("current"));
    current = card;
    if (card) [card.element, ...card.marks].forEach((element) => element.classList.add("current"));
    close.hidden = !card;
    card?.element.prepend(close);
    tell();
  }

  // Brings the text and the card of a finding into view; `target` is what takes the focus.
  function show(card, target) {
    select(card);
    const list = card.element.parentElement;
    const mark = card.marks[0];
    (mark || card.element).scrollIntoView({ block: mark ? "center" : "nearest" });
    if (list.scrollHeight > list.clientHeight && getComputedStyle(list).position === "sticky") {
      const off = card.element.getBoundingClientRect().top - list.getBoundingClientRect().top;
      list.scrollTop += off - list.clientHeight / 4;
    }
    target.focus({ preventScroll: true });
    try {
      history.replaceState(null, "", `#${card.element.id}`);
    } catch {
      // A browser may forbid it for files; then the address stays as it is.
    }
  }

  // Closes the card; who was inside goes back to the text.
  function leave() {
    const card = current;
    const inside = card?.element.contains(document.activeElement);
    select(null);
    if (inside) (card.marks[0] || card.element).focus({ preventScroll: true });
  }

  function step(by) {
    const shown = cards.filter((card) => card.shown);
    if (!shown.length) return;
    const place = current ? shown.indexOf(current) + by : by > 0 ? 0 : -1;
    const card = shown.at(place % shown.length);
    show(card, card.marks[0] || card.element);
  }

  function visit() {
    const anchor = decodeURIComponent(location.hash.slice(1));
    const card = byAnchor.get(anchor);
    if (!card) return;
    if (!card.shown) {
      form.reset();
      filter();
    }
    show(card, card.element);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark, a.show, .permalink a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    let card = byAnchor.get(link.closest(".card")?.id);
    if (link.matches(".mark")) {
      const here = link.dataset.cards.split(" ").map((anchor) => byAnchor.get(anchor)).filter((one) => one.shown);
      card = here[(here.indexOf(current) + 1) % here.length]; // again: the next of those that overlap
    }
    if (!card) return;
    event.preventDefault();
    show(card, link.matches(".show") && card.marks[0] ? card.marks[0] : card.element);
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input[type=search], select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") leave();
    else if (!typing && fields.keys.checked && ["j", "k", "/"].includes(event.key)) {
      event.preventDefault();
      if (event.key === "/") fields.words.focus();
      else step(event.key === "j" ? 1 : -1);
    }
  });
  const toggle = fields.filters;
  toggle.addEventListener("click", () => {
    const panel = document.getElementById("filters");
    panel.hidden = !panel.hidden;
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
  });
  fields.previous.addEventListener("click", () => step(-1));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  close.addEventListener("click", leave);
  fields.words.addEventListener("focus", () => setTimeout(() => cards.forEach(wordsOf)), { once: true });
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  empty.querySelector("button").addEventListener("click", () => form.reset());
  window.addEventListener("hashchange", visit);
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--tools", `${form.offsetHeight}px`);
  }).observe(form);
  form.hidden = false;
  visit();
});
