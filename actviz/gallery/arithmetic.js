// What numpy and Python's math have and JavaScript hasn't; the definitions below it are translated from Python.
const Real = (() => {
  const isInfinite = (x) => x === Infinity || x === -Infinity;
  const clip = (x, low, high) => Math.min(Math.max(x, low), high);
  const square = (x) => x * x;
  const ldexp = (x, n) => {
    // in steps, none of which leaves the range of normal numbers before the last
    while (n > 1000) { x *= 2 ** 1000; n -= 1000; }
    while (n < -1000) { x *= 2 ** -960; n += 960; }
    return x * 2 ** n;
  };
  const float = new Float64Array(1);
  const halves = new Uint32Array(float.buffer);
  const frexp = (x) => {
    if (x === 0 || !Number.isFinite(x)) return [x, 0];
    const scaled = Math.abs(x) < 2 ** -1022 ? 54 : 0;
    float[0] = scaled ? x * 2 ** 54 : x;
    const exponent = (halves[1] >>> 20 & 0x7ff) - 1022 - scaled;
    halves[1] = halves[1] & 0x800fffff | 0x3fe00000;
    return [float[0], exponent];
  };
  // exp(-x²), with what rounding takes from the square put back (Dekker 1971)
  const bell = (x) => {
    const high = x * 134217729 - (x * 134217729 - x);
    const low = x - high;
    const rounded = x * x;
    const lost = low * low - (rounded - high * high - 2 * high * low);
    return Math.exp(-rounded) * (1 - lost);
  };
  // (1 + 2x) exp(x²) erfc(x) for x >= 0, as a Chebyshev series in (x - 3.75) / (x + 3.75) (Shepherd and Laframboise 1981)
  const ERFC = [
    2.3551578691348035, -0.0045900545806464773, -0.084249133366517916, 0.05920993999819189, -0.026658668435305752,
    0.0090749976707052651, -0.0024131635404176082, 0.00049077583652580863, -6.9169733025012064e-5, 4.1390279860730102e-6,
    7.7403830661984907e-7, -2.1886401049234396e-7, 1.076499946567091e-8, 4.5219598112182869e-9, -7.7544002088313511e-10,
    -6.3180883408866845e-11, 2.8687950109306699e-11, 1.9455868545777347e-13, -9.6546967484334389e-13,
    3.2525481481487398e-14, 3.3478119482868054e-14, -1.8645628804193131e-15, -1.2507950530688647e-15,
    7.4182352566240435e-17, 5.0681489047961113e-17,
  ];
  // 2/√π · exp(-x²) · (x + 2x³/3 + 4x⁵/15 + …): no term is negative, so none cancels
  const erfNearZero = (x) => {
    let term = x;
    let total = x;
    for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(total); odd += 2) {
      term *= 2 * x * x / odd;
      total += term;
    }
    return 1.1283791670955126 * total * bell(x);
  };
  const erfc = (x) => {
    if (Number.isNaN(x)) return x;
    if (x < 0) return 2 - erfc(-x);
    if (x < 0.5) return 1 - erfNearZero(x);
    if (x > 28) return 0;
    const t = (x - 3.75) / (x + 3.75);
    let next = 0;
    let after = 0;
    for (let n = ERFC.length - 1; n > 0; n--) {
      const before = 2 * t * next - after + ERFC[n];
      after = next;
      next = before;
    }
    return bell(x) * (t * next - after + ERFC[0] / 2) / (1 + 2 * x);
  };
  const erf = (x) => (Math.abs(x) < 1 ? erfNearZero(x) : x > 0 ? 1 - erfc(x) : Number.isNaN(x) ? x : erfc(-x) - 1);
  // of vectors: what f makes of their components, pairs as two vectors, and numbers of a whole
  const each = (f, ...vectors) => vectors[0].map((_, i) => f(...vectors.map((one) => one[i])));
  const columns = (rows) => rows[0].map((_, i) => rows.map((row) => row[i]));
  const largest = (vector) => Math.max(...vector);
  const sum = (vector) => vector.reduce((total, one) => total + one, 0);
  return { isInfinite, clip, square, ldexp, frexp, erf, erfc, each, columns, largest, sum };
})();
