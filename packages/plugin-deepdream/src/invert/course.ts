import type { Extent, Input, Model, RunContext } from '@featurescope/core';
import type { Canvas } from '../loop/canvas.js';
import type { Course } from '../loop/course.js';
import { framePicture } from '../loop/picture.js';
import { regularisers } from '../regularisers/regularisers.js';
import { descentStages, divergenceRange } from './descent.js';
import { greyUnits } from './grey-units.js';
import { relativeDepth, variationWeight } from './layer.js';
import { inversionLoss, type Target } from './loss.js';
import { NAME } from './name.js';
import { ALPHA_WEIGHT, type InvertOptions } from './options.js';
import { scheduleParts } from './schedule.js';
import { startPicture } from './start.js';
import { baseRate, ruleOf } from './steps.js';

/** Which of all reconstructions this is. */
export interface ReconstructionPlace {
  readonly input: Input;
  /** Reconstruction of this input, counted from 0. */
  readonly repeat: number;
  /** Of all reconstructions. */
  readonly index: number;
}

interface Prepared extends ReconstructionPlace {
  readonly model: Model;
  readonly wanted: Canvas;
  readonly target: Target;
}

/** What the options leave open. */
export interface Settings {
  readonly tvWeight: number;
  readonly rate: number;
}

/** The course of one reconstruction. */
export function courseOf(
  context: RunContext,
  options: InvertOptions,
  prepared: Prepared,
): { readonly course: Course; readonly settings: Settings } {
  const { random, signal } = context;
  const { model, wanted, target, repeat, index } = prepared;
  const { input: spec } = model;
  const { shape } = wanted;
  const size: Extent = [shape[1], shape[2]];
  const units = greyUnits(spec);
  // Nothing is known of what an unknown input looks like.
  const isKnown = model.input.preprocessing !== undefined;
  const tvWeight = options.tvWeight ?? (isKnown ? variationWeight(relativeDepth(model, target.layer), size) : 0);
  const alphaWeight = options.alphaWeight ?? (isKnown ? ALPHA_WEIGHT : 0);
  const loss = inversionLoss(target, shape, units, { ...options, tvWeight, alphaWeight });
  const rate = baseRate(options);
  const start = (): Canvas => startPicture(options, spec, shape, random.fork(`start/${index}`));
  const guard = options.guard ? divergenceRange(spec, options.clamp, wanted) : undefined;
  // Metrics of one series and input may not begin anew.
  const input = repeat === 0 ? prepared.input.name : `${prepared.input.name} (${repeat + 1})`;
  const course: Course = {
    input,
    label: input,
    stages: descentStages({ model, loss, options, rate, shape, signal, start }, scheduleParts(options)),
    rule: ruleOf(options, units, shape),
    regularisers: regularisers({ ...NO_REGULARISERS, ...options, tvBeta: NO_REGULARISERS.tvBeta }, spec, NAME),
    ...(guard && { guard }),
    picture: async (canvas) => framePicture(canvas, spec),
    frameEvery: options.frameEvery,
    frameSize: size,
  };
  return { course, settings: { tvWeight, rate } };
}

/** Those that an inversion does not offer, since they pull the picture away from what is looked for. */
const NO_REGULARISERS = { decay: 0, l2: 0, totalVariation: 0, tvBeta: 2, clipNorm: 0, clipContribution: 0 } as const;
