import type { LabelledPictures, SplitPictures } from '../pictures/index.js';
import type { BuiltVariant } from './network.js';
import type { AblationOptions } from './options.js';

/** SHA-256 of everything that results depend on: networks, options, and the pixels, classes and names of the pictures. */
export async function fingerprintOf(
  variants: readonly BuiltVariant[],
  options: AblationOptions,
  { training, validation }: SplitPictures,
): Promise<string> {
  const { deadBelow: _dead, aliasedAbove: _aliased, variants: _given, ...protocol } = options;
  const networks = variants.map(({ name, network: { input, layers } }) => ({ name, input, layers }));
  const pictures = await Promise.all([training, validation].map(digestOf));
  return sha256(new TextEncoder().encode(JSON.stringify({ networks, protocol, pictures })));
}

const digestOf = async ({ images, labels, names, classes }: LabelledPictures) => ({
  pixels: await sha256(new Uint8Array(images)),
  described: await sha256(new TextEncoder().encode(JSON.stringify({ labels: Array.from(labels), names, classes }))),
});

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
