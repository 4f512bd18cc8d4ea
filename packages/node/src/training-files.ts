import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrainingStore } from '@featurescope/core';
import { writeAtomically } from './store/atomic.js';

const STATE = 'state.safetensors';

/** Keeps the checkpoints and the resume state of a training in a folder. Every write is atomic. */
export const trainingFiles = (folder: string): TrainingStore => ({
  state: {
    save: (bytes) => writeAtomically(join(folder, STATE), bytes),
    load: async () => {
      try {
        return await readFile(join(folder, STATE));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
  },
  writeCheckpoint: (file, bytes) => writeAtomically(join(folder, file), bytes),
});
