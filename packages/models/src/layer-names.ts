import type { LayerName } from '@featurescope/core';

/** Names of a network that is being read, each taken once. */
export class LayerNames {
  private readonly taken = new Set<LayerName>();
  private readonly numbers = new Map<string, number>();

  /** Takes a name; a number is added when it is taken. */
  claim(name: string): LayerName {
    let unique = name;
    while (this.taken.has(unique)) {
      const number = (this.numbers.get(name) ?? 1) + 1;
      this.numbers.set(name, number);
      unique = `${name}#${number}`;
    }
    this.taken.add(unique);
    return unique;
  }
}
