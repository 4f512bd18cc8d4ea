import {
  type Artifact,
  defineVisualizer,
  type LayerName,
  type Model,
  type RunContext,
  toImage,
  type VisualizerEvent,
} from '@featurescope/core';
import { comparisonsOf } from './comparisons.js';
import { signsWithout } from './hide.js';
import { studiedLayers } from './layers.js';
import { type CorrespondenceOptions, correspondenceOptions } from './options.js';
import { readParts } from './parts/read-parts.js';
import { type StudiedPicture, studiedPictures } from './pictures.js';
import { type Marks, placeParts } from './place.js';
import { type Compared, consistencyArtifacts, rowsOf } from './results.js';
import { partsSheet } from './sheet.js';

/** Whether features change alike when the same part of an object is hidden in several pictures (Zeiler & Fergus, arXiv:1311.2901, section 4.3). */
export const correspondence = defineVisualizer({
  name: 'correspondence',
  summary: 'whether hiding the same part of an object changes the features of several pictures alike',
  citation: {
    authors: 'M. D. Zeiler, R. Fergus',
    title: 'Visualizing and Understanding Convolutional Networks (arXiv version)',
    year: 2013,
    url: 'https://arxiv.org/abs/1311.2901',
  },
  options: correspondenceOptions,
  async *run(context: RunContext, options: CorrespondenceOptions): AsyncGenerator<VisualizerEvent> {
    const { model, inputs } = context;
    const layers = studiedLayers(model, options.layers);
    const marks = placeParts(inputs, await readParts(context, options.parts), model.input, options.random > 0);
    for (const message of marks.warnings) yield { type: 'warning', message };
    const found = yield* studied(context, options, marks, layers);
    for (const artifact of consistencyArtifacts(rowsOf(layers, found), options.random)) yield { type: 'artifact', artifact };
  },
});

/** Hides every box of every picture, one picture after the other. */
async function* studied(
  context: RunContext,
  { random, batchSize, baseline }: CorrespondenceOptions,
  marks: Marks,
  layers: readonly LayerName[],
): AsyncGenerator<VisualizerEvent, readonly Compared[]> {
  const { model, signal } = context;
  const pictures = await studiedPictures(context, marks.pictures, { baseline }, layers);
  yield { type: 'artifact', artifact: sheetOf(pictures, marks.parts, model) };
  const sizes = pictures.map(({ shape: [height, width] }) => [height, width] as const);
  const compared = comparisonsOf(marks, sizes, random, context.random).map((comparison) => ({
    ...comparison,
    signs: [] as (readonly Int8Array[])[],
  }));
  const total = compared.reduce((sum, { boxes }) => sum + boxes.filter((box) => box).length, 0);
  let done = 0;
  for (const [i, picture] of pictures.entries()) {
    const asked = compared.flatMap(({ boxes, signs }) => {
      const box = boxes[i];
      return box ? [{ box, signs }] : [];
    });
    const request = { layers, boxes: asked.map(({ box }) => box), batchSize, abort: signal };
    let next = 0;
    for await (const signs of signsWithout(model, picture, request)) {
      signal.throwIfAborted();
      asked[next++]?.signs.push(signs);
      done++;
      yield { type: 'progress', done, total, label: picture.input.name };
    }
  }
  return compared;
}

const sheetOf = (pictures: readonly StudiedPicture[], parts: readonly string[], { input: spec }: Model): Artifact => ({
  kind: 'image',
  name: 'parts',
  image: partsSheet(
    pictures.map(({ input, values, shape, boxes }) => ({ name: input.name, image: toImage(values, shape, spec), boxes })),
    parts,
  ),
  description: 'the parts that are hidden, on the pictures as the network sees them',
});
