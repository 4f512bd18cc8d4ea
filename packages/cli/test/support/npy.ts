/** The bytes of an `.npy` 1.0 file with the header fields given. */
export const npyFile = (fields: { readonly descr: string; readonly shape: readonly number[]; readonly data: Uint8Array }): Uint8Array => {
  const shape = fields.shape.length === 1 ? `${fields.shape[0]},` : fields.shape.join(', ');
  const text = `{'descr': '${fields.descr}', 'fortran_order': False, 'shape': (${shape}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const bytes = new Uint8Array(10 + header.length + fields.data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(fields.data, 10 + header.length);
  return bytes;
};

/** A float32 array of one value throughout. */
export const constantArray = (shape: readonly number[], value = 0.5): Uint8Array => {
  const count = shape.reduce((product, n) => product * n, 1);
  return npyFile({ descr: '<f4', shape, data: new Uint8Array(new Float32Array(count).fill(value).buffer) });
};
