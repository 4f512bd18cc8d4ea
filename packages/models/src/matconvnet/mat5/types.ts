/** Data types of elements (table 1-1 of MathWorks' "MAT-File Format"). */
export const MI = {
  INT8: 1,
  UINT8: 2,
  INT16: 3,
  UINT16: 4,
  INT32: 5,
  UINT32: 6,
  SINGLE: 7,
  DOUBLE: 9,
  INT64: 12,
  UINT64: 13,
  MATRIX: 14,
  COMPRESSED: 15,
  UTF8: 16,
  UTF16: 17,
  UTF32: 18,
} as const;

/** Array classes (table 1-3). */
export const MX = {
  CELL: 1,
  STRUCT: 2,
  OBJECT: 3,
  CHAR: 4,
  SPARSE: 5,
  DOUBLE: 6,
  UINT64: 15,
  FUNCTION: 16,
  OPAQUE: 17,
} as const;

/** Bits of the array flags. */
export const FLAG = { complex: 0x800 } as const;
