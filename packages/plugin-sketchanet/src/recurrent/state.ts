import { decodeSafetensors, encodeSafetensors } from '@featurescope/core';
import { z } from 'zod';
import { unfitRecurrentFile, unfitRecurrentState } from './errors.js';
import { layout, type RecurrentNetwork } from './network.js';

const sizes = z.object({ cell: z.enum(['gru', 'lstm']), features: z.int().min(1), hidden: z.int().min(1), classes: z.int().min(1) });

const progress = z.object({
  /** Steps of the optimiser done. */
  step: z.int().min(0),
  history: z.array(z.object({ epoch: z.int(), loss: z.number(), accuracy: z.number() })),
  /** The options and data that the state belongs to. */
  fingerprint: z.string(),
});

/** How far a training is, after whole epochs. */
export type RecurrentProgress = z.output<typeof progress>;

const tensorsOf = ({ weights }: RecurrentNetwork) => [...weights].map(([name, weight]) => [`weights/${name}`, weight] as const);

/** A network as a safetensors file. */
export function encodeRecurrent({ weights, ...rest }: RecurrentNetwork): Uint8Array<ArrayBuffer> {
  return encodeSafetensors(new Map(tensorsOf({ weights, ...rest })), { metadata: { recurrent: JSON.stringify(sizes.parse(rest)) } });
}

/** @throws FeaturescopeError when the bytes hold no recurrent network */
export function decodeRecurrent(bytes: Uint8Array): RecurrentNetwork {
  const { tensors, metadata } = decodeSafetensors(bytes, 'the recurrent network');
  const parsed = sizes.safeParse(parseJson(metadata['recurrent']));
  if (!parsed.success) throw unfitRecurrentFile('its sizes are missing or wrong');
  const weights = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
  for (const [name, shape] of layout(parsed.data)) {
    const tensor = tensors.get(`weights/${name}`);
    if (!(tensor?.data instanceof Float32Array) || String(tensor.shape) !== String(shape))
      throw unfitRecurrentFile(`the weight "${name}" is missing or of another shape`);
    weights.set(name, { shape, data: tensor.data });
  }
  return { ...parsed.data, weights };
}

/** Weights, memory of the optimiser and progress, exactly. */
export function encodeRecurrentState(
  network: RecurrentNetwork,
  slots: ReadonlyMap<string, Float32Array>,
  now: RecurrentProgress,
): Uint8Array<ArrayBuffer> {
  const memory = [...slots].map(([name, data]) => [`slots/${name}`, { shape: [data.length], data }] as const);
  return encodeSafetensors(new Map([...tensorsOf(network), ...memory]), { metadata: { progress: JSON.stringify(now) } });
}

/** Puts a saved state back, in place. @throws FeaturescopeError when it belongs to another training */
export function restoreRecurrentState(
  bytes: Uint8Array,
  network: RecurrentNetwork,
  slots: ReadonlyMap<string, Float32Array>,
  fingerprint: string,
): RecurrentProgress {
  const { tensors, metadata } = decodeSafetensors(bytes, 'the saved training of the recurrent network');
  const parsed = progress.safeParse(parseJson(metadata['progress']));
  if (!parsed.success) throw unfitRecurrentState('it holds no progress');
  if (parsed.data.fingerprint !== fingerprint) throw unfitRecurrentState('the options or the drawings have changed');
  const targets = [
    ...[...network.weights].map(([name, { data }]) => [`weights/${name}`, data] as const),
    ...[...slots].map(([name, data]) => [`slots/${name}`, data] as const),
  ];
  for (const [name, target] of targets) {
    const saved = tensors.get(name)?.data;
    if (saved?.length !== target.length) throw unfitRecurrentState(`"${name}" is missing or of another size`);
    target.set(saved);
  }
  return parsed.data;
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
