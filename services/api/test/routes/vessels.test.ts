import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type TestApi } from '../api.ts';

type Row = Readonly<Record<string, unknown>>;

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
  const { rows } = api;
  await rows.feed(1, 'demo', { synthetic: true });
  await rows.feed(2, 'norway');
  await rows.vessel('v1', 445000001, {
    imo_number: 9163166,
    ship_name: 'JIN TENG',
    ship_type: 70,
    length_m: 120.5,
    ais_class: 2,
    feed_ids: [2, 1],
    synthetic: true,
  });
  await rows.vessel('v2', 412000002, {
    last_lon_e7: -1_795_000_000,
    last_lat_e7: -170_000_000,
    feed_ids: [2],
  });
  await rows.vessel('v3', 412000002, {
    hull: 1,
    first_at: '2016-12-01T00:00:00Z',
    last_at: '2016-12-02T00:00:00Z',
  });
  await rows.report(445000001, '2016-11-01T00:00:00Z', { ship_name: 'OLD', imo_number: 9163154 });
  await rows.report(445000001, '2016-11-03T00:00:00Z', {
    ship_name: 'JIN TENG',
    imo_number: 9163166,
    eta: '11-07T12:00Z',
  });
  await rows.report(412000002, '2016-11-03T00:00:00Z', { ship_name: 'SHARED', imo_number: 9163166 });
  await rows.event('e_1', { vessel_id: ['v1'] });
  await rows.event('e_2', { vessel_id: ['v1'], state: 'retracted', opened_at: '2016-11-06T00:00:00Z' });
  await rows.event('e_3', { vessel_id: ['v2'], mmsi: [412000002] });
  await rows.designation('d_now', { imo_number: 9163166 });
  await rows.designation('d_before', { imo_number: 9163154, list: 'EU' });
  await rows.designation('d_other', { imo_number: 9000000 });
}, 120_000);

afterAll(() => api.close());

it('lists hulls by MMSI and number', async () => {
  expect(await api.ids('/v1/vessels')).toEqual(['v2', 'v3', 'v1']);
});

it('shows a hull with what it claims and where it was last', async () => {
  const { items } = (await api.get('/v1/vessels?mmsi=445000001')).json<{ items: unknown[] }>();
  expect(items).toEqual([
    {
      vesselId: 'v1',
      mmsi: 445000001,
      hull: 0,
      flag: 'KP',
      imoNumber: 9163166,
      shipName: 'JIN TENG',
      callSign: null,
      shipType: 70,
      lengthM: 120.5,
      beamM: null,
      draughtM: null,
      destination: null,
      aisClass: 'B',
      firstAt: '2016-11-01T00:00:00Z',
      lastAt: '2016-11-07T00:00:00Z',
      lon: 120.3,
      lat: 37.7,
      positions: 10,
      feeds: ['demo', 'norway'],
      synthetic: true,
    },
  ]);
});

it.each([
  ['mmsi=412000002', ['v2', 'v3']],
  ['mmsi=412000002,445000001', ['v2', 'v3', 'v1']],
  ['mmsi=412', []],
  ['imo=9163166', ['v1']],
  ['imo=9163154', []],
  ['name=jin', ['v1']],
  ['name=old', ['v1']],
  ['name=shared', ['v2', 'v3']],
  ['name=_in', []],
  ['flag=KP', ['v1']],
  ['flag=cn', ['v2', 'v3']],
  ['flag=ZZ', []],
  ['bbox=120,37,121,38', ['v3', 'v1']],
  ['bbox=179,-18,-179,-16', ['v2']],
  ['bbox=-179,-18,179,-16', []],
  ['from=2016-11-08', ['v3']],
  ['from=2016-11-07', ['v2', 'v3', 'v1']],
  ['to=2016-11-30', ['v2', 'v1']],
  ['from=2016-11-08&to=2016-11-30', []],
])('finds by %s', async (query, expected) => {
  expect(await api.ids(`/v1/vessels?${query}`)).toEqual(expected);
});

