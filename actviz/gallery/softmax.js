const find = (id) => document.getElementById(`softmax-${id}`);
const card = document.getElementById("softmax");
const MOST = 12;
const say = teller(find("says"));

const state = { logits: data.softmax.logits, temperature: 1 };
const address = () => `#softmax=${state.logits}&temperature=${state.temperature}`;
const keep = () => {
  history.replaceState(null, "", address());
  card.classList.add("open");
};

// to four decimals; small and large numbers by powers of ten
const fixed = (value) => value && (value < 5e-5 || value >= 1e5) ? typeset(value.toExponential(2), raised) : value.toFixed(4);

const warm = find("temperature");
// by powers of ten, and round numbers where one is near
const temperature = (power) => {
  const round = Number((10 ** power).toPrecision(2));
  return Math.abs(Math.log10(round) - power) <= 0.005 ? round : Number((10 ** power).toPrecision(3));
};

let rows;
let stacks;
let reach;
const cell = (kind, inside) => `<td class="${kind}"><div class="step"><span></span><div class="track">${inside}</div></div></td>`;
// a row for each logit, all on one scale
const build = () => {
  const { logits } = state;
  const largest = Math.max(5, ...logits.map(Math.abs));
  const unit = 10 ** Math.floor(Math.log10(largest));
  reach = unit * [1, 2, 5, 10].find((factor) => factor * unit >= largest);
  const colours = logits.map((_, i) => `style="--class: var(--class-${logits.length > data.softmax.colours ? 0 : i})"`);
  find("rows").innerHTML = colours.map((colour, i) => `<tr ${colour}><th scope="row">${i + 1}</th>`
    + cell("logit", `<i></i><b></b><input type="range" aria-label="logit ${i + 1}" min="${-reach}" max="${reach}" step="${reach / 50}" title="double click resets it">`)
    + cell("power", "<i></i>") + cell("probability", "<i></i>") + "</tr>").join("");
  rows = [...find("rows").rows].map((row) => ({
    texts: [...row.querySelectorAll("span")], bars: [...row.querySelectorAll("i")], slider: row.querySelector("input"),
  }));
  rows.forEach(({ slider }, i) => slides(slider, (to) => set(i, to), keep, () => set(i, data.softmax.logits[i] ?? 0)));
  stacks = [...card.querySelectorAll("tfoot .stack")].map((stack) => {
    stack.innerHTML = colours.map((colour) => `<i ${colour}></i>`).join("");
    return [...stack.children];
  });
  // sliders are of one length, so the longest logit decides
  find("table").style.setProperty("--logit", `${Math.max(3.2, 0.65 * Math.max(...[-reach, ...logits].map((z) => shown(z).length)))}em`);
  find("low").textContent = shown(-reach);
  find("high").textContent = shown(reach);
  const power = Math.log10(state.temperature);
  [warm.min, warm.max] = [Math.min(data.softmax.ends[0], power), Math.max(data.softmax.ends[1], power)];
  find("more").disabled = logits.length >= data.softmax.colours;
  find("less").disabled = logits.length === 1;
  draw();
};

const stretch = ({ style }, from, to) => {
  style.left = `${100 * Math.min(from, to)}%`;
  style.width = `${100 * Math.abs(to - from)}%`;
};
const draw = () => {
  const { logits, temperature } = state;
  const [shift, , powers] = functions.steps(logits, temperature);
  const probabilities = functions.softmax(logits, temperature);
  const total = Real.sum(powers);
  let below = 0;
  rows.forEach(({ texts, bars, slider }, i) => {
    const [z, power, p] = [logits[i], powers[i], probabilities[i]];
    [shown(z, 6, raised), fixed(power), fixed(p)].forEach((text, column) => tell(texts[column], text));
    stretch(bars[0], 0.5, 0.5 + z / reach / 2);
    stretch(bars[1], 0, power / total);
    stretch(bars[2], 0, p);
    for (const stack of stacks) stretch(stack[i], below, below + p);
    below += p;
    slider.value = z;
    slider.setAttribute("aria-valuetext", `${shown(z)}, probability ${shown(p, 3)}`);
  });
  tell(find("total"), fixed(total));
  const z = shift ? "<i>z</i> − max" : "<i>z</i>";
  tell(find("power"), `<i>e</i><sup>${temperature === 1 ? z : `${shift ? `(${z})` : z}/<i>T</i>`}</sup>`);
  tell(find("note"), shift ? "The largest logit is subtracted first, since the powers of e would be too large or too small; the probabilities stay the same." : "");
  warm.value = Math.log10(temperature);
  warm.previousElementSibling.innerHTML = shown(temperature, 6, raised);
  warm.setAttribute("aria-valuetext", `${shown(temperature)}; probabilities ${probabilities.map((p) => shown(p, 3)).join(", ")}`);
};
const soon = framed(draw);
const set = (i, to) => {
  state.logits = state.logits.with(i, to);
  soon(draw);
};
const heat = (to) => {
  state.temperature = to;
  soon(draw);
};
slides(warm, (power) => heat(temperature(power)), keep, () => heat(1));

const count = (logits) => {
  state.logits = logits;
  build();
  keep();
  // a button that is no longer of use would lose the keyboard's place
  if (find("more").disabled) find("less").focus();
  if (find("less").disabled) find("more").focus();
  say(`${logits.length} classes`);
};
find("more").addEventListener("click", () => count([...state.logits, 0]));
find("less").addEventListener("click", () => count(state.logits.slice(0, -1)));
copies(find("link"), () => location.href.replace(/#.*/, "") + address(), say);
copies(find("command"), () => filled(data.softmax.commands[state.temperature === 1 ? "plain" : "warm"], {
  LOGITS: state.logits.join(" "), TEMPERATURE: state.temperature,
}), say);

// the address says what is shown, and the card is open then
const open = () => {
  const given = asked();
  card.classList.toggle("open", given.softmax !== undefined);
  if (given.softmax === undefined) return;
  const [logits, temperature] = [given.softmax.split(",").map(number), number(given.temperature ?? 1)];
  let wrong = "";
  if (!logits.every(Number.isFinite)) wrong = "The link's logits aren't all numbers";
  else if (logits.length > MOST) wrong = `The link has more than ${MOST} logits`;
  else state.logits = logits;
  if (temperature > 0 && temperature < Infinity) state.temperature = temperature;
  else wrong = "The link's temperature isn't a number above 0";
  build();
  if (wrong) tell(find("note"), `${wrong}, so it is left out.`);
  card.scrollIntoView();
};
window.addEventListener("hashchange", open);
build();
open();
