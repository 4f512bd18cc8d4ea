/** State of a generator: four 32-bit words. */
export type Key128 = readonly [number, number, number, number];

/** A well-mixed key from another key and a label: the mixing steps of MurmurHash3 over the label's UTF-16 units. */
export function hash128(key: Key128, label: string): Key128 {
  let [a, b, c, d] = key;
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i) + 1;
    a = mix(a ^ Math.imul(unit, 0x85ebca6b), b);
    b = mix(b ^ Math.imul(unit, 0xc2b2ae35), c);
    c = mix(c ^ Math.imul(unit, 0x27d4eb2f), d);
    d = mix(d ^ Math.imul(unit, 0x165667b1), a);
  }
  a = finish(a ^ label.length ^ 0x9e3779b9);
  b = finish(b ^ a ^ 0x7f4a7c15);
  c = finish(c ^ b ^ 0xf39cc060);
  d = finish(d ^ c ^ 0x5ced0c1d);
  return [finish(a ^ d), b, c, d];
}

const mix = (word: number, next: number): number => {
  const turned = (word << 13) | (word >>> 19);
  return (Math.imul(turned + next, 5) + 0xe6546b64) | 0;
};

const finish = (word: number): number => {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
