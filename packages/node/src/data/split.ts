import type { LabelledImages } from './labelled-images.js';

/** Pictures of a folder whose file names are numbers in a range, both ends included. */
export interface NumberedPictures {
  /** First part of the pictures' names, for example `test`. */
  readonly folder: string;
  readonly from: number;
  readonly to: number;
}

/** The pictures for which `wanted` holds, in their order. */
export const selectImages = (set: LabelledImages, wanted: (name: string, index: number) => boolean): LabelledImages => {
  const chosen = set.names.flatMap((name, i) => (wanted(name, i) ? [i] : []));
  const stride = set.height * set.width * 3;
  const images = new Uint8Array(chosen.length * stride);
  for (const [to, from] of chosen.entries()) images.set(set.images.subarray(from * stride, (from + 1) * stride), to * stride);
  return { ...set, images, labels: Int32Array.from(chosen, (i) => set.labels[i] ?? 0), names: chosen.map((i) => set.names[i] ?? '') };
};

/** True for `test/cat/0812.jpg` when the folder is `test` and 812 is in the range. */
export const isNumbered = (name: string, { folder, from, to }: NumberedPictures): boolean => {
  const parts = name.split('/');
  const number = /^(\d+)\.\w+$/.exec(parts.at(-1) ?? '')?.[1];
  return number !== undefined && parts[0] === folder && Number(number) >= from && Number(number) <= to;
};

/** Sets the numbered pictures apart for measuring; all others are for training. */
export const splitByNumber = (
  set: LabelledImages,
  measured: NumberedPictures,
): { readonly training: LabelledImages; readonly measuring: LabelledImages } => ({
  training: selectImages(set, (name) => !isNumbered(name, measured)),
  measuring: selectImages(set, (name) => isNumbered(name, measured)),
});
