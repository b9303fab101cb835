import { basename } from 'node:path';
import { loadRegister, type ListFault, type ListReading } from '@offing/designations';
import { Engine, lockEngine, refold } from '@offing/engine';
import { affectedSince, markRefold, writeListRefusal } from '@offing/store';
import pg from 'pg';
import { importReading, type ListImport } from './import-list.ts';
import { isListUrl, type ListFileReading } from './list-files.ts';
import { loadReferenceOf } from './reference.ts';

/** Whom it is told. Texts end their lines. */
export type TakeSay = {
  readonly text: (text: string) => void;
  readonly alarm: (text: string) => void;
  readonly waiting: () => void;
};

/** How lists are taken in. */
export type TakeOptions = {
  /** Name of the list, instead of the one that the file is known by. */
  readonly list?: string;
  /** When what they say became known, ms. */
  readonly knownSince: number;
  /** Believe a list that lost more than half of its ships. */
  readonly acceptShrunk: boolean;
  readonly say: TakeSay;
};

/** Why a list changed nothing. */
export type TakenRefusal = { readonly code: string; readonly why: string };

/** What taking in lists came to. */
export type ListsTaken = { readonly refusals: readonly TakenRefusal[]; readonly isChanged: boolean };

/** How many faults of a file are printed. */
const FAULTS_SHOWN = 20;

/** Takes in what was read of lists while no engine runs on the database, and tells what it means for ships that were seen before. */
export async function takeLists(
  url: string,
  readings: readonly ListFileReading[],
  options: TakeOptions,
): Promise<ListsTaken> {
  const taken = await takeIn(url, readings, options);
  if (taken.isChanged) await tellPast(url, options.say);
  return taken;
}

async function takeIn(
  url: string,
  readings: readonly ListFileReading[],
  options: TakeOptions,
): Promise<ListsTaken> {
  const client = new pg.Client({ connectionString: url, application_name: 'offing import' });
  await client.connect();
  try {
    await lockEngine(client, options.say.waiting);
    const refusals: TakenRefusal[] = [];
    let isChanged = false;
    for (const reading of inOrderOfDays(readings)) {
      const taken = await takeFile(client, reading, options);
      refusals.push(...taken.refusals);
      isChanged ||= taken.isChanged;
    }
    return { refusals, isChanged };
  } finally {
    await client.end();
  }
}

/** Files that say their own day go in by it: the report then tells what each one changed. */
function inOrderOfDays(readings: readonly ListFileReading[]): readonly ListFileReading[] {
  const dayOf = ({ reading }: ListFileReading): string => reading?.publishedOn ?? '9999';
  return [...readings].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
}

async function takeFile(
  client: pg.Client,
  file: ListFileReading,
  { list, knownSince, acceptShrunk, say }: TakeOptions,
): Promise<ListsTaken> {
  const { files, contentKey, reading, fault } = file;
  const name = files.join(', ');
  if (reading === null) {
    const { code, message } = fault ?? { code: 'read-failed', message: 'it could not be read' };
    await writeListRefusal(client, { list: list ?? null, files, contentKey, code, why: message });
    return { refusals: [alarm(say, name, message, code)], isChanged: false };
  }
  say.text(
    `${name}: ${readWords(reading)}\n${reading.faults.slice(0, FAULTS_SHOWN).map(faultWords).join('')}`,
  );
  if (reading.faults.length > FAULTS_SHOWN)
    say.text(`  … and ${reading.faults.length - FAULTS_SHOWN} more\n`);
  const imports = await inTransaction(client, async () => {
    const done = await importReading(client, reading, {
      ...(list === undefined ? {} : { list }),
      knownSince,
      source: files.map(sourceOf).join(' + '),
      compiled: loadRegister().designations,
      acceptShrunk,
    });
    const rows = done.flatMap((one) => one.rows);
    if (rows.length > 0) await markRefold(client, await affectedSince(client, rows));
    return done;
  });
  return report(client, file, reading, imports, say);
}

async function report(
  client: pg.Client,
  { files, contentKey }: ListFileReading,
  reading: ListReading,
  imports: readonly ListImport[],
  say: TakeSay,
): Promise<ListsTaken> {
  const name = files.join(', ');
  const refusals: TakenRefusal[] = [];
  if (imports.length === 0 && reading.damage !== null) {
    await writeListRefusal(client, {
      list: null,
      files,
      contentKey,
      code: 'list-damaged',
      why: reading.damage,
    });
    refusals.push(alarm(say, name, reading.damage, 'list-damaged'));
  }
  for (const one of imports) {
    if (one.refusal === null) {
      say.text(`  ${importWords(one)}\n`);
      continue;
    }
    const { code: why, why: message } = one.refusal;
    await writeListRefusal(client, { list: one.list, files, contentKey, code: why, why: message });
    refusals.push(alarm(say, `${name}: ${one.list}`, message, why));
  }
  return { refusals, isChanged: imports.some((one) => one.rows.length > 0) };
}

/** Runs the folds again over what the changed entries may touch. */
async function tellPast(url: string, say: TakeSay): Promise<void> {
  const engine = await Engine.open({
    databaseUrl: url,
    ...(await loadReferenceOf(url)),
    onWaiting: say.waiting,
  });
  try {
    if (engine.state.refoldFrom === null) return;
    const before = engine.state.changeSeq;
    await refold(engine, -Infinity);
    const told = engine.state.changeSeq - before;
    say.text(`${told} changes of events for ships that were seen before, known since the lists are\n`);
  } finally {
    await engine.close();
  }
}

async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

function readWords({ records, ships, entries, faults, notes, format }: ListReading): string {
  const leftOut = new Set(faults.filter((fault) => fault.isLeftOut).map(({ line }) => line)).size;
  const refused = leftOut > 0 ? `, ${number(leftOut)} refused` : '';
  const notesText = notes.map((note) => `\n  ${note}`).join('');
  return `${number(records)} records read (${format}), ${number(ships)} of ships, ${number(entries.length)} usable${refused}${notesText}`;
}

function faultWords({ line, field, value, expected, isLeftOut }: ListFault): string {
  const result = isLeftOut ? 'refused' : 'kept without it';
  return `  line ${line}: ${field} "${value}", expected ${expected} (${result})\n`;
}

function importWords(one: ListImport): string {
  const { list, day, ships, added, removed, changed, unchanged, compiledOnly, isKnown } = one;
  if (isKnown) return `${list} of ${day}: this list is in already; nothing was added`;
  if (ships === 0 && added + removed + changed === 0) return `${list} of ${day}: no ships; nothing was added`;
  const only =
    compiledOnly > 0
      ? `; ${number(compiledOnly)} of the compiled history are not in it and stay until a list that held them no longer does`
      : '';
  return `${list} of ${day}: ${number(added)} added, ${number(changed)} changed, ${number(removed)} removed, ${number(unchanged)} as before${only}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** Where a list came from, as its rows say: the name of the file, or its address without what may be a secret. */
function sourceOf(name: string): string {
  return isListUrl(name) ? name.replace(/[?#].*/, '') : basename(name);
}

function alarm(say: TakeSay, name: string, why: string, code: string): TakenRefusal {
  say.alarm(`offing: ALARM: ${name}: nothing was changed: ${why} [${code}]\n`);
  return { code, why };
}
