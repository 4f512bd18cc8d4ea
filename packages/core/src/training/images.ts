/** Decoded pictures of one size with their classes. */
export interface TrainingImages {
  /** [N, H, W, C], 8 bits a sample: RGB, or grey. */
  readonly images: Uint8Array;
  /** Index into `classes` of each picture. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly height: number;
  readonly width: number;
}

/** 3 for RGB, 1 for grey. */
export const imageChannels = ({ images, labels, height, width }: TrainingImages): number =>
  images.length / (labels.length * height * width);
