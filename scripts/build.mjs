// Bundles each entry point to plain JavaScript: TypeScript and workspace links cost a second at every start, a bundle does not.
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { urlImports } from './url-imports.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const outdir = join(root, 'services/offing/dist');

await build({
  entryPoints: { offing: join(root, 'services/offing/src/main.ts') },
  outdir,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['source'],
  plugins: [externalPackages(), keepSourceUrls()],
  splitting: true,
  chunkNames: 'chunk-[hash]',
  sourcemap: true,
  logLevel: 'warning',
});

// What browsers run, for the pages of services/api.
const webOutdir = join(root, 'services/web/dist');
await rm(webOutdir, { recursive: true, force: true });
await build({
  entryPoints: ['alerts-map', 'ports-map'].map((name) => join(root, `services/web/src/${name}.ts`)),
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

/** Leaves npm packages outside the bundle, keeps workspace packages inside. */
function externalPackages() {
  return {
    name: 'external-packages',
    setup(builder) {
      builder.onResolve({ filter: /^[^./]/ }, (args) =>
        args.kind === 'entry-point' || args.path.startsWith('@offing/')
          ? undefined
          : { path: args.path, external: true },
      );
    },
  };
}

/** Lets a source file find the data beside it: its import.meta.url stays that of the source, not of the bundle. */
function keepSourceUrls() {
  return {
    name: 'keep-source-urls',
    setup(builder) {
      builder.onLoad({ filter: /\/(packages|services)\/[^/]+\/src\/.*\.ts$/ }, async (args) => {
        const text = await readFile(args.path, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const here = JSON.stringify(relative(outdir, args.path).replaceAll('\\', '/'));
        return {
          contents: text.replaceAll('import.meta.url', `new URL(${here}, import.meta.url).href`),
          loader: 'ts',
        };
      });
    },
  };
}
