/** |Σ_c a · b| of each pixel, written to `into`: [H · W] of [H · W · C]. */
export const dotProducts = (a: Float32Array, b: Float32Array, channels: number, into: Float32Array): void =>
  channels === 3 ? ofColours(a, b, into) : ofChannels(a, b, channels, into);

function ofChannels(a: Float32Array, b: Float32Array, channels: number, into: Float32Array): void {
  for (let pixel = 0, i = 0; pixel < into.length; pixel++) {
    let sum = 0;
    for (let c = 0; c < channels; c++, i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
    into[pixel] = Math.abs(sum);
  }
}

/** The same for three channels, without a loop over so few, which takes longer than the sum. */
function ofColours(a: Float32Array, b: Float32Array, into: Float32Array): void {
  for (let pixel = 0, i = 0; pixel < into.length; pixel++, i += 3)
    into[pixel] = Math.abs((a[i] ?? 0) * (b[i] ?? 0) + (a[i + 1] ?? 0) * (b[i + 1] ?? 0) + (a[i + 2] ?? 0) * (b[i + 2] ?? 0));
}
