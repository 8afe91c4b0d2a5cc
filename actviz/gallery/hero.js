const find = (id) => document.getElementById(`hero-${id}`);
const plot = find("plot");
// what is shown: activations with the values of their parameters
const defaults = (name) => data.activations[name].parameters.map((one) => number(one.default));
const allowed = (one, value) => {
  const [low, high] = [number(one.domain[0]), number(one.domain[1])];
  return (one.domain[2] ? value >= low : value > low) && (one.domain[3] ? value <= high : value < high);
};
const broken = (name, values) => definitions[name].constraint?.(...values) ?? "";
const read = (spec) => {
  const [name, text] = spec.split(":");
  if (!Object.hasOwn(data.activations, name)) return null;
  const { parameters } = data.activations[name];
  const values = defaults(name);
  (text ? text.split(",") : []).forEach((item, position) => {
    const [value, word] = item.split("=").reverse();
    const index = word === undefined ? position : parameters.findIndex((one) => one.name === word || one.also.includes(word));
    if (index in values && allowed(parameters[index], number(value))) values[index] = number(value);
  });
  return { name, values: broken(name, values) ? defaults(name) : values };
};
const written = ({ name, values }) => {
  const text = (value) => String(value).replace("Infinity", "inf");
  const changed = data.activations[name].parameters.flatMap((one, index) =>
    values[index] === number(one.default) ? [] : [`${one.name}=${text(values[index])}`]);
  return changed.length ? `${name}:${changed.join(",")}` : name;
};
const f = ({ name, values }, x) => definitions[name].f(x, ...values);
const slope = ({ name, values }, x) => definitions[name].slope(x, ...values);
const kinks = ({ name, values }) => definitions[name].kinks(...values);

let state = { what: read(data.first), other: null, x: 1, log: false, normal: false };
const address = () => `#try=${written(state.what)}${state.other ? `&with=${written(state.other)}` : ""}&x=${state.x}`
  + `${state.log ? "&log=1" : ""}${state.normal ? "&normal=1" : ""}`;
const keep = () => history.replaceState(null, "", address());

// where things are, in pixels
let box;
const place = () => {
  const [width, height] = [plot.clientWidth, plot.clientHeight];
  const [left, right, top, bottom, gap] = [52, 12, 8, 26, 26];
  const upper = Math.round((height - top - bottom - gap) * 0.62);
  let [low, high] = data.activations[state.what.name].window;
  [low, high] = [Math.min(low, state.x), Math.max(high, state.x)];
  box = {
    width, height, left, right: width - right, low, high,
    f: { top, bottom: top + upper }, slope: { top: top + upper + gap, bottom: height - bottom },
  };
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  for (const part of ["f", "slope"]) [box[part].low, box[part].high] = heights(part);
};
const across = (x) => box.left + (x - box.low) / (box.high - box.low) * (box.right - box.left);
const up = (part, y) => {
  const { top, bottom, low, high } = box[part];
  // far outside, what is cut off needn't be exact
  return Math.max(-1e4, Math.min(1e4, bottom - (y - low) / (high - low) * (bottom - top)));
};
const power = (y) => Math.log10(Math.abs(y));
const value = (part, what, x) => part === "f" ? f(what, x) : state.log ? power(slope(what, x)) : slope(what, x);
// the axes' ends: with default parameters, and wider if what is shown needs more, so that they hold still
const heights = (part) => {
  const all = [];
  for (const what of [{ name: state.what.name, values: defaults(state.what.name) }, state.what]) {
    for (let i = 0; i <= 120; i++) all.push(value(part, what, box.low + (box.high - box.low) * i / 120));
    if (part === "slope" && !state.log) for (const kink of kinks(what)) all.push(kink.left, kink.right);
  }
  const finite = all.filter(Number.isFinite);
  let [low, high] = finite.length ? [Math.min(...finite), Math.max(...finite)] : [0, 1];
  if (part === "slope" && state.log) return [Math.max(Math.floor(low), Math.ceil(high) - 10, -300), Math.max(Math.ceil(high), Math.floor(low) + 1)];
  [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  if (low === high) return [-0.5, 1];
  const room = (high - low) * 0.06;
  return [low - room, high + room];
};

const ticks = (low, high, most) => {
  const rough = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * ([1, 2, 5].find((factor) => factor * unit >= rough) ?? 10);
  const all = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) all.push(Number((i * step).toPrecision(12)));
  return all;
};
const line = (kind, x1, y1, x2, y2) => `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
const words = (kind, x, y, text, anchor = "start") => `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
const raised = (n) => `10<tspan dy="-5" font-size="10">${shown(n)}</tspan>`;
const axes = (part) => {
  const { top, bottom, low, high } = box[part];
  const isLog = part === "slope" && state.log;
  let code = "";
  for (const x of ticks(box.low, box.high, (box.right - box.left) / 75)) {
    code += line(x === 0 ? "axis" : "grid", across(x), top, across(x), bottom);
    if (part === "slope") code += words("", across(x), bottom + 18, shown(x), "middle");
  }
  const marks = ticks(low, high, (bottom - top) / 42).filter((y) => !isLog || Number.isInteger(y));
  for (const y of marks) {
    code += line(y === 0 && !isLog ? "axis" : "grid", box.left, up(part, y), box.right, up(part, y));
    code += words("", box.left - 8, up(part, y) + 4, isLog ? raised(y) : shown(y), "end");
  }
  return code;
};

