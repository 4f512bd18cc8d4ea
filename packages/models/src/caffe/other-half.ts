import { basename, extname } from 'node:path';
import type { ModelPlace } from '../loader/format.js';
import { ambiguousHalf, missingHalf } from './errors.js';

const ENDINGS = { '.prototxt': 'its layers', '.caffemodel': 'its weights' } as const;
type Ending = keyof typeof ENDINGS;

/** Prototxt files that say how a network is trained. */
const FOR_TRAINING = /solver|train|_test\b/i;

/**
 * The name of the file that makes a network whole: the layers of a `.caffemodel`, the weights of a `.prototxt`. Same name with the other
 * ending, then `deploy.prototxt`, then the only one there is.
 * @throws FeaturescopeError naming what was looked for, or the candidates
 */
export const otherHalf = async ({ path, names }: Pick<ModelPlace, 'path' | 'names'>): Promise<string> => {
  const own = basename(path);
  const stem = basename(own, extname(own));
  const ending: Ending = extname(own).toLowerCase() === '.prototxt' ? '.caffemodel' : '.prototxt';
  const beside = (await names()).filter((name) => extname(name).toLowerCase() === ending);
  const wanted = ending === '.prototxt' ? [`${stem}.prototxt`, `${stem}_deploy.prototxt`, 'deploy.prototxt'] : [`${stem}.caffemodel`];
  const named = wanted.find((name) => beside.includes(name));
  if (named !== undefined) return named;
  const usable = beside.filter((name) => !FOR_TRAINING.test(name));
  const candidates = ending === '.prototxt' && usable.length > 0 ? usable : beside;
  const [only] = candidates;
  const whole = ending === '.prototxt' ? `${stem}.prototxt or deploy.prototxt` : `${stem}.caffemodel`;
  if (only === undefined) throw missingHalf(path, whole, ENDINGS[ending]);
  if (candidates.length > 1) throw ambiguousHalf(path, ENDINGS[ending], candidates, whole);
  return only;
};
