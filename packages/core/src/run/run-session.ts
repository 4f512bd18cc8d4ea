import type { ArtifactStore, Clock, Logger, Reporter } from '../platform/platform.js';
import type { RunEvent } from '../visualizer/events.js';
import type { ManifestJournal } from './manifest-journal.js';

/** What a run writes to: its store, its manifest, and those who listen. */
export interface RunSession {
  readonly store: ArtifactStore;
  readonly journal: ManifestJournal;
  readonly clock: Clock;
  readonly log: Logger;
  /** The present time, ISO 8601. */
  time(): string;
  /** Logs an event and tells the reporters, then hands it on. */
  publish(event: RunEvent): Promise<RunEvent>;
  /** Waits for the log. @throws when an event could not be logged */
  settle(): Promise<void>;
}

export function createSession(
  store: ArtifactStore,
  journal: ManifestJournal,
  clock: Clock,
  log: Logger,
  reporters: readonly Reporter[],
): RunSession {
  const pending = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const append = (event: RunEvent): void => {
    const written: Promise<void> = store.appendEvent(event).then(
      () => void pending.delete(written),
      (error: unknown) => {
        pending.delete(written);
        failure ??= { error };
      },
    );
    pending.add(written);
  };
  const tell = async (reporter: Reporter, event: RunEvent): Promise<void> => {
    try {
      await reporter.onEvent(event, journal.manifest, store);
    } catch (error) {
      log.warn(`The reporter "${reporter.name}" failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    store,
    journal,
    clock,
    log,
    time: () => new Date(clock.now()).toISOString(),
    async publish(event) {
      append(event);
      for (const reporter of reporters) await tell(reporter, event);
      return event;
    },
    async settle() {
      await Promise.all(pending);
      if (failure) throw failure.error;
    },
  };
}
