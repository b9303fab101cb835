import {
  copyPositions,
  copyStatics,
  stagePositions,
  writeCoverage,
  writeEngineState,
  writeEvents,
  writeSessionWatermark,
  writeSnapshot,
  writeStatics,
  type EngineState,
} from '@offing/store';
import type { RecordColumns } from '@offing/track';
import type { FoldResult } from '@offing/stages';
import type { Engine } from './engine.ts';
import { packFold } from './snapshot.ts';
import { slotsOf, vesselChanges, writeVesselChanges } from './vessel-rows.ts';

const DUPLICATE_KEY = '23505';

/**
 * Gathers now, while the fold stands at the end of a batch, what the batch's transaction is to write, and returns what
 * runs it. With `keepsSnapshot` the transaction keeps the state of the fold and all vessels heard since the last one.
 */
export function prepareCommit(
  engine: Engine,
  sessionId: string,
  records: RecordColumns,
  result: FoldResult,
  keepsSnapshot: boolean,
): () => Promise<void> {
  const { client, fold } = engine;
  const watermark = records.at[records.length - 1];
  const versions = engine.publish(result.events);
  const named = new Map(
    result.events.flatMap(({ vessels }) => vessels.map(({ vesselId, mmsi }) => [vesselId, mmsi] as const)),
  );
  const slots = keepsSnapshot ? engine.touched.sorted() : slotsOf(fold, named);
  const vessels = vesselChanges(fold, slots, engine.feeds);
  const packed = keepsSnapshot ? packFold(fold.dump()) : null;
  if (keepsSnapshot) engine.touched.clear();
  const write = async (isStaged: boolean): Promise<EngineState> => {
    if (isStaged) {
      await stagePositions(client, records, result);
      await writeStatics(client, result.statics);
    } else {
      await copyPositions(client, records, result);
      await copyStatics(client, result.statics);
    }
    await writeCoverage(client, result.coverage);
    await writeVesselChanges(client, vessels);
    const changeSeq = await writeEvents(client, versions, engine.state.changeSeq);
    const state: EngineState = { ...engine.state, watermark, changeSeq, reference: engine.reference };
    await writeEngineState(client, state);
    await writeSessionWatermark(client, sessionId, watermark);
    if (packed !== null) await writeSnapshot(client, watermark, engine.format, await packed());
    return state;
  };
  return async () => {
    engine.state = await engine
      .transaction(() => write(false))
      .catch((error: unknown) => {
        if ((error as { code?: string }).code !== DUPLICATE_KEY) throw error;
        return engine.transaction(() => write(true));
      });
  };
}
