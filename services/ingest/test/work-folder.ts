import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** Returns a new folder that goes away with the test. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offing-ingest-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes files into a folder and returns their paths in the order given. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): string[] {
  return Object.entries(files).map(([name, content]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  });
}

/** Returns the path of a bundled recording, by its name. */
export function samplePath(name: string): string {
  const kind = name.includes('.csv') ? 'csv' : 'nmea';
  return fileURLToPath(new URL(`../../../recordings/${kind}/${name}`, import.meta.url));
}

/** Returns the content of a bundled recording, unpacked. */
export function sample(name: string): Buffer {
  const bytes = readFileSync(samplePath(name));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

/** Returns the path of a file among the tests' own data. */
export function dataPath(name: string): string {
  return fileURLToPath(new URL(`data/${name}`, import.meta.url));
}
