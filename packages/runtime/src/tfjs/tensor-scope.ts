import { type Tensor, tidy } from '@tensorflow/tfjs-core';

/** Owns tensors across awaits, where `tidy` cannot: whatever was not released is disposed at the end. */
export class TensorScope {
  readonly #owned = new Set<Tensor>();

  own<T extends Tensor>(tensor: T): T {
    this.#owned.add(tensor);
    return tensor;
  }

  /** Computes in a `tidy` and owns the result. */
  compute<T extends Tensor>(operation: () => T): T {
    return this.own(tidy(operation));
  }

  release(tensor: Tensor): void {
    this.#owned.delete(tensor);
    tensor.dispose();
  }

  dispose(): void {
    for (const tensor of this.#owned) tensor.dispose();
    this.#owned.clear();
  }
}
