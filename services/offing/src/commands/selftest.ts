import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Engine } from '@offing/engine';
import { OffingError } from '@offing/kit';
import { ruleBook } from '@offing/rules';
import { migrate, openReader, streamEvents, type EventRecord, type Reader } from '@offing/store';
import { HOUR_MS, plainDuration } from '@offing/units';
import pg from 'pg';
import { withDatabase, type OpenedDatabase } from '../database.ts';
import { RECORDINGS } from '../demo.ts';
import { loadReference, type Reference } from '../reference.ts';
import { replaySources } from '../replay-sources.ts';
import { referenceOf } from '../selftest/scenario-reference.ts';
import { judgeScenario, type JudgedEvent, type Scenario, type Score } from '../selftest/expectations.ts';

/** Folders of labelled scenarios: those that were given, and those that are made here. */
const FOLDERS = ['synthetic', 'labelled'];

/** Scenarios that run at one time. */
const AT_ONCE = 4;

/** Replays each bundled scenario into a database of its own and prints how each rule did; returns 1 when a rule failed. */
export async function selftest(options: { readonly json: boolean; readonly data: string }): Promise<number> {
  const scenarios = FOLDERS.flatMap((folder) => labelledIn(join(RECORDINGS, folder)));
  const reference = loadReference();
  const scores = new Map(ruleBook().map((rule) => [rule.id as string, emptyScore(rule.id)]));
  await withDatabase(options.data, async (database) => {
    const events = await sideBySide(scenarios, ({ path, scenario }) =>
      eventsOf(path, database, referenceOf(scenario, reference)),
    );
    scenarios.forEach(({ scenario }, i) => judgeScenario(scenario, events[i], scores));
  });
  const rows = [...scores.values()];
  process.stdout.write(
    options.json ? `${JSON.stringify(rows.map(figures))}\n` : table(rows, scenarios.length),
  );
  return rows.every((row) => row.faults.length === 0) ? 0 : 1;
}

type Labelled = { readonly path: string; readonly scenario: Scenario };

function labelledIn(folder: string): readonly Labelled[] {
  const labels = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    readonly scenarios: readonly Scenario[];
  };
  return labels.scenarios.map((scenario) => ({
    path: join(folder, `${scenario.file}.csv.gz`),
    scenario,
  }));
}

/** Runs work on each item, some at a time: a database is made and dropped for each, and the server waits for its disk. */
async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const runner = async (): Promise<void> => {
    while (next < items.length) {
      const place = next++;
      results[place] = await work(items[place]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
  return results;
}

function emptyScore(rule: string): Score {
  return { rule, expected: 0, found: 0, falseAlarms: 0, delaysMs: [], faults: [] };
}

/** Runs one recording through the whole pipeline in a database made for it, and returns what it gave. */
async function eventsOf(
  file: string,
  database: OpenedDatabase,
  reference: Reference,
): Promise<readonly JudgedEvent[]> {
  const name = `selftest_${randomUUID().replaceAll('-', '')}`;
  await onServer(database.url, `create database ${name}`);
  const address = new URL(database.url);
  address.pathname = `/${name}`;
  try {
    await migrate(address.href);
    const engine = await Engine.open({ databaseUrl: address.href, ...reference });
    try {
      const source = { paths: [file], feed: 'synthetic', synthetic: true };
      await replaySources(engine, [source], {
        tempDir: join(database.dataDir, 'tmp'),
        showProgress: false,
        onFault: (fault) => {
          throw new OffingError('selftest-file', `${fault.path}: ${fault.message}`);
        },
      });
    } finally {
      await engine.close();
    }
    return await judgedEvents(address.href);
  } finally {
    await onServer(database.url, `drop database ${name} with (force)`);
  }
}

async function judgedEvents(databaseUrl: string): Promise<JudgedEvent[]> {
  const reader = openReader({ databaseUrl, connections: 2 });
  try {
    const events: JudgedEvent[] = [];
    for await (const event of streamEvents(reader, {})) events.push(await judged(reader, event));
    return events;
  } finally {
    await reader.close();
  }
}

async function judged(reader: Reader, event: EventRecord): Promise<JudgedEvent> {
  const first = await reader.db
    .selectFrom('event_version')
    .select('known_since')
    .where('event_id', '=', event.eventId)
    .where('version', '=', 1)
    .executeTakeFirstOrThrow();
  return { ...event, firstKnownAt: first.known_since.getTime() };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function figures(score: Score) {
  const { rule, expected, found, falseAlarms, faults } = score;
  const recall = expected === 0 ? null : found / expected;
  return { rule, expected, found, recall, falseAlarms, medianDelayH: medianDelayH(score), faults };
}

function medianDelayH({ delaysMs }: Score): number | null {
  const sorted = [...delaysMs].sort((a, b) => a - b);
  return sorted.length === 0 ? null : Math.round((sorted[Math.floor(sorted.length / 2)] / HOUR_MS) * 10) / 10;
}

function table(scores: readonly Score[], scenarios: number): string {
  const lines = scores.map((score) => {
    const { recall } = figures(score);
    const delay = medianDelayH(score);
    return [
      score.rule.padEnd(20),
      `${score.found}/${score.expected}`.padStart(9),
      (recall === null ? '-' : recall.toFixed(2)).padStart(7),
      String(score.falseAlarms).padStart(13),
      (delay === null ? '-' : plainDuration(delay * HOUR_MS)).padStart(13),
    ].join('');
  });
  const head = `${'rule'.padEnd(20)}${'found'.padStart(9)}${'recall'.padStart(7)}${'false alarms'.padStart(13)}${'median delay'.padStart(13)}`;
  const faults = scores.flatMap((score) => score.faults);
  return `${[`${scenarios} labelled scenarios`, head, ...lines, ...faults].join('\n')}\n`;
}
