import '@tensorflow/tfjs';
import { executorConformance, referenceExecutor } from '@featurescope/core/testing';
import { describe, it } from 'vitest';

executorConformance({ createExecutor: () => referenceExecutor, describe, it });
