"use strict";
(() => {
  const root = document.documentElement;
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [search, theme, status] = ["search", "theme", "status"].map((id) => document.getElementById(id));
  root.classList.add("scripted");

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

  const boxes = find(".filters input");
  const cards = find(".card");
  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = boxes.filter((box) => box.checked).map((box) => box.value);
    for (const item of find("[data-search]")) {
      const has = item.dataset.properties.split(" ");
      item.hidden = !(words.every((word) => item.dataset.search.includes(word)) && wanted.every((one) => has.includes(one)));
    }
    const active = words.length + wanted.length > 0;
    for (const section of find("section[id^=family-]")) section.hidden = find(".card:not([hidden])", section).length === 0;
    for (const id of ["choosing", "articles", "errata"]) document.getElementById(id).hidden = active;
    const found = cards.filter((card) => !card.hidden).length;
    const also = document.getElementById("softmax").hidden ? "" : " and softmax";
    status.textContent = active ? `${found} of ${cards.length} activations${also}` : "";
  };
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  for (const box of boxes) box.addEventListener("change", filter);
  const reset = () => {
    for (const box of boxes) box.checked = false;
    search.value = "";
    filter();
  };
  document.getElementById("reset").addEventListener("click", reset);
  // a link may lead to what is filtered out
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.closest("[hidden]")) {
      reset();
      target.scrollIntoView();
    }
  });

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