describe('one ship under several MMSIs', () => {
  const link = (from: string, to: string, isSameShip = true) => ({
    imoNumber: 9163166,
    link: { from, to, since: '2016-11-05T00:00:00Z', isSameShip },
  });
  const told = (id: string, hulls: readonly (readonly [string, number])[], fields: object) =>
    api.rows.event(id, {
      type: 'identity-change',
      state: 'closed',
      vessel_id: hulls.map(([vesselId]) => vesselId),
      mmsi: hulls.map(([, mmsi]) => mmsi),
      imo_number: [9163166],
      ...fields,
    });
  type Answer = { readonly sameShip: readonly { readonly eventId: string; readonly state: string }[] };
  const linksOf = async (id: string) => {
    const { sameShip } = (await api.get(`/v1/vessels/${id}`)).json<Answer>();
    return sameShip.map(({ eventId, state }) => `${eventId} ${state}`);
  };

  it('is told over several steps; what is no link, or was taken back, leads nowhere', async () => {
    const [a, b, c, d] = (['h1', 'h2', 'h3', 'h4'] as const).map((id, n) => [id, 667000001 + n] as const);
    for (const [id, mmsi] of [a, b, c, d]) await api.rows.vessel(id, mmsi);
    await told('e_ab', [b, a], { evidence: link('h1', 'h2') });
    await told('e_bc', [c, b], { evidence: link('h2', 'h3') });
    await told('e_cd', [d, c], { evidence: link('h3', 'h4', false) });
    await told('e_name', [a, d], { evidence: { changes: [{ field: 'shipName' }] } });
    expect(await linksOf('h1')).toEqual(['e_ab closed', 'e_bc closed', 'e_cd closed']);
    expect(await linksOf('h4')).toEqual(['e_cd closed']);
    const { sameShip } = (await api.get('/v1/vessels/h1')).json<{ sameShip: object[] }>();
    expect(sameShip[0]).toMatchObject({
      fromVesselId: 'h1',
      fromMmsi: 667000001,
      toVesselId: 'h2',
      toMmsi: 667000002,
      imoNumber: 9163166,
    });
    // Decided by hand that the second step is none, and taken up again.
    const decide = (at: string, isSameShip: boolean, reason: string) =>
      api.rows.insert('link_decision', {
        event_id: 'e_bc',
        decided_at: at,
        is_same_ship: isSameShip,
        reason,
        decided_by: 'desk',
      });
    const tag = String((await api.get('/v1/vessels/h1')).headers.etag);
    await decide('2017-01-01T00:00:00Z', false, 'Two photographs show two ships.');
    expect((await api.get('/v1/vessels/h1', { 'if-none-match': tag })).statusCode).toBe(200);
    expect(await linksOf('h1')).toEqual(['e_ab closed', 'e_bc closed']);
    expect((await api.get('/v1/vessels/h1')).json<{ sameShip: object[] }>().sameShip[1]).toMatchObject({
      isSameShip: false,
      decision: {
        reason: 'Two photographs show two ships.',
        decidedBy: 'desk',
        decidedAt: '2017-01-01T00:00:00Z',
      },
    });
    expect((await api.get('/vessels/h1')).body).toContain('Two photographs show two ships.');
    await decide('2017-02-01T00:00:00Z', true, 'The photographs were mixed up.');
    expect(await linksOf('h1')).toEqual(['e_ab closed', 'e_bc closed', 'e_cd closed']);
    await told('e_ab', [b, a], { evidence: link('h1', 'h2'), state: 'retracted' });
    expect(await linksOf('h1')).toEqual(['e_ab retracted']);
    expect(await linksOf('h3')).toEqual(['e_ab retracted', 'e_bc closed', 'e_cd closed']);
  });
});

