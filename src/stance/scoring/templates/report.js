"use strict";
// The page's moving parts: articles and pairs by the page, filters, sorting, and why. What articles
// say becomes text nodes, never markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const rows = data.rows;
  const count = rows.article.length;
  const id = (name) => document.getElementById(name);
  const make = (tag, words = "", name = "") => {
    const element = document.createElement(tag);
    if (words !== "") element.textContent = words;
    if (name) element.className = name;
    return element;
  };
  const number = (value) => value.toLocaleString("en");
  const party = (k) => (k < 0 ? "" : data.parties[k]);
  const counts = (k, wanted) => k >= 0 && (k === wanted || data.partOf[k] === wanted);
  const sure = (row) => Math.max(rows.opposition[row], rows.neutral[row], rows.support[row]);
  const answered = (row) => rows.label[row] >= 0;
  const polar = (row) => answered(row) && data.labels[rows.label[row]] !== "neutral";

  // ---- Articles: ten on the page, the others wait in templates.
  const list = id("article-list");
  const articles = [...list.children];
  for (const template of document.querySelectorAll("#articles > template"))
    articles.push(template.content.firstElementChild);
  const ofArticle = articles.map(() => []);
  for (let row = 0; row < count; row++) ofArticle[rows.article[row]].push(row);

  const sentences = new Map();
  for (const article of articles)
    for (const place of article.querySelectorAll(".sentence")) sentences.set(place.id, place);
  const placeOf = (row) => sentences.get(`a${rows.article[row]}s${rows.sentence[row]}`);
  const sentence = (row) => placeOf(row)?.textContent ?? "";

  // ---- Pages of something: a line that says what is shown, and buttons to go on.
  const paged = (size, places, noun, show) => {
    const state = { at: 0, found: [] };
    const draw = () => {
      const found = state.found;
      const last = Math.min(state.at + size, found.length);
      const told = found.length ? `${number(state.at + 1)}–${number(last)} of ${number(found.length)} ${noun}` : `No ${noun} like these`;
      places.forEach((place, below) => {
        const pages = found.length > size;
        place.hidden = below && !pages;
        place.replaceChildren(make("span", told));
        for (const [words, by] of pages ? [["Previous", -size], ["Next", size]] : []) {
          const button = make("button", words);
          button.type = "button";
          button.disabled = state.at + by < 0 || state.at + by >= found.length;
          button.addEventListener("click", () => {
            state.at += by;
            draw();
            places[0].scrollIntoView({ block: "start" });
          });
          place.append(button);
        }
      });
      show(found.slice(state.at, last));
    };
    state.set = (found, at = 0) => {
      state.found = found;
      state.at = Math.floor(at / size) * size;
      draw();
    };
    return state;
  };
  const options = (select, numbers) => {
    const known = [...new Set(numbers)].filter((k) => k >= 0);
    known.sort((a, b) => party(a).localeCompare(party(b)));
    for (const k of known) select.add(new Option(party(k), k));
  };
  const soon = (act) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, 120);
    };
  };

  const reading = id("article-controls");
  const articlePages = paged(list.children.length || 1, [id("article-pager"), id("article-pager-below")], "articles",
    (shown) => { hide(); list.replaceChildren(...shown.map((k) => articles[k])); });
  const orders = {
    "": null,
    stances: (k) => ofArticle[k].filter(polar).length,
    review: (k) => ofArticle[k].filter((row) => rows.review[row]).length,
  };
  const findArticles = () => {
    const words = reading.q.value.trim().toLowerCase();
    const wanted = reading.party.value === "" ? null : Number(reading.party.value);
    const order = orders[reading.order.value];
    const found = articles.map((_, k) => k).filter((k) =>
      (wanted === null || ofArticle[k].some((row) => counts(rows.party[row], wanted))) &&
      (!words || articles[k].textContent.toLowerCase().includes(words)));
    if (order) {
      const sizes = new Map(found.map((k) => [k, order(k)]));
      found.sort((a, b) => sizes.get(b) - sizes.get(a) || a - b);
    }
    articlePages.set(found);
  };
  options(reading.party, [...rows.party, ...rows.party.map((k) => (k < 0 ? k : data.partOf[k]))]);
  reading.addEventListener("input", soon(findArticles));
  reading.addEventListener("submit", (event) => event.preventDefault());
  reading.hidden = false;

  // ---- A link to a sentence turns to its article's page.
  const reveal = () => {
    const match = /^#a(\d+)(?:s(\d+))?$/.exec(location.hash);
    if (!match || !articles[match[1]]) return;
    const wanted = Number(match[1]);
    if (!articlePages.found.includes(wanted)) {
      reading.reset();
      findArticles();
    }
    articlePages.set(articlePages.found, articlePages.found.indexOf(wanted));
    for (const other of document.querySelectorAll(".found")) other.classList.remove("found");
    const place = id(location.hash.slice(1)) || articles[wanted];
    if (match[2]) place.classList.add("found");
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  };

  // ---- Every stance.
  const asked = id("pair-controls");
  const table = id("pair-table");
  const sorting = { key: "", down: false };
  const values = {
    article: (row) => row,
    party: (row) => party(rows.party[row]),
    label: (row) => rows.label[row],
    confidence: sure,
    holder: (row) => data.called[rows.called[row]] || party(rows.holder[row]),
    evidence: (row) => data.evidence[rows.evidence[row]],
    status: (row) => data.statuses[rows.status[row]],
  };
  const haystack = [];
  const words = (row) => haystack[row] ??= [
    sentence(row), values.party(row), values.holder(row), values.evidence(row), data.titles[rows.article[row]],
  ].join("\n").toLowerCase();
  const pairPages = paged(50, [id("pair-pager"), id("pair-pager-below")], "rows",
    (shown) => { table.tBodies[0].replaceChildren(...shown.map(line)); });

  const stance = (row) => make("span", data.labels[rows.label[row]], `stance ${data.labels[rows.label[row]]}`);
  const cell = (name, ...parts) => {
    const element = make("td");
    if (name) element.dataset.name = name;
    element.append(...parts.filter((part) => part !== ""));
    return element;
  };
  // The sentence with its target in bold; a long one is cut around it.
  const LONG = 240;
  const excerpt = (row) => {
    const parts = [...(placeOf(row)?.childNodes ?? [])].map((part) => ({
      text: part.textContent,
      own: part.dataset?.rows.split(" ").includes(String(row)),
    }));
    const before = parts.slice(0, Math.max(0, parts.findIndex((part) => part.own)));
    const length = (some) => some.reduce((sum, part) => sum + part.text.length, 0);
    let skip = length(parts) > LONG ? Math.max(0, length(before) - LONG / 2) : 0;
    let room = LONG;
    const shown = skip ? ["…"] : [];
    for (const { text, own } of parts) {
      const words = text.slice(skip, skip + room);
      skip = Math.max(0, skip - text.length);
      room -= words.length;
      if (words) shown.push(own ? make("b", words) : words);
    }
    return room ? shown : [...shown, "…"];
  };
  const line = (row) => {
    const place = make("a");
    place.append(...excerpt(row));
    if (!place.textContent) place.append("(no text)");
    place.href = rows.sentence[row] < 0 ? `#a${rows.article[row]}` : `#a${rows.article[row]}s${rows.sentence[row]}`;
    const element = make("tr");
    const about = make("small", data.titles[rows.article[row]]);
    const flag = rows.review[row] ? make("b", "?", "flag") : "";
    if (flag) flag.title = "for review";
    const why = values.evidence(row);
    const status = values.status(row);
    element.append(
      cell("", place, about),
      cell("", values.party(row)),
      cell("", answered(row) ? stance(row) : "", flag && " ", flag),
      cell("", sure(row) >= 0 ? `${sure(row)}\u00a0%` : ""),
      cell(values.holder(row) && "held by", values.holder(row)),
      cell(why && "why", why),
      cell(status === "ok" ? "" : "status", status),
    );
    return element;
  };
  const findPairs = () => {
    const text = asked.q.value.trim().toLowerCase();
    const pick = (name) => (asked[name].value === "" ? null : Number(asked[name].value));
    const [target, holder] = [pick("party"), pick("holder")];
    const stance = asked.stance.value;
    const status = data.statuses.indexOf(asked.status.value);
    const found = [];
    for (let row = 0; row < count; row++)
      if ((target === null || counts(rows.party[row], target)) &&
          (holder === null || counts(rows.holder[row], holder)) &&
          (!stance || (stance === "polar" ? polar(row) : data.labels[rows.label[row]] === stance)) &&
          (status < 0 ? asked.status.value === "" || rows.party[row] >= 0 : rows.status[row] === status) &&
          (!asked.review.checked || rows.review[row]) &&
          (!text || words(row).includes(text))) found.push(row);
    pairPages.set(sorted(found));
  };
  const sorted = (found) => {
    if (!sorting.key) return found;
    const value = new Map(found.map((row) => [row, values[sorting.key](row)]));
    const way = sorting.down ? -1 : 1;
    const order = new Intl.Collator("en", { numeric: true }).compare;
    // What is empty stands last, whichever way.
    const empty = (v) => v === "" || v === -1;
    return found.sort((a, b) => {
      const [x, y] = [value.get(a), value.get(b)];
      if (empty(x) !== empty(y)) return empty(x) ? 1 : -1;
      return way * (typeof x === "string" ? order(x, y) : x - y) || a - b;
    });
  };
  table.tHead.addEventListener("click", (event) => {
    const key = event.target.dataset.sort;
    if (!key) return;
    sorting.down = sorting.key === key && !sorting.down;
    sorting.key = key;
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    event.target.parentElement.setAttribute("aria-sort", sorting.down ? "descending" : "ascending");
    findPairs();
  });
  options(asked.party, [...rows.party, ...rows.party.map((k) => (k < 0 ? k : data.partOf[k]))]);
  options(asked.holder, rows.holder);
  data.statuses.forEach((status, k) => {
    if (rows.status.includes(k)) asked.status.add(new Option(status));
  });
  asked.addEventListener("input", soon(findPairs));
  asked.addEventListener("reset", () => setTimeout(findPairs));
  asked.addEventListener("submit", (event) => event.preventDefault());
  asked.hidden = table.hidden = false;

  // ---- A number above leads to its rows.
  for (const link of document.querySelectorAll("a.filter"))
    link.addEventListener("click", () => {
      asked.reset();
      for (const name of ["party", "holder", "stance"]) asked[name].value = link.dataset[name] ?? "";
      findPairs();
    });

  // ---- The rows as a file; what a spreadsheet would run gets an apostrophe before it.
  const quoted = (value) => {
    const text = /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : value;
    return `"${text.replaceAll('"', '""')}"`;
  };
  id("download").addEventListener("click", () => {
    const lines = [["article", "sentence", "text", "party", "stance", "confidence", "holder", "why", "status", "review"]];
    for (const row of pairPages.found)
      lines.push([data.titles[rows.article[row]], `${rows.sentence[row]}`, sentence(row), values.party(row),
        data.labels[rows.label[row]] ?? "", sure(row) < 0 ? "" : `${sure(row) / 100}`, values.holder(row),
        values.evidence(row), values.status(row), rows.review[row] ? "yes" : ""]);
    const text = "\ufeff" + lines.map((cells) => cells.map(quoted).join(",")).join("\r\n") + "\r\n";
    const link = make("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = "stances.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });

  // ---- Why: on hover, on focus, on a tap; Escape closes it.
  const why = id("why");
  let open = null;
  let leaving;
  const about = (row) => {
    const box = make("div");
    const head = make("p");
    head.append(make("b", values.party(row)), " ");
    head.append(answered(row) ? stance(row) : make("span", values.status(row)));
    if (answered(row)) head.append(` ${sure(row)} %`);
    box.append(head);
    if (rows.holder[row] >= 0) box.append(make("p", `held by ${values.holder(row)}`));
    if (values.evidence(row)) box.append(make("p", `why: ${values.evidence(row)}`));
    if (answered(row)) box.append(make("p", data.labels.map((label) => `${label} ${rows[label][row]} %`).join(" · "), "odds"));
    if (rows.review[row]) {
      const note = make("p");
      const reason = values.status(row) === "abstained" ? " for review: not sure enough, counts nowhere" : " for review: not very sure";
      note.append(make("b", "?", "flag"), reason);
      box.append(note);
    } else if (values.status(row) === "truncated") box.append(make("p", "A part of the text was not read."));
    return box;
  };
  const hide = () => {
    why.hidden = true;
    if (!open) return;
    open.classList.remove("open");
    open.removeAttribute("aria-describedby");
    for (const other of document.querySelectorAll("mark.holder")) other.classList.remove("holder");
    open = null;
  };
  const show = (mark) => {
    clearTimeout(leaving);
    if (open === mark) return;
    hide();
    open = mark;
    const own = mark.dataset.rows.split(" ").map(Number).filter((row) => row < count);
    why.replaceChildren(...own.map(about));
    mark.classList.add("open");
    mark.setAttribute("aria-describedby", "why");
    for (const other of mark.closest(".sentence").querySelectorAll("mark"))
      if (other !== mark && other.dataset.rows.split(" ").some((row) => own.some((mine) => rows.holder[mine] >= 0 && rows.holder[mine] === rows.party[row])))
        other.classList.add("holder");
    why.hidden = false;
    const box = mark.getClientRects()[0];
    const wide = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, wide - why.offsetWidth - 8));
    const below = box.bottom + 8 + why.offsetHeight < innerHeight || box.top < why.offsetHeight + 8;
    why.style.left = `${left + scrollX}px`;
    why.style.top = `${(below ? mark.getBoundingClientRect().bottom + 6 : box.top - why.offsetHeight - 6) + scrollY}px`;
  };
  const marked = (event) => event.target.closest?.("mark[data-rows]");
  document.addEventListener("pointerover", (event) => {
    if (marked(event)) show(marked(event));
    else if (open && event.target.closest?.("#why")) clearTimeout(leaving);
    else if (open && document.activeElement !== open) {
      clearTimeout(leaving);
      leaving = setTimeout(hide, 200);
    }
  });
  document.addEventListener("focusin", (event) => (marked(event) ? show(marked(event)) : hide()));
  document.addEventListener("focusout", (event) => marked(event) && hide());
  document.addEventListener("click", (event) => {
    if (marked(event)) show(marked(event));
    else if (!event.target.closest("#why")) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    else if ((event.key === "Enter" || event.key === " ") && marked(event)) {
      event.preventDefault();
      if (open) hide();
      else show(marked(event));
    }
  });
  addEventListener("resize", hide);

  findArticles();
  findPairs();
  addEventListener("hashchange", reveal);
  reveal();
})();
