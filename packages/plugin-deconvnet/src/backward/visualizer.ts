import {
  type Artifact,
  type BackwardPolicy,
  type Citation,
  channelSum,
  defineVisualizer,
  findTarget,
  heatmap,
  type Image,
  type InputSpec,
  overlay,
  type RunContext,
  saliencyMap,
  stretchedImage,
  toImage,
  type VisualizerEvent,
} from '@featurescope/core';
import { type ProjectionOptions, projectionOptions } from './options.js';
import { type Projection, projectUnit } from './project.js';

interface Method {
  readonly name: string;
  readonly summary: string;
  readonly citation: Citation;
  readonly policy: BackwardPolicy;
}

/** A visualizer that carries a unit's signal back to every input under one policy. */
export const projectionVisualizer = ({ name, summary, citation, policy }: Method) =>
  defineVisualizer({
    name,
    summary,
    citation,
    options: projectionOptions,
    async *run(context: RunContext, options: ProjectionOptions): AsyncGenerator<VisualizerEvent> {
      const { model, inputs, signal } = context;
      const target = findTarget(model, options, name);
      for (const [i, input] of inputs.entries()) {
        signal.throwIfAborted();
        const picture = await input.tensor(model.input);
        try {
          const shown = toImage(await picture.data(), [picture.shape[1], picture.shape[2], picture.shape[3]], model.input);
          const projection = await projectUnit(model, picture, { target, policy, signal: options.signal, abort: signal });
          yield { type: 'metric', series: 'target', step: 0, value: projection.target.value, input: input.name };
          for (const artifact of artifactsOf(projection, shown, model.input, input.name)) {
            signal.throwIfAborted();
            yield { type: 'artifact', artifact };
          }
        } finally {
          picture.dispose();
        }
        yield { type: 'progress', done: i + 1, total: inputs.length, label: input.name };
      }
    },
  });

/** The numbers, and ways to look at them. */
function* artifactsOf({ target, label, values, shape }: Projection, picture: Image, spec: InputSpec, input: string): Generator<Artifact> {
  const [height, width] = shape;
  const subject = { input, layer: target.layer.name, unit: target.unit };
  const of = `${label}, value ${target.value.toPrecision(4)}`;
  yield { ...subject, kind: 'tensor', name: 'attribution', shape, data: values, description: of };
  yield { ...subject, kind: 'image', name: 'input', image: picture };
  const signed = heatmap(channelSum(values, shape), [height, width]);
  yield {
    ...subject,
    kind: 'image',
    name: 'overlay',
    image: overlay(picture, signed),
    description: `${of}: sum over channels on the picture, red raises it, blue lowers it`,
  };
  yield { ...subject, kind: 'image', name: 'heatmap', image: signed, description: `${of}: sum over channels` };
  yield {
    ...subject,
    kind: 'image',
    name: 'saliency',
    image: stretchedImage(saliencyMap(values, shape), [height, width, 1], 'magnitude'),
    description: `${of}: largest magnitude over channels`,
  };
  yield {
    ...subject,
    kind: 'image',
    name: 'signed',
    image: stretchedImage(colours(values, spec), shape, 'logistic'),
    description: `${of}: signed, grey is zero`,
  };
}

/** Channels in the order red, green, blue. */
function colours(values: Float32Array, { preprocessing, channels }: InputSpec): Float32Array {
  if (preprocessing?.channelOrder !== 'bgr' || channels !== 3) return values;
  const turned = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) turned[i] = values[i + 2 - 2 * (i % 3)] ?? 0;
  return turned;
}
