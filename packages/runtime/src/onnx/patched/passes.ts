import {
  type CompiledNetwork,
  chosenChannels,
  inferShapes,
  type Patch,
  type PatchedPasses,
  type PatchOutput,
  patchOutputShape,
} from '@featurescope/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Numbers } from '../session.js';
import type { SessionCache } from '../session-cache.js';
import { type Changed, nextPart, type Plan } from './changes.js';
import { assembled, joined, unchangedMaps, withRows } from './maps.js';
import { feedsOf } from './patch-feeds.js';
import { buildRows, ROWS_PORTS } from './rows-graph.js';

/** Passes of a picture that compute, of every layer, just the positions that a patch can change. */
export async function incrementalPasses(
  compiled: Pick<CompiledNetwork, 'network' | 'forward'>,
  picture: Tensor4D,
  outputs: readonly PatchOutput[],
  sessions: SessionCache,
  version: number,
): Promise<PatchedPasses> {
  const { network } = compiled;
  const [, height, width, channels] = picture.shape;
  const layers = outputs.map(({ layer }) => layer);
  const shapes = inferShapes(network, [height, width, channels], layers);
  const graph = buildRows(network, shapes, outputs);
  const maps = await unchangedMaps(compiled, picture, [...new Set([...graph.tables.map(({ layer }) => layer), ...layers])]);
  // The weights are built in, so that passes made before new weights were set go on with those they began with.
  const structure = outputs.map(({ layer, channels: chosen }) => [layer, chosen?.length]);
  const key = JSON.stringify({ version, picture: [height, width, channels], structure });
  const plan: Plan = { network, shapes, graph, outputs };
  const tables = new Map(graph.tables.map(({ layer, outside }) => [layer, withRows(maps.get(layer) ?? NOTHING, outside)]));
  const wanted = outputs.map((output) => {
    const { data, dims } = maps.get(output.layer) ?? NOTHING;
    const shape = patchOutputShape(shapes.get(output.layer), output);
    return { layer: output.layer, shape, unchanged: chosenChannels(data, dims.at(-1) ?? 1, output) };
  });
  const run = (patches: readonly Patch[], changed: Changed): Promise<readonly Float32Array[]> =>
    sessions.use(key, graph.model, (session) =>
      session.run(feedsOf(plan, tables, patches, changed), (results) =>
        wanted.map(({ layer, shape, unchanged }, i) =>
          assembled(unchanged, shape, results.get(ROWS_PORTS.output(i))?.data ?? NOTHING.data, changed.get(layer) ?? []),
        ),
      ),
    );
  return {
    manner: 'incremental',
    shapes: wanted.map(({ shape }) => shape),
    async forward(patches, signal) {
      const results: Float32Array[][] = outputs.map(() => []);
      for (let first = 0; first < patches.length; ) {
        signal?.throwIfAborted();
        const { part, changed } = nextPart(plan, patches, first);
        first += part.length;
        for (const [i, values] of (await run(part, changed)).entries()) results[i]?.push(values);
      }
      return results.map(joined);
    },
    // The compiled graph is the network's: the next picture of this size uses it again.
    dispose: () => undefined,
  };
}

const NOTHING: Numbers = { data: new Float32Array(), dims: [0, 0, 0, 0] };
