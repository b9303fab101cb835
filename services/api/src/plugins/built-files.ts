import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Type } from '@fastify/type-provider-typebox';
import { sendPacked } from './conditional.ts';
import { Problem } from './problem.ts';
import type { App } from './requests.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};
/** A name with a hash in it means the same bytes for ever. */
const HASHED = /-[A-Z0-9]{8}\./;

const pack = promisify(gzip);

type BuiltFile = { readonly packed: Buffer; readonly tag: string };

/**
 * Serves the scripts and sheets that the build made for the pages, packed where the browser takes it. Only names that were
 * in the folder at the start are known, so no name leads out of it. Returns whether `entry` is among them.
 */
export function addBuiltFiles(app: App, folder: string | undefined, entry: string): boolean {
  if (folder === undefined || !existsSync(folder)) return false;
  const names = new Set(readdirSync(folder).filter((name) => extname(name) in MEDIA_TYPES));
  const files = new Map<string, Promise<BuiltFile>>();
  const schema = { hide: true, params: Type.Object({ file: Type.String() }) };
  app.get('/assets/:file', { schema, config: { scope: 'open' } }, async (request, reply) => {
    const name = request.params.file;
    if (!names.has(name)) throw new Problem('not-found', 'There is no such file');
    let file = files.get(name);
    if (file === undefined) files.set(name, (file = readBuilt(join(folder, name))));
    const mediaType = MEDIA_TYPES[extname(name)];
    return sendPacked(request, reply, { mediaType, isFixed: HASHED.test(name), ...(await file) });
  });
  return names.has(entry);
}

/** Returns whether the build made a script for the pages. */
export function isBuilt(folder: string | undefined, entry: string): boolean {
  return folder !== undefined && existsSync(join(folder, entry));
}

async function readBuilt(path: string): Promise<BuiltFile> {
  const body = await readFile(path);
  const tag = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { packed: await pack(body), tag };
}
