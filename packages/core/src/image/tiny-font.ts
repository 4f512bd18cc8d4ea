import type { Image } from './image.js';

/** Rows of a glyph. */
export const GLYPH_HEIGHT = 5;
const GLYPH_WIDTH = 3;

/** 3 × 5 pixel glyphs: one digit a row from the top, the highest bit at the left. */
const GLYPHS: Readonly<Record<string, string>> = {
  '0': '75557',
  '1': '26227',
  '2': '71747',
  '3': '71717',
  '4': '55711',
  '5': '74717',
  '6': '74757',
  '7': '71222',
  '8': '75757',
  '9': '75717',
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: '57755',
  N: '65555',
  O: '25552',
  P: '65644',
  Q: '25563',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: '55775',
  X: '55255',
  Y: '55222',
  Z: '71247',
  '.': '00002',
  ',': '00024',
  '-': '00700',
  '−': '00700',
  '+': '02720',
  '/': '11244',
  _: '00007',
  ':': '02020',
  '(': '12221',
  ')': '42224',
  '=': '07070',
  '%': '51245',
  '#': '57575',
  '@': '75747',
  '×': '05250',
  '?': '71202',
};

/** Writes a line of text into an RGB picture, cut at `width` pixels; letters become capitals. */
export function drawText(image: Image, text: string, top: number, left: number, width: number, level: number): void {
  const fits = Math.floor((width + 1) / (GLYPH_WIDTH + 1));
  [...text.toUpperCase()].slice(0, fits).forEach((character, i) => {
    const rows = character === ' ' ? '00000' : (GLYPHS[character] ?? '71202');
    for (let y = 0; y < GLYPH_HEIGHT; y++)
      for (let x = 0; x < GLYPH_WIDTH; x++) {
        const row = top + y;
        const column = left + i * (GLYPH_WIDTH + 1) + x;
        const inside = row >= 0 && row < image.height && column >= 0 && column < image.width;
        if (inside && (Number(rows[y]) >> (GLYPH_WIDTH - 1 - x)) & 1)
          image.data.fill(level, (row * image.width + column) * 3, (row * image.width + column) * 3 + 3);
      }
  });
}
