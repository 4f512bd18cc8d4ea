/** The file a Keras network comes from, for messages and their codes. */
export interface KerasSource {
  readonly path: string;
  readonly format: 'tfjs-layers' | 'keras';
}
