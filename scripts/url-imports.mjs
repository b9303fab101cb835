import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Returns the plugin for `import address from 'package/file?url'`: the file is put beside the bundle, the import is its address. */
export function urlImports() {
  return {
    name: 'url-imports',
    setup(builder) {
      builder.onResolve({ filter: /\?url$/ }, ({ path, importer }) => ({
        path: createRequire(importer).resolve(path.replace(/\?url$/, '')),
        namespace: 'url-import',
      }));
      builder.onLoad({ filter: /./, namespace: 'url-import' }, async ({ path }) => {
        return { contents: await readFile(path), loader: 'file' };
      });
    },
  };
}
