// A landscape with sky, clouds, mountains and water, computed from seeded noise.
import { fractal, noise } from './noise.mjs';

const clamp01 = (t) => Math.min(1, Math.max(0, t));
const step = (from, to, t) => {
  const u = clamp01((t - from) / (to - from));
  return u * u * (3 - 2 * u);
};
const blend = (a, b, t) => a.map((value, i) => value + (b[i] - value) * t);

const SUN = { x: 0.72, y: 0.25 };
const HORIZON = 0.64;

/** Colour of the sky at x, y in [0, 1]: a gradient, a sun and two layers of clouds. */
function sky(x, y) {
  let colour = blend([46, 92, 160], [214, 208, 196], step(0, HORIZON, y) ** 0.8);
  const distance = Math.hypot((x - SUN.x) * 1.5, y - SUN.y);
  colour = blend(colour, [255, 232, 176], Math.exp(-distance * 5) * 0.9);
  colour = blend(colour, [255, 250, 232], step(0.045, 0.03, distance));
  const warp = fractal(x * 3, y * 5, 5, 4) - 0.5;
  const high = fractal(x * 4.2 + warp, y * 11 + warp, 11);
  const low = fractal(x * 3 + 2 * warp, y * 6.5 + warp, 23);
  const lit = clamp01(0.55 + 1.6 * (low - fractal(x * 3 + 2 * warp + 0.03, y * 6.5 + warp - 0.06, 23)));
  colour = blend(colour, [244, 236, 226], 0.55 * step(0.52, 0.72, high));
  return blend(colour, blend([134, 138, 154], [255, 250, 240], lit), 0.92 * step(0.5, 0.66, low));
}

/** Ridge lines from far to near: height of the crest, roughness, colours of rock, light and snow. */
const RIDGES = [
  { base: 0.4, height: 0.24, frequency: 2.3, seed: 41, rock: [112, 122, 150], haze: 0.5, snow: 0.42 },
  { base: 0.52, height: 0.2, frequency: 3.1, seed: 59, rock: [74, 80, 92], haze: 0.24, snow: 0.46 },
  { base: 0.62, height: 0.11, frequency: 5.2, seed: 83, rock: [44, 66, 46], haze: 0.06, snow: 0 },
];

const crest = (x, ridge) => {
  const rough = 1 - Math.abs(2 * fractal(x * ridge.frequency, 0.5, ridge.seed) - 1);
  return ridge.base - ridge.height * (rough - 0.55) * 1.7 - 0.03 * (fractal(x * 22, 3, ridge.seed + 1, 4) - 0.5);
};

/** Colour of the land and sky above the water line. */
function scene(x, y) {
  let colour = sky(x, y);
  for (const ridge of RIDGES) {
    const top = crest(x, ridge);
    if (y < top) continue;
    const depth = y - top;
    const facing =
      fractal(x * 14 + depth * 9, y * 22, ridge.seed + 7, 5) - fractal(x * 14 + depth * 9 + 0.25, y * 22 - 0.1, ridge.seed + 7, 5);
    let rock = ridge.rock.map((value) => value * (1 + 2.2 * facing));
    const patch = fractal(x * 26, y * 34, ridge.seed + 3, 4);
    if (ridge.snow > 0)
      rock = blend(
        rock,
        [238, 242, 250].map((v) => v * (0.92 + 0.9 * facing)),
        step(0.05, -0.02, depth - 0.16 * patch + 0.02) * step(0.6, 0.42, top),
      );
    else rock = blend(rock, [92, 112, 54], step(0.45, 0.7, patch));
    colour = blend(rock, [190, 196, 204], ridge.haze);
  }
  return colour;
}

/** Colour of the lake: the scene mirrored at the horizon and broken by ripples that grow towards the viewer. */
function water(x, y) {
  const depth = (y - HORIZON) / (1 - HORIZON);
  const ripple = noise(x * 40 * (1.2 - depth), (y - HORIZON) * 220 * (1.25 - depth), 97) - 0.5;
  const mirrored = scene(x + ripple * 0.035 * (0.3 + depth), 2 * HORIZON - y + ripple * 0.03 * (0.2 + depth));
  const colour = blend(mirrored, [24, 58, 74], 0.3 + 0.4 * depth);
  const glitter = step(0.24, 0.42, ripple) * Math.exp(-Math.abs(x - SUN.x) * 7);
  return blend(colour, [255, 240, 205], 0.75 * glitter);
}

/** RGB pixels of the landscape. */
export function landscape(width, height) {
  const data = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / width;
      const y = (row + 0.5) / height;
      const colour = y > HORIZON ? water(x, y) : scene(x, y);
      for (let c = 0; c < 3; c++) data[(row * width + column) * 3 + c] = Math.round(clamp01(colour[c] / 255) * 255);
    }
  return data;
}
