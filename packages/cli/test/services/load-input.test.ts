import { type Config, defineVisualizer, type RunContext } from '@featurescope/core';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { execute } from '../../src/commands/execute.js';
import { capturedIo } from '../support/captured-io.js';
import { temporaryFolder } from '../support/folder.js';
import { tinyModelFile } from '../support/model.js';
import { constantArray } from '../support/npy.js';
import { noisePicture } from '../support/picture.js';

const folder = temporaryFolder({
  'tiny.safetensors': tinyModelFile(),
  'right.npy': constantArray([12, 10, 3]),
  'photos/guide.png': await noisePicture(20, 128, 1),
  'photos/other.png': await noisePicture(20, 90, 2),
  'notes.txt': 'no picture',
});

const guided = defineVisualizer({
  name: 'guided',
  summary: 'looks at a guide',
  options: z.strictObject({ guide: z.string().describe('guide') }),
  async *run({ loadInput, model }: RunContext, { guide }) {
    const { name, size, raw, tensor } = await loadInput(guide);
    const image = await tensor(model.input);
    yield { type: 'artifact', artifact: { kind: 'json', name: 'guide', value: { name, size, raw, shape: image.shape } } };
    image.dispose();
    yield { type: 'progress', done: 1, total: 1 };
  },
});

async function attempt(guide: string): Promise<{ readonly code: number; readonly err: string }> {
  const config: Config = { model: 'tiny.safetensors', inputs: ['right.npy'], runtime: 'cpu', visualizers: [guided({ guide })] };
  const io = capturedIo(folder);
  const code = await execute(config, io, { quiet: true });
  return { code, err: io.err() };
}

describe('a picture that a visualizer asks for', () => {
  it.each(['photos/guide.png', 'photos/g*.png', 'right.npy'])('is read from the working folder: %s', async (guide) => {
    expect(await attempt(guide)).toEqual({ code: 0, err: '' });
  });

  it('is wrong use when it is missing, no picture, or several, and nothing else came out', async () => {
    expect(await attempt('photos/guid.png')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "error: guided: There is no input "photos/guid.png". Expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF, SVG), an array (.npy), a drawing (.svg, or a line of an .ndjson file such as "cat.ndjson#12"), a folder or a pattern such as "photos/*.jpg". Did you mean "photos/guide.png" or "photos/other.png"?
      ",
      }
    `);
    expect(await attempt('notes.txt')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "error: guided: "notes.txt" cannot be read as a picture: Input buffer contains unsupported image format. Expected PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG.
      ",
      }
    `);
    expect(await attempt('photos')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "err": "error: guided: "photos" stands for 2 files (photos/guide.png, photos/other.png), but one picture or array is wanted: name it.
      ",
      }
    `);
  });
});
