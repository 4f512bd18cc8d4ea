import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Drawing, rasterise } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { parseSvgDrawing, sharpCodec } from '../../src/index.js';

const svg = (inner: string, attributes = 'viewBox="0 0 800 800"'): string =>
  `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>\n<g fill="none" stroke="black" stroke-linecap="round" stroke-linejoin="round" stroke-width="2">\n${inner}\n</g>\n</svg>`;
const parse = (inner: string, attributes?: string): Drawing => parseSvgDrawing(svg(inner, attributes), 'cat.svg');
const ends = ({ strokes }: Drawing) => strokes.map(({ x, y, knots }) => knots?.map((i) => [x[i], y[i]]));

describe('strokes', () => {
  it('are the paths in their order, under all transforms around them', () => {
    const drawing = parse(
      '<g transform="translate(87.5,135) scale(2) translate(0,-60)"><path d="M100 70 L 110 80"/><g transform="scale(0.5 2)"><path d="M 0 30 L 40 30" transform="translate(1 1)"/></g></g>',
    );
    expect(ends(drawing)).toEqual([
      [
        [287.5, 155],
        [307.5, 175],
      ],
      [
        [88.5, 139],
        [128.5, 139],
      ],
    ]);
    expect([drawing.width, drawing.height]).toEqual([800, 800]);
  });

  it('follow curves to a twentieth of a unit, and know where curves end', () => {
    const { strokes } = parse('<path d="M0 0 C 0 55.2285 44.7715 100 100 100 L 200 100"/>');
    const [{ x, y, knots } = { x: [], y: [], knots: [] }] = strokes;
    expect(knots).toEqual([0, x.length - 2, x.length - 1]);
    expect(x.length).toBeGreaterThan(8);
    for (let i = 1; i < x.length - 1; i++) {
      const [mx, my] = [((x[i] ?? 0) + (x[i - 1] ?? 0)) / 2, ((y[i] ?? 0) + (y[i - 1] ?? 0)) / 2];
      expect(Math.abs(Math.hypot(mx - 100, my) - 100)).toBeLessThan(0.08);
    }
  });

  it('begin anew where the pen is put down again, and close', () => {
    expect(ends(parse('<path d="m10 10 l5 0 m0 5 h5 v5 z"/><line x1="1" y1="2" x2="3" y2="4"/><polyline points="5,6 7,8"/>'))).toEqual([
      [
        [10, 10],
        [15, 10],
      ],
      [
        [15, 15],
        [20, 15],
        [20, 20],
        [15, 15],
      ],
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
  });

  it('lie on the canvas of the view box, or of width and height', () => {
    const moved = parse('<path d="M10 20 L 30 40"/>', 'viewBox="10 20 100 50"');
    expect([moved.width, moved.height, ...(ends(moved)[0] ?? [])]).toEqual([100, 50, [0, 0], [20, 20]]);
    expect(parse('<path d="M1 2L3 4"/>', 'width="30px" height="20"')).toMatchObject({ width: 30, height: 20 });
  });

  it('are not what is only defined', () => {
    const drawing = parse('<defs><clipPath id="a"><rect width="3" height="3"/></clipPath></defs><title>a cat</title><path d="M1 2L3 4"/>');
    expect(drawing.strokes).toHaveLength(1);
  });
});

describe('what is no drawing', () => {
  it.each([
    ['<path d="M 1 2 L 3"/>', 'line 4: the path data are broken (missed param (at pos 9))'],
    ['<path\nd="M 1 2 L 3 4"/>\n<rect width="3" height="3"/>', 'line 6: <rect> is no stroke'],
    ['<path d="M 1 2 L 3 4"/>\n<g transform="turn(3)"><path d="M 1 2 L 3 4"/></g>', 'line 5: the transform "turn(3)" is not understood'],
    ['<g transform="scale(a)"></g>', 'line 4: the transform "scale(a)" is not understood'],
    ['<path d="M 1 2 L 3 4" stroke="none"/>', 'line 4: <path> is not stroked'],
    ['<path d="M 1 2 L 3 4"/>\n</g>', 'line 6: it is not well-formed XML (unexpected close tag)'],
    ['<g></g>', 'there are no strokes in it'],
  ])('%s: %s', (inner, problem) => {
    expect(() => parse(inner)).toThrow(problem);
  });

  it('is told as one message', () => {
    expect(() => parse('<text>cat</text>')).toThrowErrorMatchingInlineSnapshot(
      `[FeaturescopeError: "cat.svg" cannot be read as a drawing: line 4: <text> is no stroke. Expected an SVG of stroked paths, one for each stroke in the order of drawing, as those of TU-Berlin.]`,
    );
    expect(() => parseSvgDrawing('<html/>', 'cat.svg')).toThrow('line 1: the file begins with <html> and not with <svg>');
    expect(() => parseSvgDrawing('', 'cat.svg')).toThrow('cat.svg');
    expect(() => parse('<path d="M1 2L3 4"/>', '')).toThrow('how large the canvas is');
    expect(() => parseSvgDrawing(svg('<path d="M1 2L3 4"/>').slice(0, -10), 'cat.svg')).toThrow('not well-formed');
  });
});

/** Mean difference of ink, and of all ink, to what librsvg draws. */
async function against(text: string, penWidth: number): Promise<{ readonly mean: number; readonly total: number }> {
  const drawing = parseSvgDrawing(text, 'given');
  const image = await sharpCodec.decode(Buffer.from(text), 'given');
  const size = [image.height, image.width] as const;
  const ours = rasterise(drawing, size, penWidth);
  const theirs = Float32Array.from({ length: ours.length }, (_, i) => 1 - (image.data[i * image.channels] ?? 0) / 255);
  const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
  return { mean: sum(ours.map((ink, i) => Math.abs(ink - (theirs[i] ?? 0)))) / sum(theirs), total: sum(ours) / sum(theirs) };
}

describe('reader and rasteriser together', () => {
  it('draw what librsvg draws', async () => {
    const inner = `<g transform="translate(20,10) rotate(12) scale(1.5) translate(0,-5)"><path d="M20 30 C 40 90 60 -20 90 60 S 120 110 60 100 Q 20 90 30 60"/><path d="M10 110 L 100 110 L 95 20"/></g>`;
    const { mean, total } = await against(svg(inner, 'viewBox="0 0 200 200" width="200" height="200"'), 3);
    expect(mean).toBeLessThan(0.06);
    expect(Math.abs(total - 1)).toBeLessThan(0.02);
  });

  const folder = `${process.env.FEATURESCOPE_DATA ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))}/tu-berlin-svg-15/svg`;
  it.skipIf(!existsSync(folder))(
    `draw the sketches of TU-Berlin as librsvg does (skipped without FEATURESCOPE_DATA/tu-berlin-svg-15)`,
    async () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svg'));
      expect(files).toHaveLength(15);
      let strokes = 0;
      for (const file of files) {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        strokes += parseSvgDrawing(text, file).strokes.length;
        const { mean, total } = await against(text, 3);
        expect(mean).toBeLessThan(0.06);
        expect(Math.abs(total - 1)).toBeLessThan(0.02);
      }
      expect(strokes).toBe(344);
    },
  );
});
