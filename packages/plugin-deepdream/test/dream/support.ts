import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Artifact,
  createModel,
  createRandom,
  decodeModelFile,
  type Executor,
  GRADIENT,
  type Image,
  type InputSpec,
  type Model,
  type Network,
  type VisualizerEvent,
} from '@featurescope/core';
import {
  type Array4,
  objectiveValue,
  type ReferenceTerm,
  referenceBackward,
  referenceExecutor,
  referenceForward,
  termSeeds,
  testContext,
} from '@featurescope/core/testing';
import { withRandomWeights } from '../../../core/src/testing/conformance/network-case.js';
import { linked, type Row } from '../../../core/src/testing/conformance/table.js';
import { createOnnxExecutor } from '../../../runtime/src/onnx/index.js';
import { dream } from '../../src/index.js';

export type Given = Parameters<typeof dream>[0];
export type Context = Partial<Parameters<typeof testContext>[0]>;

export function start(model: Model, given: Given, context: Context = {}): AsyncIterable<VisualizerEvent> {
  const { visualizer, options } = dream(given);
  return visualizer.run(testContext({ model, ...context }), options as never);
}

/** All events of a dream, or those up to the first for which `until` holds. */
export async function events(
  model: Model,
  given: Given,
  context: Context = {},
  until: (event: VisualizerEvent) => boolean = () => false,
): Promise<VisualizerEvent[]> {
  const all: VisualizerEvent[] = [];
  for await (const event of start(model, given, context)) {
    all.push(event);
    if (until(event)) break;
  }
  return all;
}

export const artifactsOf = (all: readonly VisualizerEvent[]): Artifact[] =>
  all.flatMap((event) => (event.type === 'artifact' ? [event.artifact] : []));

export function tensorOf(all: readonly VisualizerEvent[]) {
  const found = artifactsOf(all).find(({ kind }) => kind === 'tensor');
  if (found?.kind !== 'tensor') throw new Error('no tensor');
  return found;
}

export function imageOf(all: readonly VisualizerEvent[], name = 'image'): Image {
  const found = artifactsOf(all).find((artifact) => artifact.kind === 'image' && artifact.name === name);
  if (found?.kind !== 'image') throw new Error(`no image ${name}`);
  return found.image;
}

export const seriesOf = (all: readonly VisualizerEvent[], series: string): number[] =>
  all.flatMap((event) => (event.type === 'metric' && event.series === series ? [event.value] : []));

export const warningsOf = (all: readonly VisualizerEvent[]): string[] =>
  all.flatMap((event) => (event.type === 'warning' ? [event.message] : []));

/** Largest |a − b|, over the largest |b − from|: the error of what a dream added. */
export function relativeError(a: ArrayLike<number>, b: ArrayLike<number>, from: ArrayLike<number>): number {
  let [error, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    error = Math.max(error, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
    size = Math.max(size, Math.abs((b[i] ?? Number.NaN) - (from[i] ?? Number.NaN)));
  }
  return error / size;
}

/** Value of Σ weight · term, and its gradient with respect to the input, in double precision. */
export function handGradient(network: Network, x: Array4, terms: readonly ReferenceTerm[]): { value: number; gradient: Float64Array } {
  const pass = referenceForward(network, x);
  return { value: objectiveValue(pass, terms), gradient: referenceBackward(pass, termSeeds(pass, terms), GRADIENT).data };
}

/** Activations of a layer in double precision. */
export function handActivations(network: Network, x: Array4, layer: string): Array4 {
  const found = referenceForward(network, x).values.get(layer);
  if (!found) throw new Error(`no ${layer}`);
  return found;
}

export const doubles = (shape: Array4['shape'], values: ArrayLike<number>): Array4 => ({ shape, data: Float64Array.from(values) });

/** Numbers between −1 and 1 that look random, the same every time. */
export const wavy = (count: number, salt = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => (Math.sin((i + 1) * 12.9898 + salt) * 43758.5453) % 1);

/** A chain of layers with the same random weights every time; one with dense layers says the size that it takes. */
export function chain(rows: readonly Row[], size: readonly [number, number, number]): Network {
  const layers = linked('input', [...rows]);
  const network: Network = {
    input: { name: 'input', shape: rows.some(({ kind }) => kind === 'dense') ? size : [null, null, size[2]] },
    layers,
    outputs: [layers.at(-1)?.name ?? ''],
    weights: new Map(),
  };
  return withRandomWeights(network, [...size], createRandom('chain'));
}

export function modelOf(network: Network, input: InputSpec, executor: Executor = referenceExecutor): Promise<Model> {
  return createModel({ name: 'chain', network, input, executor });
}

/** The bundled photonet, on ONNX Runtime. */
export async function photonet(): Promise<Model> {
  const file = 'epoch-64.safetensors';
  const bytes = await readFile(join(import.meta.dirname, '../../../models/weights/photonet', file));
  const { network, input, labels } = decodeModelFile(bytes, file);
  return createModel({ name: 'photonet', network, input, ...(labels ? { labels } : {}), executor: createOnnxExecutor() });
}

/** The landscape of the demo, drawn at this size. */
export async function landscape(height: number, width: number): Promise<Image> {
  const file = join(import.meta.dirname, '../../../../examples/demo/landscape.mjs');
  const { landscape: draw } = (await import(file)) as { landscape(width: number, height: number): Uint8Array };
  return { width, height, channels: 3, data: draw(width, height) };
}
