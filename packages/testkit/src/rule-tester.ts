import { publish } from '@offing/alerts';
import { makeRegister, type Register } from '@offing/designations';
import type { Gazetteer } from '@offing/gazetteer';
import { ruleBook, type EventVersion, type RuleSettings } from '@offing/rules';
import { Fold, type FoldDump, type FoldFeed, type FoldSetting } from '@offing/stages';
import { type RecordColumns, type StaticDictionary } from '@offing/track';
import { HOUR_MS } from '@offing/units';
import { madeUpGazetteer } from './made-up-places.ts';
import { columnsOf, type TrackBuilder, type TrackRow } from './track.ts';

/** What a table test lets the rules see; what is left out is made up, or empty. */
export type RuleTest = {
  readonly tracks: readonly TrackBuilder[];
  /** Rows beside the tracks. */
  readonly rows?: readonly TrackRow[];
  readonly gazetteer?: Gazetteer;
  readonly register?: Register;
  readonly settings?: RuleSettings;
  readonly feeds?: readonly FoldFeed[];
  /** Rows at which a batch ends; moved on to the end of their instant. None: one batch. */
  readonly cuts?: readonly number[];
  /** Whether the fold is thrown away at each cut and goes on from a copy of what it held. */
  readonly restart?: boolean;
};

/** One version of an event, as a reader gets it. */
export type ToldVersion = Omit<EventVersion, 'version'>;

/** An event that the rules told, with every version of it in order. */
export type ToldEvent = {
  readonly id: string;
  readonly type: EventVersion['type'];
  readonly changes: readonly EventVersion['change'][];
  readonly versions: readonly ToldVersion[];
  /** The newest version. */
  readonly last: ToldVersion;
  readonly state: EventVersion['state'];
  /** ISO text. */
  readonly openedAt: string;
  /** ISO text, null while the event goes on. */
  readonly closedAt: string | null;
  /** Event time at which the first version was known, ISO text. */
  readonly firstKnownAt: string;
  readonly mmsi: number;
  readonly verdict: EventVersion['verdict'];
  readonly port: string | null;
  readonly evidence: EventVersion['evidence'];
  readonly sentence: string;
};

const ONE_FEED: readonly FoldFeed[] = [{ name: 'made-up', synthetic: true }];

/** Runs tracks through the fold with every rule on, and returns the events in the order in which they were first told. */
export function tellRules(test: RuleTest): readonly ToldEvent[] {
  const rows = [...test.tracks.flatMap((track) => track.rows), ...(test.rows ?? [])];
  const { records, statics } = columnsOf(rows);
  return eventsOf(foldInBatches(settingOf(test), records, statics, test.cuts ?? [], test.restart ?? false));
}

/** Runs tracks through the fold and returns the events of one rule. */
export function tellRule(type: EventVersion['type'], test: RuleTest): readonly ToldEvent[] {
  return tellRules(test).filter((event) => event.type === type);
}

/** Folds records in batches that end at the cuts; returns what was told, version by version, in order. */
export function foldInBatches(
  setting: FoldSetting,
  records: RecordColumns,
  statics: StaticDictionary,
  cuts: readonly number[],
  restart: boolean,
): readonly ToldVersion[] {
  const reference = { gazetteer: setting.gazetteer.version, designations: setting.register.version };
  const told: ToldVersion[] = [];
  let fold = new Fold(setting);
  let from = 0;
  for (const cut of [...cuts, records.length].sort((a, b) => a - b)) {
    const to = endOfInstant(records, cut);
    if (to <= from) continue;
    const { events } = fold.process(records, statics, from, to);
    told.push(...events.map((event) => publish(event, setting.rules, reference)));
    if (restart) fold = new Fold(setting, structuredClone<FoldDump>(fold.dump()));
    from = to;
  }
  return told;
}

/** Returns what a fold needs for a table test. */
export function settingOf(test: Omit<RuleTest, 'tracks'>): FoldSetting {
  const rules = ruleBook(test.settings);
  const gap = rules.find((rule) => rule.id === 'transponder-gap');
  return {
    rules,
    gazetteer: test.gazetteer ?? madeUpGazetteer(),
    register: test.register ?? makeRegister([]),
    feeds: test.feeds ?? ONE_FEED,
    silenceMs: Number(gap?.params['thresholdH']) * HOUR_MS,
  };
}

/** Returns versions grouped into events, in the order in which these were first told. */
export function eventsOf(versions: readonly ToldVersion[]): readonly ToldEvent[] {
  const byId = new Map<string, ToldVersion[]>();
  for (const version of versions) {
    const known = byId.get(version.eventId);
    if (known === undefined) byId.set(version.eventId, [version]);
    else known.push(version);
  }
  return [...byId].map(([id, list]) => eventOf(id, list));
}

function eventOf(id: string, versions: readonly ToldVersion[]): ToldEvent {
  const last = versions[versions.length - 1];
  return {
    id,
    type: last.type,
    changes: versions.map((version) => version.change),
    versions,
    last,
    state: last.state,
    openedAt: new Date(last.openedAt).toISOString(),
    closedAt: last.closedAt === null ? null : new Date(last.closedAt).toISOString(),
    firstKnownAt: new Date(versions[0].knownSince).toISOString(),
    mmsi: last.mmsi[0],
    verdict: last.verdict,
    port: last.port?.name ?? null,
    evidence: last.evidence,
    sentence: last.sentence,
  };
}

/** No batch ends between two records of one instant: that is what the fold is promised. */
function endOfInstant(records: RecordColumns, row: number): number {
  let end = Math.max(0, Math.min(row, records.length));
  while (end > 0 && end < records.length && records.at[end] === records.at[end - 1]) end++;
  return end;
}
