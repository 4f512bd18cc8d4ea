import { type Rows, rowCount, selectRows } from '@featurescope/core';

/** Prices C of a wrong decision to choose from; softmax has the penalty 1/(C·N), which weighs loss and weights in the same way. */
export const STRENGTHS = [0.01, 0.1, 1, 10, 100] as const;

/** Parts of the cross-validation. */
const PARTS = 3;

/** Trains on some rows at a price and decides on others. */
export type Decide = (training: Rows, labels: readonly number[], tested: Rows, price: number) => Int32Array;

/** Rows with their classes. */
export interface Labelled {
  readonly rows: Rows;
  readonly labels: readonly number[];
}

/**
 * The price with the most right decisions in cross-validation among training pictures, every third picture of a class left out in turn; of equals the
 * lowest, which regularises most. With one picture a class there is nothing to choose by: 1. Between prices it lets others work.
 */
export async function chosenStrength({ rows, labels }: Labelled, decideAt: Decide, pause: () => Promise<void>): Promise<number> {
  const places = placesInClass(labels);
  const parts = Math.min(PARTS, Math.max(...places) + 1);
  if (parts < 2) return 1;
  const chosen = (own: (part: number) => boolean) =>
    Array.from({ length: rowCount(rows) }, (_, i) => i).filter((i) => own((places[i] ?? 0) % parts));
  let [best, most] = [1, -1];
  for (const price of STRENGTHS) {
    let right = 0;
    for (let part = 0; part < parts; part++) {
      const [learned, tested] = [chosen((one) => one !== part), chosen((one) => one === part)];
      const known = learned.map((i) => labels[i] ?? 0);
      const decided = decideAt(selectRows(rows, learned), known, selectRows(rows, tested), price);
      right += tested.filter((i, at) => labels[i] === decided[at]).length;
      await pause();
    }
    if (right > most) [best, most] = [price, right];
  }
  return best;
}

/** How many earlier samples have the same class, for each. */
function placesInClass(labels: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  return labels.map((label) => {
    const count = counts.get(label) ?? 0;
    counts.set(label, count + 1);
    return count;
  });
}
