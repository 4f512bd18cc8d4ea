import type { VisualizerEvent } from '../visualizer/events.js';

/** What is measured after an epoch; losses are mean cross-entropies, accuracies parts of 1. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Of the last step. */
  readonly learningRate: number;
  /** Over the epoch's training pictures, distorted and with dropout, while the weights change. */
  readonly loss: number;
  readonly accuracy: number;
  /** On the measured pictures, if there are any; after a checkpoint, of the weights as they are stored. */
  readonly measured?: Measurement;
  /** File name of the checkpoint kept after this epoch. */
  readonly checkpoint?: string;
}

/** Accuracy on pictures that were not trained on. */
export interface Measurement {
  readonly loss: number;
  readonly top1: number;
  readonly top5: number;
  readonly pictures: number;
}

/** What training yields: the events of a visualizer, and one for each checkpoint. */
export type TrainingEvent =
  | VisualizerEvent
  | {
      readonly type: 'checkpoint';
      readonly epoch: number;
      /** File name under which the store was given it. */
      readonly file: string;
      /** Of the weights as they are stored. */
      readonly measured?: Measurement;
    };