describe('one vessel', () => {
  it('has what it said of itself, what it took part in, and the lists that name its numbers, past ones too', async () => {
    const vessel = (await api.get('/v1/vessels/v1')).json<{
      hullsOfMmsi: number;
      identityHistory: {
        at: string;
        shipName: string;
        imoNumber: number;
        eta: string | null;
        feed: string;
      }[];
      events: { id: string }[];
      designations: { id: string }[];
    }>();
    expect(vessel).toMatchObject({ vesselId: 'v1', hullsOfMmsi: 1, flag: 'KP' });
    expect(vessel.identityHistory.map(({ at, shipName, eta, feed }) => [at, shipName, eta, feed])).toEqual([
      ['2016-11-03T00:00:00Z', 'JIN TENG', '11-07T12:00Z', 'demo'],
      ['2016-11-01T00:00:00Z', 'OLD', null, 'demo'],
    ]);
    expect(vessel.events.map((event) => event.id)).toEqual(['e_2', 'e_1']);
    expect(vessel.designations.map((entry) => entry.id)).toEqual(['d_before', 'd_now']);
  });

  it('carries what was corrected or taken back of its alerts, no more than was known, and nothing else', async () => {
    const { rows } = api;
    const fields = { vessel_id: ['v2'], mmsi: [412000002], opened_at: '2016-11-02T00:00:00Z' };
    await rows.event('e_c', { ...fields, state: 'open', known_since: '2016-11-03T00:00:00Z' });
    await rows.event('e_c', { ...fields, state: 'closed', known_since: '2016-11-04T00:00:00Z' });
    await rows.event('e_c', {
      ...fields,
      state: 'retracted',
      sentence: 'Taken back.',
      reason: 'The feed was out.',
      known_since: '2016-11-05T00:00:00Z',
    });
    await rows.position(412000002, '2016-11-02T00:00:00Z');
    type Corrections = { corrections: { kind: string; reason: string; sentenceBefore: string }[] };
    const corrections = async (query = '') =>
      (await api.get(`/v1/vessels/v2${query}`)).json<Corrections>().corrections;
    expect(await corrections()).toMatchObject([
      {
        kind: 'retracted',
        reason: 'The feed was out.',
        sentenceBefore: 'No position was received for 27 h.',
      },
    ]);
    expect(await corrections('?as_of=2016-11-04')).toEqual([]);
    expect((await api.get('/vessels/v2')).body).toContain('The feed was out.');
    expect((await api.get('/v1/vessels/v1')).json<Corrections>().corrections).toEqual([]);
    const all = (await api.get('/v1/corrections?vessel=v2')).json<{ items: { eventId: string }[] }>();
    expect(all.items.map(({ eventId }) => eventId)).toEqual(['e_c']);
  });

  it('is not blamed for a number that another hull under its MMSI may have sent', async () => {
    const vessel = (await api.get('/v1/vessels/v3')).json<{
      hullsOfMmsi: number;
      designations: unknown[];
      events: unknown[];
    }>();
    expect(vessel).toMatchObject({ hullsOfMmsi: 2, designations: [], events: [] });
  });

  it('is another answer once a list names it', async () => {
    const tag = String((await api.get('/v1/vessels/v1')).headers.etag);
    expect((await api.get('/v1/vessels/v1', { 'if-none-match': tag })).statusCode).toBe(304);
    await api.rows.designation('d_new', { imo_number: 9163166, list: 'OFAC' });
    expect((await api.get('/v1/vessels/v1', { 'if-none-match': tag })).statusCode).toBe(200);
  });

  it('is not found under an unknown id', async () => {
    expect((await api.get('/v1/vessels/v_none')).statusCode).toBe(404);
    expect((await api.get('/v1/vessels/445000001')).statusCode).toBe(404);
  });
});

