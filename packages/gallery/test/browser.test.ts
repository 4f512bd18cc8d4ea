import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { encodeNpy, type ManifestRun, type StoredArtifact } from '@featurescope/core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crc32 } from '../../node/src/image/png-text.js';
import { readDetails, renderGallery, serveGallery } from '../src/index.js';
import { HOSTILE, manifestWith, runOf } from './manifest.js';

const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) console.warn(`skipped: there is no Chromium at ${executablePath} (CHROMIUM_PATH names another)`);

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const root = await mkdtemp(join(tmpdir(), 'featurescope-'));

const png = (width: number, height: number, level: number): Buffer => {
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    crc.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, crc]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width + 1), level);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const long = 'a-very-long-name-without-any-break/'.repeat(6);
const artifact = (kind: StoredArtifact['kind'], name: string, path: string, change: Partial<StoredArtifact> = {}): StoredArtifact => ({
  kind,
  name,
  path,
  input: 'cat',
  ...change,
});
const ARTIFACTS = [
  artifact('image', 'input', '01-dream/input.png'),
  artifact('image', 'image', '01-dream/image #1.png', { layer: long, unit: 3, description: long }),
  artifact('image', 'heatmap', '01-dream/tiny.png'),
  artifact('plot', 'objective', '01-dream/plot.svg'),
  artifact('tensor', 'dream', '01-dream/dream.npy'),
  artifact('table', 'top', '01-dream/top.csv', { description: long }),
];
const RUNS: readonly ManifestRun[] = [
  runOf({ artifacts: ARTIFACTS, options: { layers: [long], octaves: 4 } }),
  runOf({ visualizer: 'occlusion', status: 'failed', error: `No layer "${long}".` }),
  ...HOSTILE.map((name) =>
    runOf({
      visualizer: name,
      options: { [name]: name },
      artifacts: [artifact('image', name, '01-dream/tiny.png', { input: name, layer: name, description: name })],
    }),
  ),
];

const writeRun = async (folder: string): Promise<void> => {
  await mkdir(join(folder, '01-dream'), { recursive: true });
  const put = (name: string, content: Uint8Array | string) => writeFile(join(folder, '01-dream', name), content);
  await put('input.png', png(300, 200, 60));
  await put('image #1.png', png(300, 200, 200));
  await put('tiny.png', png(8, 8, 128));
  await put(
    'plot.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="480" height="280"><rect width="480" height="280" fill="white"/></svg>',
  );
  await put('dream.npy', encodeNpy([2, 2, 3], new Float32Array(12)));
  const columns = Array.from({ length: 30 }, (_, i) => `column-${i}`).join(',');
  await put('top.csv', `${columns}\n${columns}\n`);
};

