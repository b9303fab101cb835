// Builds what Node and browsers run.
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundleForNode } from './bundle.mjs';
import { urlImports } from './url-imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await bundleForNode(
  { offing: join(root, 'services/offing/src/main.ts') },
  join(root, 'services/offing/dist'),
);

// What browsers run, for the pages of services/api.
const webOutdir = join(root, 'services/web/dist');
await rm(webOutdir, { recursive: true, force: true });
await build({
  entryPoints: ['alerts-page', 'sea-map', 'ports-map'].map((name) =>
    join(root, `services/web/src/${name}.ts`),
  ),
  outdir: webOutdir,
  bundle: true,
  minify: true,
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  publicPath: '/assets/',
  plugins: [urlImports()],
  logLevel: 'warning',
});
