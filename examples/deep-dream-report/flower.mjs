// A red flower on a meadow, computed: the picture that guides the guided dreams.
import { fractal } from '../demo/noise.mjs';

const clamp01 = (t) => Math.min(1, Math.max(0, t));
const step = (from, to, t) => {
  const u = clamp01((t - from) / (to - from));
  return u * u * (3 - 2 * u);
};
const blend = (a, b, t) => a.map((value, i) => value + (b[i] - value) * t);
const shade = (colour, factor) => colour.map((value) => value * factor);

const PETALS = 9;
const CENTRE = { x: 0.5, y: 0.42 };

/** Blades of grass that fade into the distance. */
function meadow(x, y) {
  const blades = fractal(x * 42 + 3 * fractal(x * 5, y * 5, 3, 3), y * 7, 7, 4);
  return blend([34, 58, 26], [150, 178, 74], clamp01(1.5 * blades - 0.35) * (0.45 + 0.55 * y));
}

/** One ring of petals: how much of a point it covers, and how bright it is there. */
function petals(angle, distance, { length, turn }) {
  const phase = (((angle / (2 * Math.PI)) * PETALS + turn) % 1) + (angle < 0 ? 1 : 0);
  const across = Math.abs((phase % 1) - 0.5) * 2;
  const edge = length * (1 - 0.42 * across ** 2.6);
  return { cover: step(edge, edge - 0.008, distance), light: (0.45 + 0.65 * (distance / length)) * (1.08 - 0.55 * across ** 2) };
}

function colourAt(x, y) {
  const [dx, dy] = [x - CENTRE.x, y - CENTRE.y];
  const distance = Math.hypot(dx, dy);
  const angle = Math.atan2(dy, dx);
  let colour = meadow(x, y);
  const stem = Math.abs(dx - 0.05 * Math.sin(dy * 5));
  if (dy > 0) colour = blend(colour, shade([70, 128, 48], 1.25 - 22 * stem), step(0.02, 0.014, stem));
  colour = shade(colour, 1 - 0.45 * step(0.44, 0.26, Math.hypot(dx - 0.03, dy - 0.05)));
  const veins = 0.86 + 0.28 * fractal(angle * 16, distance * 5, 19, 3);
  for (const [ring, red] of [
    [{ length: 0.36, turn: 0.5 }, [196, 36, 44]],
    [{ length: 0.25, turn: 0 }, [232, 74, 58]],
  ]) {
    const { cover, light } = petals(angle, distance, ring);
    colour = blend(colour, shade(red, light * veins), cover);
  }
  const seeds = 0.7 + 0.6 * fractal(x * 60, y * 60, 31, 3);
  return blend(colour, shade([236, 178, 40], seeds * (1.1 - distance * 5)), step(0.09, 0.08, distance));
}

/** RGB pixels of the flower. */
export function flower(width, height) {
  const data = Buffer.alloc(width * height * 3);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const colour = colourAt((column + 0.5) / width, (row + 0.5) / height);
      for (let c = 0; c < 3; c++) data[(row * width + column) * 3 + c] = Math.round(clamp01(colour[c] / 255) * 255);
    }
  return data;
}
