import { describe, expect, it } from 'vitest';
import { parseQuickDraw } from '../../src/index.js';

const line = (drawing: unknown, rest: object = {}) =>
  JSON.stringify({ word: 'line', key_id: '4819728134569984', recognized: true, drawing, ...rest });

describe('a drawing of Quick, Draw!', () => {
  it('lies in the middle of a square canvas with a margin of 1/16 of its longer side', () => {
    const { drawing, word, id, recognized } = parseQuickDraw(
      line([
        [
          [10, 42],
          [-8, 8],
          [100, 350],
        ],
      ]),
    );
    expect(drawing.width).toBe(36);
    expect(drawing.height).toBe(36);
    expect(drawing.strokes).toEqual([{ x: Float64Array.of(2, 34), y: Float64Array.of(10, 26), t: Float64Array.of(100, 350) }]);
    expect({ word, id, recognized }).toEqual({ word: 'line', id: '4819728134569984', recognized: true });
  });

  it('has no times when it is simplified', () => {
    const { drawing } = parseQuickDraw(
      line([
        [
          [0, 255],
          [7, 0],
        ],
        [[0], [3]],
      ]),
    );
    expect(drawing.strokes.map(({ t }) => t)).toEqual([undefined, undefined]);
    expect(drawing.strokes[1]?.x).toHaveLength(1);
  });

  it('may be a single dot, whose canvas has a size all the same', () => {
    const { drawing } = parseQuickDraw(line([[[700], [20]]]));
    expect(drawing).toEqual({ width: 9 / 8, height: 9 / 8, strokes: [{ x: Float64Array.of(9 / 16), y: Float64Array.of(9 / 16) }] });
  });

  it.each([
    ['{"drawing":[[[1],[2]', 'it is not JSON'],
    ['[1]', 'it is no JSON object'],
    ['{"word":"cat"}', 'it has no "drawing"'],
    [line('cat'), 'its "drawing" is no list of strokes'],
    [line([]), 'it has no strokes'],
    [line([[[1, 2]]]), 'stroke 1 is not [[x, …], [y, …]]'],
    [
      line([
        [[1], [2]],
        [[], []],
      ]),
      'stroke 2 has no points',
    ],
    [line([[[1, 2], [3]]]), 'stroke 1 has 2 x, but 1 y'],
    [line([[[1, 2], [3, 4], [5]]]), 'stroke 1 has 2 x, but 1 times'],
    [
      line([
        [
          [1, null],
          [3, 4],
        ],
      ]),
      'the x of stroke 1 hold null instead of a number',
    ],
    [line([[[1, 2], '34']]), 'the y of stroke 1 are no list'],
  ])('%s: %s', (text, problem) => {
    expect(() => parseQuickDraw(text)).toThrow(problem);
  });
});