// whether it turns so often that the usual samples would miss its tops
const isWave = (part, what, low, high, count) => {
  let turns = 0;
  let [before, rose] = [NaN, true];
  for (let i = 1; i < 120; i++) {
    const y = value(part, what, low + (high - low) * i / 120);
    if ((y > before) !== rose) turns += 1;
    [before, rose] = [y, y > before];
  }
  return turns > 40 && count > 40;
};

// a curve from kink to kink, with its one-sided limits at their ends
const curve = (part, what, kind) => {
  const inside = kinks(what).filter((kink) => kink.x > box.low && kink.x < box.high);
  const height = (y) => part === "slope" && state.log ? power(y) : y;
  const limits = ({ x, left, right, limits: both }) => (part === "slope" ? [left, right] : both ?? [f(what, x), f(what, x)]).map(height);
  const ends = [{ x: box.low }, ...inside, { x: box.high }];
  let code = "";
  let last = NaN;
  const add = (x, y) => {
    if (Number.isFinite(y)) {
      code += `${Number.isFinite(last) ? "L" : "M"}${across(x).toFixed(1)} ${up(part, y).toFixed(1)}`;
    }
    last = y;
  };
  for (let i = 0; i + 1 < ends.length; i++) {
    const [from, to] = [ends[i], ends[i + 1]];
    // a sample every one and a half pixels, and more of a fast wave
    const usual = Math.max(2, Math.ceil((across(to.x) - across(from.x)) / 1.5));
    const count = usual * (isWave(part, what, from.x, to.x, usual) ? 4 : 1);
    const start = i ? limits(from)[1] : value(part, what, from.x);
    if (start !== last) last = NaN;
    add(from.x, start);
    for (let j = 1; j < count; j++) {
      const x = from.x + (to.x - from.x) * j / count;
      add(x, value(part, what, x));
    }
    add(to.x, i + 2 < ends.length ? limits(to)[0] : value(part, what, to.x));
  }
  return `<path class="${kind}" clip-path="url(#hero-clip-${part})" d="${code}"/>`;
};

// N(0, 1) on the x axis, and where it ends up on the other
const normal = () => {
  const { top, bottom } = box.f;
  const bins = new Float64Array(48);
  let [mean, square, small, total] = [0, 0, 0, 0];
  let area = `M${across(Math.max(box.low, -6))} ${bottom}`;
  for (let i = -2400; i <= 2400; i++) {
    const x = i / 400;
    const weight = Math.exp(-x * x / 2);
    const y = f(state.what, x);
    const bin = Math.floor((y - box.f.low) / (box.f.high - box.f.low) * bins.length);
    if (bin in bins) bins[bin] += weight;
    total += weight;
    mean += weight * y;
    square += weight * y * y;
    if (Math.abs(slope(state.what, x)) < 0.01) small += weight;
    if (i % 20 === 0 && x >= box.low && x <= box.high) area += `L${across(x).toFixed(1)} ${(bottom - weight * (bottom - top) * 0.2).toFixed(1)}`;
  }
  area += `L${across(Math.min(box.high, 6))} ${bottom}Z`;
  const most = Math.max(...bins);
  const tall = (bottom - top) / bins.length;
  const bars = [...bins].map((one, index) => one === 0 ? "" : `<rect class="normal" x="${box.left}" y="${bottom - (index + 1) * tall}" height="${tall}" width="${one / most * (box.right - box.left) * 0.25}"/>`);
  [mean, square, small] = [mean / total, square / total, small / total];
  find("normal-says").textContent = `Inputs from N(0, 1) have outputs of mean ${shown(mean, 3)} and standard deviation `
    + `${shown(Math.sqrt(Math.max(0, square - mean * mean)), 3)}; ${small > 0 && small < 1e-4 ? "less than 0.01" : shown(100 * small, 3)} % of the slopes are below 0.01 in size.`;
  return `<path class="normal" d="${area}"/>${bars.join("")}`;
};

