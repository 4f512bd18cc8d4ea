import { badTransform, noneNotAlone, unknownTransform } from './errors.js';
import type { Interval } from './interval.js';
import { jitter } from './jitter.js';
import { pad } from './pad.js';
import { rotate } from './rotate.js';
import { scale } from './scale.js';
import type { Transform } from './transform.js';

const WHOLE = /^\d+$/;
const NUMBER = '[+-]?(?:\\d+\\.?\\d*|\\.\\d+)';
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})$`);

/**
 * Transforms as written on the command line: `pad:12`, `pad:12:constant`, `jitter:8`, `scale:0.9..1.1`, `rotate:-10..10`, in their order; `none` alone for an empty
 * list. `fill` is what constant borders are filled with, in input units, one number or one for each channel.
 * @throws FeaturescopeError naming the text that cannot be read
 */
export function parseTransforms(texts: readonly string[], fill: number | readonly number[] = 0): Transform[] {
  const trimmed = texts.map((text) => text.trim());
  if (trimmed.includes('none')) {
    if (trimmed.length > 1) throw noneNotAlone(trimmed);
    return [];
  }
  return trimmed.map((text) => parse(text, fill));
}

function parse(text: string, fill: number | readonly number[]): Transform {
  const [name = '', first = '', ...others] = text.split(':');
  switch (name) {
    case 'pad': {
      const [mode = 'reflect', ...surplus] = others;
      if (surplus.length > 0 || (mode !== 'reflect' && mode !== 'constant')) throw badTransform(text, name);
      return pad(pixels(first, text, name), mode, fill);
    }
    case 'jitter':
      if (others.length > 0) throw badTransform(text, name);
      return jitter(pixels(first, text, name));
    case 'scale': {
      const factors = range([first, ...others].join(':'), text, name);
      if (factors.from <= 0) throw badTransform(text, name);
      return scale(factors);
    }
    case 'rotate':
      return rotate(range([first, ...others].join(':'), text, name));
    default:
      throw unknownTransform(text);
  }
}

function pixels(given: string, text: string, name: string): number {
  if (!WHOLE.test(given)) throw badTransform(text, name);
  return Number(given);
}

function range(given: string, text: string, name: string): Interval {
  const [, low, high] = RANGE.exec(given) ?? [];
  if (low === undefined || high === undefined || Number(low) > Number(high)) throw badTransform(text, name);
  return { from: Number(low), to: Number(high) };
}
