// Bundles each entry point to plain JavaScript: TypeScript and workspace links cost a second at every start, a bundle does not.
import { build } from 'esbuild';

await build({
  entryPoints: { offing: 'services/offing/src/main.ts' },
  outdir: 'services/offing/dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  conditions: ['source'],
  plugins: [externalPackages()],
  splitting: true,
  chunkNames: 'chunk-[hash]',
  sourcemap: true,
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
