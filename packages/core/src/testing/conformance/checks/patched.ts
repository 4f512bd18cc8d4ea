import { paste, patchOutputShape } from '../../../execution/patched/batched.js';
import { type Patch, type PatchedPasses, type PatchOutput, patchedPasses } from '../../../execution/patched/index.js';
import type { Shape } from '../../../network/layer.js';
import type { Random } from '../../../random.js';
import { createRandom } from '../../../random-stream.js';
import { referenceForward } from '../../reference/forward.js';
import { assertClose, assertRejects } from '../compare.js';
import type { NetworkCase } from '../network-case.js';
import { type ConformanceTest, withCompiled, withTensor } from '../test-case.js';

const values = (random: Random, size: number): Float32Array => random.fillNormal(new Float32Array(size), 0, 1);

/** Boxes of many sizes at random places, in the corners, and the whole picture. */
export function drawnPatches([height, width, channels]: Shape, random: Random): Patch[] {
  const inside = (): Patch['box'] => {
    const [tall, wide] = [random.integer(1, height), random.integer(1, width)];
    return { top: random.integer(0, height - tall), left: random.integer(0, width - wide), height: tall, width: wide };
  };
  const one = { height: 1, width: 1 };
  const boxes = [
    { top: 0, left: 0, height, width },
    { top: 0, left: 0, ...one },
    { top: height - 1, left: width - 1, ...one },
    { top: 0, left: width - 1, ...one },
    ...Array.from({ length: 6 }, inside),
  ];
  return boxes.map((box) => ({ box, values: values(random, box.height * box.width * channels) }));
}

/** Compares every layer, and some channels of the last one, with the reference on whole pictures. */
export const patchedTest = ({ network, input }: NetworkCase): ConformanceTest => ({
  name: 'patched passes',
  run: (executor) =>
    withCompiled(executor, network, async (compiled) => {
      const [, height, width, channels] = input.shape;
      const shape: Shape = [height, width, channels];
      const picture = { shape: [1, ...shape] as const, data: input.data.slice(0, height * width * channels) };
      const unchanged = referenceForward(network, picture);
      const layers = network.layers.map(({ name }) => name).filter((name) => unchanged.values.has(name));
      const last = layers.at(-1) ?? '';
      const count = unchanged.values.get(last)?.shape[3] ?? 1;
      const outputs: PatchOutput[] = [...layers.map((layer) => ({ layer })), { layer: last, channels: [count - 1, 0] }];
      const patches = drawnPatches(shape, createRandom('patches'));
      const passes = await withTensor(picture, (tensor) => patchedPasses(compiled, tensor, outputs));
      try {
        const found = await passes.forward(patches);
        for (const [n, patch] of patches.entries()) {
          const changed = Float32Array.from(picture.data);
          paste(changed, shape, patch);
          const { values: expected } = referenceForward(network, { shape: picture.shape, data: Float64Array.from(changed) });
          for (const [i, output] of outputs.entries()) {
            const of = expected.get(output.layer);
            const [h, w, c] = patchOutputShape(of ? [of.shape[1], of.shape[2], of.shape[3]] : undefined, output);
            const size = h * w * c;
            const wanted = of && output.channels ? chosen(of.data, of.shape[3], output.channels) : of?.data;
            const what = `"${output.layer}" with patch ${n} (${Object.values(patch.box).join(' ')})`;
            assertClose({ data: found[i]?.subarray(n * size, (n + 1) * size) ?? [] }, { data: wanted ?? [] }, what);
          }
        }
        await checkRefusals(passes, shape);
      } finally {
        passes.dispose();
      }
    }),
});

const chosen = (data: Float64Array, all: number, channels: readonly number[]): number[] =>
  Array.from({ length: data.length / all }, (_, row) => channels.map((channel) => data[row * all + channel] ?? 0)).flat();

async function checkRefusals(passes: PatchedPasses, [height, width, channels]: Shape): Promise<void> {
  const beyond = { box: { top: height, left: 0, height: 1, width: 1 }, values: new Float32Array(channels) };
  await assertRejects(passes.forward([beyond]), 'a patch beyond the picture');
  const short = { box: { top: 0, left: 0, height, width }, values: new Float32Array(channels * height * width + 1) };
  await assertRejects(passes.forward([short]), 'a patch with too many values');
}
