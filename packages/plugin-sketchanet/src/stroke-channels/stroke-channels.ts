import {
  type Artifact,
  type Drawing,
  defaultPenWidth,
  defineVisualizer,
  type Extent,
  interleaved,
  partUnions,
  type RunContext,
  strokePlanes,
  unionName,
  type VisualizerEvent,
} from '@featurescope/core';
import { drawingsOf } from '../drawings-of.js';
import { type StrokeChannelsOptions, strokeChannelsOptions } from './options.js';
import { channelSheet, orderPicture } from './pictures.js';
import { scaleArtifacts } from './scales.js';
import { withoutEffect } from './without-effect.js';

const NAME = 'stroke-channels';

/** The stroke-order channels that Sketch-a-Net sees of a drawing. */
export const strokeChannels = defineVisualizer({
  name: NAME,
  summary: 'a drawing as the stroke-order channels of Sketch-a-Net, its strokes coloured by order, and its scales',
  citation: {
    authors: 'Q. Yu, Y. Yang, Y.-Z. Song, T. Xiang, T. M. Hospedales',
    title: 'Sketch-a-Net that Beats Humans',
    year: 2015,
    url: 'https://arxiv.org/abs/1501.07873',
  },
  options: strokeChannelsOptions,
  async *run(context: RunContext, options: StrokeChannelsOptions): AsyncGenerator<VisualizerEvent> {
    const drawings = await drawingsOf(context, NAME);
    const total = drawings.length;
    yield { type: 'progress', done: 0, total };
    for (const [i, { input, drawing }] of drawings.entries()) {
      context.signal.throwIfAborted();
      for (const message of withoutEffect(NAME, input.name, drawing, options)) yield { type: 'warning', message };
      for (const artifact of artifactsOf(drawing, options)) {
        yield { type: 'artifact', artifact: { ...artifact, input: input.name } };
        context.signal.throwIfAborted();
      }
      yield { type: 'progress', done: i + 1, total, label: input.name };
    }
  },
});

function* artifactsOf(drawing: Drawing, options: StrokeChannelsOptions): Generator<Artifact> {
  const { parts, split, scales } = options;
  const size: Extent = [options.size, options.size];
  const penWidth = options.penWidth ?? defaultPenWidth(size);
  const planes = strokePlanes(drawing, { size, penWidth, parts, split });
  const unions = partUnions(parts);
  yield {
    kind: 'tensor',
    name: 'channels',
    shape: [...size, unions.length],
    data: interleaved(planes),
    description: `ink 1 on 0; channels by length, then start: ${unions.map(unionName).join(', ')}`,
  };
  yield {
    kind: 'image',
    name: 'channels',
    image: channelSheet(planes, size, parts),
    description: `parts of ${drawing.strokes.length} strokes (${split} split), and all unions of neighbours`,
  };
  yield {
    kind: 'image',
    name: 'strokes',
    image: orderPicture(drawing, penWidth, size),
    description: 'strokes from the first, indigo, to the last, red',
  };
  const whole = planes.at(-1);
  if (scales && whole) yield* scaleArtifacts(whole, size, scales);
}
