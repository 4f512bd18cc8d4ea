import { describeTarget, type LayerName, type Model, type Shape, strongestUnit } from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { InputPlan } from './plan.js';
import { type Question, type Reading, reading, wantedOutputs } from './reading.js';

/** What is followed on one picture, and what it is while nothing is hidden. */
export interface Subject extends Question {
  /** The score in words. */
  readonly label: string;
  /** Of the whole picture. */
  readonly whole: Reading;
}

/** Looks at the whole picture [1, H, W, C] once: what is the strongest where nothing was named, and how strong it is. */
export async function subjectOf({ model, score: asked, mapLayer }: InputPlan, picture: Tensor4D): Promise<Subject> {
  const layer = asked.reference?.layer.name ?? mapLayer ?? model.logits;
  const layers = [...new Set([model.logits, layer, ...(mapLayer === undefined ? [] : [mapLayer])])];
  const found = await model.activations(picture, layers);
  try {
    const activations = new Map<LayerName, Activation>();
    for (const [name, tensor] of found) activations.set(name, { values: await tensor.data<'float32'>(), shape: mapShape(tensor) });
    const of = (name: LayerName): Activation => activations.get(name) ?? { values: new Float32Array(), shape: [0, 0, 0] };
    const map = mapLayer === undefined ? undefined : { layer: mapLayer, unit: mostActive(of(mapLayer)) };
    const { values, shape } = of(layer);
    const { unit: given, at: position } = asked.reference ?? {};
    const target =
      asked.name === 'activity'
        ? { unit: given ?? mostActive(of(layer)) }
        : strongestUnit(values, shape, { ...(given === undefined ? {} : { unit: given }), ...(position ? { at: position } : {}) });
    const question: Question = {
      score: asked.name,
      layer,
      unit: target.unit,
      ...('at' in target ? { at: target.at } : {}),
      ...(map ? { map } : {}),
    };
    const outputs = wantedOutputs(model, question).map((output) => ({ ...of(output.layer), output }));
    const taken = outputs.map(({ values: all, shape: size, output }) =>
      output.channels ? channelOf(all, size, output.channels[0] ?? 0) : all,
    );
    const whole = reading(
      question,
      taken,
      outputs.map(({ shape: size }) => size),
    );
    return { ...question, label: scoreLabel(model, question), whole };
  } finally {
    tf.dispose([...found.values()]);
  }
}

interface Activation {
  readonly values: Float32Array;
  readonly shape: Shape;
}

const mapShape = ({ shape: [, height, width, channels] }: Tensor4D): Shape => [height, width, channels];

const channelOf = (values: Float32Array, [height, width, channels]: Shape, channel: number): Float32Array =>
  Float32Array.from({ length: height * width }, (_, i) => values[i * channels + channel] ?? 0);

/** The channel with the largest sum over positions; of equals the first. */
function mostActive({ values, shape }: Activation): number {
  const sums = new Float64Array(shape[2]);
  for (let i = 0; i < values.length; i++) sums[i % shape[2]] = (sums[i % shape[2]] ?? 0) + (values[i] ?? 0);
  return sums.reduce((best, total, channel) => (total > (sums[best] ?? 0) ? channel : best), 0);
}

function scoreLabel(model: Model, { score, layer, unit, at = [0, 0] }: Question): string {
  switch (score) {
    case 'logit':
    case 'probability':
      return `${score} of ${describeTarget(model, { layer: model.layer(model.logits), unit, at })}`;
    case 'unit':
      return describeTarget(model, { layer: model.layer(layer), unit, at });
    case 'activity':
      return `activity of ${layer}, unit ${unit}`;
  }
}