describe('what was known of a vessel once', () => {
  beforeAll(async () => {
    const { rows } = api;
    await rows.vessel('p1', 431000001, {
      imo_number: 9074729,
      ship_name: 'NOW',
      first_at: '2016-05-01T00:00:00Z',
      last_at: '2016-05-04T00:00:00Z',
      feed_ids: [1, 2],
      positions: 5,
    });
    const heard = (day: string, fields: Row = {}) =>
      rows.position(431000001, `2016-05-${day}T00:00:00Z`, fields);
    await heard('01');
    await heard('02', { lon_e7: 1_210_000_000 });
    await heard('03', { known_at: '2016-05-20T00:00:00Z', late: true, lon_e7: 1_220_000_000 });
    await heard('04', { feed_id: 2, received_at: '2016-05-06T00:00:00Z' });
    const said = (at: string, fields: Row) => rows.report(431000001, at, fields);
    await said('2016-04-30T00:00:00Z', { ship_name: 'FIRST', imo_number: 9074729 });
    await said('2016-05-02T00:00:00Z', { ship_name: 'SECOND', imo_number: 1234568 });
    await said('2016-05-03T00:00:00Z', { ship_name: 'LATE', known_at: '2016-05-20T00:00:00Z' });
    await rows.event('e_p', {
      vessel_id: ['p1'],
      mmsi: [431000001],
      opened_at: '2016-05-02T00:00:00Z',
      known_since: '2016-05-03T00:00:00Z',
    });
    await rows.designation('d_p', { imo_number: 9074729, known_since: '2016-05-02T12:00:00Z' });
  }, 120_000);

  type Answer = {
    readonly asOf: string | null;
    readonly identityHistory: readonly { readonly shipName: string }[];
    readonly events: readonly unknown[];
    readonly designations: readonly unknown[];
  };
  const known = async (at: string) => {
    const answer = (await api.get(`/v1/vessels/p1?as_of=${at}`)).json<Answer>();
    const { identityHistory, events, designations } = answer;
    const told = [events.length, designations.length];
    return { answer, names: identityHistory.map(({ shipName }) => shipName), told };
  };

  it.each([
    ['2016-05-01', 120.28, 1, ['demo'], 'FIRST', ['FIRST'], [0, 0]],
    ['2016-05-02T12:00:00Z', 121, 2, ['demo'], 'SECOND', ['SECOND', 'FIRST'], [0, 1]],
    // The position of the 4th had not come yet, that of the 3rd was late.
    ['2016-05-05', 121, 2, ['demo'], 'SECOND', ['SECOND', 'FIRST'], [1, 1]],
    ['2016-05-06', 120.28, 3, ['demo', 'norway'], 'SECOND', ['SECOND', 'FIRST'], [1, 1]],
    ['2016-05-20', 120.28, 4, ['demo', 'norway'], 'LATE', ['LATE', 'SECOND', 'FIRST'], [1, 1]],
  ])('on %s', async (at, lon, positions, feeds, shipName, names, told) => {
    const found = await known(at);
    expect(found.answer).toMatchObject({ lon, positions, feeds, shipName, imoNumber: 9074729 });
    expect(found.answer.asOf).not.toBeNull();
    expect([found.names, found.told]).toEqual([names, told]);
  });

  it('is nothing before it was heard', async () => {
    const answer = await api.get('/v1/vessels/p1?as_of=2016-04-30');
    expect(answer.statusCode).toBe(404);
    expect(answer.json<{ detail: string }>().detail).toContain('2016-04-30');
    expect((await api.get('/vessels/p1?as_of=2016-04-30')).statusCode).toBe(404);
    expect(await api.ids('/v1/vessels?mmsi=431000001&as_of=2016-04-30')).toEqual([]);
  });

  it.each([
    ['as_of=2016-05-05&name=second', ['p1']],
    ['as_of=2016-05-05&name=late', []],
    ['as_of=2016-05-20&name=late', ['p1']],
    ['as_of=2016-05-01&imo=1234568', []],
    ['as_of=2016-05-02&imo=1234568', ['p1']],
    ['as_of=2016-05-02&mmsi=431000001&bbox=120.9,37,121.1,38', ['p1']],
    ['as_of=2016-05-01&mmsi=431000001&bbox=120.9,37,121.1,38', []],
    ['as_of=2016-05-05&mmsi=431000001&from=2016-05-03', []],
    ['as_of=2016-05-06&mmsi=431000001&from=2016-05-03', ['p1']],
  ])('is found in the list by %s', async (query, expected) => {
    expect(await api.ids(`/v1/vessels?${query}`)).toEqual(expected);
  });

  it('stands in the list without a count', async () => {
    const list = (await api.get('/v1/vessels?mmsi=431000001&as_of=2016-05-02')).json<{
      asOf: string;
      items: object[];
    }>();
    expect(list.asOf).toBe('2016-05-02T23:59:59.999Z');
    expect(list.items).toMatchObject([{ positions: null, shipName: 'SECOND', feeds: ['demo'] }]);
  });

  it('is a track of what had come', async () => {
    const count = async (at: string) =>
      (await api.get(`/v1/vessels/p1/track?as_of=${at}`)).json<{ items: object[] }>().items.length;
    expect([await count('2016-05-05'), await count('2016-05-06'), await count('2016-05-20')]).toEqual([
      2, 3, 4,
    ]);
  });

  it('is said so on its page, whose data are of that day', async () => {
    const page = (await api.get('/vessels/p1?as_of=2016-05-02')).body;
    expect(page).toContain('This is what was known on');
    expect(page).toContain('<h1>SECOND</h1>');
    expect(page).toContain('/v1/vessels/p1/track?as_of=2016-05-02T23%3A59%3A59.999Z');
  });
});
