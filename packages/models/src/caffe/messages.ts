import type { PackedNumbers } from './packed-numbers.js';
import type { ENUMS, EnumName, MessageName, SCHEMA } from './schema.js';

/** Values of enums are their names; a number that the schema does not know stands as it is, in text. */
type ValueOf<K> = K extends MessageName
  ? Message<K>
  : K extends EnumName
    ? (typeof ENUMS)[K][keyof (typeof ENUMS)[K]] | `${number}`
    : K extends 'string'
      ? string
      : K extends 'bool'
        ? boolean
        : number;

type FieldValue<F> = F extends { readonly kind: 'floats' | 'doubles' }
  ? PackedNumbers
  : F extends { readonly kind: infer K; readonly repeated: infer R }
    ? R extends true
      ? readonly ValueOf<K>[]
      : ValueOf<K>
    : never;

/** A message with the fields that it states, under the names of `caffe.proto`. */
export type Message<N extends MessageName> = {
  readonly [F in keyof (typeof SCHEMA)[N]]?: FieldValue<(typeof SCHEMA)[N][F]> | undefined;
};

export type NetParameter = Message<'NetParameter'>;
export type LayerParameter = Message<'LayerParameter'>;
export type V1LayerParameter = Message<'V1LayerParameter'>;
export type BlobProto = Message<'BlobProto'>;
