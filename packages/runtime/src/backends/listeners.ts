const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

type Listener = (...parameters: unknown[]) => void;

/** Runs something that hangs its own handlers of errors on the process (Emscripten's start does), and takes them off again. */
export async function withoutNewListeners<T>(body: () => Promise<T>): Promise<T> {
  const listeners = (event: (typeof EVENTS)[number]): readonly Listener[] => process.listeners(event as 'exit') as readonly Listener[];
  const before = EVENTS.map((event) => new Set(listeners(event)));
  try {
    return await body();
  } finally {
    EVENTS.forEach((event, i) => {
      for (const listener of listeners(event)) if (!before[i]?.has(listener)) process.removeListener(event, listener);
    });
  }
}
