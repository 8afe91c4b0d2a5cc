"use strict";
// also without the clipboard, which a browser may refuse
const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
};

(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [search, theme, status] = ["search", "theme", "status"].map((id) => document.getElementById(id));

  // a browser may refuse storage; then the choice holds until the page is left
  const storage = (() => { try { return window.localStorage; } catch { return null; } })();
  const paint = (name) => {
    if (name === "system") delete root.dataset.theme;
    else root.dataset.theme = name;
  };
  const remembered = storage?.getItem("actviz-theme");
  if (["light", "dark"].includes(remembered)) {
    theme.value = remembered;
    paint(remembered);
  }
  theme.addEventListener("change", () => {
    paint(theme.value);
    storage?.setItem("actviz-theme", theme.value);
  });

  const [all, wall, none, also, sort, view] = ["all", "wall", "none", "also", "sort", "view"].map((id) => document.getElementById(id));
  const boxes = find(".filters input");
  // words without accents, each after a space, so that a word is found by its beginning
  const plain = (text) => {
    const letters = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/iz(?=[aei])/g, "is");
    return ` ${letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`;
  };
  // "vanishing" finds "vanishes"; what is as short as an author's name (He) is a whole word
  const sought = (word) => word.length < 3 ? `${plain(word)} ` : plain(word).replace(/(?<=.{7})(e[ds]?|ing|ations?)$/, "");
  const says = (text, words) => words.every((word) => text.includes(sought(word)));
  const tight = (text) => plain(text).replaceAll(" ", "");
  // the cards say it all, but for what they only ask, as "monotonic: no"; read once, when somebody begins to search
  let index;
  const indexed = () => index ??= new Map(tiles.map((tile) => {
    const { name, names, words, properties } = tile.dataset;
    const card = find("h3, .summary, .facts > :not(.properties), .properties dd", document.getElementById(name)).map((part) => part.textContent);
    const called = [...names.split(" "), tile.querySelector("b").textContent];
    const last = words.split(" ").filter((word) => word.includes(".")).map((word) => word.split(".").at(-1));
    return [tile, { names: [...called, ...last].map(tight), text: `${plain([...called, words, properties, ...card].join(" "))} ` }];
  }));
  const tiles = find(".tile");
  const rows = new Map(find("#table tbody tr").map((row) => [row.dataset.name, row]));
  const ideas = find("#ideas > .card");

  // 3: its very name, 2: a part of its name, 1: said on its card, 0: not found
  const score = (tile, query, words) => {
    const { names, text } = indexed().get(tile);
    const name = tight(query.split(".").at(-1));
    if (names.includes(tight(query)) || (query.includes(".") && names.includes(name))) return 3;
    if (words.length && words.every((word) => names.some((one) => one.includes(tight(word))))) return 2;
    return says(text, words) ? 1 : 0;
  };
  const steepness = (tile) => tile.dataset.slope ? Number(tile.dataset.slope.replace("inf", "Infinity")) : -1;
  const orders = {
    family: () => 0,
    name: (a, b) => a.dataset.names.localeCompare(b.dataset.names, "en"),
    year: (a, b) => (Number(a.dataset.year) || Infinity) - (Number(b.dataset.year) || Infinity) || 0,
    slope: (a, b) => steepness(b) - steepness(a) || 0,
  };
  const near = (one, other) => {
    const pairs = (word) => [...word].map((letter, i, letters) => letter + (letters[i + 1] ?? ""));
    const [these, those] = [pairs(one), new Set(pairs(other))];
    return these.filter((pair) => those.has(pair)).length / Math.max(these.length, those.size);
  };
  const proposed = (query) => {
    const best = (tile) => Math.max(...indexed().get(tile).names.map((name) => near(tight(query), name)));
    return tiles.map((tile) => [best(tile), tile]).filter(([much]) => much > 0.3).sort(([a], [b]) => b - a).slice(0, 3).map(([, tile]) => tile);
  };
  const links = (pairs) => pairs.flatMap(([id, text], i) => {
    const link = document.createElement("a");
    link.href = `#${id}`;
    link.textContent = text;
    return i ? [", ", link] : [link];
  });
  const filter = () => {
    const query = search.value.trim().replace(/^([\w.]+\.\w+)\(.*$/, "$1");  // a call means what it calls
    const words = query.split(/\s+/).filter((word) => tight(word));
    const checked = boxes.filter((box) => box.checked);
    const wanted = checked.filter((box) => !box.name).map((box) => box.value);
    const families = checked.filter((box) => box.name).map((box) => box.value);
    const scores = new Map(tiles.map((tile) => [tile, query ? score(tile, query, words) : 1]));
    // a framework's name means what it names, not what mentions it
    if (query.includes(".") && [...scores.values()].includes(3)) for (const [tile, one] of scores) if (one < 3) scores.set(tile, 0);
    for (const tile of tiles) {
      const has = tile.dataset.properties.split(" ");
      const chosen = wanted.every((one) => has.includes(one)) && (!families.length || families.includes(tile.dataset.family));
      tile.hidden = !(scores.get(tile) && chosen);
      const row = rows.get(tile.dataset.name);
      if (row) row.hidden = tile.hidden;
    }
    wall.append(...tiles.toSorted((a, b) => scores.get(b) - scores.get(a) || orders[sort.value](a, b)));
    const curves = tiles.filter((tile) => tile.dataset.family);
    const found = curves.filter((tile) => !tile.hidden).length;
    const softmax = document.getElementById("tile-softmax").hidden ? "" : " and softmax";
    status.textContent = query || checked.length ? `${found} of ${curves.length} activations${softmax}` : "";
    const told = query ? ideas.filter((idea) => says(`${plain(idea.textContent)} `, words)) : [];
    also.hidden = !told.length;
    also.replaceChildren("Ideas: ", ...links(told.map((idea) => [idea.id, idea.querySelector("h3").textContent])));
    none.hidden = Boolean(found || softmax);
    if (!none.hidden) {
      const others = query && !checked.length ? proposed(query) : [];
      none.replaceChildren(
        query ? `Nothing is found for “${query}”${checked.length ? " with these filters" : ""}.` : "No activation is all of that.",
        ...(others.length ? [" Did you mean ", ...links(others.map((tile) => [tile.dataset.name, tile.querySelector("b").textContent])), "?"]
          : [query ? " Try a name, a framework’s name for it, an author, a year, or a word such as “dying” or “transformer”; or " : " Take one back, or ", again.cloneNode(true), "."]),
      );
      status.textContent = `0 of ${curves.length} activations${query ? `: nothing is found for “${query}”` : ""}`;
    }
  };
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "show all";
  none.addEventListener("click", (event) => {
    if (event.target.closest("button")) {
      reset();
      search.focus();
    }
  });
  const comeIntoView = () => {
    const { top } = all.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) all.scrollIntoView({ behavior: "instant" });
  };
  search.addEventListener("input", () => {
    filter();
    if (search.value) comeIntoView();
  });
  search.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (search.value) comeIntoView();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox], [type=range]), textarea, select, [contenteditable]")) return;
    event.preventDefault();
    search.focus();
    search.select();
  });
  for (const box of boxes) box.addEventListener("change", filter);
  sort.addEventListener("change", filter);
  view.addEventListener("click", () => {
    const asTable = all.classList.toggle("as-table");
    view.setAttribute("aria-pressed", asTable);
  });
  const reset = () => {
    for (const box of boxes) box.checked = false;
    search.value = "";
    filter();
  };
  document.getElementById("reset").addEventListener("click", reset);

  // what is folded opens for who is sent there, and on paper
  const folds = find("details.fold");
  for (const fold of folds) fold.open = false;
  const unfold = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no address of ours */ }
    if (!target) return;
    if (target.closest(".tile[hidden]")) reset();
    const inside = [target.closest("details.fold"), target.querySelector(":scope > details.fold:only-of-type")].filter(Boolean);
    if (!inside.length && !target.classList.contains("tile")) return;
    for (const fold of inside) fold.open = true;
    // who came from the table goes back to it
    const place = (all.classList.contains("as-table") && rows.get(target.dataset.name)) || target;
    place.scrollIntoView();
    if (target.classList.contains("tile")) place.querySelector("a").focus({ preventScroll: true });
  };
  window.addEventListener("hashchange", unfold);
  unfold();
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = folds.filter((fold) => !fold.open);
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });

  const table = document.getElementById("table");
  find("thead th", table).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const rising = head.getAttribute("aria-sort") !== "ascending";
      for (const other of find("thead th", table)) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", rising ? "ascending" : "descending");
      const key = (row) => {
        const cell = row.cells[column];
        const written = cell.dataset.sort ?? cell.textContent;
        const number = Number(written.replace("inf", "Infinity"));
        return Number.isNaN(number) ? written.toLowerCase() : number;
      };
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      const rows = [...table.tBodies[0].rows].sort((a, b) => (rising ? 1 : -1) * order(key(a), key(b)));
      table.tBodies[0].append(...rows);
    });
  });

  for (const button of find(".copy")) {
    button.addEventListener("click", async () => {
      const label = button.firstChild;
      await copy(button.parentElement.querySelector("code").textContent);
      button.focus();
      label.textContent = "Copied";
      status.textContent = `Copied${button.lastChild.textContent}`;
      setTimeout(() => { label.textContent = "Copy"; filter(); }, 2000);
    });
  }
})();
