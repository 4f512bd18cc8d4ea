// Scenes drawn by a script: a data set that anybody can have and show. Ten kinds are those that photonet knows; all have an SVG source.

/** Numbers in [0, 1) that depend on the seed alone (mulberry32). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SKIES = ['#9cc4ea', '#c9d8e6', '#6f9fd8', '#dfe6ea', '#e9c9a5'];
const MEADOWS = ['#6f8f3c', '#8a9a4a', '#55762f', '#b0a25c'];
const WATERS = ['#35638f', '#4c7f96', '#1f4a6b', '#6f98a5'];
const ROADS = ['#77777a', '#8d8a84', '#5b5c60', '#a8a39a'];
const ROOMS = ['#b59a7c', '#8f6f58', '#c7bfae', '#7d8794', '#a06a5c'];
const PAINTS = ['#c22d2d', '#e8e8e4', '#2c4fa3', '#222428', '#d9b21f', '#2f7a4b', '#c7762a', '#8e9399'];
const FURS = ['#8a5a33', '#3a2a20', '#c99a5b', '#d9cbb5', '#6b6a6a', '#b5793f'];

/** Paths are on 100 × 100 units, the ground at 78; `p` gives colours and numbers of one scene. */
const shape = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`;
const disc = (x, y, rx, ry, fill) => `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
const wheel = (x, r = 7) => disc(x, 76, r, r, '#161616') + disc(x, 76, r / 2, r / 2, '#b9bcc0');
const legs = (xs, width, top, fill) => xs.map((x) => shape(`M${x} ${top} h${width} l-1 ${80 - top} h${2 - width} Z`, fill)).join('');

