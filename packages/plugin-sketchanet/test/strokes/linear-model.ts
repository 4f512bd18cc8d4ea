import { createModel, type InputSpec, type Model, type StrokePreprocessing } from '@featurescope/core';
import { referenceExecutor } from '@featurescope/core/testing';

/** Ink 1 on 0, one pixel of the pen for each of the canvas. */
export const inkSpec = (side: number, channels: number, strokes: Partial<StrokePreprocessing> = {}): InputSpec => ({
  size: [side, side],
  channels,
  fixedSize: true,
  preprocessing: {
    channelOrder: 'grey',
    scale: 1 / 255,
    mean: Array.from({ length: channels }, () => 0),
    std: Array.from({ length: channels }, () => 1),
    strokes: { penWidth: 1, parts: 1, split: 'even', ...strokes },
  },
});

type WeightOf = (y: number, x: number, channel: number) => number;

/** One convolution that covers the whole picture: the score of class k is Σ weight_k · input. */
export function linearModel(spec: InputSpec, ...classes: readonly WeightOf[]): Promise<Model> {
  const { size, channels } = spec;
  const kernel = new Float32Array(size[0] * size[1] * channels * classes.length);
  let at = 0;
  for (let y = 0; y < size[0]; y++)
    for (let x = 0; x < size[1]; x++) for (let c = 0; c < channels; c++) for (const weight of classes) kernel[at++] = weight(y, x, c);
  return createModel({
    name: 'linear',
    network: {
      input: { name: 'input', shape: [...size, channels] },
      layers: [
        {
          kind: 'conv',
          name: 'score',
          inputs: ['input'],
          kernelSize: size,
          filters: classes.length,
          stride: [1, 1],
          dilation: [1, 1],
          padding: { top: 0, left: 0, bottom: 0, right: 0 },
          groups: 1,
          bias: false,
        },
      ],
      outputs: ['score'],
      weights: new Map([['score/kernel', { shape: [...size, channels, classes.length], data: kernel }]]),
    },
    input: spec,
    executor: referenceExecutor,
  });
}
