import { type Drawing, FeaturescopeError, type Stroke } from '@featurescope/core';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { badSvg } from './errors.js';
import { checkedTransform, strokesOf } from './svg-path.js';

/** What an element hands on to those in it. */
interface Inherited {
  readonly transform: string;
  readonly stroke: string;
}

interface Canvas {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Elements that draw nothing where they stand, with all that is in them. */
const UNSEEN = new Set(['defs', 'clipPath', 'mask', 'pattern', 'marker', 'symbol', 'metadata', 'title', 'desc', 'style', 'script']);
/** Elements that only hold others. */
const GROUPS = new Set(['svg', 'g', 'a']);

/**
 * Reads a drawing from SVG as in TU-Berlin: stroked paths (also lines and polylines) in nested groups with transforms, each time the pen
 * is put down a stroke, in the order of the file; the view box is the canvas. Fill, colour and width of lines are not looked at.
 * @throws FeaturescopeError with the line of what is broken, or is no stroke
 */
export function parseSvgDrawing(text: string, source: string): Drawing {
  const parser = new SaxesParser();
  const strokes: Stroke[] = [];
  const open: Inherited[] = [];
  let canvas: Canvas | undefined;
  let unseen = 0;
  parser.on('error', (error) => {
    throw badSvg(source, parser.line, `it is not well-formed XML (${error.message.replace(/^\d+:\d+:\s*|\.$/g, '')})`);
  });
  parser.on('opentag', (tag) => {
    if (unseen > 0 || UNSEEN.has(tag.name)) {
      unseen++;
      return;
    }
    if (!canvas) {
      if (tag.name !== 'svg') throw new Error(`the file begins with <${tag.name}> and not with <svg>`);
      canvas = canvasOf(tag.attributes);
    }
    const inherited = within(open.at(-1) ?? outermost(canvas), tag.attributes);
    open.push(inherited);
    strokes.push(...drawnBy(tag, inherited));
  });
  parser.on('closetag', () => {
    if (unseen > 0) unseen--;
    else open.pop();
  });
  try {
    parser.write(text).close();
    if (!canvas) throw new Error('it is empty');
    if (strokes.length === 0) throw new Error('there are no strokes in it');
    return { strokes, width: canvas.width, height: canvas.height };
  } catch (cause) {
    if (cause instanceof FeaturescopeError) throw cause;
    throw badSvg(source, parser.line, cause instanceof Error ? cause.message : String(cause));
  }
}

const outermost = ({ left, top }: Canvas): Inherited => ({ transform: `translate(${-left} ${-top})`, stroke: 'none' });

function within({ transform, stroke }: Inherited, { transform: own, stroke: colour, style }: Attributes): Inherited {
  const styled = /(?:^|;)\s*stroke\s*:\s*([^;]+)/.exec(style ?? '')?.[1]?.trim();
  return { transform: own === undefined ? transform : `${transform} ${checkedTransform(own)}`, stroke: styled ?? colour ?? stroke };
}

type Attributes = Readonly<Partial<Record<string, string>>>;

function drawnBy({ name, attributes }: SaxesTagPlain, { transform, stroke }: Inherited): readonly Stroke[] {
  if (GROUPS.has(name)) return [];
  const data = pathData(name, attributes);
  if (data === undefined) throw new Error(`<${name}> is no stroke`);
  if (stroke === 'none') throw new Error(`<${name}> is not stroked: neither it nor a group around it has a stroke colour`);
  return strokesOf(data, transform);
}

/** Path data of an element that is a line of some kind; undefined for others. */
function pathData(name: string, { d, points, x1 = '0', y1 = '0', x2 = '0', y2 = '0' }: Attributes): string | undefined {
  switch (name) {
    case 'path':
      return d ?? '';
    case 'line':
      return `M${x1} ${y1}L${x2} ${y2}`;
    case 'polyline':
      return points === undefined ? '' : `M${points}`;
    case 'polygon':
      return points === undefined ? '' : `M${points}Z`;
    default:
      return undefined;
  }
}

/** The view box, or width and height. @throws Error when neither is there */
function canvasOf({ viewBox, width, height }: Attributes): Canvas {
  const [left = 0, top = 0, w, h] =
    viewBox === undefined
      ? [0, 0, lengthOf(width), lengthOf(height)]
      : viewBox
          .trim()
          .split(/[\s,]+/)
          .map(Number);
  if (!w || !h || ![left, top, w, h].every(Number.isFinite) || w < 0 || h < 0)
    throw new Error('the <svg> has no viewBox and no width and height that tell how large the canvas is');
  return { left, top, width: w, height: h };
}

const lengthOf = (text: string | undefined): number =>
  text !== undefined && /^\s*[\d.]+(px)?\s*$/.test(text) ? Number.parseFloat(text) : 0;
