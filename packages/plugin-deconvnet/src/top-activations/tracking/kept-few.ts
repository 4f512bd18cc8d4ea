/** Things by their names, of which only the few that were last asked for are kept. */
export interface KeptFew<T> {
  /** Makes what is not there, once something else has been freed to make room. What another call was given may be freed by then. */
  get(name: string, make: () => Promise<T>): Promise<T>;
  /** Frees everything. */
  dispose(): Promise<void>;
}

/** Keeps at most `most` things, which `free` frees. */
export function keptFew<T>(most: number, free: (made: T) => void): KeptFew<T> {
  const kept = new Map<string, Promise<T>>();
  const freeOldest = async (count: number): Promise<void> => {
    const names = [...kept.keys()].slice(0, Math.max(count, 0));
    const old = names.flatMap((name) => kept.get(name) ?? []);
    for (const name of names) kept.delete(name);
    for (const made of await Promise.allSettled(old)) if (made.status === 'fulfilled') free(made.value);
  };
  return {
    get(name, make) {
      const found = kept.get(name);
      kept.delete(name);
      const made = found ?? freeOldest(kept.size - most + 1).then(make);
      kept.set(name, made);
      return made;
    },
    dispose: () => freeOldest(kept.size),
  };
}
