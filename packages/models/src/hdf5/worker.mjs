// Runs HDF5 in a thread of its own, which can be ended: the library does not return from some damaged files.
import { workerData } from 'node:worker_threads';

const { library: url, port, signal } = workerData;

const { default: create } = await import(url);
const library = await create({ noInitialRun: true, print: () => {}, printErr: () => {}, stdin: () => null });
library.activate_throwing_error_handler();

/** Runs `fill` with the address of fresh memory; answers what it has written there. */
const filled = (length, fill) => {
  const address = library._malloc(Math.max(1, length));
  if (address === 0) throw new Error(`it asks for ${length} bytes at once`);
  try {
    if (fill(BigInt(address)) < 0) throw new Error('a part of it cannot be read');
    return library.HEAPU8.slice(address, address + length);
  } finally {
    library._free(address);
  }
};

/** What the library does not offer, or not in one call. */
const OWN = {
  mount: (path, bytes) => library.FS.writeFile(path, bytes, { canOwn: true }),
  attribute_bytes: (file, path, name, length) => filled(length, (to) => library.get_attribute_data(file, path, name, to)),
  dataset_bytes: (file, path, count, offset, length) => {
    const strides = count?.map(() => 1n) ?? null;
    return filled(length, (to) => library.get_dataset_data(file, path, count, offset, strides, to));
  },
  text_at: (address) => {
    const end = library.HEAPU8.indexOf(0, address);
    return library.HEAPU8.slice(address, end < 0 ? undefined : end);
  },
  memory_at: (address, length) => library.HEAPU8.slice(address, address + length),
};

const answer = ({ name, inputs }) => {
  try {
    const value = (OWN[name] ?? library[name])(...inputs);
    // A view of the library's memory would take all of it along.
    return { value: ArrayBuffer.isView(value) && value.buffer === library.HEAPU8.buffer ? value.slice() : value };
  } catch (error) {
    return { problem: error instanceof WebAssembly.RuntimeError || error instanceof RangeError ? '' : String(error?.message ?? '') };
  }
};

port.on('message', (request) => {
  const answered = answer(request);
  port.postMessage(answered, ArrayBuffer.isView(answered.value) ? [answered.value.buffer] : []);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
port.postMessage('ready');
