import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, isAbsolute, join } from 'node:path';
import { glob } from 'tinyglobby';
import { faultOf, type FileFault } from './file-fault.ts';

/** A file to look into. */
export type FoundFile = {
  readonly path: string;
  readonly bytes: number;
  /** The folder it was found in, when a folder was named; null when it was named itself: then it must be a recording. */
  readonly folder: string | null;
};

/** What lay beside the recordings and was left out on purpose. */
export type Skipped = { readonly path: string; readonly why: string };

/** What paths stand for. */
export type Expanded = {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly Skipped[];
  readonly faults: readonly FileFault[];
};

/** Names of what lies beside recordings: it may well hold sample sentences, and is not meant. */
const BESIDE = new Set(
  '.md .html .htm .pdf .rtf .docx .json .geojson .kml .xml .yaml .yml .png .jpg .jpeg .sha256 .md5 .asc .py .sh'.split(
    ' ',
  ),
);

const GLOB = /[*?[\]{}!()]/;

/** Returns the files that files, folders (with all below them) and glob patterns stand for, in the order given, folders by name. */
export async function expandPaths(paths: readonly string[]): Promise<Expanded> {
  const expanded = { files: [] as FoundFile[], skipped: [] as Skipped[], faults: [] as FileFault[] };
  for (const path of paths) await expandPath(path, expanded);
  return expanded;
}

/** Says whether a name is one of documents and data that lie beside recordings. */
export function liesBeside(name: string): boolean {
  return BESIDE.has(extname(name).toLowerCase());
}

type Expanding = { files: FoundFile[]; skipped: Skipped[]; faults: FileFault[] };

async function expandPath(path: string, into: Expanding): Promise<void> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) await expandFolder(path, into);
    else into.files.push({ path, bytes: stats.isFile() ? stats.size : 0, folder: null });
  } catch (error) {
    const fault = faultOf(path, error);
    if (fault.code === 'missing-file' && GLOB.test(path)) await expandPattern(path, into);
    else into.faults.push(fault);
  }
}

async function expandPattern(pattern: string, into: Expanding): Promise<void> {
  const absolute = isAbsolute(pattern);
  const paths = await glob(pattern, { absolute, onlyFiles: true, expandDirectories: false });
  if (paths.length === 0) {
    into.faults.push({ path: pattern, code: 'missing-file', message: 'no file matches this pattern' });
  }
  for (const path of paths.sort()) {
    try {
      const stats = await stat(path);
      into.files.push({ path, bytes: stats.isFile() ? stats.size : 0, folder: null });
    } catch (error) {
      into.faults.push(faultOf(path, error));
    }
  }
}

async function expandFolder(folder: string, into: Expanding): Promise<void> {
  const before = into.files.length;
  const faultsBefore = into.faults.length;
  await walk(folder, folder, into);
  if (into.files.length > before || into.faults.length > faultsBefore) return;
  into.faults.push({ path: folder, code: 'no-recordings', message: 'the folder holds no recording' });
}

async function walk(folder: string, root: string, into: Expanding): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    into.faults.push(faultOf(folder, error));
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) into.skipped.push({ path, why: 'hidden' });
    else if (entry.isDirectory()) await walk(path, root, into);
    else if (liesBeside(entry.name)) into.skipped.push({ path, why: 'not a kind of recording by its name' });
    else await takeMember(path, root, into);
  }
}

async function takeMember(path: string, folder: string, into: Expanding): Promise<void> {
  try {
    const stats = await stat(path);
    if (stats.isFile()) into.files.push({ path, bytes: stats.size, folder });
    // A link to a folder may lead back up: never followed.
    else into.skipped.push({ path, why: stats.isDirectory() ? 'a link to a folder' : 'not a regular file' });
  } catch (error) {
    into.faults.push(faultOf(path, error));
  }
}
