/**
 * What `read` gives for 0 … count − 1, in order; up to `ahead` of them are being read before it is their turn. Nothing is still being read
 * when the iteration has ended, however it ends.
 */
export async function* prefetched<T>(count: number, ahead: number, read: (index: number) => Promise<T>): AsyncGenerator<T> {
  const pending: Promise<T>[] = [];
  let next = 0;
  const fill = (): void => {
    while (next < count && pending.length < ahead) {
      const reading = read(next++);
      // Its failure is met when its turn comes.
      reading.catch(() => {});
      pending.push(reading);
    }
  };
  try {
    fill();
    for (let first = pending.shift(); first; first = pending.shift()) {
      fill();
      yield await first;
    }
  } finally {
    await Promise.allSettled(pending);
  }
}
