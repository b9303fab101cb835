// Bundles entry points to plain JavaScript: TypeScript and workspace links cost a second at every start, a bundle does not.
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { build } from 'esbuild';

export async function bundleForNode(entryPoints, outdir) {
  await build({
    entryPoints,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['source'],
    plugins: [externalPackages(), keepSourceUrls(outdir)],
    splitting: true,
    chunkNames: 'chunk-[hash]',
    sourcemap: true,
    logLevel: 'warning',
  });
}

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
function keepSourceUrls(outdir) {
  return {
    name: 'keep-source-urls',
    setup(builder) {
      builder.onLoad({ filter: /\/(packages|services)\/[^/]+\/(src|test)\/.*\.ts$/ }, async (args) => {
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
