import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  hullsOfMmsi,
  identityHistory,
  listEvents,
  listVessels,
  openReader,
  shipLinks,
  vesselById,
  vesselTrack,
  type Reader,
} from '@offing/store';
import { SCENARIOS, scenarioCsv } from '@offing/testkit';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replayScene, type ReplayScene } from './replay-scene.ts';

let first: ReplayScene;
let whole: ReplayScene;

beforeEach(async () => {
  [first, whole] = [await replayScene(), await replayScene()];
});

afterEach(async () => {
  await first.close();
  await whole.close();
});

/** Everything that is known of the vessels. */
async function known(scene: ReplayScene, asOf?: number): Promise<readonly unknown[]> {
  const reader: Reader = openReader({ databaseUrl: scene.database.url });
  const then = asOf === undefined ? {} : { asOf };
  try {
    const vessels = await listVessels(reader, then, { limit: 1000 });
    const told: unknown[] = [];
    for (const { positions, ...listed } of vessels) {
      const { vesselId, mmsi, hull } = listed;
      expect(positions === null).toBe(asOf !== undefined);
      told.push({
        listed,
        vessel: await vesselById(reader, vesselId, asOf),
        hulls: await hullsOfMmsi(reader, mmsi, asOf),
        history: await identityHistory(reader, mmsi, 1000, asOf),
        track: await vesselTrack(reader, { mmsi, hull, limit: 100_000, ...then }),
        events: await listEvents(reader, { vesselId, ...then }, { limit: 1000 }),
        links: await shipLinks(reader, vesselId, asOf),
      });
    }
    return told;
  } finally {
    await reader.close();
  }
}

/** Scenarios of one feed with what a vessel may show: changes of identity, several hulls, gaps, and ships that come later. */
const FILES = ['new-name-at-sea', 'one-number-two-hulls', 'there-and-back-nakhodka', 'dark-off-lianyungang'];

it.each(FILES)('what was known half-way through %s is what was told then', async (file) => {
  const scenario = SCENARIOS.find((one) => one.file === file);
  if (scenario === undefined) throw new Error(`there is no scenario ${file}`);
  // Recordings tell whole seconds.
  const second = ({ at }: { readonly at: number }) => Math.round(at / 1000) * 1000;
  const instants = scenario.lines.map(second).sort((a, b) => a - b);
  const cut = instants[Math.floor(instants.length / 2)];
  const lines = scenario.lines.filter((line) => second(line) <= cut);
  const write = (name: string, text: string) => {
    const path = join(whole.folder, name);
    writeFileSync(path, text);
    return [{ feed: 'coast', paths: [path], synthetic: true }];
  };
  await first.replay(write('first.csv', scenarioCsv({ ...scenario, lines })));
  await whole.replay(write('whole.csv', scenarioCsv(scenario)));
  const then = await known(first);
  expect(then.length).toBeGreaterThan(0);
  expect(await known(whole)).not.toEqual(then);
  expect(await known(whole, cut)).toEqual(then);
});
