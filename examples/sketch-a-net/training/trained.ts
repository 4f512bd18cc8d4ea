import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DRAWINGS, FOLDS, SCALES } from '../../../packages/models/training/sketch-networks.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Whether everything is done quickly, and badly: FEATURESCOPE_EXAMPLE_QUICK. */
const isQuick = process.env['FEATURESCOPE_EXAMPLE_QUICK'] !== undefined;

/** Part of the epochs of a training. */
export const EFFORT = isQuick ? 0.1 : 1;

/** Folder of what networks.config.ts trains. */
export const TRAINED = isQuick ? 'out/sketch-a-net/training-quick' : 'out/sketch-a-net/training';

/** Folds that are trained and tested. */
export const folds = isQuick ? [1] : Array.from({ length: FOLDS }, (_, i) => i + 1);

/** Name of a network of a fold. */
export const inFold = (name: string, fold: number): string => `${name}-fold-${fold}`;

/** Files of a trained network, one for each fold that is there. */
const trainedFiles = (name: string, epochs: number): readonly string[] =>
  folds
    .map((fold) =>
      join(
        TRAINED,
        'checkpoints',
        inFold(name, fold),
        `epoch-${String(Math.max(1, Math.round(epochs * EFFORT))).padStart(2, '0')}.safetensors`,
      ),
    )
    .filter((file) => existsSync(join(root, file)));

/** The networks of the ensemble: those of all folds that were trained, or the bundled ones, which are those of the first. */
export function members(): string[] {
  const trained = SCALES.flatMap((scale) => trainedFiles(`sketchanet-${scale}`, 30));
  return trained.length > 0 ? trained : SCALES.map((scale) => `sketchanet-${scale}`);
}

/** Other trained networks for a table, as `name=file`, one for each fold that is there; nothing where none is there. */
export function others(names: Readonly<Record<string, readonly [network: string, epochs: number]>>): { readonly networks?: string[] } {
  const networks = Object.entries(names).flatMap(([name, [network, epochs]]) =>
    trainedFiles(network, epochs).map((file) => `${name}=${file}`),
  );
  return networks.length > 0 ? { networks } : {};
}

/** The drawings as a data set. */
export const DATASET = DRAWINGS.join(',');
