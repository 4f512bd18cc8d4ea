// Seeded value noise for the demo's pictures.

/** A number in [0, 1) that depends only on the lattice point and the seed. */
function lattice(x, y, seed) {
  let h = (Math.imul(x, 374761393) + Math.imul(y, 668265263) + Math.imul(seed, 2246822519)) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

const smooth = (t) => t * t * t * (t * (6 * t - 15) + 10);
const mix = (a, b, t) => a + (b - a) * t;

/** Value noise in [0, 1], smooth between lattice points. */
export function noise(x, y, seed) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const u = smooth(x - x0);
  const v = smooth(y - y0);
  const top = mix(lattice(x0, y0, seed), lattice(x0 + 1, y0, seed), u);
  const bottom = mix(lattice(x0, y0 + 1, seed), lattice(x0 + 1, y0 + 1, seed), u);
  return mix(top, bottom, v);
}

/** Fractal noise: octaves of value noise, each half as strong and twice as fine; in [0, 1]. */
export function fractal(x, y, seed, octaves = 6) {
  let sum = 0;
  let total = 0;
  for (let k = 0, amplitude = 1, frequency = 1; k < octaves; k++, amplitude /= 2, frequency *= 2) {
    sum += amplitude * noise(x * frequency, y * frequency, seed + 17 * k);
    total += amplitude;
  }
  return sum / total;
}
