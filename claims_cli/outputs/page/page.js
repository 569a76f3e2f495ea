"use strict";
(() => {
  const { claims, rules } = JSON.parse(document.getElementById("data").textContent);
  const byId = new Map(claims.map((claim, number) => [claim.id, number]));
  const get = (id) => document.getElementById(id);
  const list = get("list"), rows = get("rows"), card = get("card"), body = get("card-body");
  const wide = matchMedia("(min-width: 1200px)");
  let found = claims.map((_, number) => number);
  let selected = -1; // the claim that the address names
  let shown = -1; // the claim in the card: the selected one, or the one pointed at
  let active = 0; // the row of the list that the Tab key reaches
  let leaving = 0; // the timer by which the card follows the pointer

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }
  const isolated = (text, name = "bdi") => make(name, name === "bdi" ? {} : { dir: "auto" }, text);
  const speakerOf = (claim) => claim.speaker || "nobody named";
  const scoreOf = (claim) => (claim.confidence || 0).toFixed(2);
  const count = (number) => number.toLocaleString("en") + (number === 1 ? " claim" : " claims");

  // ---- the list: only the rows in view exist
  let rowHeight = 100;
  const drawn = new Map();

  function newRow(place) {
    const number = found[place], claim = claims[number];
    const link = make("a", { href: "#" + claim.id, tabindex: place === active ? 0 : -1, "data-place": place },
      make("div", { class: "by" }, isolated(speakerOf(claim), "b"), claim.inferred ? make("abbr", { title: claim.known }, "inferred") : "", isolated(claim.cue || "", "i"),
        make("span", {}, String(number + 1))),
      isolated(claim.content, "div"),
      make("div", { class: "small" }, [claim.quote, claim.type, scoreOf(claim)].join(" · ") + " · ", isolated(claim.doc)));
    link.children[1].className = "said";
    if (number === selected) link.setAttribute("aria-current", "true");
    const row = make("li", { "aria-posinset": place + 1, "aria-setsize": found.length }, link);
    row.style.top = place * rowHeight + "px";
    return row;
  }

  function draw(afresh) {
    if (afresh) {
      drawn.forEach((row) => row.remove());
      drawn.clear();
      rows.style.height = found.length * rowHeight + "px";
    }
    const first = Math.max(0, Math.floor(list.scrollTop / rowHeight) - 5);
    const last = Math.min(found.length, Math.ceil((list.scrollTop + list.clientHeight) / rowHeight) + 5);
    for (const [place, row] of drawn) {
      if ((place < first || place >= last) && place !== active) { row.remove(); drawn.delete(place); }
    }
    const wanted = active < found.length && (active < first || active >= last) ? [active] : [];
    for (let place = first; place < last; place++) wanted.push(place);
    for (const place of wanted) {
      if (drawn.has(place)) continue;
      const row = newRow(place);
      const behind = [...drawn.keys()].filter((other) => other > place);
      rows.insertBefore(row, behind.length ? drawn.get(Math.min(...behind)) : null);
      drawn.set(place, row);
    }
  }

  function measure() {
    const probe = make("li", {});
    rows.append(probe);
    rowHeight = probe.offsetHeight || 100;
    probe.remove();
    draw(true);
  }

  function activate(place, focus) {
    if (!found.length) return;
    const before = drawn.get(active);
    if (before) before.firstChild.tabIndex = -1;
    active = Math.min(Math.max(place, 0), found.length - 1);
    const top = active * rowHeight;
    if (top < list.scrollTop) list.scrollTop = top;
    if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
    draw();
    const link = drawn.get(active).firstChild;
    link.tabIndex = 0;
    if (focus) link.focus({ preventScroll: true });
  }

  // ---- the articles
  const articleOf = (number) => get("article-" + claims[number].article);
  const markOf = (number) => get(claims[number].id);

  function light(number, on) {
    if (number < 0 || !claims[number].article) return;
    const article = articleOf(number);
    for (const piece of article.querySelectorAll(`[data-c="${number}"], [data-n="${number}"]`)) piece.classList.toggle("on", on);
  }

  // ---- the card
  function line(term, ...values) {
    return make("div", {}, make("dt", {}, term), make("dd", {}, ...values));
  }

  function chain(claim) {
    const parts = [];
    for (const voice of claim.via) {
      const name = isolated(voice.speaker || "nobody named");
      parts.push(voice.n === undefined || voice.n === null ? name : make("a", { href: "#" + claims[voice.n].id }, name));
      parts.push(" (", isolated(voice.cue || "…"), ") → ");
    }
    return [...parts, isolated(speakerOf(claim))];
  }

  function fill(number) {
    const claim = claims[number];
    get("card-title").textContent = `Claim ${number + 1} of ${claims.length}`;
    const tags = make("div", { class: "tags" }, ...[claim.speaker_kind, claim.unnamed && "unnamed", claim.inferred && "speaker inferred", claim.type, claim.quote + " quotation"]
      .filter(Boolean).map((text) => make("span", {}, text)));
    if (claim.headline) tags.append(make("span", {}, "in the headline"));
    if (claim.negated) tags.append(make("span", { class: "warn" }, "negated: not said"));
    const facts = make("dl", {});
    const add = (term, ...values) => values[0] && facts.append(line(term, ...values.map((value) => typeof value === "string" ? isolated(value) : value)));
    if (claim.known_as) add("Known as", claim.known_as.join(", "));
    if (claim.source && claim.source !== claim.speaker) add("In the text", claim.source);
    add("How known", claim.known);
    add("Why unnamed", claim.anonymity);
    add("Cue", claim.cue);
    add("To", claim.addressee);
    add("In", claim.medium);
    add("When", claim.when);
    if (claim.via) facts.append(line("Chain", ...chain(claim)));
    if (claim.citing) add("Citing", claim.citing.join("; "));
    const meter = make("meter", { min: 0, max: 1, value: claim.confidence || 0, "aria-label": "Confidence" });
    facts.append(line("Confidence", scoreOf(claim) + " ", meter));
    facts.append(line("Rule", claim.rule + (rules[claim.rule] ? ": " + rules[claim.rule] : "")));
    const place = [["line", claim.line], ["page", claim.page], ["row", claim.row], ["at", claim.time]].filter((pair) => pair[1] !== null && pair[1] !== undefined).map((pair) => pair.join(" ")).join(", ");
    facts.append(line("Place", isolated(claim.doc), place && ", " + place));
    add("Published", [claim.outlet, claim.date].filter(Boolean).join(", "));
    const links = [make("a", { href: "#" + claim.id }, "this claim")];
    if (claim.url) links.push(" · ", make("a", { href: claim.url, rel: "noopener noreferrer" }, "the words in the original"));
    facts.append(line("Link", ...links));
    body.replaceChildren(isolated(speakerOf(claim), "p"), isolated(claim.speaker_role || "", "p"), tags, isolated(claim.content, "blockquote"), facts);
    body.children[0].className = "who";
    body.children[1].className = "role";
  }

  function show(number, at) {
    if (number === shown) return;
    light(shown, false);
    shown = number;
    light(shown, true);
    card.classList.toggle("empty", shown < 0);
    if (shown < 0) return;
    fill(shown);
    card.classList.toggle("above", Boolean(at) && at.getBoundingClientRect().top > innerHeight * 0.5);
    body.scrollTop = card.scrollTop = 0;
  }

  // ---- choosing a claim: by its address
  function bring(mark) {
    const box = mark.getBoundingClientRect();
    if (box.top >= 60 && box.bottom <= innerHeight * (wide.matches ? 0.85 : 0.4)) return;
    const where = { block: wide.matches ? "center" : "start" }; // elsewhere the card covers the lower half
    mark.scrollIntoView(where);
    requestAnimationFrame(() => mark.scrollIntoView(where)); // what came into view was laid out only now
  }

  function select(number, focus) {
    clearTimeout(leaving);
    const before = found.indexOf(selected);
    selected = number;
    drawn.get(before)?.firstChild.removeAttribute("aria-current");
    if (number >= 0) {
      const mark = markOf(number);
      if (mark) {
        mark.closest("article").hidden = false;
        bring(mark);
        if (focus) mark.focus({ preventScroll: true });
      }
      const place = found.indexOf(number);
      if (place >= 0) {
        activate(place, false);
        drawn.get(place).firstChild.setAttribute("aria-current", "true");
      }
    }
    show(number);
    card.classList.remove("above");
  }

  function address() {
    const number = byId.get(decodeURIComponent(location.hash.slice(1)));
    if (number !== undefined) select(number, true);
    else if (!location.hash) select(-1);
  }

  function go(number) {
    if (number === undefined) return;
    history.replaceState(null, "", "#" + claims[number].id);
    select(number, true);
    get("told").textContent = `Claim ${number + 1}: ${speakerOf(claims[number])} ${claims[number].cue || ""}`;
  }

  function step(by) {
    const from = found.indexOf(shown >= 0 ? shown : selected);
    if (!found.length) return;
    if (from >= 0) go(found[Math.min(Math.max(from + by, 0), found.length - 1)]);
    else go(by > 0 ? found.find((number) => number > shown) ?? found[0] : found.findLast((number) => number < shown) ?? found[0]);
  }

  function close() {
    if (shown < 0) return false;
    const mark = markOf(shown);
    history.replaceState(null, "", location.pathname + location.search);
    select(-1);
    if (mark && card.contains(document.activeElement)) mark.focus({ preventScroll: true });
    return true;
  }

  // ---- filtering
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").replace(/[‘’ʼ]/g, "'").replace(/[“”„]/g, '"').toLowerCase();
  const searched = [], voices = [];
  function index(until) {
    for (let number = searched.length; number < until; number++) {
      const claim = claims[number];
      voices.push(fold([speakerOf(claim), ...(claim.known_as || [])].join(" | ")));
      searched.push(fold([claim.source, claim.speaker_role, claim.cue, claim.content, claim.addressee, claim.medium, claim.outlet, claim.doc].filter(Boolean).join(" | ")) + " | " + voices[number]);
    }
  }
  function indexIdly() {
    index(Math.min(searched.length + 400, claims.length));
    if (searched.length < claims.length) setTimeout(indexIdly, 0);
  }

  const form = get("filter");
  const fields = ["speaker_kind", "type", "quote"];
  let kept = null; // numbers of the claims that the filter lets through, null for all

  function fits(wanted) {
    return (claim, number) =>
      wanted.words.every((word) => searched[number].includes(word)) &&
      voices[number].includes(wanted.speaker) &&
      fields.every((name) => !wanted[name] || claim[name] === wanted[name]) &&
      (!wanted.named || (wanted.named === "unnamed") === Boolean(claim.unnamed)) &&
      (claim.confidence || 0) >= wanted.least;
  }

  function filter() {
    index(claims.length);
    const wanted = {
      words: fold(get("text").value).split(/\s+/).filter(Boolean), speaker: fold(get("speaker").value.trim()),
      named: get("named").value, least: Number(get("confidence").value),
    };
    for (const name of fields) wanted[name] = get(name).value;
    get("least").textContent = wanted.least.toFixed(2);
    const test = fits(wanted);
    found = [];
    claims.forEach((claim, number) => { if (test(claim, number)) found.push(number); });
    const all = found.length === claims.length;
    kept = all ? null : new Set(found);
    get("clear").hidden = all && !wanted.words.length && !wanted.speaker;
    get("status").textContent = all ? count(found.length) : `${found.length.toLocaleString("en")} of ${count(claims.length)}`;
    active = Math.max(0, found.indexOf(selected));
    list.scrollTop = 0;
    draw(true);
    dim();
  }

  const seen = new Set(); // stretches in or near view; others are dimmed when they come
  function dim() {
    const holding = kept && new Set(found.map((number) => claims[number].article));
    for (const article of document.querySelectorAll("main > article")) article.hidden = Boolean(holding) && !holding.has(Number(article.id.slice(8)));
    seen.forEach(dimStretch);
  }
  function dimStretch(stretch) {
    if (stretch.keptFor === kept) return;
    stretch.keptFor = kept;
    for (const piece of stretch.querySelectorAll("[data-c]")) piece.classList.toggle("off", Boolean(kept) && !kept.has(Number(piece.dataset.c)));
  }
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) seen.delete(entry.target);
      else { seen.add(entry.target); dimStretch(entry.target); }
    }
  }, { rootMargin: "600px" });

  function filterBySpeaker(name) {
    get("speaker").value = name;
    document.querySelector(".more").open = true;
    filter();
  }

  // ---- events
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input, select")) { event.preventDefault(); activate(active, true); }
  });
  form.addEventListener("reset", () => setTimeout(filter, 0));
  list.addEventListener("scroll", () => draw());
  list.addEventListener("keydown", (event) => {
    const page = Math.max(1, Math.floor(list.clientHeight / rowHeight) - 1);
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: found.length - 1 };
    if (event.key in steps) { event.preventDefault(); activate(steps[event.key], true); }
  });
  rows.addEventListener("focusin", (event) => { const link = event.target.closest("[data-place]"); if (link && Number(link.dataset.place) !== active) activate(Number(link.dataset.place)); });
  addEventListener("hashchange", address);
  addEventListener("resize", measure);
  document.addEventListener("click", (event) => {
    const own = event.target.closest("a[href^='#']");
    if (own && own.hash === location.hash && byId.has(own.hash.slice(1))) { event.preventDefault(); select(byId.get(own.hash.slice(1)), true); return; }
    const speaker = event.target.closest("[data-speaker]");
    if (speaker) { filterBySpeaker(speaker.dataset.speaker); return; }
    const piece = event.target.closest("main [data-c]");
    if (piece && !own && getSelection().isCollapsed) location.hash = claims[Number(piece.dataset.c)].id;
  });
  get("previous").addEventListener("click", () => step(-1));
  get("next").addEventListener("click", () => step(1));
  get("close").addEventListener("click", close);

  let pointer = "";
  const placeOf = (event) => event.clientX + " " + event.clientY;
  document.addEventListener("pointermove", (event) => { pointer = placeOf(event); });
  const main = get("articles");
  main.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || placeOf(event) === pointer) return; // the page moved, not the pointer
    pointer = placeOf(event);
    const piece = event.target.closest("[data-c]");
    clearTimeout(leaving);
    if (piece) leaving = setTimeout(() => show(Number(piece.dataset.c), piece), 80);
    else leaving = setTimeout(() => show(selected), 350);
  });
  card.addEventListener("pointerover", () => clearTimeout(leaving));
  main.addEventListener("focusin", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark) return;
    mark.setAttribute("aria-describedby", "card-body");
    show(Number(mark.dataset.n), mark);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (event.target.closest("#filter") && event.target.value) { form.reset(); return; }
      close();
      return;
    }
    const target = event.target;
    if (!get("shortcuts").checked || target.matches("select, textarea, input:not([type=checkbox]):not([type=range])")) return;
    if (event.key === "/") { event.preventDefault(); get("text").focus(); get("text").select(); }
    else if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "l") activate(active, true);
  });

  // ---- print: what the cards tell goes below each article
  addEventListener("beforeprint", () => {
    document.querySelector(".facts").open = true;
    claims.forEach((claim, number) => {
      if (!claim.article || (kept && !kept.has(number))) return;
      const article = articleOf(number);
      const notes = article.querySelector(".notes") || article.appendChild(make("ol", { class: "notes" }));
      const told = [claim.cue, claim.type, claim.quote, claim.via && "via " + claim.via.map((voice) => voice.speaker || "nobody named").join(", "), scoreOf(claim), claim.line && "line " + claim.line];
      notes.append(make("li", { value: number + 1 }, isolated(speakerOf(claim), "b"), ": ", isolated(told.filter(Boolean).join("; "))));
    });
  });
  addEventListener("afterprint", () => document.querySelectorAll(".notes").forEach((notes) => notes.remove()));

  if (matchMedia("(min-width: 700px) and (min-height: 760px)").matches) document.querySelector(".more").open = true;
  for (const stretch of document.querySelectorAll(".stretch")) watcher.observe(stretch);
  measure();
  address();
  setTimeout(indexIdly, 50);
})();
