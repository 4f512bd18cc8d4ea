import { createRandom } from '@featurescope/core';

/** A picture before those that are used are chosen. */
interface FoundPicture {
  readonly name: string;
  readonly pixels: Uint8Array;
  /** Its place among the pictures of its class: drawn from its name alone. */
  readonly rank: number;
  /** Its number in the data set, for pictures of the same name. */
  readonly index: number;
}

export const rankOf = (name: string): number => createRandom(0).fork('pictures').fork(name).uniform();

const byRank = (a: FoundPicture, b: FoundPicture): number => a.rank - b.rank || a.index - b.index;

/** Collects the pictures of a class; never keeps many more than `most`. */
export class ClassPictures {
  private found: FoundPicture[] = [];

  constructor(private readonly most: number) {}

  add(picture: FoundPicture): void {
    this.found.push(picture);
    if (this.found.length >= 2 * this.most) this.found = this.inOrder();
  }

  get count(): number {
    return this.found.length;
  }

  /** The pictures of the lowest ranks, lowest first. */
  inOrder(): FoundPicture[] {
    return this.found.sort(byRank).slice(0, this.most);
  }
}
