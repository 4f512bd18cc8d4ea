import type { LayerName } from '../network/layer.js';
import type { Network, Weights } from '../network/network.js';

/**
 * Rescales each filter whose root mean square over height, width and input channels exceeds `radius` to that radius
 * (Zeiler & Fergus, ECCV 2014, section 3), in place. `kernel` is [kh, kw, Cin, Cout].
 */
export function renormalizeFilters(kernel: Float32Array, filters: number, radius: number): void {
  const taps = kernel.length / filters;
  for (let f = 0; f < filters; f++) {
    let squares = 0;
    for (let i = f; i < kernel.length; i += filters) squares += (kernel[i] ?? 0) ** 2;
    const rms = Math.sqrt(squares / taps);
    if (rms <= radius) continue;
    for (let i = f; i < kernel.length; i += filters) kernel[i] = ((kernel[i] ?? 0) * radius) / rms;
  }
}

/** The convolutions that are renormalised: the first, or all. */
export function renormalizedLayers(network: Network, which: 'first' | 'all'): readonly LayerName[] {
  const convolutions = network.layers.filter((layer) => layer.kind === 'conv' && layer.weightsOf === undefined).map((layer) => layer.name);
  return which === 'first' ? convolutions.slice(0, 1) : convolutions;
}

/** Renormalises the kernels of these layers in place; biases stay. */
export function renormalizeLayers(weights: Weights, layers: readonly LayerName[], radius: number): void {
  for (const layer of layers) {
    const kernel = weights.get(`${layer}/kernel`);
    if (kernel) renormalizeFilters(kernel.data, kernel.shape.at(-1) ?? 1, radius);
  }
}
