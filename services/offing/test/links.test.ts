import { openReader, shipLinks } from '@offing/store';
import { SCENARIOS, scenarioCsv } from '@offing/testkit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { decideLink, listLinks } from '../src/commands/links.ts';
import { replayScene, type ReplayScene } from './replay-scene.ts';

let scene: ReplayScene;
let printed = '';

/** A ship that goes on under another MMSI with the same IMO number. */
const FILE = 'reflagged-under-way';

beforeAll(async () => {
  scene = await replayScene();
  vi.stubEnv('DATABASE_URL', scene.database.url);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
}, 120_000);

beforeEach(() => {
  printed = '';
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await scene.close();
});

async function replay(): Promise<void> {
  const scenario = SCENARIOS.find(({ file }) => file === FILE);
  if (scenario === undefined) throw new Error(`there is no scenario ${FILE}`);
  const path = join(scene.folder, 'whole.csv');
  writeFileSync(path, scenarioCsv(scenario));
  await scene.replay([{ feed: 'coast', paths: [path], synthetic: true }]);
}

type Listed = { readonly eventId: string; readonly isSameShip: boolean; readonly fromVesselId: string };

async function listed(): Promise<readonly Listed[]> {
  printed = '';
  await listLinks({ json: true, data: 'unused' });
  return printed
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Listed);
}

it('a link taken back by hand stays so after a replay, and can be taken up again; all is on record', async () => {
  await replay();
  const [{ eventId, fromVesselId, isSameShip }, ...others] = await listed();
  expect([isSameShip, others]).toEqual([true, []]);
  await decideLink(eventId, false, { reason: ' Two hulls. ', by: 'desk', data: 'unused' });
  expect(printed).toContain('not held to be one ship');
  await scene.client.query('update engine_state set refold_from = $1', ['2000-01-01T00:00:00Z']);
  await replay();
  expect((await listed())[0]).toMatchObject({
    eventId,
    isSameShip: false,
    decision: { reason: 'Two hulls.', decidedBy: 'desk' },
  });
  const reader = openReader({ databaseUrl: scene.database.url, connections: 1 });
  try {
    const past = await shipLinks(reader, fromVesselId, Date.now() - 3_600_000);
    expect(past).toMatchObject([{ eventId, isSameShip: true, decision: null }]);
  } finally {
    await reader.close();
  }
  await decideLink(eventId, true, { reason: 'One hull.', by: 'desk', data: 'unused' });
  expect((await listed())[0]).toMatchObject({ isSameShip: true, decision: { reason: 'One hull.' } });
  const { rows } = await scene.client.query('select is_same_ship from link_decision order by decided_at');
  expect(rows).toEqual([{ is_same_ship: false }, { is_same_ship: true }]);
  const { rows: log } = await scene.client.query(`select action, target from audit_log`);
  expect(log).toEqual([
    { action: 'link.decide', target: eventId },
    { action: 'link.decide', target: eventId },
  ]);
});

it('refuses what is no link and no reason, and keeps nothing of it', async () => {
  const flags = { reason: 'Why.', by: 'desk', data: 'unused' };
  await expect(decideLink('e_none', false, flags)).rejects.toMatchObject({ code: 'no-such-link' });
  const { rows } = await scene.client.query<{ event_id: string }>(
    `select event_id from event where type <> 'identity-change' limit 1`,
  );
  for (const { event_id } of rows)
    await expect(decideLink(event_id, false, flags)).rejects.toMatchObject({ code: 'no-such-link' });
  await expect(decideLink('e', false, { ...flags, reason: '  ' })).rejects.toMatchObject({
    code: 'usage-reason',
  });
});
