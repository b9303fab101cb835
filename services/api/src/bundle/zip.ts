import { zipSync } from 'fflate';

/** A file of a bundle: its path with slashes, and what stands in it. */
export type BundledFile = { readonly path: string; readonly bytes: Uint8Array; readonly what: string };

const UNIX = 3;
const READABLE = 0o100644 << 16;
/** PNG is packed already. */
const PACKED = /\.png$/;

/** Returns a ZIP of files below a folder. Equal files give equal bytes: no clock, no machine, no version of zlib stands in it. */
export function zipOf(folder: string, files: readonly BundledFile[]): Uint8Array {
  // The first instant that a ZIP can tell; it tells local time, so that these are the same bytes everywhere.
  const mtime = new Date(1980, 0, 1);
  const entries = files.map(({ path, bytes }) => {
    const level = PACKED.test(path) ? 0 : 6;
    return [`${folder}/${path}`, [bytes, { level, mtime, os: UNIX, attrs: READABLE }]] as const;
  });
  return zipSync(Object.fromEntries(entries) as Parameters<typeof zipSync>[0]);
}
