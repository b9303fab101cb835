import {
  dropCoverageFrom,
  dropSnapshotsFrom,
  eventsToldAfter,
  readSnapshot,
  removeStatics,
  removeVesselsOf,
  storedAnchors,
  writeAlias,
  writeCoverage,
  writeEngineState,
  writeEvents,
  writeHulls,
  writeSnapshot,
  writeVessels,
  type HullChange,
  type StaticRowKey,
} from '@offing/store';
import type { UnnumberedVersion } from '@offing/alerts';
import type { HourCoverage } from '@offing/rules';
import { NO_STATIC } from '@offing/track';
import { coverageNow } from './coverage-now.ts';
import { difference } from './diff.ts';
import type { Engine } from './engine.ts';
import { Fold, takeSaid } from '@offing/stages';
import { replayStored, type StoredBatch } from './replay-stored.ts';
import { packFold, unpackFold } from './snapshot.ts';
import { vesselChanges } from './vessel-rows.ts';

/**
 * Runs the folds again from the newest snapshot before the earliest position that they have not taken in, over all that
 * is stored, and appends what differs in the events, in one transaction; does nothing when they have taken in all. What
 * it tells was known from the engine's watermark on: no earlier, whenever it happened. After a change of the lists alone
 * `knownAt` is -Infinity: what the rules tell says itself since when the list is known.
 */
export async function refold(engine: Engine, knownAt: number | null = engine.state.watermark): Promise<void> {
  const { refoldFrom } = engine.state;
  if (refoldFrom === null) return;
  const { client } = engine;
  await engine.transaction(async () => {
    await dropSnapshotsFrom(client, refoldFrom);
    const snapshot = await readSnapshot(client, engine.format, refoldFrom);
    const after = snapshot?.watermark ?? -Infinity;
    const fold = new Fold(engine.setting, snapshot ? await unpackFold(snapshot.parts) : undefined);
    fold.useAnchors(await storedAnchors(client, after));
    const outcome = await runAgain(engine, fold, after);
    const changes = difference(outcome.told, await eventsToldAfter(client, after), knownAt ?? -Infinity);
    const changeSeq = await writeEvents(client, changes.versions, engine.state.changeSeq);
    for (const [alias, id] of changes.aliases) await writeAlias(client, alias, id);
    await writeHulls(client, outcome.hulls);
    await dropCoverageFrom(client, after);
    await writeCoverage(client, [...outcome.coverage, ...coverageNow(fold)]);
    await removeStatics(client, outcome.idleStatics);
    await removeVesselsOf(client, outcome.mmsis);
    await writeVessels(client, vesselChanges(fold, slotsOf(fold, outcome.mmsis), engine.feeds).rows);
    for (const mmsi of outcome.mmsis) takeSaid(mmsi, fold, engine.fold);
    const watermark = Math.max(engine.state.watermark ?? -Infinity, outcome.watermark);
    const state = { watermark, changeSeq, refoldFrom: null, reference: engine.reference };
    await writeEngineState(client, state);
    await writeSnapshot(client, watermark, engine.format, await packFold(fold.dump())());
    engine.fold = fold;
    engine.state = state;
    engine.touched.clear();
    for (const [alias, id] of changes.aliases) engine.aliases.set(alias, id);
  });
}

type Outcome = {
  readonly told: readonly UnnumberedVersion[];
  readonly hulls: readonly HullChange[];
  readonly coverage: readonly HourCoverage[];
  /** Stored static reports that say nothing new where they stand now. */
  readonly idleStatics: readonly StaticRowKey[];
  /** All MMSIs of the stretch, in order. */
  readonly mmsis: readonly number[];
  readonly watermark: number;
};

async function runAgain(engine: Engine, fold: Fold, after: number): Promise<Outcome> {
  const told: UnnumberedVersion[] = [];
  const hulls: HullChange[] = [];
  const coverage: HourCoverage[] = [];
  const idleStatics: StaticRowKey[] = [];
  const mmsis = new Set<number>();
  let watermark = after;
  await replayStored(engine.client, fold, after, (batch) => {
    told.push(...engine.publish(batch.result.events));
    for (const change of hullChanges(batch)) hulls.push(change);
    coverage.push(...batch.result.coverage);
    for (const key of idleStaticsOf(batch)) idleStatics.push(key);
    for (let row = 0; row < batch.records.length; row++) mmsis.add(batch.records.mmsi[row]);
    watermark = batch.upTo;
  });
  return { told, hulls, coverage, idleStatics, mmsis: [...mmsis].sort((a, b) => a - b), watermark };
}

/** Positions whose hull number is another now; null where the position is a repeat that is not to be kept. */
function hullChanges({ records, storedHull, result }: StoredBatch): HullChange[] {
  const changes: HullChange[] = [];
  for (let row = 0; row < records.length; row++) {
    if (storedHull[row] < 0) continue;
    const hull = result.keep[row] === 1 ? result.hull[row] : null;
    if (hull === storedHull[row]) continue;
    const { mmsi, at, lonE7, latE7 } = records;
    changes.push({ mmsi: mmsi[row], at: at[row], lonE7: lonE7[row], latE7: latE7[row], hull });
  }
  return changes;
}

/** Static reports of the batch that the fold learnt nothing from: a run over all in one go would not have kept them. */
function idleStaticsOf({ records, statics, result }: StoredBatch): StaticRowKey[] {
  const keyOf = ({ mmsi, at, key }: StaticRowKey): string => `${mmsi} ${at} ${key}`;
  const taught = new Set(result.statics.map(keyOf));
  const idle: StaticRowKey[] = [];
  for (let row = 0; row < records.length; row++) {
    if (records.staticId[row] === NO_STATIC) continue;
    const report = { mmsi: records.mmsi[row], at: records.at[row], key: statics.key(records.staticId[row]) };
    if (!taught.has(keyOf(report))) idle.push(report);
  }
  return idle;
}

/** The slots of all hulls of MMSIs. */
function slotsOf(fold: Fold, mmsis: readonly number[]): number[] {
  const slots: number[] = [];
  for (const mmsi of mmsis) {
    for (let slot = fold.hulls.firstSlot(mmsi); slot >= 0; slot = fold.hulls.columns.next[slot])
      slots.push(slot);
  }
  return slots;
}
