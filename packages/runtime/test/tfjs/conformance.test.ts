import { executorConformance } from '@featurescope/core/testing';
import { describe, it } from 'vitest';
import { createTfjsExecutor } from '../../src/tfjs/executor.js';
import { TESTED, use } from '../backend.js';

describe.each(TESTED)('tfjs executor on %s', (backend) => {
  executorConformance({
    createExecutor: async () => {
      await use(backend);
      return createTfjsExecutor();
    },
    describe,
    it,
  });
});

it.skipIf(TESTED.length > 0)('has no runtime to test', () => undefined);
