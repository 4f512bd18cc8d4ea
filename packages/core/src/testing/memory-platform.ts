import type { Image } from '../image/image.js';
import type { Extent } from '../network/layer.js';
import type { ArtifactStore, Clock, ImageCodec, ImageText, Logger } from '../platform/platform.js';
import type { Manifest } from '../run/manifest.js';
import type { Artifact, StoredArtifact } from '../visualizer/artifact.js';
import type { ResumableState } from '../visualizer/context.js';
import type { RunEvent } from '../visualizer/events.js';

const EXTENSIONS = { image: 'png', tensor: 'npy', plot: 'svg', table: 'csv', json: 'json' } as const;

const extensionOf = (artifact: Artifact): string =>
  artifact.kind === 'animation' ? (artifact.format ?? 'webp') : EXTENSIONS[artifact.kind];

/** What a memory store keeps of an artifact. */
export interface MemoryArtifact {
  readonly artifact: Artifact;
  readonly provenance: ImageText;
}

/** The results of a run in memory. Reading back goes through JSON, as with files. */
export class MemoryArtifactStore implements ArtifactStore {
  readonly location: string;
  readonly artifacts = new Map<string, MemoryArtifact>();
  readonly texts = new Map<string, string>();
  readonly states = new Map<string, Uint8Array>();
  /** Every manifest written, as JSON. */
  readonly manifests: string[] = [];
  events: RunEvent[] = [];
  closed = false;

  constructor(location = 'memory') {
    this.location = location;
  }

  async readManifest(): Promise<Manifest | undefined> {
    const last = this.manifests.at(-1);
    return last === undefined ? undefined : (JSON.parse(last) as Manifest);
  }

  async writeManifest(manifest: Manifest): Promise<void> {
    this.manifests.push(JSON.stringify(manifest));
  }

  async write(folder: string, artifact: Artifact, provenance: ImageText): Promise<StoredArtifact> {
    const { name, kind, input, layer, unit, description } = artifact;
    const parts = [name, input, layer, unit].filter((part) => part !== undefined).map((part) => String(part).replaceAll('/', '_'));
    const path = `${folder}/${parts.join('.')}.${extensionOf(artifact)}`;
    this.artifacts.set(path, { artifact: copied(artifact), provenance });
    const optional = Object.entries({ input, layer, unit, description }).filter(([, value]) => value !== undefined);
    return { name, kind, path, ...Object.fromEntries(optional) };
  }

  async appendEvent(event: RunEvent): Promise<void> {
    this.events.push(event);
  }

  state(folder: string): ResumableState {
    return {
      save: async (value) => {
        this.states.set(folder, value.slice());
      },
      load: async () => this.states.get(folder)?.slice(),
    };
  }

  async clearState(folder: string): Promise<void> {
    this.states.delete(folder);
  }

  async clear(folder: string): Promise<void> {
    for (const path of this.artifacts.keys()) if (path.startsWith(`${folder}/`)) this.artifacts.delete(path);
  }

  async writeText(path: string, text: string): Promise<void> {
    if (path === 'events.ndjson') this.events = [];
    else this.texts.set(path, text);
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

const copied = (artifact: Artifact): Artifact => structuredClone(artifact);

/** Pictures as they are, behind their size as text; scaling takes the nearest pixel. */
export const memoryCodec: ImageCodec = {
  async decode(bytes, source) {
    const end = bytes.indexOf(10);
    const [width = 0, height = 0, channels = 0] = new TextDecoder()
      .decode(bytes.subarray(0, Math.max(end, 0)))
      .split(' ')
      .map(Number);
    if (!(width > 0 && height > 0) || (channels !== 1 && channels !== 3)) throw new Error(`${source} is no picture`);
    return { width, height, channels, data: bytes.slice(end + 1) };
  },
  encodePng: async (image) => encoded([image]),
  encodeAnimation: async (frames) => encoded(frames),
  resize: async (image, size) => resized(image, size),
};

function encoded(images: readonly Image[]): Uint8Array {
  const parts = images.flatMap(({ width, height, channels, data }) => [new TextEncoder().encode(`${width} ${height} ${channels}\n`), data]);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function resized({ width, height, channels, data }: Image, [rows, columns]: Extent): Image {
  const pixels = Uint8Array.from({ length: rows * columns * channels }, (_, i) => {
    const y = Math.floor((Math.floor(i / channels / columns) * height) / rows);
    const x = Math.floor(((Math.floor(i / channels) % columns) * width) / columns);
    return data[(y * width + x) * channels + (i % channels)] ?? 0;
  });
  return { width: columns, height: rows, channels, data: pixels };
}

/** A clock that goes on by one millisecond whenever it is read, and does not really wait. */
export function tickingClock(start = 0): Clock {
  let now = start;
  return {
    now: () => now++,
    async wait(milliseconds, signal) {
      signal?.throwIfAborted();
      now += milliseconds;
    },
  };
}

/** A log that keeps what is said. */
export interface RecordingLogger extends Logger {
  readonly messages: readonly string[];
}

export function recordingLogger(): RecordingLogger {
  const messages: string[] = [];
  const say = (message: string): void => {
    messages.push(message);
  };
  return { messages, info: say, warn: say, debug: say };
}
