const find = (id) => document.getElementById(`hero-${id}`);
const plot = find("plot");
// what is shown: activations with the values of their parameters
const defaults = (name) => data.activations[name].parameters.map((one) => number(one.default));
const allowed = (one, value) => {
  const [low, high] = [number(one.domain[0]), number(one.domain[1])];
  return (one.domain[2] ? value >= low : value > low) && (one.domain[3] ? value <= high : value < high);
};
const broken = (name, values) => definitions[name].constraint?.(...values) ?? "";
// what Python's registry takes for a name: aliases, and what frameworks say, which are on the wall for the search
const plain = (word) => word.trim().toLowerCase().replaceAll("-", "_");
const meant = (text, hasValues) => {
  let word = plain(text);
  for (const [short, module] of data.modules) if (word.startsWith(`${short}.`)) word = module + word.slice(short.length);
  if (Object.hasOwn(data.activations, word)) return word;
  if (Object.hasOwn(data.implied, word)) return data.implied[word];
  const all = [...document.querySelectorAll(".tile")].map(({ dataset }) => dataset).filter(({ name, names, words }) =>
    Object.hasOwn(data.activations, name) && (word.includes(".") ? words : names).toLowerCase().split(" ").includes(word));
  return (all.find(({ name }) => hasValues && defaults(name).length) ?? all[0])?.name;
};
const read = (spec, wrong = () => {}) => {
  const [word, text] = spec.split(":");
  const [name, implied] = meant(word, text)?.split(":") ?? [];
  if (!name) {
    wrong(`There is no activation “${spec}” here`);
    return null;
  }
  const { title, parameters } = data.activations[name];
  const values = defaults(name);
  for (const part of [implied, text]) {
    (part ? part.split(",") : []).forEach((item, position) => {
      const [value, word] = item.split("=").reverse();
      const index = word === undefined ? position : parameters.findIndex((one) => [one.name, ...one.also].includes(plain(word)));
      if (index in values && allowed(parameters[index], number(value))) values[index] = number(value);
      else wrong(`${title} can’t have “${item}”`);
    });
  }
  const against = broken(name, values);
  if (against) wrong(against);
  return { name, values: against ? defaults(name) : values };
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

// beyond that a link's x leaves nothing to be seen
const FARTHEST = 1e4;
let state = { what: read(data.first), other: null, x: 1, log: false, normal: false };
const address = () => `#try=${written(state.what)}${state.other ? `&with=${written(state.other)}` : ""}&x=${state.x}`
  + `${state.log ? "&log=1" : ""}${state.normal ? "&normal=1" : ""}`;
const keep = () => {
  history.replaceState(null, "", address());
  tell(find("note"), "");
};

// while a slider is dragged, some things are a little coarser than at rest
let dragged = false;

// where things are, in pixels; measured when the size changes, since asking costs a layout
let size;
let box;
const place = () => {
  const [width, height] = size;
  const [left, right, top, bottom, gap] = [52, 12, 8, 26, 26];
  const upper = Math.round((height - top - bottom - gap) * 0.62);
  let [low, high] = data.activations[state.what.name].window;
  [low, high] = [Math.min(low, state.x), Math.max(high, state.x)];
  box = {
    left, right: width - right, low, high,
    f: { top, bottom: top + upper }, slope: { top: top + upper + gap, bottom: height - bottom },
  };
};
const across = (x) => box.left + (x - box.low) / (box.high - box.low) * (box.right - box.left);
const up = (part, y) => {
  const { top, bottom, low, high } = box[part];
  // far outside, what is cut off needn't be exact
  return Math.max(-1e4, Math.min(1e4, bottom - (y - low) / (high - low) * (bottom - top)));
};
const power = (y) => Math.log10(Math.abs(y));
const value = (part, what, x) => part === "f" ? f(what, x) : state.log ? power(slope(what, x)) : slope(what, x);

const tenths = (pixels) => Math.round(10 * pixels);

// a curve from kink to kink, with its one-sided limits at their ends: a sample every three pixels
const sampled = (part, what) => {
  const inside = kinks(what).filter((kink) => kink.x > box.low && kink.x < box.high);
  const height = (y) => part === "slope" && state.log ? power(y) : y;
  const limits = ({ x, left, right, limits: both }) => (part === "slope" ? [left, right] : both ?? [f(what, x), f(what, x)]).map(height);
  const ends = [{ x: box.low }, ...inside, { x: box.high }];
  return ends.slice(1).map((to, i) => {
    const from = ends[i];
    const count = Math.max(2, Math.ceil((across(to.x) - across(from.x)) / 3));
    const at = (j) => from.x + (to.x - from.x) * j / count;
    const y = Array.from({ length: count + 1 }, (_, j) => value(part, what, at(j)));
    if (i) y[0] = limits(from)[1];
    if (i < inside.length) y[count] = limits(to)[0];
    return { at, y, count };
  });
};
// its path, in tenths of a pixel; where it bends there are more samples, and so between those of a fast wave
const path = (part, what, pieces) => {
  const finest = dragged ? 3 : 8;
  let code = "";
  let last = NaN;
  let [left, above] = [0, 0];
  const add = (x, y) => {
    if (Number.isFinite(y)) {
      const right = tenths(across(x));
      const below = tenths(up(part, y));
      code += Number.isFinite(last) ? `l${right - left} ${below - above}` : `M${right} ${below}`;
      left = right;
      above = below;
    }
    last = y;
  };
  for (const { at, y, count } of pieces) {
    const rows = y.map((one) => up(part, one));
    const bend = (j) => Math.abs(rows[j - 1] - 2 * rows[j] + rows[j + 1]);
    if (y[0] !== last) last = NaN;
    add(at(0), y[0]);
    for (let j = 1; j <= count; j++) {
      const most = Math.max(bend(Math.max(j - 1, 1)), bend(Math.min(j, count - 1)));
      const steps = most < 0.8 ? 1 : Math.min(finest, Math.ceil(Math.sqrt(most / 0.8)) || finest);
      for (let k = 1; k < steps; k++) {
        const x = at(j - 1 + k / steps);
        add(x, value(part, what, x));
      }
      add(at(j), y[j]);
    }
  }
  return code;
};

// the axes' ends: with default parameters, and wider if what is shown needs more, so that they hold still
const ends = (pieces) => {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of pieces) {
    for (const one of y) {
      if (!Number.isFinite(one)) continue;
      low = Math.min(low, one);
      high = Math.max(high, one);
    }
  }
  return [low, high];
};
const known = {};
const heights = (part, pieces) => {
  const { name } = state.what;
  const usual = known[[part, state.log, name, size, box.low, box.high]] ??= ends(sampled(part, { name, values: defaults(name) }));
  let [low, high] = ends(pieces).map((one, i) => i ? Math.max(one, usual[1]) : Math.min(one, usual[0]));
  if (low > high) [low, high] = [0, 1];
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
// a text that is probably longer than its room is set closer
const fits = (text, room) => text.length * 7.3 <= room;
const words = (kind, x, y, text, anchor = "start", room = Infinity) => `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}"`
  + `${fits(text, room) ? "" : ` textLength="${room}" lengthAdjust="spacingAndGlyphs"`}>${escaped(text)}</text>`;
const decade = (x, y, n) => words("", x, y, "10@", "end").replace("@", `<tspan dy="-5" font-size="10">${shown(n)}</tspan>`);
const columns = () => ticks(box.low, box.high, (box.right - box.left) / 75);
// the grid and in it the axes, and the numbers beside them
const axes = (part) => {
  const { top, bottom, low, high } = box[part];
  const isLog = part === "slope" && state.log;
  const lines = { axis: "", grid: "" };
  let labels = "";
  for (const x of columns()) lines[x === 0 ? "axis" : "grid"] += `M${tenths(across(x))} ${tenths(top)}V${tenths(bottom)}`;
  for (const y of ticks(low, high, (bottom - top) / 42).filter((one) => !isLog || Number.isInteger(one))) {
    lines[y === 0 && !isLog ? "axis" : "grid"] += `M${tenths(box.left)} ${tenths(up(part, y))}H${tenths(box.right)}`;
    const at = [box.left - 8, up(part, y) + 4];
    labels += isLog ? decade(...at, y) : words("", ...at, shown(y), "end", box.left - 8);
  }
  for (const kind of ["grid", "axis"]) set(`${part}-${kind}`, { d: lines[kind] });
  find(`${part}-labels`).innerHTML = labels;
};

// N(0, 1) on the x axis, and where it ends up on the other
const normal = () => {
  const { top, bottom } = box.f;
  const [tall, wide] = [bottom - top, box.right - box.left];
  const each = dragged ? 50 : 400;
  const bins = new Float64Array(48);
  let [mean, square, small, total] = [0, 0, 0, 0];
  for (let i = -6 * each; i < 6 * each; i++) {
    const x = (i + 0.5) / each;
    const weight = Math.exp(-x * x / 2);
    const y = f(state.what, x);
    const bin = Math.floor((y - box.f.low) / (box.f.high - box.f.low) * bins.length);
    if (bin in bins) bins[bin] += weight;
    total += weight;
    mean += weight * y;
    square += weight * y * y;
    if (Math.abs(slope(state.what, x)) < 0.01) small += weight;
  }
  [mean, square, small] = [mean / total, square / total, small / total];
  tell(find("normal-says"), `Inputs from N(0, 1) have outputs of mean ${shown(mean, 3)} and standard deviation `
    + `${shown(Math.sqrt(Math.max(0, square - mean * mean)), 3)}; ${small > 0 && small < 1e-4 ? "less than 0.01" : shown(100 * small, 3)} % of the slopes are below 0.01 in size.`);
  const [low, high] = [Math.max(box.low, -6), Math.min(box.high, 6)];
  let code = `M${tenths(across(low))} ${tenths(bottom)}`;
  for (let i = 0; i <= 120; i++) {
    const x = low + (high - low) * i / 120;
    code += `L${tenths(across(x))} ${tenths(bottom - Math.exp(-x * x / 2) * tall * 0.2)}`;
  }
  code += `V${tenths(bottom)}Z`;
  const most = Math.max(...bins);
  bins.forEach((one, i) => {
    const step = tenths(tall / bins.length);
    if (one) code += `M${tenths(box.left)} ${tenths(bottom) - i * step}v${-step}h${tenths(one / most * wide * 0.25)}v${step}Z`;
  });
  return code;
};

// what is as it was isn't made again
const made = {};
const again = (id, ...from) => made[id] !== (made[id] = from.join());
const set = (id, attributes) => {
  const element = find(id);
  for (const [name, to] of Object.entries(attributes)) if (again(id + name, to)) element.setAttribute(name, to);
};
const draw = () => {
  const { what, other, log } = state;
  place();
  for (const part of ["f", "slope"]) {
    const pieces = sampled(part, what);
    [box[part].low, box[part].high] = heights(part, pieces);
    const { low, high, top, bottom } = box[part];
    if (again(`${part}-axes`, size, log, box.low, box.high, low, high)) {
      axes(part);
      set(`${part}-clip`, { x: box.left, y: top - 2, width: box.right - box.left, height: bottom - top + 4 });
    }
    set(`${part}-curve`, { d: path(part, what, pieces) });
    if (again(`${part}-ghost`, size, log, box.low, box.high, low, high, other && written(other))) {
      set(`${part}-ghost`, { d: other ? path(part, other, sampled(part, other)) : "" });
    }
  }
  if (again("names", size, log, box.low, box.high, other && written(other))) {
    set("plot", { viewBox: `0 0 ${size.join(" ")}`, "aria-valuemin": box.low, "aria-valuemax": box.high });
    find("names").innerHTML = columns().map((x) => words("", across(x), box.slope.bottom + 18, shown(x), "middle", 76)).join("")
      + words("name function", box.left + 8, box.f.top + 20, "f(x)")
      + words("name slope", box.left + 8, box.slope.top + 18, log ? "|f′(x)|" : "f′(x)")
      + (other ? ghost(box.right - box.left - 8) : "");
  }
  set("inputs", { d: state.normal ? normal() : "" });
  if (!state.normal) tell(find("normal-says"), "");
  move();
};
// with the names of its parameters if there is room for them
const ghost = (room) => {
  const { name, values } = state.other;
  const [full, short] = [title(state.other), `${data.activations[name].title} (${values.map((one) => shown(one)).join(", ")})`]
    .map((text) => `dashed: ${text}`);
  return words("", box.left + 8, box.f.top + 40, fits(full, room) ? full : short, "start", room);
};
const title = ({ name, values }) => {
  const { title: itself, parameters } = data.activations[name];
  const given = parameters.map((one, index) => `${one.name} = ${shown(values[index])}`).join(", ");
  return given ? `${itself}, ${given}` : itself;
};

// what follows x: the tangent, or one on either side of a kink, and the numbers; what is hidden has no size
const move = () => {
  const { what, x } = state;
  const [y, dy] = [f(what, x), slope(what, x)];
  const kink = kinks(what).find((one) => one.x === x);
  const [px, py] = [across(x), up("f", y)];
  const scale = (box.f.bottom - box.f.top) / (box.f.high - box.f.low) * (box.high - box.low) / (box.right - box.left);
  const half = (id, k, side, from) => {
    const length = Number.isFinite(from) ? 80 / Math.hypot(1, k * scale) : 0;
    const start = Number.isFinite(from) ? from : 0;
    set(id, { x1: px, y1: start, x2: px + side * length, y2: start - (side * length && side * length * k * scale) });
  };
  const dot = (id, part, at, radius) => {
    const level = part === "slope" && state.log ? power(at) : at;
    const isInside = level >= box[part].low && level <= box[part].high;
    set(id, isInside ? { cx: px, cy: up(part, level), r: radius } : { r: 0 });
  };
  set("drop", { x1: px, y1: Math.max(box.f.top, Math.min(box.f.bottom, py)), x2: px, y2: box.slope.bottom });
  const [before, after] = (kink?.limits ?? [y, y]).map((one) => up("f", one));
  half("before", kink?.left ?? dy, -1, before);
  half("after", kink?.right ?? dy, 1, after);
  dot("left", "slope", kink?.left ?? NaN, 4);
  dot("right", "slope", kink?.right ?? NaN, 4);
  dot("f-dot", "f", y, 6.5);
  dot("slope-dot", "slope", dy, 6.5);
  tell(find("x"), shown(x, 6, raised));
  tell(find("f"), shown(y, 6, raised));
  tell(find("slope"), shown(dy, 6, raised));
  const jump = kink?.limits ? `f jumps from ${shown(kink.limits[0])} to ${shown(kink.limits[1])}. ` : "";
  const sides = kink && kink.left === kink.right ? `${shown(kink.left)} on both sides` : `${shown(kink?.left ?? 0)} on the left and ${shown(kink?.right ?? 0)} on the right`;
  const says = kink ? `${jump}${kink.limits ? "The" : "A kink: the"} slope is ${sides}; f′ is ${shown(dy)} by convention.` : "";
  tell(find("kink"), says);
  set("plot", { "aria-valuenow": x, "aria-valuetext": `x = ${shown(x)}, f = ${shown(y)}, slope ${shown(dy)}. ${says}` });
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
let before;
plot.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  before = state.x;
  plot.setPointerCapture(event.pointerId);
  drag(event);
});
plot.addEventListener("pointermove", (event) => { if (plot.hasPointerCapture(event.pointerId)) drag(event); });
plot.addEventListener("pointerup", keep);
plot.addEventListener("pointercancel", () => go(before));
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
      + `<output for="hero-p${index}">${shown(values[index], 6, raised)}</output><input type="range" id="hero-p${index}" step="${one.step}" `
      + `min="${Math.min(one.low, usual)}" max="${Math.max(one.high, usual)}" value="${usual}" title="${escaped(one.meaning).replace(/"/g, "&quot;")}; double click resets it"></div>`;
  });
  find("sliders").innerHTML = code.join("");
  data.activations[name].parameters.forEach((one, index) => {
    const slider = find(`p${index}`);
    const change = (to) => {
      const tried = Object.assign([...state.what.values], { [index]: to });
      const wrong = broken(name, tried);
      if (wrong) say(wrong);
      else state.what.values = tried;
      const now = state.what.values[index];
      if (wrong || !slider.matches(":active")) slider.value = now;
      slider.previousElementSibling.innerHTML = shown(now, 6, raised);
      slider.setAttribute("aria-valuetext", shown(now));
      dragged = true;
      soon(draw);
    };
    const rest = () => {
      dragged = false;
      soon(draw);
      keep();
    };
    slides(slider, change, rest, () => change(number(one.default)));
  });
};

const show = () => {
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
  show();
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
  const all = [];
  const wrong = (words) => all.push(words);
  const x = number(given.x ?? "1");
  const isShown = Math.abs(x) <= FARTHEST;
  state = {
    what: read(given.try, wrong) ?? read(data.first), other: given.with ? read(given.with, wrong) : null,
    x: isShown ? x : 1, log: given.log === "1", normal: given.normal === "1",
  };
  if (!isShown) wrong(`x can’t be “${given.x}”, but from ${shown(-FARTHEST)} to ${shown(FARTHEST)}`);
  show();
  const words = all.length ? `${all.join("; ")}. That part of the link is left out.` : "";
  tell(find("note"), escaped(words));
  if (words) say(words);
  document.getElementById("live").scrollIntoView();
  return true;
};
window.addEventListener("hashchange", open);
const measured = () => [plot.clientWidth, plot.clientHeight];
size = measured();
if (!open()) show();
new ResizeObserver(() => {
  if (!plot.clientWidth || String(measured()) === String(size)) return;
  size = measured();
  draw();
}).observe(plot);
