import {
  cropImage,
  type Drawing,
  drawingValues,
  type Image,
  type ImageCodec,
  type Input,
  type InputSpec,
  type RunContext,
  resizePlan,
  type Shape,
  toInputUnits,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { noSuchItem, wrongItemChannels } from '../errors.js';

/** A picture or array as the network takes it. */
export interface Stimulus {
  /** Its place among all stimuli, from 0. */
  readonly item: number;
  readonly name: string;
  readonly shape: Shape;
  /** [H, W, C], in input units. */
  readonly values: Float32Array;
}

/** Everything that a network is shown, in one order. */
export interface Stimuli {
  readonly size: number;
  /** @throws FeaturescopeError when there is no such item, it cannot be read, or it does not fit the network */
  read(item: number): Promise<Stimulus>;
}

/** The inputs of a run, then its data set: pictures and drawings at the size of the network, arrays as they are. */
export function stimuliOf({ inputs, dataset, codec }: Pick<RunContext, 'inputs' | 'dataset' | 'codec'>, spec: InputSpec): Stimuli {
  const size = inputs.length + (dataset?.size ?? 0);
  return {
    size,
    async read(item) {
      const input = inputs[item];
      if (input) return { item, name: input.name, ...(await ofInput(input, spec)) };
      if (!dataset || item >= size) throw noSuchItem(item, size);
      const found = await dataset.item(item - inputs.length);
      if (found.kind === 'picture') return { item, name: found.name, ...(await ofPicture(found.image, spec, codec)) };
      if (found.kind === 'drawing') return { item, name: found.name, ...ofDrawing(found.drawing, spec, found.name) };
      const { name, shape, values } = found;
      if (shape[2] !== spec.channels) throw wrongItemChannels(dataset.name, shape, spec.channels);
      return { item, name, shape, values };
    },
  };
}

type Values = Pick<Stimulus, 'shape' | 'values'>;

async function ofInput(input: Input, spec: InputSpec): Promise<Values> {
  const { shape, data } = (await input.values?.(spec)) ?? (await readTensor(await input.tensor(spec)));
  const [, height, width, channels] = shape;
  return { shape: [height, width, channels], values: data };
}

/** What a tensor holds, which is disposed. */
async function readTensor(tensor: Tensor4D): Promise<{ readonly shape: Tensor4D['shape']; readonly data: Float32Array }> {
  return { shape: tensor.shape, data: await tensor.data<'float32'>().finally(() => tensor.dispose()) };
}

function ofDrawing(drawing: Drawing, spec: InputSpec, name: string): Values {
  const { shape, data } = drawingValues(drawing, spec, 'model', name);
  return { shape: [shape[1], shape[2], shape[3]], values: data };
}

async function ofPicture(image: Image, spec: InputSpec, codec: ImageCodec): Promise<Values> {
  const { resize, crop } = resizePlan([image.height, image.width], spec);
  const scaled = await codec.resize(image, resize);
  const shown = crop ? cropImage(scaled, crop) : scaled;
  return { shape: [shown.height, shown.width, spec.channels], values: toInputUnits(shown, spec) };
}
