import { z } from 'zod';

/** How the learning rate changes over the epochs. */
export const scheduleOptions = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant').describe('The same rate throughout') }),
  z.strictObject({
    kind: z.literal('step').describe('Multiplied at milestones'),
    milestones: z.array(z.int().min(1)).min(1).describe('Epochs after which the rate is multiplied by `factor`'),
    factor: z.number().positive().max(1).default(0.1).describe('Factor at each milestone'),
  }),
  z.strictObject({
    kind: z.literal('cosine').describe('Half a cosine from the full rate down'),
    final: z.number().min(0).max(1).default(0).describe('Part of the rate that is left at the end'),
  }),
]);

export type Schedule = z.output<typeof scheduleOptions>;

/** Where a step stands in a training. */
export interface SchedulePosition {
  /** From 0. */
  readonly step: number;
  readonly stepsPerEpoch: number;
  readonly epochs: number;
  /** Epochs in which the rate grows linearly from nearly 0, before the schedule starts. */
  readonly warmup: number;
}

/** Factor on the learning rate at a step: 0 … 1. */
export function scheduleFactor(schedule: Schedule, { step, stepsPerEpoch, epochs, warmup }: SchedulePosition): number {
  const warm = Math.round(warmup * stepsPerEpoch);
  if (step < warm) return (step + 1) / warm;
  switch (schedule.kind) {
    case 'constant':
      return 1;
    case 'step': {
      const epoch = Math.floor(step / stepsPerEpoch);
      return schedule.factor ** schedule.milestones.filter((milestone) => epoch >= milestone).length;
    }
    case 'cosine': {
      const done = (step - warm) / Math.max(1, epochs * stepsPerEpoch - warm);
      return schedule.final + (1 - schedule.final) * 0.5 * (1 + Math.cos(Math.PI * done));
    }
  }
}
