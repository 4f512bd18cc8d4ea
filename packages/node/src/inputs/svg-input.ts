import { type Drawing, drawingInput, drawsStrokes, type ImageCodec, type Input, type InputSpec } from '@featurescope/core';
import { parseSvgDrawing } from '../drawings/svg.js';
import type { InputFile } from './input-loader.js';
import { pictureInput } from './picture-input.js';

/**
 * An SVG file: a picture to networks of pictures, and strokes to those of drawings, as long as it is made of them.
 * @throws FeaturescopeError when it is neither
 */
export const svgInput = async (file: InputFile, codec: ImageCodec): Promise<Input> => {
  const { name, source } = file;
  const drawing = async (): Promise<Drawing> => parseSvgDrawing(new TextDecoder().decode(await file.read()), source);
  // What is no picture has its fault named with its line by the reader of drawings.
  const picture = await pictureInput(file, codec).catch(async () => drawingInput(name, source, await drawing()));
  const shown = async (spec: InputSpec): Promise<Input> => {
    if (!drawsStrokes(spec)) return picture;
    try {
      return drawingInput(name, source, await drawing());
    } catch (cause) {
      if (spec.channels === 1 || spec.channels === 3) return picture;
      throw cause;
    }
  };
  return {
    name,
    source,
    raw: false,
    size: picture.size,
    drawing,
    tensor: async (spec, size) => (await shown(spec)).tensor(spec, size),
    values: async (spec, size) => {
      const input = await shown(spec);
      if (input.values) return input.values(spec, size);
      const tensor = await input.tensor(spec, size);
      return { shape: tensor.shape, data: await tensor.data<'float32'>().finally(() => tensor.dispose()) };
    },
  };
};
