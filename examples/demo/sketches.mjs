// A few line drawings, written by hand as strokes on a 256×256 canvas.

const wrap = (paths) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256"><rect width="256" height="256" fill="#fff"/>` +
  `<g fill="none" stroke="#111" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">${paths.map((d) => `<path d="${d}"/>`).join('')}</g></svg>`;

/** SVG source by name, one path per stroke in drawing order. */
export const sketches = {
  sailboat: wrap([
    'M40 176 L216 178 C206 206 190 218 168 220 L92 218 C66 214 50 202 40 176',
    'M124 176 L126 36',
    'M126 40 C168 70 196 112 204 158 L128 160',
    'M116 62 C96 92 74 124 58 156 L116 158',
    'M126 36 L150 42 L127 52',
    'M14 234 C34 224 52 244 74 234 C96 224 114 244 138 234 C160 224 180 244 202 234 C218 226 232 238 244 234',
  ]),
  cat: wrap([
    'M60 108 L54 40 L98 76 C116 68 140 68 158 76 L202 40 L196 108 C214 158 182 214 128 216 C74 214 42 158 60 108',
    'M88 124 C94 112 108 112 114 124 C108 134 94 134 88 124',
    'M142 124 C148 112 162 112 168 124 C162 134 148 134 142 124',
    'M118 154 L138 154 L128 166 L118 154',
    'M128 166 C126 184 106 186 100 176',
    'M128 166 C130 184 150 186 156 176',
    'M92 160 L30 148',
    'M92 168 L32 176',
    'M164 160 L226 148',
    'M164 168 L224 176',
  ]),
};
