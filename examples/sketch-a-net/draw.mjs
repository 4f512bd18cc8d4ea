// Draws the drawings of this example, with an unsteady hand, and writes drawings.ndjson, or the file that is named, in the format
// of Quick, Draw!: node examples/sketch-a-net/draw.mjs
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createRandom } from '@featurescope/core';

/** Points along a curve, from 0 to 1. */
const curve = (point, points = 24) => Array.from({ length: points + 1 }, (_, i) => point(i / points));
const arc = (cx, cy, rx, ry, from, to) =>
  curve((t) => {
    const angle = ((from + (to - from) * t) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
/** A line through corners, with points between them. */
const line = (...corners) =>
  corners.slice(1).flatMap(([x, y], i) => {
    const [a, b] = corners[i];
    return curve((t) => [a + t * (x - a), b + t * (y - b)], 8);
  });

const star = (angle) => {
  const [x, y] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const at = (along, across) => [128 + along * x - across * y, 128 + along * y + across * x];
  return [line(at(-110, 0), at(110, 0)), line(at(60, -22), at(85, 0), at(60, 22)), line(at(-60, -22), at(-85, 0), at(-60, 22))];
};

const drawings = {
  'smiley face': [
    arc(128, 128, 105, 105, -90, 272),
    arc(90, 95, 12, 18, 0, 360),
    arc(166, 95, 12, 18, 0, 360),
    arc(128, 140, 60, 45, 10, 170),
  ],
  tent: [
    line([20, 220], [128, 40], [236, 220]),
    line([20, 220], [236, 220]),
    line([128, 40], [128, 120]),
    line([128, 120], [95, 220]),
    line([128, 120], [161, 220]),
  ],
  fork: [
    line([128, 245], [128, 110]),
    arc(128, 70, 45, 45, 0, 180),
    line([83, 70], [83, 12]),
    line([173, 70], [173, 12]),
    line([128, 112], [128, 12]),
  ],
  snowflake: [0, 60, 120].flatMap(star),
  lollipop: [
    arc(128, 80, 70, 70, 0, 365),
    curve((t) => [128 + (1 - t) * 60 * Math.cos(12 * t), 80 + (1 - t) * 60 * Math.sin(12 * t)], 40),
    line([128, 150], [128, 250]),
  ],
  spoon: [arc(128, 60, 42, 52, 90, 450), line([122, 112], [120, 245], [136, 245], [134, 112])],
  mountain: [line([5, 210], [80, 70], [130, 170], [175, 40], [250, 210]), line([150, 105], [165, 90], [178, 104], [192, 90], [204, 110])],
  stairs: [
    line([20, 230], [20, 185], [70, 185], [70, 140], [120, 140], [120, 95], [170, 95], [170, 50], [225, 50]),
    line([20, 230], [225, 230], [225, 50]),
  ],
};

/** The same points as a hand draws them, with the milliseconds at which it does: 0.6 units of the canvas in each, 300 between strokes. */
function byHand(name, strokes) {
  const random = createRandom('drawings').fork(name);
  let time = 0;
  return strokes.map((points) => {
    let [dx, dy, last] = [0, 0, points[0]];
    const [x, y, t] = [[], [], []];
    for (const [px, py] of points) {
      dx = 0.85 * dx + random.normal();
      dy = 0.85 * dy + random.normal();
      time += Math.round(Math.hypot(px - last[0], py - last[1]) / 0.6);
      last = [px, py];
      x.push(Math.round(px + dx));
      y.push(Math.round(py + dy));
      t.push(time);
    }
    time += 300;
    return [x, y, t];
  });
}

const lines = Object.entries(drawings).map(([word, strokes], i) =>
  JSON.stringify({ word, key_id: `drawn-${i + 1}`, drawing: byHand(word, strokes) }),
);
writeFileSync(process.argv[2] ?? fileURLToPath(new URL('drawings.ndjson', import.meta.url)), `${lines.join('\n')}\n`);
