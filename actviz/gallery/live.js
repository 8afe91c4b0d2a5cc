// what the parts that move have in common
const number = (text) => {
  const [above, below] = String(text).trim().replace("inf", "Infinity").split("/");
  return above === "" ? NaN : Number(above) / (below === undefined ? 1 : Number(below));
};
const typeset = (text, power = (n) => `10^${n}`) =>
  text.replace("Infinity", "∞").replace(/e\+?(-?\d+)/, (_, n) => ` × ${power(n)}`).replace(/-/g, "−");
const shown = (value, digits = 6, power) => typeset(String(Number(value.toPrecision(digits))), power);
const raised = (n) => `10<sup>${n}</sup>`;
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// what the address asks for: "try=relu&x=1" as an object
const asked = () => {
  let text = location.hash.slice(1);
  try { text = decodeURIComponent(text); } catch { /* read as it is */ }
  return Object.fromEntries(text.split("&").filter((part) => part.includes("=")).map((part) => {
    const [name, ...rest] = part.split("=");
    return [name, rest.join("=")];
  }));
};
// a command from its template, whose words are put in
const filled = (template, put) => template.split(" ").map((word) => put[word] ?? word).join(" ").replace(/e\+/g, "e");

// what is said already isn't said again, which would cost a layout
const tell = (element, html) => { if (element.told !== html) element.innerHTML = element.told = html; };
// at most one drawing a frame; `draw` includes all others
const framed = (draw) => {
  let waiting = null;
  return (work) => {
    if (waiting === null) requestAnimationFrame(() => { const next = waiting; waiting = null; next(); });
    if (waiting === null || work === draw) waiting = work;
  };
};
// a screen reader is told what holds still for a while
const teller = (status) => {
  let timer;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => { status.textContent = text; }, 600);
  };
};
// a finger that scrolls the page after all has moved nothing
const slides = (slider, set, keep, reset) => {
  let before;
  slider.addEventListener("pointerdown", () => { before = slider.value; });
  slider.addEventListener("pointercancel", () => {
    slider.value = before;
    set(Number(before));
  });
  slider.addEventListener("input", () => set(Number(slider.value)));
  // a key that is held down changes it again and again
  let held = false;
  const release = () => {
    if (held) keep();
    held = false;
  };
  slider.addEventListener("keydown", (event) => { held = event.repeat; });
  slider.addEventListener("change", () => { if (!held) keep(); });
  slider.addEventListener("keyup", release);
  slider.addEventListener("blur", release);
  slider.addEventListener("dblclick", () => { reset(); keep(); });
};
const copies = (button, text, say) => button.addEventListener("click", async () => {
  const label = button.textContent;
  await copy(text());
  button.focus();
  if (label === "Copied") return;
  button.textContent = "Copied";
  say(`Copied ${text()}`);
  setTimeout(() => { button.textContent = label; }, 2000);
});
