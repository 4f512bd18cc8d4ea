import { tooFewOfClass } from '../errors.js';
import { indicesByClass, type LabelledPictures, selectPictures } from './labelled.js';

/** Pictures to learn from and others to measure on. */
export interface SplitPictures {
  readonly training: LabelledPictures;
  readonly validation: LabelledPictures;
}

/**
 * Holds the last `share` of each class out, rounded, at least one picture: the same ones every time.
 * @throws FeaturescopeError when a class has fewer than two pictures, or nothing is left to learn from
 */
export function holdOut(pictures: LabelledPictures, share: number, reader: string): SplitPictures {
  const sides = indicesByClass(pictures).map((indices, label) => {
    const held = Math.max(1, Math.round(indices.length * share));
    if (indices.length <= held) throw tooFewOfClass(reader, pictures.classes[label] ?? '', indices.length, held + 1);
    return { training: indices.slice(0, indices.length - held), validation: indices.slice(indices.length - held) };
  });
  const select = (side: keyof SplitPictures) =>
    selectPictures(
      pictures,
      sides.flatMap((of) => of[side]),
    );
  return { training: select('training'), validation: select('validation') };
}
