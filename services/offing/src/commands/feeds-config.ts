import { setTimeout as sleep } from 'node:timers/promises';
import { OffingError } from '@offing/kit';
import { connectSource, FORMAT_OF, LiveFeed, LiveInbox, type LiveFeedConfig } from '@offing/ingest';
import { readVariable } from '../config.ts';
import { faultLines, readFeedsConfig } from '../feeds-config.ts';
import { configPath, fileFeeds, loadFeedsConfig, writeFeeds, type FileFeed } from '../feeds-config-file.ts';
import { numberFlag } from '../flags.ts';
import { recordToJson } from '../record-json.ts';

/** Records that `feeds test` prints. */
const SHOWN = 10;

/** Where the configuration is looked for. */
export type FeedsFlags = { readonly data: string; readonly config?: string };

/** Flags of `feeds add` as the command line gives them. */
export type AddFlags = FeedsFlags & {
  readonly kind: string;
  readonly set?: readonly string[];
  readonly secret?: readonly string[];
};

/** Adds a feed to the configuration file. Throws OffingError `usage-feed` with all that is wrong with it. */
export async function addFeed(name: string, flags: AddFlags): Promise<void> {
  const path = configPath(flags.config, flags.data);
  const { file, feeds } = await fileFeeds(path);
  const feed = {
    name,
    kind: flags.kind,
    ...Object.fromEntries((flags.set ?? []).map((pair) => fieldOf('--set', pair, valueOf))),
    ...Object.fromEntries((flags.secret ?? []).map((pair) => fieldOf('--secret', pair, (env) => ({ env })))),
  };
  const next = [...feeds, feed];
  // A variable may be set later, where the service starts.
  const { faults } = readFeedsConfig(
    JSON.stringify({ ...file, feeds: next }),
    (variable) => readVariable(variable) ?? 'unset',
  );
  if (faults !== null) throw new OffingError('usage-feed', `the feed is not added:\n${faultLines(faults)}`);
  await writeFeeds(path, file, next);
  process.stdout.write(`${name} is added to ${path}; a running service starts it within seconds\n`);
  for (const variable of unsetVariables(feed))
    process.stdout.write(`the variable ${variable} is not set here; set it where the service starts\n`);
}

/** Removes a feed from the configuration file. Throws OffingError `usage-feed` when there is none of that name. */
export async function removeFeed(name: string, flags: FeedsFlags): Promise<void> {
  const path = configPath(flags.config, flags.data);
  const { file, feeds } = await fileFeeds(path);
  const kept = feeds.filter((feed) => feed['name'] !== name);
  if (kept.length === feeds.length) throw noFeed(name, path, feeds);
  await writeFeeds(path, file, kept);
  process.stdout.write(`${name} is removed from ${path}; what it brought stays\n`);
}

/** Flags of `feeds test` as the command line gives them. */
export type TestFlags = FeedsFlags & { readonly seconds: string };

/** Connects to a feed, prints ten records and the rate, and stops; returns 1 when nothing came. Nothing is stored. */
export async function testFeed(name: string, flags: TestFlags): Promise<number> {
  const seconds = numberFlag('--seconds', flags.seconds, 1, 3600);
  const path = configPath(flags.config, flags.data);
  const { feeds } = await loadFeedsConfig(path);
  const config = feeds.find((feed) => feed.name === name);
  if (config === undefined) throw noFeed(name, path, feeds);
  return tryFeed(config, seconds);
}

async function tryFeed(config: LiveFeedConfig, seconds: number): Promise<number> {
  const inbox = new LiveInbox();
  const { name, source, staleDays } = config;
  const feed = new LiveFeed({
    name,
    feed: 0,
    format: FORMAT_OF[source.kind],
    connect: connectSource(source),
    inbox,
    staleDays,
    silentMs: config.silentS * 1000,
  });
  const end = new AbortController();
  const onSignal = (): void => {
    end.abort();
  };
  process.once('SIGINT', onSignal);
  const began = performance.now();
  let shown = 0;
  try {
    while (!end.signal.aborted && performance.now() - began < seconds * 1000) {
      await Promise.race([sleep(100, undefined, { signal: end.signal }).catch(() => undefined), feed.done]);
      shown += show(inbox, SHOWN - shown);
      if (feed.status().state === 'stopped') break;
    }
  } finally {
    process.removeListener('SIGINT', onSignal);
    await feed.stop();
  }
  show(inbox, SHOWN - shown);
  return report(feed, (performance.now() - began) / 1000);
}

/** Prints up to `most` of the records that wait; takes them all. */
function show(inbox: LiveInbox, most: number): number {
  const { records, statics } = inbox.take();
  const count = Math.min(most, records.length);
  for (let row = 0; row < count; row++)
    process.stdout.write(`${JSON.stringify(recordToJson(records, row, statics))}\n`);
  return count;
}

function report(feed: LiveFeed, seconds: number): number {
  const { records, rejected, counted, shed, fault, connections, delayMs, clockCorrectionMs } = feed.status();
  const lines = [
    `${records} records in ${seconds.toFixed(1)} s: ${(records / seconds).toFixed(1)} a second`,
    ...(connections === 0 ? ['no connection was made'] : []),
    ...(fault === null ? [] : [`last fault: ${fault}`]),
    ...countLine('refused', rejected),
    ...countLine('not used', counted),
    ...(shed > 0 ? [`shed: ${shed}`] : []),
    ...(delayMs === null ? [] : [`received ${(delayMs / 1000).toFixed(1)} s after the source's time`]),
    ...(clockCorrectionMs === 0
      ? []
      : [`the source's clock is wrong by ${(-clockCorrectionMs / 1000).toFixed(0)} s; corrected`]),
  ];
  process.stderr.write(`${lines.join('\n')}\n`);
  return records > 0 ? 0 : 1;
}

function countLine(label: string, counts: Readonly<Record<string, number>>): string[] {
  const parts = Object.entries(counts).map(([what, n]) => `${n} ${what}`);
  return parts.length === 0 ? [] : [`${label}: ${parts.join(', ')}`];
}

function fieldOf(flag: string, pair: string, value: (text: string) => unknown): [string, unknown] {
  const sign = pair.indexOf('=');
  if (sign > 0) return [pair.slice(0, sign), value(pair.slice(sign + 1))];
  const example = flag === '--set' ? 'port=5631' : 'apiKey=AISSTREAM_KEY';
  // What was given may be a secret: it is not repeated.
  throw new OffingError('usage-feed', `${flag}: expected field=value, such as ${example}`);
}

/** Numbers, lists, true and false as in JSON; anything else is text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function unsetVariables(feed: FileFeed): string[] {
  return Object.values(feed).flatMap((value) => {
    const env = typeof value === 'object' && value !== null && 'env' in value ? value.env : undefined;
    return typeof env === 'string' && readVariable(env) === undefined ? [env] : [];
  });
}

function noFeed(name: string, path: string, feeds: readonly { readonly name?: unknown }[]): OffingError {
  const names = feeds.map((feed) => String(feed.name)).join(', ');
  return new OffingError(
    'usage-feed',
    `there is no feed "${name}" in ${path}; there is ${names === '' ? 'none' : names}`,
    {
      value: name,
    },
  );
}
