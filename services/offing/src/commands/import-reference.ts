import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Engine, lockEngine, refold } from '@offing/engine';
import {
  loadGazetteer,
  readUserEmbargoes,
  readUserPorts,
  readZoneFeatures,
  type Announcement,
  type UserFault,
  type ZoneFault,
} from '@offing/gazetteer';
import { OffingError } from '@offing/kit';
import {
  markRefold,
  readUserReference,
  removeUserReference,
  writeUserReference,
  type UserEntries,
  type UserKind,
} from '@offing/store';
import pg from 'pg';
import { withDatabase } from '../database.ts';
import { loadGazetteerOf, loadReferenceOf } from '../reference.ts';

/** How many faults of a file are printed. */
const FAULTS_SHOWN = 20;
/** A polygon drawn finely is some megabytes; more is no file of this kind. */
const MOST_BYTES = 32 * 2 ** 20;

const NAMES: Readonly<Record<UserKind, string>> = { port: 'ports', zone: 'zones', embargo: 'embargoes' };

const ZONE_FAULTS: Readonly<Record<ZoneFault['code'], string>> = {
  'not-json': 'the file is no JSON; GeoJSON was expected',
  'no-features': 'no features; a GeoJSON FeatureCollection or Feature was expected',
  'no-polygon': 'no polygon; a geometry Polygon or MultiPolygon with its rings was expected',
  'no-id': 'no name; an id, or a property id or name of up to 64 characters, was expected',
  'repeated-id': 'an id that another feature has; each needs its own',
  'bad-position': 'a position that is none; [longitude, latitude] in degrees was expected',
  'bad-ring': 'a ring that is not closed; four positions or more, the last as the first, were expected',
  'too-wide': 'half the globe or more; less than 180 degrees was expected',
  'too-many-vertices': 'too many corners; up to 10,000 were expected',
};

type DataFlag = { readonly data: string };

/**
 * Runs `offing ports|zones|embargoes import`: takes in a file as a whole, and tells what was found with it in what was read
 * before. Returns 1 where something is wrong in the file: then nothing is changed.
 */
export async function importReference(kind: UserKind, path: string, flags: DataFlag): Promise<number> {
  const text = await textOf(path);
  return withDatabase(flags.data, async ({ url }) => {
    const { entries, faults } = await read(kind, text, url);
    if (faults.length > 0) return refuse(path, faults);
    const isChanged = await onLocked(url, async (client) => {
      const { added, changed, unchanged } = await writeUserReference(client, kind, entries, basename(path));
      process.stdout.write(`${path}: ${added} added, ${changed} changed, ${unchanged} as before\n`);
      return added + changed > 0;
    });
    if (isChanged) await tellPast(url);
    return 0;
  });
}

/** Runs `offing ports|zones|embargoes list`. */
export async function listReference(
  kind: UserKind,
  flags: DataFlag & { readonly json: boolean },
): Promise<void> {
  await withDatabase(flags.data, async ({ url }) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      const entries = await readUserReference(client, kind);
      if (flags.json) process.stdout.write(`${JSON.stringify(entries)}\n`);
      else if (entries.length === 0)
        process.stdout.write(
          `no ${NAMES[kind]} of your own; add some with: offing ${NAMES[kind]} import FILE\n`,
        );
      else process.stdout.write(entries.map((entry) => `${entry.id}  ${wordsOf(entry)}\n`).join(''));
    } finally {
      await client.end();
    }
  });
}

/** Runs `offing ports|zones|embargoes remove`; returns 1 where there is no such entry. */
export async function removeReference(kind: UserKind, id: string, flags: DataFlag): Promise<number> {
  return withDatabase(flags.data, async ({ url }) => {
    const isGone = await onLocked(url, (client) => removeUserReference(client, kind, id));
    if (!isGone) {
      process.stderr.write(
        `offing: there is no ${kind} ${id} of your own; offing ${NAMES[kind]} list shows them\n`,
      );
      return 1;
    }
    process.stdout.write(`${id}: removed\n`);
    await tellPast(url);
    return 0;
  });
}

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES)
      throw new OffingError('reference-large', `${path}: more than ${MOST_BYTES / 2 ** 20} MB`);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof OffingError) throw error;
    const isText = (error as NodeJS.ErrnoException).code !== undefined && !(error instanceof TypeError);
    const why = isText ? (error as Error).message : 'it is no text in UTF-8';
    throw new OffingError('reference-file', `${path}: ${why}`, { cause: error });
  }
}