const DRAW = {
  airplane: ({ paint, tilt }) =>
    `<g transform="rotate(${-tilt} 50 50)">${shape('M8 50 Q14 43 30 43 H82 L94 28 H99 L96 50 Q90 58 60 58 H24 Q10 57 8 50 Z', '#eef0f2')}${shape('M46 50 L62 86 H72 L66 50 Z', '#c3c8ce')}${shape('M50 44 L62 20 H69 L64 44 Z', '#d6dade')}${shape('M82 43 L94 28 H99 L97 44 Z', paint)}${shape('M24 47 H80 V49.5 H24 Z', '#39424e')}</g>`,
  automobile: ({ paint }) =>
    `${shape('M6 74 V60 Q8 55 22 54 L34 40 H66 L80 54 Q94 55 95 62 V74 Z', paint)}${shape('M29 54 L37 43 H49 V54 Z M52 54 V43 H64 L74 54 Z', '#2a3640')}${shape('M6 62 h6 v5 h-6 Z M90 60 h5 v5 h-5 Z', '#f5eec0')}${wheel(25, 9)}${wheel(76, 9)}`,
  bird: ({ fur, paint }) =>
    `${shape('M44 66 L41 80 M52 66 L51 80', 'none', 'stroke="#6b4a2a" stroke-width="2"')}${shape('M18 40 Q22 26 36 28 Q46 30 52 42 Q70 44 96 60 Q74 62 64 66 Q44 72 32 60 Q24 52 26 44 Z', fur)}${shape('M44 48 Q62 46 84 62 Q60 66 46 58 Z', paint)}${shape('M20 38 L8 42 L22 44 Z', '#d08a2a')}${disc(29, 36, 2.2, 2.2, '#111')}`,
  cat: ({ fur, light }) =>
    `${shape('M18 16 L38 30 H62 L82 16 L80 52 Q78 82 50 84 Q22 82 20 52 Z', fur)}${shape('M23 24 L34 32 L25 40 Z M77 24 L66 32 L75 40 Z', '#d9a0a0')}${disc(50, 68, 15, 11, light)}${disc(37, 50, 6, 6.5, '#b9c94a')}${disc(63, 50, 6, 6.5, '#b9c94a')}${disc(37, 50, 1.8, 6, '#111')}${disc(63, 50, 1.8, 6, '#111')}${shape('M46 61 H54 L50 66 Z', '#b3585c')}${shape('M34 66 L10 62 M34 69 L10 72 M66 66 L90 62 M66 69 L90 72', 'none', 'stroke="#eee" stroke-width="1"')}`,
  deer: () =>
    `${legs([30, 37, 62, 69], 4, 56, '#7d5530')}${shape('M26 44 Q48 38 66 42 L72 26 Q76 18 84 22 L92 30 Q90 34 82 34 L78 54 Q70 64 50 62 H32 Q22 58 26 44 Z', '#a3713f')}${shape('M77 21 L70 4 M73 12 L64 6 M80 20 L86 3 M83 12 L93 6', 'none', 'stroke="#6d5136" stroke-width="2.4"')}${disc(26, 47, 4, 6, '#efe6d6')}${disc(82, 26, 1.5, 1.5, '#111')}`,
  dog: ({ fur, light }) =>
    `${shape('M28 22 Q50 12 72 22 L78 50 Q74 84 50 86 Q26 84 22 50 Z', fur)}${shape('M28 22 Q10 26 14 60 Q22 66 28 50 Z M72 22 Q90 26 86 60 Q78 66 72 50 Z', '#3b2a1f')}${disc(50, 66, 17, 15, light)}${disc(50, 59, 7, 5, '#111')}${disc(38, 42, 4, 4.5, '#20130b')}${disc(62, 42, 4, 4.5, '#20130b')}${shape('M50 64 V74 M40 76 Q50 82 60 76', 'none', 'stroke="#2a1a14" stroke-width="1.6"')}${shape('M46 78 H54 V86 Q50 90 46 86 Z', '#cf6a73')}`,
  frog: () =>
    `${shape('M10 76 Q8 58 26 56 Q30 40 50 40 Q72 40 78 56 Q94 60 90 76 L74 80 Q50 84 26 80 Z', '#5f9a32')}${shape('M8 80 Q14 66 28 66 L36 80 Z M92 80 Q86 66 72 66 L64 80 Z', '#477a24')}${disc(36, 40, 8, 8, '#6fae3c')}${disc(64, 40, 8, 8, '#6fae3c')}${disc(36, 39, 4.5, 4.5, '#e8c83a')}${disc(64, 39, 4.5, 4.5, '#e8c83a')}${disc(36, 39, 2.2, 2.2, '#111')}${disc(64, 39, 2.2, 2.2, '#111')}${disc(50, 68, 20, 9, '#c9d68e')}`,
  horse: ({ fur }) =>
    `${legs([26, 33, 62, 70], 5, 56, fur)}${shape('M22 40 Q44 36 62 38 L74 14 L88 24 L92 36 L84 38 L78 34 L74 52 Q70 62 48 60 H30 Q18 56 22 40 Z', fur)}${shape('M62 38 L73 12 L78 16 L68 42 Z M22 40 Q8 44 12 70 L18 68 Q18 52 26 46 Z', '#241811')}${disc(82, 24, 1.5, 1.5, '#111')}`,
  ship: ({ paint, light }) =>
    `${shape('M4 60 H96 L86 78 H14 Z', paint)}${shape('M4 60 H96 L95 63 H5 Z', '#f0f0ee')}${shape('M26 60 V46 H74 V60 Z M34 46 V36 H62 V46 Z', light)}${shape('M46 36 V20 H54 V36 Z', '#c2352c')}${shape('M30 50 h5 v4 h-5 Z M40 50 h5 v4 h-5 Z M50 50 h5 v4 h-5 Z M60 50 h5 v4 h-5 Z', '#26323c')}`,
  truck: ({ paint, light }) =>
    `${shape('M4 70 V24 H62 V70 Z', light)}${shape('M64 70 V38 H82 L94 54 V70 Z', paint)}${shape('M70 42 H80 L88 54 H70 Z', '#2a3640')}${shape('M4 68 H95 V74 H4 Z', '#2c2c2e')}${wheel(18, 8)}${wheel(36, 8)}${wheel(80, 8)}`,
  flower: ({ paint }) =>
    `${shape('M50 50 Q54 76 48 99', 'none', 'stroke="#3f7a2c" stroke-width="4"')}${shape('M50 80 Q66 66 78 72 Q68 86 50 82 Z', '#4f8d38')}${Array.from({ length: 9 }, (_, i) => `<ellipse cx="50" cy="22" rx="9" ry="19" fill="${paint}" transform="rotate(${40 * i} 50 42)"/>`).join('')}${disc(50, 42, 10, 10, '#d7a324')}`,
  balloon: ({ paint, light }) =>
    `${shape('M50 4 Q84 6 82 38 Q78 58 56 74 H44 Q22 58 18 38 Q16 6 50 4 Z', paint)}${shape('M50 4 Q66 8 64 40 Q62 58 54 74 H46 Q38 58 36 40 Q34 8 50 4 Z', light)}${shape('M44 74 L45 84 M56 74 L55 84', 'none', 'stroke="#4a3a2a" stroke-width="1"')}${shape('M43 84 H57 V94 H43 Z', '#7a4f2a')}`,
};

