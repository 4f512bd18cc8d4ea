import type { ArtifactStore } from '../platform/platform.js';
import type { StoredArtifact } from '../visualizer/artifact.js';
import type { Manifest, ManifestRun } from './manifest.js';

/** Keeps `manifest.json` current. Writes follow one another; changes made during a write go out together in the next. */
export class ManifestJournal {
  readonly #store: ArtifactStore;
  #manifest: Manifest;
  #writing: Promise<void> | undefined;
  #dirty = false;

  constructor(store: ArtifactStore, manifest: Manifest) {
    this.#store = store;
    this.#manifest = manifest;
    this.#changed();
  }

  get manifest(): Manifest {
    return this.#manifest;
  }

  update(change: Partial<Manifest>): void {
    this.#manifest = { ...this.#manifest, ...change };
    this.#changed();
  }

  updateRun(index: number, change: Partial<ManifestRun>): void {
    this.update({ runs: this.#manifest.runs.map((run, i) => (i === index ? { ...run, ...change } : run)) });
  }

  /** Puts an artifact in place of the one with the same path, or at the end. */
  addArtifact(index: number, artifact: StoredArtifact): void {
    const artifacts = this.#manifest.runs[index]?.artifacts ?? [];
    const known = artifacts.some(({ path }) => path === artifact.path);
    this.updateRun(index, {
      artifacts: known ? artifacts.map((old) => (old.path === artifact.path ? artifact : old)) : [...artifacts, artifact],
    });
  }

  /** Resolves when everything up to now is on disk. @throws when it could not be written */
  async flush(): Promise<void> {
    while (this.#writing || this.#dirty) await (this.#writing ?? this.#write());
  }

  #changed(): void {
    this.#dirty = true;
    // A failure shows at the next flush, which writes again.
    if (!this.#writing) this.#write().catch(() => {});
  }

  #write(): Promise<void> {
    const write = async (): Promise<void> => {
      while (this.#dirty) {
        this.#dirty = false;
        await this.#store.writeManifest(this.#manifest).catch((error: unknown) => {
          this.#dirty = true;
          throw error;
        });
      }
    };
    this.#writing = write().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }
}
