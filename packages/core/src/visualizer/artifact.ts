import type { Image } from '../image/image.js';

/** What an artifact is about; goes into the manifest. */
export interface ArtifactSubject {
  /** Unique name within a visualizer's run and input, a plain word: `dream`, `attribution`, `score-map`. */
  readonly name: string;
  /** Name of the input it was made from. */
  readonly input?: string;
  readonly layer?: string;
  readonly unit?: number;
  readonly description?: string;
}

/** A Vega-Lite specification with its data inside. */
export type PlotSpec = { readonly [key: string]: unknown };

/** File format of an animation: GIF has 256 colours a frame and is played nearly everywhere, WebP is smaller and truer. */
export type AnimationFormat = 'webp' | 'gif';

/** A result that a visualizer hands over; the artifact store turns it into a file. */
export type Artifact =
  | (ArtifactSubject & { readonly kind: 'image'; readonly image: Image })
  | (ArtifactSubject & {
      readonly kind: 'animation';
      /** Of one size. */
      readonly frames: readonly Image[];
      /** Milliseconds a frame. */
      readonly delay: number;
      /** Default: `webp`. */
      readonly format?: AnimationFormat;
    })
  /** Written as `.npy`, float32, C order; `[H, W, C]`, or `[H, W]` for a map. */
  | (ArtifactSubject & { readonly kind: 'tensor'; readonly shape: readonly number[]; readonly data: Float32Array })
  | (ArtifactSubject & { readonly kind: 'plot'; readonly plot: PlotSpec })
  | (ArtifactSubject & {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number | boolean)[])[];
    })
  | (ArtifactSubject & { readonly kind: 'json'; readonly value: unknown });

export type ArtifactKind = Artifact['kind'];

/** An artifact on disk, as the manifest lists it. `path` is relative to the output folder, with forward slashes. */
export interface StoredArtifact extends ArtifactSubject {
  readonly kind: ArtifactKind;
  readonly path: string;
}
