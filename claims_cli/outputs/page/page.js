"use strict";
(() => {
  const { run, articles, claims, rules } = JSON.parse(document.getElementById("data").textContent);
  const byId = new Map(claims.map((claim, number) => [claim.id, number]));
  const get = (id) => document.getElementById(id);
  const list = get("list"), rows = get("rows"), card = get("card"), body = get("card-body");
  const wide = matchMedia("(min-width: 1200px)"), narrow = matchMedia("(max-width: 699.9px)");
  let found = claims.map((_, number) => number); // what the filter lets through, in the order of the list
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
  const titleOf = (claim) => claim.article ? articles[claim.article - 1].title : claim.doc;
  const count = (number, noun = "claim") => number.toLocaleString("en") + " " + noun + (number === 1 ? "" : "s");
  const bases = { pronoun: "inferred from", description: "inferred from", carried: "carried on from another clause", quotation: "inferred from where it stands", author: "the writer, by inference" };
  function inference(claim) {
    const told = bases[claim.inferred] || "inferred";
    return told.endsWith("from") ? [told, " “", isolated(claim.source || ""), "”"] : [told];
  }

  // ---- marks: kept in the browser under the name of this page's run, or as long as the page is open
  const shelf = "claims-marks:" + run;
  const keyOf = (number) => claims[number].id.slice(0, 16); // an id of 16 digits; what is behind it tells copies apart
  const isText = (value) => value === null || typeof value === "string";
  const isMark = (one) => one && /^[0-9a-f]{16}$/.test(one.id) && [null, "right", "wrong"].includes(one.verdict) && isText(one.speaker) && isText(one.note) && !isNaN(Date.parse(one.at));
  let keeps = true;
  let marks = new Map();
  try {
    localStorage.setItem(shelf, localStorage.getItem(shelf) || "[]");
    marks = new Map(JSON.parse(localStorage.getItem(shelf)).filter(isMark).map((one) => [one.id, one]));
  } catch (error) { keeps = error instanceof SyntaxError || error instanceof TypeError; } // what is no list of marks is written over

  function judge(number, change) {
    const id = keyOf(number);
    const mark = { id, verdict: null, speaker: null, note: null, ...marks.get(id), ...change, at: new Date().toISOString() };
    if (mark.verdict || mark.speaker || mark.note) marks.set(id, mark);
    else marks.delete(id);
    try { localStorage.setItem(shelf, JSON.stringify([...marks.values()])); } catch { keeps = false; }
    const before = list.clientHeight;
    tellMarks();
    if (list.clientHeight !== before) activate(active, false); // the bar that saves marks took or gave room
    for (const [place, row] of drawn) if (keyOf(found[place]) === id) row.querySelector(".judged").replaceChildren(...badges(found[place]));
  }
  function badges(number) {
    const mark = marks.get(keyOf(number));
    if (!mark) return [];
    const told = [];
    if (mark.verdict) told.push(make("span", { class: "chip " + mark.verdict }, mark.verdict === "right" ? "✓ right" : "✗ wrong"));
    if (mark.speaker) told.push(make("span", { class: "chip" }, "speaker: ", isolated(mark.speaker)));
    if (mark.note) told.push(make("span", { class: "chip", title: mark.note }, "note"));
    return told;
  }
  function tellMarks() {
    get("saving").hidden = !marks.size;
    get("kept").textContent = count(marks.size, "mark") + (keeps ? " kept in this browser" : ": this browser keeps none, save before you leave");
  }
  function save() {
    const lines = [...marks.values()].map(({ id, verdict, speaker, note, at }) => JSON.stringify({ id, verdict, speaker, note, at }) + "\n");
    const address = URL.createObjectURL(new Blob(lines, { type: "application/jsonl" }));
    make("a", { href: address, download: "claims-marks.jsonl" }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    const told = count(lines.length, "mark") + " saved. To store them: claims mark --from claims-marks.jsonl STORE";
    get("told").textContent = told;
    get("kept").textContent = told;
  }

  // ---- the list: a stretch of rows around the place that is looked at; more are drawn as it is read on
  const BATCH = 40;
  const drawn = new Map();
  let from = 0, until = 0;

  function newRow(place) {
    const number = found[place], claim = claims[number];
    const foot = [titleOf(claim), claim.quote, claim.type === "statement" ? "" : claim.type, scoreOf(claim)];
    const link = make("a", { href: "#" + claim.id, tabindex: place === active ? 0 : -1, "data-place": place },
      make("div", { class: "by" }, isolated(speakerOf(claim), "b"), make("span", {}, String(number + 1))),
      make("div", { class: "chips" }));
    const chips = link.lastChild;
    if (claim.inferred) chips.append(make("span", { class: "chip inferred", title: claim.known || "" }, ...inference(claim)));
    if (claim.negated) chips.append(make("span", { class: "chip inferred" }, "negated"));
    chips.append(make("span", { class: "judged" }, ...badges(number)));
    if (claim.via) link.append(make("div", { class: "via" }, "via ", ...claim.via.flatMap((voice, at) => [at ? " → " : "", isolated(voice.speaker || "nobody named")])));
    link.append(make("div", { class: "said", dir: "auto" }, ...(claim.cue ? [isolated(claim.cue, "i"), " "] : []), isolated(claim.content)),
      make("div", { class: "small" }, make("span", { class: "title", title: claim.doc }, isolated(foot[0])), make("span", {}, foot.slice(1).filter(Boolean).join(" · "))));
    if (number === selected) link.setAttribute("aria-current", "true");
    return make("li", { "aria-posinset": place + 1, "aria-setsize": found.length }, link);
  }

  function rowsBetween(first, last) {
    const made = [];
    for (let place = first; place < last; place++) {
      const row = newRow(place);
      drawn.set(place, row);
      made.push(row);
    }
    return made;
  }

  function draw(around = 0) {
    drawn.clear();
    from = around < BATCH / 2 ? 0 : around - 8;
    until = Math.min(found.length, from + BATCH);
    rows.replaceChildren(...rowsBetween(from, until));
    tellRest();
  }
  function tellRest() {
    get("earlier").hidden = from === 0;
    get("further").hidden = until >= found.length;
  }
  function drawFurther() {
    const last = Math.min(found.length, until + BATCH);
    rows.append(...rowsBetween(until, last));
    until = last;
    tellRest();
  }
  function drawEarlier() {
    const box = narrow.matches ? document.scrollingElement : list;
    const first = Math.max(0, from - BATCH), below = box.scrollHeight - box.scrollTop;
    rows.prepend(...rowsBetween(first, from));
    from = first;
    tellRest();
    box.scrollTop = box.scrollHeight - below;
  }
  function readOn() {
    const button = get("further");
    if (button.hidden || !button.getClientRects().length) return;
    if (button.getBoundingClientRect().top < innerHeight * 2) drawFurther();
  }

  function activate(place, focus) {
    if (!found.length) return;
    const before = drawn.get(active);
    if (before) before.firstChild.tabIndex = -1;
    active = Math.min(Math.max(place, 0), found.length - 1);
    if (active === until && until) drawFurther();
    else if (active === from - 1) drawEarlier();
    else if (active < from || active >= until) draw(active);
    const link = drawn.get(active).firstChild;
    link.tabIndex = 0;
    if (!narrow.matches) {
      const box = link.getBoundingClientRect(), frame = list.getBoundingClientRect();
      if (box.top < frame.top) list.scrollTop += box.top - frame.top;
      else if (box.bottom > frame.bottom) list.scrollTop += box.bottom - frame.bottom;
    }
    if (focus) link.focus({ preventScroll: !narrow.matches });
  }

  // ---- what is shown: the list (on a phone), the articles, the charts
  function view(name) {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll(".views [data-to]")) button.setAttribute("aria-pressed", String(button.dataset.to === name));
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

  function alsoIn(claim) {
    const parts = (claim.same || []).map((other) => make("p", {}, make("a", { href: "#" + claims[other].id }, isolated([claims[other].outlet, claims[other].date].filter(Boolean).join(", ") || titleOf(claims[other]))), ": ", isolated(claims[other].content)));
    if (claim.same_elsewhere) parts.push(make("p", {}, count(claim.same_elsewhere, "claim") + " that " + (claim.same_elsewhere === 1 ? "is" : "are") + " not on this page"));
    return parts;
  }

  function fill(number) {
    const claim = claims[number], parts = [];
    get("card-title").textContent = `Claim ${number + 1} of ${claims.length}`;
    if (claim.via) parts.push(make("p", { class: "chain" }, "Through ", ...chain(claim)));
    const who = isolated(speakerOf(claim), "p");
    who.className = "who";
    parts.push(who);
    if (claim.speaker_role) parts.push(make("p", { class: "role" }, isolated(claim.speaker_role)));
    if (claim.inferred) parts.push(make("p", { class: "doubt" }, make("strong", {}, "Speaker ", ...inference(claim), ". "), isolated(claim.known || "")));
    const tags = [claim.speaker_kind, claim.unnamed && "unnamed", claim.type, claim.quote + " quotation", claim.headline && "in the headline"].filter(Boolean);
    const row = make("div", { class: "tags" }, ...tags.map((text) => make("span", {}, text)));
    if (claim.negated) row.append(make("span", { class: "warn" }, "negated: not said"));
    parts.push(isolated(claim.content, "blockquote"), row);
    const facts = make("dl", {});
    const add = (term, ...values) => values[0] && facts.append(line(term, ...values.map((value) => typeof value === "string" ? isolated(value) : value)));
    if (claim.known_as) add("Known as", claim.known_as.join(", "));
    if (claim.source && claim.source !== claim.speaker) add("In the text", claim.source);
    if (!claim.inferred) add("How known", claim.known);
    add("Why unnamed", claim.anonymity);
    add("Cue", claim.cue);
    add("To", claim.addressee);
    add("In", claim.medium);
    add("When", claim.when);
    if (claim.citing) add("Citing", claim.citing.join("; "));
    const meter = make("meter", { min: 0, max: 1, value: claim.confidence || 0, "aria-label": "Confidence" });
    facts.append(line("Confidence", scoreOf(claim) + " ", meter));
    facts.append(line("Rule", claim.rule + (rules[claim.rule] ? ": " + rules[claim.rule] : "")));
    add("Article", titleOf(claim));
    const place = [["line", claim.line], ["page", claim.page], ["row", claim.row], ["at", claim.time]].filter((pair) => pair[1] !== null && pair[1] !== undefined).map((pair) => pair.join(" ")).join(", ");
    facts.append(line("Place", isolated(claim.doc), place && ", " + place));
    if (claim.same || claim.same_elsewhere) facts.append(line("Also in", ...alsoIn(claim)));
    add("Published", [claim.outlet, claim.date].filter(Boolean).join(", "));
    const links = [make("a", { href: "#" + claim.id }, "this claim")];
    if (claim.url) links.push(" · ", make("a", { href: claim.url, rel: "noopener noreferrer" }, "the words in the original"));
    facts.append(line("Link", ...links));
    parts.push(facts);
    body.replaceChildren(...parts);
    fillMarks(number);
  }

  function fillMarks(number) {
    const mark = marks.get(keyOf(number)) || {};
    for (const verdict of ["right", "wrong"]) get(verdict).setAttribute("aria-pressed", String(mark.verdict === verdict));
    get("other").value = mark.speaker || "";
    get("remark").value = mark.note || "";
    get("done").textContent = "";
  }

  // ---- the quotation with who said it, to paste
  function quotation(claim) {
    const voice = [speakerOf(claim), claim.speaker_role].filter(Boolean).join(", ");
    const notes = [claim.inferred && claim.source ? `inferred from “${claim.source}”` : claim.inferred && "speaker inferred", claim.via && "via " + claim.via.map((one) => one.speaker || "nobody named").join(", "), claim.quote !== "direct" && claim.quote + " quotation", claim.negated && "negated: not said"].filter(Boolean);
    const told = [voice + (notes.length ? ` (${notes.join("; ")})` : ""), claim.outlet, claim.date].filter(Boolean).join(", ");
    return [claim.content, "— " + told, claim.url || titleOf(claim)].join("\n");
  }
  async function copy(text) {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed here: the older way */ }
    const field = make("textarea", { readonly: "", class: "unseen" });
    field.value = text;
    card.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    get("copy").focus();
    return done;
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
    card.scrollTop = 0;
  }

  // what comes into view is laid out only then, and moves what was scrolled to: so it is scrolled to again
  function settle(element, where, times = 4) {
    element.scrollIntoView(where);
    if (times) requestAnimationFrame(() => settle(element, where, times - 1));
  }

  // ---- choosing a claim: by its address
  function bring(mark) {
    const box = mark.getBoundingClientRect();
    if (box.top >= 80 && box.bottom <= innerHeight * (wide.matches ? 0.85 : 0.4)) return;
    const where = { block: wide.matches ? "center" : "start" }; // elsewhere the card covers the lower half
    settle(mark, where);
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
        view("articles");
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
  const orders = {
    place: (one, other) => one - other,
    speaker: (one, other) => speakerOf(claims[one]).localeCompare(speakerOf(claims[other]), "en") || one - other,
    surest: (one, other) => (claims[other].confidence || 0) - (claims[one].confidence || 0) || one - other,
    doubtful: (one, other) => (claims[one].confidence || 0) - (claims[other].confidence || 0) || one - other,
  };

  function isMarked(number, as) {
    const mark = marks.get(keyOf(number));
    return as === "none" ? !mark : Boolean(mark) && (mark.verdict === as || Boolean(mark[as]));
  }

  // each filter that is set: its control, what it says, and whether it lets a claim through
  function conditions() {
    const set = [];
    const add = (id, told, test) => set.push({ id, told, test });
    const words = fold(get("text").value).split(/\s+/).filter(Boolean), speaker = fold(get("speaker").value.trim());
    if (words.length) add("text", `Find “${get("text").value.trim()}”`, (claim, number) => words.every((word) => searched[number].includes(word)));
    if (speaker) add("speaker", `Speaker “${get("speaker").value.trim()}”`, (claim, number) => voices[number].includes(speaker));
    for (const id of [...fields, "named", "inferred", "marked"]) {
      const value = get(id).value, name = form.querySelector(`label[for=${id}]`).textContent;
      if (!value) continue;
      add(id, `${name}: ${value}`, {
        named: (claim) => (value === "unnamed") === Boolean(claim.unnamed),
        inferred: (claim) => (value === "inferred") === Boolean(claim.inferred),
        marked: (claim, number) => isMarked(number, value === "none" ? "none" : value),
      }[id] || ((claim) => claim[id] === value));
    }
    const least = Number(get("confidence").value);
    if (least > Number(get("confidence").min)) add("confidence", `Confidence from ${least.toFixed(2)}`, (claim) => (claim.confidence || 0) >= least);
    return set;
  }

  function filter() {
    index(claims.length);
    get("least").textContent = Number(get("confidence").value).toFixed(2);
    const set = conditions();
    found = [];
    claims.forEach((claim, number) => { if (set.every((one) => one.test(claim, number))) found.push(number); });
    const all = found.length === claims.length;
    kept = all ? null : new Set(found);
    if (get("sort").value !== "place") found.sort(orders[get("sort").value]);
    get("clear").hidden = !set.length;
    const inside = set.filter((one) => one.id !== "text").length;
    get("used").textContent = inside ? ` (${inside})` : "";
    get("status").textContent = all ? count(found.length) : `${found.length.toLocaleString("en")} of ${count(claims.length)}`;
    const place = found.indexOf(selected);
    active = place < BATCH ? Math.max(0, place) : 0; // one of the rows that are drawn
    list.scrollTop = 0;
    draw();
    tellNothing(set);
    dim();
  }

  // ---- nothing found: which filter keeps everything out
  function tellNothing(set) {
    const box = get("nothing");
    box.hidden = get("none-here").hidden = Boolean(found.length) || !claims.length;
    if (box.hidden) return;
    const loosened = set.map((one) => {
      const others = set.filter((other) => other !== one);
      return [one, claims.filter((claim, number) => others.every((other) => other.test(claim, number))).length];
    });
    const helping = loosened.filter((pair) => pair[1]).map(([one, more]) => {
      const button = make("button", { type: "button", "data-loosen": one.id }, "Without ", isolated(one.told), `: ${count(more)}`);
      return make("p", {}, button);
    });
    const advice = helping.length ? "One filter fewer would show:" : set.length > 1 ? "No single filter keeps them out: clear them all." : "";
    box.replaceChildren(make("p", {}, make("strong", {}, "No claim fits."), " ", advice), ...helping);
  }
  function loosen(id) {
    const control = get(id);
    control.value = id === "confidence" ? control.min : "";
    filter();
    get("text").focus();
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
    if (narrow.matches) view("claims");
  }

  // ---- events
  form.addEventListener("input", filter);
  get("nothing").addEventListener("click", (event) => { const button = event.target.closest("[data-loosen]"); if (button) loosen(button.dataset.loosen); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input, select")) { event.preventDefault(); activate(active, true); }
  });
  form.addEventListener("reset", () => setTimeout(filter, 0));
  list.addEventListener("scroll", readOn, { passive: true });
  addEventListener("scroll", readOn, { passive: true });
  get("further").addEventListener("click", drawFurther);
  get("earlier").addEventListener("click", drawEarlier);
  list.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + 6, PageUp: active - 6, Home: 0, End: found.length - 1 };
    if (event.key in steps && event.target.closest("#rows")) { event.preventDefault(); activate(steps[event.key], true); }
  });
  rows.addEventListener("focusin", (event) => { const link = event.target.closest("[data-place]"); if (link && Number(link.dataset.place) !== active) activate(Number(link.dataset.place)); });
  addEventListener("hashchange", address);
  for (const button of document.querySelectorAll(".views [data-to]")) button.addEventListener("click", () => { view(button.dataset.to); if (narrow.matches) scrollTo(0, 0); readOn(); });
  document.addEventListener("click", (event) => {
    const own = event.target.closest("a[href^='#']");
    if (own && own.closest(".contents")) view("articles");
    if (own && own.hash === location.hash && byId.has(own.hash.slice(1))) { event.preventDefault(); select(byId.get(own.hash.slice(1)), true); return; }
    const speaker = event.target.closest("[data-speaker]");
    if (speaker) { filterBySpeaker(speaker.dataset.speaker); return; }
    const piece = event.target.closest("main [data-c]");
    if (piece && !own && getSelection().isCollapsed) location.hash = claims[Number(piece.dataset.c)].id;
  });
  get("previous").addEventListener("click", () => step(-1));
  get("next").addEventListener("click", () => step(1));
  get("close").addEventListener("click", close);

  // ---- marking and copying
  for (const verdict of ["right", "wrong"]) get(verdict).addEventListener("click", () => {
    const was = marks.get(keyOf(shown))?.verdict === verdict;
    judge(shown, { verdict: was ? null : verdict });
    for (const one of ["right", "wrong"]) get(one).setAttribute("aria-pressed", String(!was && one === verdict));
  });
  get("other").addEventListener("input", () => judge(shown, { speaker: get("other").value.trim() || null }));
  get("remark").addEventListener("input", () => judge(shown, { note: get("remark").value.trim() || null }));
  get("save").addEventListener("click", save);
  get("copy").addEventListener("click", async () => { get("done").textContent = await copy(quotation(claims[shown])) ? "Copied." : "This browser does not let the page copy."; });
  const isWriting = () => card.contains(document.activeElement) && document.activeElement.matches("input");

  // ---- from article to article
  const jump = get("jump");
  if (jump) {
    jump.addEventListener("change", () => {
      const article = get("article-" + jump.value);
      article.hidden = false;
      view("articles");
      settle(article, { block: "start" });
    });
    const reading = new IntersectionObserver((entries) => {
      for (const entry of entries) if (entry.isIntersecting) jump.value = entry.target.id.slice(8);
    }, { rootMargin: "-20% 0px -75% 0px" });
    for (const article of document.querySelectorAll("main > article")) reading.observe(article);
  }

  let pointer = "";
  const placeOf = (event) => event.clientX + " " + event.clientY;
  document.addEventListener("pointermove", (event) => { pointer = placeOf(event); });
  const main = get("articles");
  main.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse" || placeOf(event) === pointer || isWriting()) return; // the page moved, not the pointer
    pointer = placeOf(event);
    const piece = event.target.closest("[data-c]");
    clearTimeout(leaving);
    if (piece) leaving = setTimeout(() => show(Number(piece.dataset.c), piece), 80);
    else leaving = setTimeout(() => isWriting() || show(selected), 350);
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
      const mark = marks.get(keyOf(number)) || {};
      const told = [claim.inferred && "speaker inferred", claim.cue, claim.type, claim.quote, claim.via && "via " + claim.via.map((voice) => voice.speaker || "nobody named").join(", "), scoreOf(claim), claim.line && "line " + claim.line,
        mark.verdict && "marked " + mark.verdict, mark.speaker && "the speaker is " + mark.speaker, mark.note];
      notes.append(make("li", { value: number + 1 }, isolated(speakerOf(claim), "b"), ": ", isolated(told.filter(Boolean).join("; "))));
    });
  });
  addEventListener("afterprint", () => document.querySelectorAll(".notes").forEach((notes) => notes.remove()));

  for (const stretch of document.querySelectorAll(".stretch")) watcher.observe(stretch);
  view("articles");
  draw();
  tellMarks();
  address();
  setTimeout(indexIdly, 50);
})();
