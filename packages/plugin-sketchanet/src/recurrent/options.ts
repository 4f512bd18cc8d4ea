import { optimizerOptions } from '@featurescope/core';
import { z } from 'zod';

/** How a recurrent network is made and trained. */
export const recurrentOptions = z.strictObject({
  cell: z.enum(['gru', 'lstm']).default('gru').describe('Recurrent cell'),
  hidden: z.int().min(1).max(4096).default(256).describe('Units of the state'),
  epochs: z.int().min(1).default(20).describe('Passes over the drawings'),
  batchSize: z.int().min(1).default(16).describe('Drawings a step'),
  learningRate: z.number().positive().default(0.01).describe('Learning rate'),
  optimizer: optimizerOptions.prefault({ kind: 'adagrad', weightDecay: 5e-4 }).describe('Optimiser with its options'),
  clip: z.number().positive().default(5).describe('Longest gradient, as the norm of all weights together; longer ones are shortened'),
  gain: z.number().positive().default(1.1).describe('Factor on the orthogonal first kernels'),
  forgetBias: z.number().default(1).describe('First bias of the forget gate, of an LSTM only'),
  alpha: z.number().min(0).default(10).describe('Weight of step t of N in the loss: exp(−alpha·(1 − t/N)); 0 counts all alike'),
  weighting: z
    .enum(['mean', 'sum'])
    .default('mean')
    .describe('`mean`: the weights of a drawing are divided by their sum; `sum`: taken as they are, so that long drawings count more'),
});

export type RecurrentOptions = z.output<typeof recurrentOptions>;

/** What was asked for but changes nothing, as sentences for a warning. */
export const recurrentWithoutEffect = (given: Partial<RecurrentOptions>): string[] =>
  given.forgetBias !== undefined && (given.cell ?? 'gru') === 'gru'
    ? ['forgetBias has no effect on a GRU, which has no forget gate; use cell: "lstm".']
    : [];
