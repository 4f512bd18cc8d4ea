import type { Extent } from '@featurescope/core';

/** Something that depends on the size of a picture, built when the size changes: a drawn transform is used for a pass and again for its gradient. */
export function perSize<T>(build: (size: Extent) => T): (size: Extent) => T {
  let last: { readonly size: Extent; readonly value: T } | undefined;
  return (size) => {
    if (last?.size[0] !== size[0] || last.size[1] !== size[1]) last = { size, value: build(size) };
    return last.value;
  };
}
