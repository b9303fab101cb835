import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardedDownload, type AllowedTargets, type Download } from '@offing/notify';
import { readListSources, writeListRefusal, writeListSource, type ListSource } from '@offing/store';
import pg from 'pg';
import { readListFiles, type ListFile, type ListFileReading } from './list-files.ts';
import { takeLists, type TakeOptions } from './take-lists.ts';
import { VERSION } from './version.ts';

/** The largest list that is known is some hundred megabytes (ours). */
const MOST_BYTES = 2 ** 30;
const IDLE_MS = 60_000;
const TIMEOUT_MS = 15 * 60_000;

/** How lists are fetched and taken in. */
export type UrlOptions = TakeOptions & {
  /** What may be reached although it is not public. */
  readonly allowed: AllowedTargets;
  readonly signal?: AbortSignal;
  /** Does the work that needs the database for itself; right away when left out. */
  readonly alone?: <T>(work: () => Promise<T>) => Promise<T>;
};

/** What fetching came to, and whether the register is another now. */
export type UrlImport = { readonly outcome: ListSource['outcome']; readonly isChanged: boolean };

/**
 * Fetches the files of one list and takes them in, as files are. What is as it was when it was last taken in is not fetched
 * again; what is refused or cannot be had changes nothing, is kept, and is told as an alarm.
 */
export async function importUrls(
  databaseUrl: string,
  urls: readonly string[],
  options: UrlOptions,
): Promise<UrlImport> {
  const folder = await mkdtemp(join(tmpdir(), 'offing-lists-'));
  try {
    const known = await onClient(databaseUrl, (client) => readListSources(client, urls));
    const fetched = await fetchAll(urls, known, folder, options);
    const failed = fetched.find(({ download }) => download.kind === 'failed');
    if (failed !== undefined) return await fail(databaseUrl, urls, failed, known, options);
    if (fetched.every(({ download }) => download.kind === 'same')) {
      options.say.text(`${urls.map(shown).join(', ')}: as it was\n`);
      await note(databaseUrl, fetched, known, options, 'same', null);
      return { outcome: 'same', isChanged: false };
    }
    return await take(databaseUrl, fetched, known, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Fetched = ListFile & { readonly url: string; readonly download: Download };

/** A list in parts is fetched as a whole when one of them is another. */
async function fetchAll(
  urls: readonly string[],
  known: ReadonlyMap<string, ListSource>,
  folder: string,
  options: UrlOptions,
): Promise<readonly Fetched[]> {
  const fetchOne = async (url: string, place: number, before: ListSource | undefined): Promise<Fetched> => {
    const path = join(folder, String(place));
    const validators = { etag: before?.etag ?? null, lastModified: before?.lastModified ?? null };
    const download = await guardedDownload(url, path, {
      ...validators,
      allowed: options.allowed,
      userAgent: `Offing-Lists/${VERSION}`,
      mostBytes: MOST_BYTES,
      idleMs: IDLE_MS,
      timeoutMs: TIMEOUT_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    return { url, path, name: shown(url), download };
  };
  const fetched: Fetched[] = [];
  // A list that was to be believed although it shrank is wanted whole.
  const isFresh = options.acceptShrunk;
  for (const [place, url] of urls.entries())
    fetched.push(await fetchOne(url, place, isFresh ? undefined : known.get(url)));
  if (fetched.every(({ download }) => download.kind !== 'file')) return fetched;
  return Promise.all(
    fetched.map((one, place) =>
      one.download.kind === 'same' ? fetchOne(one.url, place, undefined) : Promise.resolve(one),
    ),
  );
}

async function take(
  databaseUrl: string,
  fetched: readonly Fetched[],
  known: ReadonlyMap<string, ListSource>,
  options: UrlOptions,
): Promise<UrlImport> {
  const alone = options.alone ?? ((work) => work());
  const readings: readonly ListFileReading[] = await readListFiles(fetched);
  const { refusals, isChanged } = await alone(() => takeLists(databaseUrl, readings, options));
  const [refusal] = refusals;
  const outcome = refusal === undefined ? 'taken' : 'refused';
  await note(databaseUrl, fetched, known, options, outcome, refusal ?? null);
  return { outcome, isChanged };
}

async function fail(
  databaseUrl: string,
  urls: readonly string[],
  { name, download }: Fetched,
  known: ReadonlyMap<string, ListSource>,
  options: UrlOptions,
): Promise<UrlImport> {
  const why = `it could not be had: ${download.kind === 'failed' ? download.why : ''}`;
  const code = 'list-fetch';
  const contentKey = createHash('sha256').update(urls.join('\n')).digest('hex').slice(0, 32);
  await onClient(databaseUrl, (client) =>
    writeListRefusal(client, { list: options.list ?? null, files: [name], contentKey, code, why }),
  );
  options.say.alarm(`offing: ALARM: ${name}: nothing was changed: ${why} [${code}]\n`);
  const all = urls.map((url) => ({ url, path: '', name: shown(url), download }));
  await note(databaseUrl, all, known, options, 'failed', { code, why });
  return { outcome: 'failed', isChanged: false };
}

/** Only what was taken in is told apart later: what was refused is asked for, and refused, again. */
async function note(
  databaseUrl: string,
  fetched: readonly Fetched[],
  known: ReadonlyMap<string, ListSource>,
  options: UrlOptions,
  outcome: ListSource['outcome'],
  refusal: { readonly code: string; readonly why: string } | null,
): Promise<void> {
  const now = Date.now();
  await onClient(databaseUrl, async (client) => {
    for (const { url, download } of fetched) {
      const before = known.get(url);
      const isTaken = outcome === 'taken' && download.kind === 'file';
      await writeListSource(client, {
        url,
        list: options.list ?? null,
        etag: isTaken ? (download.etag ?? null) : (before?.etag ?? null),
        lastModified: isTaken ? (download.lastModified ?? null) : (before?.lastModified ?? null),
        checkedAt: now,
        takenAt: outcome === 'taken' || outcome === 'same' ? now : (before?.takenAt ?? null),
        outcome,
        code: refusal?.code ?? null,
        why: refusal?.why ?? null,
      });
    }
  });
}

/** An address as it is told: what stands in its query may be a secret. */
function shown(url: string): string {
  return url.replace(/[?#].*/, '');
}

async function onClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'offing import' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