describe.skipIf(!present)('the page in Chromium', () => {
  const folder = join(root, 'static');
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    await writeRun(folder);
    const { readFile } = await import('node:fs/promises');
    const manifest = manifestWith(RUNS);
    const details = await readDetails(manifest, (path) => readFile(join(folder, path)));
    await writeFile(join(folder, 'index.html'), renderGallery(manifest, { details }));
  });
  afterAll(async () => {
    await browser.close();
    await rm(root, { recursive: true, force: true });
  });

  const open = async (width: number, height: number, colorScheme: 'light' | 'dark'): Promise<{ page: Page; problems: string[] }> => {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    const problems: string[] = [];
    page.on('console', (message) => void problems.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => void problems.push(error.message));
    page.on('request', (request) => void (/^(file|data):/.test(request.url()) || problems.push(`request: ${request.url()}`)));
    page.on('dialog', (dialog) => void problems.push(`dialog: ${dialog.message()}`));
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    return { page, problems };
  };

  it.each([
    [320, 640, 'light'],
    [360, 740, 'dark'],
    [1280, 800, 'light'],
    [1280, 800, 'dark'],
  ] as const)('fits %i × %i, %s, without a complaint, and every picture loads', async (width, height, scheme) => {
    const { page, problems } = await open(width, height, scheme);
    const broken = await page.evaluate(async () => {
      const images = [...document.querySelectorAll<HTMLImageElement>('main img')];
      for (const image of images) image.loading = 'eager';
      const loaded = await Promise.all(
        images.map((image) =>
          image.decode().then(
            () => true,
            () => false,
          ),
        ),
      );
      return images.filter((_, i) => !loaded[i]).map((image) => image.src);
    });
    expect(broken).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g)?.map(Number));
    expect((ground?.[0] ?? 0) > 128).toBe(scheme === 'light');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('opens a picture in full, walks on with the arrow keys and closes with Escape', async () => {
    const { page, problems } = await open(1280, 800, 'light');
    const link = page.locator('.card a[data-name="heatmap"]');
    await link.focus();
    await page.keyboard.press('Enter');
    const viewer = page.getByRole('dialog', { name: 'heatmap' });
    await viewer.waitFor();
    expect(await page.locator('#viewer-image').evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(
      8,
    );
    await page.locator('#viewer summary').click();
    expect(await viewer.getByText('7b6f2a91c3d84e5f60718293a4b5c6d7').isVisible()).toBe(true);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'objective' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await viewer.waitFor();
    await page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['name'])).toBe('heatmap');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('moves the divider between input and result by keyboard', async () => {
    const { page } = await open(1280, 800, 'light');
    const divider = page.getByRole('slider', { name: 'Divider between input and image' });
    await divider.focus();
    await page.keyboard.press('Home');
    expect(
      await page
        .locator('.stage')
        .first()
        .evaluate((stage: HTMLElement) => stage.style.getPropertyValue('--at')),
    ).toBe('0%');
    await page.close();
  });

  it('shows hostile names as text and runs nothing of them', async () => {
    const { page, problems } = await open(360, 740, 'light');
    expect(await page.locator('h2').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringContaining('<img src=x onerror=')]));
    for (const link of await page.locator('section:not(#run-1) .card a').all()) {
      await link.click();
      await page.locator('#viewer summary').click();
      await page.keyboard.press('Escape');
      await page.locator('#viewer').waitFor({ state: 'hidden' });
    }
    expect(await page.title()).toBe('photonet — Featurescope');
    expect(await page.locator('#escaped, img[src="x"]').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('shows both pictures and links to the files without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'index.html')).href);
    for (const half of ['.before', '.after']) expect(await page.locator(`.stage ${half} img`).first().isVisible()).toBe(true);
    expect(await page.locator('a[data-name="heatmap"]').getAttribute('href')).toBe('./01-dream/tiny.png');
    await context.close();
  });

  it('follows a run in progress, and leaves open what is open', async () => {
    const out = join(root, 'live');
    await writeRun(out);
    const put = async (status: 'running' | 'done', artifacts: readonly StoredArtifact[]) => {
      await writeFile(join(out, 'm.tmp'), JSON.stringify(manifestWith([runOf({ status, artifacts })], { status })));
      await rename(join(out, 'm.tmp'), join(out, 'manifest.json'));
    };
    await put('running', ARTIFACTS.slice(0, 1));
    const server = await serveGallery(out);
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (message) => void problems.push(message.text()));
    page.on('pageerror', (error) => void problems.push(error.message));
    const followed = page.waitForResponse((response) => response.url().endsWith('/events'));
    await page.goto(server.url);
    await followed;
    await page.locator('.options summary').click();
    await writeFile(
      join(out, 'events.ndjson'),
      `${JSON.stringify({ time: 't', visualizer: 'dream', index: 0, type: 'progress', done: 3, total: 9, label: 'octave 2' })}\n`,
    );
    await page.getByText('3 / 9 · octave 2').waitFor();
    await put('done', ARTIFACTS);
    await page.locator('#page-header .pill.done').waitFor();
    await page.locator('section .pill.done').waitFor();
    expect(await page.locator('.compare').count()).toBe(1);
    expect(await page.locator('details.options').evaluate((details: HTMLDetailsElement) => details.open)).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
    await server.close();
  });
});
