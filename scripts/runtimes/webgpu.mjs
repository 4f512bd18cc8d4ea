// Installs the packages of the `webgpu` runtime in a folder of their own and runs the runtime's tests on them. Without a GPU they run
// on a software Vulkan driver: the SwiftShader that comes with Chromium on Debian (`apt-get install chromium libvulkan1`), or the one
// that VK_ICD_FILENAMES names. That is right but slow: the whole takes ten minutes or more; arguments go to vitest, for example -t maxPool.
//
//   node scripts/runtimes/webgpu.mjs [folder] [vitest arguments]     default: <temporary folder>/featurescope-webgpu
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGES = ['webgpu@0.6.2', '@tensorflow/tfjs-backend-webgpu@4.22.0', '@tensorflow/tfjs-core@4.22.0'];
const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

const given = process.argv[2]?.startsWith('-') ? undefined : process.argv[2];
const folder = resolve(given ?? join(tmpdir(), 'featurescope-webgpu'));
const rest = process.argv.slice(given === undefined ? 2 : 3);

function step(command, options, settings) {
  const { status } = spawnSync(command, options, { stdio: 'inherit', ...settings });
  if (status !== 0) process.exit(status ?? 1);
}

mkdirSync(folder, { recursive: true });
if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
if (!existsSync(join(folder, 'node_modules', 'webgpu')))
  step('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', ...PACKAGES], { cwd: folder });

const software = existsSync(SWIFTSHADER) ? { VK_ICD_FILENAMES: SWIFTSHADER } : {};
const environment = {
  ...software,
  ...process.env,
  FEATURESCOPE_ALLOW_SOFTWARE_WEBGPU: '1',
  FEATURESCOPE_RUNTIMES: folder,
  FEATURESCOPE_TEST_RUNTIME: 'webgpu',
};
const tests = ['packages/runtime/test/tfjs', 'packages/runtime/test/repairs', 'packages/runtime/test/process'];
step('npx', ['vitest', 'run', '--testTimeout=900000', ...tests, ...rest], {
  cwd: fileURLToPath(new URL('../..', import.meta.url)),
  env: environment,
});