type Reading<Kind extends UserKind> = {
  readonly entries: readonly UserEntries[Kind][];
  readonly faults: readonly string[];
};

async function read<Kind extends UserKind>(kind: Kind, text: string, url: string): Promise<Reading<Kind>> {
  const reading = await readKind(kind, text, url);
  return reading as Reading<Kind>;
}

async function readKind(kind: UserKind, text: string, url: string): Promise<Reading<UserKind>> {
  switch (kind) {
    case 'port': {
      const { records, faults } = readUserPorts(text);
      return { entries: records, faults: faults.map(faultWords) };
    }
    case 'zone': {
      const { zones, faults } = readZoneFeatures(text);
      return { entries: zones, faults: faults.map(zoneFaultWords) };
    }
    case 'embargo': {
      const { ports } = await loadGazetteerOf(url);
      const { records, faults } = readUserEmbargoes(text, ports);
      return { entries: withoutBundled(records), faults: faults.map(faultWords) };
    }
  }
}

/** What the project brings with it, said again in other words, would be printed twice in each alert. */
function withoutBundled(announcements: readonly Announcement[]): readonly Announcement[] {
  const { announcements: bundled } = loadGazetteer();
  return announcements.filter((one) => {
    const known = bundled.find((other) => saysTheSame(one, other));
    if (known === undefined || known.id === one.id) return true;
    process.stdout.write(
      `  ${one.bars}, ${one.country}, from ${one.firstDay}: bundled already as ${known.id}\n`,
    );
    return false;
  });
}

function saysTheSame(a: Announcement, b: Announcement): boolean {
  const isOfPlaceAndDay = a.portId === b.portId && a.country === b.country && a.firstDay === b.firstDay;
  return isOfPlaceAndDay && (a.barred === b.barred || a.bars === b.bars);
}

function faultWords({ line, field, value, expected }: UserFault): string {
  return `line ${line}: ${field} "${value}", expected ${expected}`;
}

function zoneFaultWords({ feature, code }: ZoneFault): string {
  return feature === 0 ? ZONE_FAULTS[code] : `feature ${feature}: ${ZONE_FAULTS[code]}`;
}

function refuse(path: string, faults: readonly string[]): number {
  const shown = faults.slice(0, FAULTS_SHOWN).map((fault) => `  ${fault}\n`);
  const more = faults.length > FAULTS_SHOWN ? `  … and ${faults.length - FAULTS_SHOWN} more\n` : '';
  process.stderr.write(`offing: ${path}: nothing was changed [reference-faults]\n${shown.join('')}${more}`);
  return 1;
}

function wordsOf(entry: UserEntries[UserKind]): string {
  if ('rings' in entry) return entry.name;
  if ('bars' in entry)
    return `${entry.portId ?? `all ports of ${entry.country}`}: ${entry.bars} (${entry.barred}), from ${entry.firstDay}`;
  return `${entry.name}, ${entry.country}, ${entry.lat} ${entry.lon}${entry.watched ? ', watched' : ''}`;
}

/** Changes the reference data while no engine runs by it, and has the folds run again by what it is then. */
async function onLocked(url: string, change: (client: pg.Client) => Promise<boolean>): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'offing import' });
  await client.connect();
  try {
    await lockEngine(client, sayWaiting);
    await client.query('begin');
    const isChanged = await change(client);
    if (isChanged) await markRefold(client, null);
    await client.query('commit');
    return isChanged;
  } finally {
    await client.end();
  }
}

/** Runs the folds again over all that is kept: what the new data tell of it is known from the watermark on. */
async function tellPast(url: string): Promise<void> {
  const engine = await Engine.open({
    databaseUrl: url,
    ...(await loadReferenceOf(url)),
    onWaiting: sayWaiting,
  });
  try {
    if (engine.state.refoldFrom === null) return;
    const before = engine.state.changeSeq;
    await refold(engine);
    process.stdout.write(`${engine.state.changeSeq - before} changes of events in what was read before\n`);
  } finally {
    await engine.close();
  }
}

function sayWaiting(): void {
  process.stderr.write('another engine is writing to this database; waiting for it to end\n');
}
