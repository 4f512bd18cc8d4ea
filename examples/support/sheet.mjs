import sharp from 'sharp';

const GAP = 8;

/** Writes pictures of one height, or of one width, so many in a row, as a WebP file. Pixels stay sharp where a small picture is enlarged. */
export async function sheet(file, paths, { columns = 1, ...size }) {
  const tiles = await Promise.all(paths.map((path) => tile(path, size)));
  const rows = Array.from({ length: Math.ceil(tiles.length / columns) }, (_, r) => tiles.slice(r * columns, (r + 1) * columns));
  const widths = rows.map((row) => total(row.map(({ width }) => width)));
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const composite = rows.flatMap((row, r) =>
    row.map(({ input }, i) => ({
      input,
      left: start(
        row.map(({ width }) => width),
        i,
      ),
      top: start(heights, r),
    })),
  );
  await sharp({ create: { width: Math.max(...widths), height: total(heights), channels: 3, background: '#fff' } })
    .composite(composite)
    .webp({ quality: 82 })
    .toFile(file);
}

/** Where the i-th of several lengths begins. */
const start = (lengths, i) => lengths.slice(0, i).reduce((sum, length) => sum + length + GAP, 0);
const total = (lengths) => start(lengths, lengths.length) - GAP;

async function tile(path, { height, width }) {
  const picture = sharp(path, { density: 144 });
  const from = await picture.metadata();
  const factor = height === undefined ? width / from.width : height / from.height;
  const { data, info } = await picture
    .resize({ height, width, kernel: factor >= 2 && !path.endsWith('.svg') ? 'nearest' : 'lanczos3' })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer({ resolveWithObject: true });
  return { input: data, width: info.width, height: info.height };
}
