import {
  dropSnapshotsFrom,
  eventsToldAfter,
  readSnapshot,
  removeVesselsOf,
  storedAnchors,
  writeAlias,
  writeEngineState,
  writeEvents,
  writeHulls,
  writeSnapshot,
  writeVessels,
  type HullChange,
} from '@offing/store';
import type { UnnumberedVersion } from '@offing/alerts';
import { difference } from './diff.ts';
import type { Engine } from './engine.ts';
import { Fold } from '@offing/stages';
import { replayStored, type StoredBatch } from './replay-stored.ts';
import { packFold, unpackFold } from './snapshot.ts';
import { vesselRows } from './vessel-rows.ts';

/**
 * Runs the folds again from the newest snapshot before the earliest position that they have not taken in, over all that
 * is stored, and appends what differs in the events, in one transaction. `knownAt` is the watermark of the session that
 * brought the positions (ms), the earliest instant at which a correction can have been known.
 */
export async function refold(engine: Engine, knownAt: number | null): Promise<void> {
  const { refoldFrom } = engine.state;
  if (refoldFrom === null) return;
  const { client } = engine;
  await engine.transaction(async () => {
    await dropSnapshotsFrom(client, refoldFrom);
    const snapshot = await readSnapshot(client, engine.format, refoldFrom);
    const after = snapshot?.watermark ?? -Infinity;
    const fold = new Fold(engine.setting, snapshot ? unpackFold(snapshot.body) : undefined);
    fold.useAnchors(await storedAnchors(client, after));
    const outcome = await runAgain(engine, fold, after);
    const changes = difference(outcome.told, await eventsToldAfter(client, after), knownAt ?? -Infinity);
    const changeSeq = await writeEvents(client, changes.versions, engine.state.changeSeq);
    for (const [alias, id] of changes.aliases) await writeAlias(client, alias, id);
    await writeHulls(client, outcome.hulls);
    await removeVesselsOf(client, mmsisOf(fold, outcome.touched));
    await writeVessels(client, vesselRows(fold, everySlotOf(fold, outcome.touched), engine.feeds));
    const watermark = Math.max(engine.state.watermark ?? -Infinity, outcome.watermark);
    const state = { watermark, changeSeq, refoldFrom: null, reference: engine.reference };
    await writeEngineState(client, state);
    await writeSnapshot(client, watermark, engine.format, packFold(fold.dump()));
    engine.fold = fold;
    engine.state = state;
    engine.touched = new Set();
    for (const [alias, id] of changes.aliases) engine.aliases.set(alias, id);
  });
}

type Outcome = {
  readonly told: readonly UnnumberedVersion[];
  readonly hulls: readonly HullChange[];
  readonly touched: ReadonlySet<number>;
  readonly watermark: number;
};

async function runAgain(engine: Engine, fold: Fold, after: number): Promise<Outcome> {
  const told: UnnumberedVersion[] = [];
  const hulls: HullChange[] = [];
  const touched = new Set<number>();
  let watermark = after;
  await replayStored(engine.client, fold, after, (batch) => {
    told.push(...engine.publish(batch.result.events));
    hulls.push(...hullChanges(batch));
    for (const slot of batch.result.touched) touched.add(slot);
    watermark = batch.records.at[batch.records.length - 1];
  });
  return { told, hulls, touched, watermark };
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

function mmsisOf(fold: Fold, slots: ReadonlySet<number>): number[] {
  return [...new Set([...slots].map((slot) => fold.hulls.columns.mmsi[slot]))].sort((a, b) => a - b);
}

/** The slots themselves and all others of their MMSIs. */
function everySlotOf(fold: Fold, slots: ReadonlySet<number>): Set<number> {
  const all = new Set<number>();
  for (const mmsi of mmsisOf(fold, slots)) {
    for (let slot = fold.hulls.firstSlot(mmsi); slot >= 0; slot = fold.hulls.columns.next[slot])
      all.add(slot);
  }
  return all;
}
