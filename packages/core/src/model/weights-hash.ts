import type { Network } from '../network/network.js';
import { weightNames } from '../network/weights.js';

/** SHA-256 of the weights' bytes (little-endian float32), layer after layer in the order of the network; hexadecimal. */
export async function weightsHash(network: Network): Promise<string> {
  const names = [...new Set(network.layers.flatMap(weightNames))];
  const arrays = names.flatMap((name) => network.weights.get(name)?.data ?? []);
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let offset = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