const draw = () => {
  place();
  const clips = ["f", "slope"].map((part) => `<clipPath id="hero-clip-${part}"><rect x="${box.left}" y="${box[part].top - 2}" `
    + `width="${box.right - box.left}" height="${box[part].bottom - box[part].top + 4}"/></clipPath>`);
  let code = `<defs>${clips.join("")}</defs>${axes("f")}${axes("slope")}`;
  if (state.normal) code += normal();
  else find("normal-says").textContent = "";
  if (state.other) code += curve("f", state.other, "ghost") + curve("slope", state.other, "ghost");
  code += curve("f", state.what, "function") + curve("slope", state.what, "slope");
  code += words("name function", box.left + 8, box.f.top + 20, "f(x)") + words("name slope", box.left + 8, box.slope.top + 18, state.log ? "|f′(x)|" : "f′(x)");
  if (state.other) code += words("", box.left + 8, box.f.top + 40, `dashed: ${escaped(title(state.other))}`);
  plot.innerHTML = `${code}<g></g>`;
  plot.setAttribute("aria-valuemin", box.low);
  plot.setAttribute("aria-valuemax", box.high);
  move();
};
const title = ({ name, values }) => {
  const { title: itself, parameters } = data.activations[name];
  const given = parameters.map((one, index) => `${one.name} = ${shown(values[index])}`).join(", ");
  return given ? `${itself}, ${given}` : itself;
};

// what follows x: the tangent, or one on either side of a kink, and the numbers
const move = () => {
  const { what, x } = state;
  const [y, dy] = [f(what, x), slope(what, x)];
  const kink = kinks(what).find((one) => one.x === x);
  const [px, py] = [across(x), up("f", y)];
  const scale = (box.f.bottom - box.f.top) / (box.f.high - box.f.low) * (box.high - box.low) / (box.right - box.left);
  const half = (k, side, from) => {
    const size = 80 / Math.hypot(1, k * scale);
    return line("slope", px, from, px + side * size, from - side * size * k * scale);
  };
  const dot = (part, at, kind, radius = 6.5) => {
    const level = part === "slope" && state.log ? power(at) : at;
    const isInside = level >= box[part].low && level <= box[part].high;
    return isInside ? `<circle class="${kind}" cx="${px}" cy="${up(part, level)}" r="${radius}"/>` : "";
  };
  let code = line("drop", px, Math.max(box.f.top, Math.min(box.f.bottom, py)), px, box.slope.bottom);
  const [left, right] = kink ? [kink.left, kink.right] : [dy, dy];
  const [before, after] = (kink?.limits ?? [y, y]).map((one) => up("f", one));
  const tangent = (Number.isFinite(before) ? half(left, -1, before) : "") + (Number.isFinite(after) ? half(right, 1, after) : "");
  code += `<g clip-path="url(#hero-clip-f)" stroke-width="2.5">${tangent}</g>`;
  if (kink) code += dot("slope", kink.left, "slope", 4) + dot("slope", kink.right, "slope", 4);
  plot.lastChild.innerHTML = code + dot("f", y, "function") + dot("slope", dy, "slope");
  find("x").textContent = shown(x);
  find("f").textContent = shown(y);
  find("slope").textContent = shown(dy);
  const jump = kink?.limits ? `f jumps from ${shown(kink.limits[0])} to ${shown(kink.limits[1])}. ` : "";
  const sides = kink && kink.left === kink.right ? `${shown(kink.left)} on both sides` : `${shown(kink?.left ?? 0)} on the left and ${shown(kink?.right ?? 0)} on the right`;
  const says = kink ? `${jump}${kink.limits ? "The" : "A kink: the"} slope is ${sides}; f′ is ${shown(dy)} by convention.` : "";
  find("kink").textContent = says;
  plot.setAttribute("aria-valuenow", x);
  plot.setAttribute("aria-valuetext", `x = ${shown(x)}, f = ${shown(y)}, slope ${shown(dy)}. ${says}`);
};

const soon = framed(draw);
const say = teller(find("says"));

