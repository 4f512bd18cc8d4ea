import { readFile, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type {
  Artifact,
  ArtifactStore,
  ImageCodec,
  ImageText,
  Manifest,
  ResumableState,
  RunEvent,
  StoredArtifact,
} from '@featurescope/core';
import { badManifest, badStorePath, unreadableFile } from '../errors.js';
import { fileNamePart } from '../file-name.js';
import { encodeArtifact, extensionOf } from './artifact-file.js';
import { ArtifactNames } from './artifact-names.js';
import { sweepTemporaries, writeAtomically } from './atomic.js';
import { EventLog } from './event-log.js';

const MANIFEST = 'manifest.json';
const EVENTS = 'events.ndjson';
/** Saved states lie here while a run is unfinished. */
const STATES = '.state';

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return undefined;
    throw unreadableFile(path, cause);
  }
};

const parseManifest = (text: string, path: string): Manifest => {
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.schemaVersion === 1 && Array.isArray(manifest.runs)) return manifest;
  } catch {}
  throw badManifest(path);
};

/** The results of a run as files in a folder. Everything but the event log is written to a temporary name and renamed. */
export class FileArtifactStore implements ArtifactStore {
  readonly location: string;
  readonly #codec: ImageCodec;
  readonly #events: EventLog;
  readonly #names = new Map<string, Promise<ArtifactNames>>();
  #swept = false;

  constructor(out: string, codec: ImageCodec) {
    this.location = resolve(out);
    this.#codec = codec;
    this.#events = new EventLog(join(this.location, EVENTS));
  }

  async readManifest(): Promise<Manifest | undefined> {
    const path = join(this.location, MANIFEST);
    const bytes = await readIfThere(path);
    return bytes === undefined ? undefined : parseManifest(bytes.toString('utf8'), path);
  }

  async writeManifest(manifest: Manifest): Promise<void> {
    if (!this.#swept) await Promise.all([this.location, join(this.location, STATES)].map(sweepTemporaries));
    this.#swept = true;
    await writeAtomically(join(this.location, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  }

  async write(folder: string, artifact: Artifact, provenance: ImageText): Promise<StoredArtifact> {
    const { kind, name, input, layer, unit, description } = artifact;
    const names = await this.#namesIn(fileNamePart(folder));
    const path = names.path(fileNamePart(folder), artifact, extensionOf(artifact));
    await writeAtomically(join(this.location, path), await encodeArtifact(artifact, this.#codec, provenance));
    return {
      name,
      kind,
      path,
      ...(input === undefined ? {} : { input }),
      ...(layer === undefined ? {} : { layer }),
      ...(unit === undefined ? {} : { unit }),
      ...(description === undefined ? {} : { description }),
    };
  }

  appendEvent(event: RunEvent): Promise<void> {
    return this.#events.append(event);
  }

  state(folder: string): ResumableState {
    const path = this.#statePath(folder);
    return { save: (value) => writeAtomically(path, value), load: () => readIfThere(path) };
  }

  async clearState(folder: string): Promise<void> {
    await rm(this.#statePath(folder), { force: true });
    await rmdir(join(this.location, STATES)).catch(() => {});
  }

  async clear(folder: string): Promise<void> {
    this.#names.set(fileNamePart(folder), Promise.resolve(new ArtifactNames()));
    await rm(join(this.location, fileNamePart(folder)), { recursive: true, force: true });
  }

  async writeText(path: string, text: string): Promise<void> {
    const file = this.#inside(path);
    if (path === EVENTS) await this.#events.close();
    await writeAtomically(file, text);
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    return readIfThere(this.#inside(path));
  }

  close(): Promise<void> {
    return this.#events.close();
  }

  #inside(path: string): string {
    const proper = /^[^/\\:\0]+(\/[^/\\:\0]+)*$/.test(path) && !path.split('/').some((part) => part === '.' || part === '..');
    if (!proper) throw badStorePath(path);
    return join(this.location, path);
  }

  #statePath(folder: string): string {
    return join(this.location, STATES, `${fileNamePart(folder)}.bin`);
  }

  #namesIn(folder: string): Promise<ArtifactNames> {
    const names = this.#names.get(folder) ?? this.#adoptNames(folder);
    this.#names.set(folder, names);
    return names;
  }

  /** What is left of an earlier run in the folder keeps its names; what a kill left half written goes. */
  async #adoptNames(folder: string): Promise<ArtifactNames> {
    const names = new ArtifactNames();
    await sweepTemporaries(join(this.location, folder));
    const manifest = await this.readManifest();
    for (const artifact of manifest?.runs.flatMap((run) => run.artifacts) ?? []) {
      if (artifact.path.startsWith(`${folder}/`)) names.adopt(artifact);
    }
    return names;
  }
}
