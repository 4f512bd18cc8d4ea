import type { Stroke } from '@featurescope/core';
import svgpath from 'svgpath';
import { StrokePath } from './curves.js';

type Point = readonly [x: number, y: number];

const FUNCTION = /(matrix|translate|scale|rotate|skewX|skewY)\s*\(([^()]*)\)/g;
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  matrix: [6],
  translate: [1, 2],
  scale: [1, 2],
  rotate: [1, 3],
  skewX: [1],
  skewY: [1],
};

/** The attribute as it was given. @throws Error when it is no list of transforms */
export function checkedTransform(text: string): string {
  if (text.replace(FUNCTION, '').replace(/[\s,]/g, '') !== '') throw new Error(`the transform "${text}" is not understood`);
  for (const [whole, name, list] of text.matchAll(FUNCTION)) {
    const numbers = (list ?? '')
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (!COUNTS[name ?? '']?.includes(numbers.length) || !numbers.every(Number.isFinite))
      throw new Error(`the transform "${whole}" is not understood`);
  }
  return text;
}

/** Strokes of path data under a transform: one for each time the pen is put down. @throws Error that says what is wrong with the data */
export function strokesOf(data: string, transform: string): readonly Stroke[] {
  const path = svgpath(data);
  const problem = 'err' in path ? String(path.err) : '';
  if (problem !== '') throw new Error(`the path data are broken (${problem.replace(/^SvgPath: /, '')})`);
  const strokes: StrokePath[] = [];
  let [here, start]: [Point, Point] = [
    [0, 0],
    [0, 0],
  ];
  let isDown = false;
  const pen = (): StrokePath => {
    const last = strokes.at(-1);
    if (isDown && last) return last;
    isDown = true;
    const begun = new StrokePath(here);
    strokes.push(begun);
    return begun;
  };
  const line = (to: Point): void => {
    pen().lineTo(to);
    here = to;
  };
  const curve = (first: Point, second: Point, to: Point): void => {
    pen().curveTo(first, second, to);
    here = to;
  };
  path
    .transform(transform)
    .abs()
    .unshort()
    .unarc()
    .iterate((segment) => {
      switch (segment[0]) {
        case 'M':
          [here, start, isDown] = [[segment[1], segment[2]], [segment[1], segment[2]], false];
          return;
        case 'L':
          return line([segment[1], segment[2]]);
        case 'H':
          return line([segment[1], here[1]]);
        case 'V':
          return line([here[0], segment[1]]);
        case 'C':
          return curve([segment[1], segment[2]], [segment[3], segment[4]], [segment[5], segment[6]]);
        case 'Q':
          return curve(between(here, [segment[1], segment[2]]), between([segment[3], segment[4]], [segment[1], segment[2]]), [
            segment[3],
            segment[4],
          ]);
        case 'Z':
        case 'z':
          line(start);
          isDown = false;
          return;
        default:
          throw new Error(`the path command ${segment[0]} is not understood`);
      }
    });
  return strokes.map((stroke) => stroke.stroke());
}

/** The control point of a cubic curve that is the quadratic one: two thirds of the way. */
const between = (end: Point, control: Point): Point => [end[0] + (2 / 3) * (control[0] - end[0]), end[1] + (2 / 3) * (control[1] - end[1])];
