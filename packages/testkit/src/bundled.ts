import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from '../../../scripts/bundle.mjs';

/** Packages of npm are found from here, as from the sources. */
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/offing-tests/', import.meta.url));

const made = new Map<string, Promise<string>>();

/**
 * Returns the path of a TypeScript file of the project as JavaScript that Node runs as it is, made once for a test file.
 * A process that starts from the sources spends seconds on compiling them.
 */
export function bundled(script: string): Promise<string> {
  const known = made.get(script);
  if (known !== undefined) return known;
  const name = basename(script, '.ts');
  const outdir = join(FOLDER, `${name}-${process.pid}-${made.size}`);
  process.once('exit', () => {
    rmSync(outdir, { recursive: true, force: true });
  });
  const file = bundleForNode({ [name]: script }, outdir).then(() => join(outdir, `${name}.mjs`));
  made.set(script, file);
  return file;
}
