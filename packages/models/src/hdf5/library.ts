import { once } from 'node:events';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Metadata } from 'h5wasm';

/** Identifier of an open file. */
export type FileId = bigint;

/** What an object is, as the library numbers it. */
export const OBJECTS = { group: 0, dataset: 1, linkToFile: 4 } as const;

/** The part of HDF5, compiled to WebAssembly, that is used here, with what `worker.mjs` adds. Each throws, or answers a negative number, when it fails. */
interface Hdf5Functions {
  /** Puts a file into the library's own file system, which holds nothing else. */
  mount(path: string, bytes: Uint8Array): void;
  open(path: string, mode: number, trackOrder: boolean, oldest: number, newest: number): FileId;
  get_names(file: FileId, path: string, recursive: boolean): readonly string[];
  get_type(file: FileId, path: string): number;
  get_attribute_names(file: FileId, path: string): readonly string[];
  get_attribute_metadata(file: FileId, path: string, name: string): Metadata;
  attribute_bytes(file: FileId, path: string, name: string, length: number): Uint8Array<ArrayBuffer>;
  get_dataset_metadata(file: FileId, path: string): Metadata;
  dataset_bytes(
    file: FileId,
    path: string,
    count: readonly bigint[] | null,
    offset: readonly bigint[] | null,
    length: number,
  ): Uint8Array<ArrayBuffer>;
  create_object_reference(file: FileId, path: string): Uint8Array;
  /** Bytes from an address up to the next NUL. */
  text_at(address: number): Uint8Array<ArrayBuffer>;
  memory_at(address: number, length: number): Uint8Array<ArrayBuffer>;
}

type Answer = { readonly value: unknown } | { readonly problem: string };

/** Most computing that a call may take: in general, and for each byte that it reads or copies (4 MB a second). */
const MAX_MS = 500;
const MS_PER_BYTE = 1 / 4000;
/** A busy machine may take so many times longer. */
const MAX_SLOWNESS = 10;
const LOOK_AGAIN_MS = 200;

/** HDF5 in a thread of its own, with its own memory and file system; it prints nothing, and all of it is freed when it ends. */
export class Hdf5Library {
  private ended = false;

  private constructor(
    private readonly worker: Worker,
    private readonly port: MessagePort,
    private readonly signal: Int32Array<SharedArrayBuffer>,
  ) {}

  static async start(): Promise<Hdf5Library> {
    const { port1: port, port2: far } = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(4));
    // The package's main entry loads this file into the calling thread, once for all files.
    const library = new URL('hdf5_util.js', import.meta.resolve('h5wasm')).href;
    const worker = new Worker(new URL('../../src/hdf5/worker.mjs', import.meta.url), {
      workerData: { library, port: far, signal },
      transferList: [far],
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.unref();
    const ready = once(port, 'message');
    const ended = once(worker, 'exit').then(([code]) => {
      throw new Error(`its thread ended with ${code}`);
    });
    await Promise.race([ready, ended]);
    port.unref();
    return new Hdf5Library(worker, port, signal);
  }

  /** Calls a function of the library and waits for it; `bytes` is what it reads. @throws Error with HDF5's own words, or none for a crash */
  call<K extends keyof Hdf5Functions>(name: K, inputs: Parameters<Hdf5Functions[K]>, bytes = 0): ReturnType<Hdf5Functions[K]> {
    if (this.ended) throw new Error('an earlier part of it cannot be read');
    Atomics.store(this.signal, 0, 0);
    this.port.postMessage({ name, inputs });
    if (!this.waited(MAX_MS + bytes * MS_PER_BYTE)) {
      this.end();
      throw new Error('the HDF5 library does not come to an end with it');
    }
    const { message } = receiveMessageOnPort(this.port) as { readonly message: Answer };
    if ('problem' in message) throw new Error(message.problem);
    return message.value as ReturnType<Hdf5Functions[K]>;
  }

  /** Waits until the call has ended, or this process has computed for so long. */
  private waited(limit: number): boolean {
    const before = process.cpuUsage();
    for (let passed = 0; passed < MAX_SLOWNESS * limit; passed += LOOK_AGAIN_MS) {
      if (Atomics.wait(this.signal, 0, 0, LOOK_AGAIN_MS) !== 'timed-out') return true;
      const { user, system } = process.cpuUsage(before);
      if ((user + system) / 1000 > limit) return false;
    }
    return false;
  }

  end(): void {
    this.ended = true;
    this.port.close();
    void this.worker.terminate();
  }
}
