import { type Artifact, decodeNpy, type RunContext } from '@featurescope/core';
import { z } from 'zod';
import { layout, parameterCount, type RecurrentNetwork } from '../recurrent/network.js';
import { noRecurrent } from './errors.js';
import type { Setting } from './setting.js';

const NAME = 'online-recognition';
const LIST = 'recurrent';
const size = z.int().min(1);

const listJson = z.strictObject({
  schemaVersion: z.literal(1),
  /** SHA-256 of the weights of the networks whose features are used, in their order. */
  networks: z.array(z.string()),
  steps: z.union([z.literal('strokes'), size]),
  classes: z.array(z.string()),
  recurrent: z.array(z.strictObject({ cell: z.enum(['gru', 'lstm']), features: size, hidden: size, classes: size })),
});

/** What recurrent networks belong to. */
const belongingTo = ({ ensemble, steps, features }: Setting) => ({
  networks: features.flatMap((member) => ensemble.members[member]?.sha256 ?? []),
  steps,
  classes: [...ensemble.classes],
});

/** Recurrent networks as files: a list of what they are, and the weights of each one after the other. */
export function* keptArtifacts(setting: Setting, recurrent: readonly RecurrentNetwork[]): Generator<Artifact> {
  const value: z.output<typeof listJson> = {
    schemaVersion: 1,
    ...belongingTo(setting),
    recurrent: recurrent.map(({ cell, features, hidden, classes }) => ({ cell, features, hidden, classes })),
  };
  yield { kind: 'json', name: LIST, value, description: 'what the recurrent networks take and give, for --recurrent' };
  for (const network of recurrent) {
    const names = layout(network).map(([name]) => name);
    const arrays = names.flatMap((name) => network.weights.get(name)?.data ?? []);
    const data = new Float32Array(parameterCount(network));
    let at = 0;
    for (const array of arrays) {
      data.set(array, at);
      at += array.length;
    }
    const description = `weights of the ${network.cell.toUpperCase()}, one after the other: ${names.join(', ')}`;
    yield { kind: 'tensor', name: network.cell, shape: [data.length], data, description };
  }
}

/** The recurrent networks of an earlier run. @throws FeaturescopeError when there are none, or they belong to other networks or steps */
export async function keptNetworks(
  { loadRun }: Pick<RunContext, 'loadRun'>,
  folder: string,
  setting: Setting,
): Promise<readonly RecurrentNetwork[]> {
  const { manifest, read } = await loadRun(folder);
  const run = manifest.runs.find(({ visualizer, status }) => visualizer === NAME && status === 'done');
  const bytesOf = async (kind: Artifact['kind'], name: string): Promise<Uint8Array> => {
    const artifact = run?.artifacts.find((one) => one.kind === kind && one.name === name);
    const bytes = artifact && (await read(artifact.path));
    if (!bytes) throw noRecurrent(folder, run ? `the ${kind} "${name}" is missing` : `it holds no finished ${NAME}`);
    return bytes;
  };
  const list = parsed(await bytesOf('json', LIST), folder);
  const wanted = belongingTo(setting);
  for (const what of ['networks', 'steps', 'classes'] as const)
    if (JSON.stringify(list[what]) !== JSON.stringify(wanted[what])) throw noRecurrent(folder, `they belong to other ${what}`);
  const networks: RecurrentNetwork[] = [];
  for (const sizes of list.recurrent) {
    const { data } = decodeNpy(await bytesOf('tensor', sizes.cell), `${folder}: ${sizes.cell}`);
    if (data.length !== parameterCount(sizes)) throw noRecurrent(folder, `the tensor "${sizes.cell}" has another size`);
    networks.push({ ...sizes, weights: cut(data, layout(sizes)) });
  }
  return networks;
}

function parsed(bytes: Uint8Array, folder: string): z.output<typeof listJson> {
  try {
    return listJson.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    throw noRecurrent(folder, `the json "${LIST}" is not one of this version`);
  }
}

function cut(data: Float32Array, parts: ReturnType<typeof layout>): RecurrentNetwork['weights'] {
  let at = 0;
  return new Map(
    parts.map(([name, shape]) => {
      const from = at;
      at += shape.reduce((product, length) => product * length, 1);
      return [name, { shape, data: data.slice(from, at) }];
    }),
  );
}
