import { expect, it } from 'vitest';
import { history } from '../../src/class-model/history.js';

const fill = (iterations: number, upTo: number, saved?: Parameters<typeof history>[2], from = 0) => {
  const past = history(iterations, 2, saved);
  for (let i = from; i < upTo; i++) past.note({ iteration: i, scores: Float32Array.of(i, -i) });
  return past;
};

it('keeps the scores of every iteration of a short run', () => {
  const moments = fill(5, 3).until(3);
  expect(moments.map(({ iteration, scores }) => [iteration, ...scores])).toEqual([
    [0, 0, -0],
    [1, 1, -1],
    [2, 2, -2],
  ]);
});

it('keeps at most 1000 evenly spaced iterations of a long run', () => {
  const moments = fill(2500, 2500).until(2500);
  expect(moments).toHaveLength(834);
  for (const { iteration, scores } of moments) expect([iteration % 3, scores[0]]).toEqual([0, iteration]);
  expect(moments.at(-1)?.iteration).toBe(2499);
});

it('goes on with what was saved', () => {
  const first = fill(8, 4);
  const second = fill(8, 8, first.canvas, 4);
  expect(second.until(8)).toEqual(fill(8, 8).until(8));
});
