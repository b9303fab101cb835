import type { Plugin } from 'esbuild';

/** Returns the plugin for `import address from 'package/file?url'`. */
export function urlImports(): Plugin;