const GROUNDS = {
  airplane: null,
  balloon: null,
  ship: WATERS,
  automobile: ROADS,
  truck: ROADS,
  cat: ROOMS,
  dog: ROOMS,
  bird: MEADOWS,
  deer: MEADOWS,
  frog: [...MEADOWS, ...WATERS],
  horse: MEADOWS,
  flower: MEADOWS,
};

export const kinds = Object.keys(DRAW);

/** SVG source of a scene: a sky or wall, a ground, both with a texture, and one object, mirrored, moved, turned and scaled a little. */
export function scene(kind, number) {
  const random = randomOf(7919 * kinds.indexOf(kind) + 101 * number + 1);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const between = (low, high) => low + (high - low) * random();
  const grounds = GROUNDS[kind];
  const inside = kind === 'cat' || kind === 'dog';
  const [above, below] = [inside ? pick(ROOMS) : pick(SKIES), grounds ? pick(grounds) : undefined];
  const horizon = inside ? 100 : between(48, 70);
  const colours = { paint: pick(PAINTS), fur: pick(FURS), light: pick(['#f3efe6', '#d8d3c8', '#cfd8de']), tilt: between(-14, 22) };
  const [size, dx, dy, turn] = [between(0.72, 0.98), between(-6, 6), between(-4, 4), between(-5, 5)];
  const mirror = random() < 0.5 ? 'translate(100 0) scale(-1 1)' : '';
  const seed = Math.floor(random() * 1000);
  const grain = (id, frequency, depth) =>
    `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="4" seed="${seed}"/><feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  ${depth} 0 0 0 ${-depth / 2.2}"/></filter>`;
  const textured = (filter, y, height) => `<rect x="0" y="${y}" width="100" height="${height}" filter="url(#${filter})"/>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 100 100"><defs>` +
    `${grain('far', '0.012 0.03', 0.9)}${grain('near', '0.05 0.14', 1.6)}${grain('fine', '0.35', 0.25)}` +
    `<linearGradient id="light" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".32"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".4"/></linearGradient></defs>` +
    `<rect width="100" height="100" fill="${above}"/>${textured('far', 0, 100)}` +
    (below
      ? `<rect y="${horizon}" width="100" height="${100 - horizon}" fill="${below}"/>${textured('near', horizon, 100 - horizon)}`
      : '') +
    `<g transform="translate(${50 + dx} ${50 + dy}) rotate(${turn}) scale(${size}) translate(-50 -50) ${mirror}">` +
    (below && !inside && kind !== 'flower' ? '<ellipse cx="50" cy="81" rx="44" ry="4" fill="#000" opacity=".35"/>' : '') +
    `${DRAW[kind](colours)}</g><rect width="100" height="100" fill="url(#light)"/>${textured('fine', 0, 100)}</svg>`
  );
}
