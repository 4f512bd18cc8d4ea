import type { RunContext, VisualizerEvent } from '@featurescope/core';
import { holdOut, type LabelledPictures, readPictures, type SplitPictures } from '../pictures/index.js';
import { type Cell, type CellProgress, trainCell } from './cell.js';
import { fingerprintOf } from './fingerprint.js';
import { type CellResult, encodeJournal, type Journal, openJournal } from './journal.js';
import { type BuiltVariant, buildVariant } from './network.js';
import type { AblationOptions } from './options.js';
import { cellProgress, readingProgress, type Work } from './progress.js';
import { planOf, type Sides, sidesOf } from './protocol.js';
import { ablationTable } from './tables.js';
import { variantsOf } from './variants.js';

/** What came of a variant with each seed. */
export interface VariantResults {
  readonly variant: BuiltVariant;
  readonly bySeed: readonly { readonly seed: number; readonly result: CellResult }[];
}

/** What was found out. */
export interface Study {
  readonly classes: readonly string[];
  /** Numbers of pictures. */
  readonly training: number;
  readonly validation: number;
  readonly results: readonly VariantResults[];
}

const NAME = 'ablation';

/** The pictures to learn from and those that are held out. */
export async function* openPictures(
  context: RunContext,
  { size, perClass, heldOut, epochs, seeds }: AblationOptions,
  variants: number,
): AsyncGenerator<VisualizerEvent, SplitPictures> {
  const reading = readPictures(context, { size: [size, size], perClass }, NAME);
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) yield readingProgress(step.value, variants * seeds.length, epochs);
  return holdOut(step.value, heldOut, NAME);
}

/** Networks of all variants. */
export const builtVariants = (context: RunContext, options: AblationOptions, { classes }: Pick<LabelledPictures, 'classes'>) =>
  variantsOf(options).map((variant) => buildVariant(context, variant, options, classes.length));

/** Trains every variant with the first seed, then with the next; goes on from what was saved. */
export async function* studied(
  context: RunContext,
  options: AblationOptions,
  variants: readonly BuiltVariant[],
  pictures: SplitPictures,
): AsyncGenerator<VisualizerEvent, Study> {
  const sides = sidesOf(pictures, options);
  const counts = { training: sides.training.labels.length, validation: sides.validation.labels.length };
  const cells = cellsOf(variants, options, sides);
  const perEpoch = Math.floor(counts.training / options.batchSize) * options.batchSize;
  const work: Work = { read: context.dataset?.size ?? 0, cells: cells.length, perCell: (options.epochs + 1) * perEpoch };
  const journal = await openJournal(context, await fingerprintOf(variants, options, pictures));
  for (const [done, cell] of cells.entries()) {
    if (!journal.results.has(cell.key)) {
      context.signal.throwIfAborted();
      yield* recorded(context, cell, sides, journal, (trained, label) => cellProgress(work, done, trained, label));
      yield { type: 'artifact', artifact: ablationTable(resultsIn(journal, variants, options.seeds)), replaces: true };
    }
    yield cellProgress(work, done + 1, 0, `${cell.label}: done`);
  }
  return { classes: pictures.training.classes, ...counts, results: resultsIn(journal, variants, options.seeds) };
}

interface StudyCell extends Cell {
  /** Its place in the journal. */
  readonly key: string;
}

const keyOf = (variant: number, seed: number): string => `${variant}/${seed}`;

const cellsOf = (variants: readonly BuiltVariant[], options: AblationOptions, sides: Sides): readonly StudyCell[] =>
  options.seeds.flatMap((seed) =>
    variants.map(({ name, network }, v) => ({
      key: keyOf(v, seed),
      label: `${name}, seed ${seed}`,
      network,
      plan: planOf(name, seed, options, sides),
    })),
  );

const resultsIn = ({ results }: Journal, variants: readonly BuiltVariant[], seeds: readonly number[]): readonly VariantResults[] =>
  variants.map((variant, v) => ({
    variant,
    bySeed: seeds.flatMap((seed) => {
      const result = results.get(keyOf(v, seed));
      return result ? [{ seed, result }] : [];
    }),
  }));

/** Trains one variant with one seed and writes its result, and before that its state, into the journal. */
async function* recorded(
  context: RunContext,
  cell: StudyCell,
  sides: Sides,
  journal: Journal,
  progress: CellProgress,
): AsyncGenerator<VisualizerEvent> {
  const save = () => context.state.save(encodeJournal(journal));
  const state = {
    load: async () => (journal.running?.cell === cell.key ? journal.running.state : undefined),
    save: (bytes: Uint8Array) => {
      journal.running = { cell: cell.key, state: bytes };
      return save();
    },
  };
  const result = yield* trainCell(context, cell, sides, state, progress);
  journal.results.set(cell.key, result);
  journal.running = undefined;
  await save();
  if (result.kind === 'diverged') yield { type: 'warning', message: `${cell.label}: ${result.reason}` };
}