const step = () => 10 ** Math.floor(Math.log10((box.high - box.low) / 50));
const go = (x) => {
  state.x = Number(Math.max(box.low, Math.min(box.high, x)).toPrecision(12));
  soon(move);
};
const drag = (event) => {
  const fine = step() / 10;
  const exact = box.low + (event.clientX - plot.getBoundingClientRect().left - box.left) / (box.right - box.left) * (box.high - box.low);
  // kinks are hard to hit, so they attract
  const kink = kinks(state.what).find((one) => Math.abs(across(one.x) - across(exact)) < 5);
  go(kink && kink.x >= box.low && kink.x <= box.high ? kink.x : Math.round(exact / fine) * fine);
};
plot.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  plot.setPointerCapture(event.pointerId);
  drag(event);
});
plot.addEventListener("pointermove", (event) => { if (plot.hasPointerCapture(event.pointerId)) drag(event); });
plot.addEventListener("pointerup", keep);
plot.addEventListener("keydown", (event) => {
  const large = event.shiftKey ? 10 : 1;
  const by = { ArrowLeft: -large, ArrowDown: -large, ArrowRight: large, ArrowUp: large, PageDown: -10, PageUp: 10 }[event.key];
  const end = { Home: box.low, End: box.high }[event.key];
  if ((by === undefined && end === undefined) || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (end !== undefined) return go(end);
  const to = Math.round((state.x + by * step()) / step()) * step();
  const between = kinks(state.what).map((one) => one.x).filter((x) => (x - state.x) * (to - x) > 1e-12);
  go(between.length ? (by > 0 ? Math.min(...between) : Math.max(...between)) : to);
});
plot.addEventListener("keyup", (event) => { if (/^(Arrow|Page|Home|End)/.test(event.key)) keep(); });

const sliders = () => {
  const { name, values } = state.what;
  const code = data.activations[name].parameters.map((one, index) => {
    // a link may go beyond the ends
    const usual = Number.isFinite(values[index]) ? values[index] : one.high;
    return `<div class="slider"><label for="hero-p${index}">${one.symbol} <span class="also">${one.name}</span></label>`
      + `<output for="hero-p${index}">${shown(values[index])}</output><input type="range" id="hero-p${index}" step="${one.step}" `
      + `min="${Math.min(one.low, usual)}" max="${Math.max(one.high, usual)}" value="${usual}" title="${escaped(one.meaning).replace(/"/g, "&quot;")}; double click resets it"></div>`;
  });
  find("sliders").innerHTML = code.join("");
  data.activations[name].parameters.forEach((one, index) => {
    const slider = find(`p${index}`);
    const set = (to) => {
      const tried = Object.assign([...state.what.values], { [index]: to });
      const wrong = broken(name, tried);
      if (wrong) say(wrong);
      else state.what.values = tried;
      const now = state.what.values[index];
      if (wrong || !slider.matches(":active")) slider.value = now;
      slider.previousElementSibling.textContent = shown(now);
      slider.setAttribute("aria-valuetext", shown(now));
      soon(draw);
    };
    slides(slider, set, keep, () => set(number(one.default)));
  });
};

const all = () => {
  find("what").value = state.what.name;
  find("with").value = state.other?.name ?? "";
  find("log").checked = state.log;
  find("normal").checked = state.normal;
  find("card").href = `#${state.what.name}`;
  // its card has the formula
  find("formula").replaceChildren(...[document.querySelector(`#${state.what.name} .formulas .function`)?.cloneNode(true) ?? ""]);
  sliders();
  draw();
};
find("what").addEventListener("change", (event) => {
  state.what = read(event.target.value);
  const [low, high] = data.activations[state.what.name].window;
  if (state.x < low || state.x > high) state.x = 1;
  all();
  keep();
  say(`${title(state.what)}: ${plot.getAttribute("aria-valuetext")}`);
});
find("with").addEventListener("change", (event) => {
  state.other = event.target.value ? read(event.target.value) : null;
  draw();
  keep();
});
for (const one of ["log", "normal"]) {
  find(one).addEventListener("change", (event) => {
    state[one] = event.target.checked;
    draw();
    keep();
    say(find("normal-says").textContent);
  });
}

copies(find("link"), () => location.href.replace(/#.*/, "") + address(), say);
copies(find("command"), () => filled(data.commands[(state.other ? "both" : "one") + (state.log ? "_log" : "")], {
  SPEC: written(state.what), WITH: state.other && written(state.other), LOW: box.low, HIGH: box.high, X: state.x,
}), say);

// the address says what is shown
const open = () => {
  const given = asked();
  if (given.try === undefined) return false;
  const what = read(given.try);
  if (!what) say(`There is no activation ${given.try}`);
  const x = number(given.x ?? "1");
  state = {
    what: what ?? read(data.first), other: given.with ? read(given.with) : null,
    x: Number.isFinite(x) ? x : 1, log: given.log === "1", normal: given.normal === "1",
  };
  all();
  document.getElementById("live").scrollIntoView();
  return true;
};
window.addEventListener("hashchange", open);
if (!open()) all();
new ResizeObserver(() => { if (plot.clientWidth && (box.width !== plot.clientWidth || box.height !== plot.clientHeight)) draw(); }).observe(plot);
