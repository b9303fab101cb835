import type { Rows } from '@offing/testkit';

/** Puts alerts of all kinds into a database: made-up ships at real places, as the engine would tell of them. */
export async function demoRows(rows: Rows): Promise<void> {
  await rows.feed(1, 'synthetic', { synthetic: true, terms: 'made for this project, Apache-2.0' });
  await rows.feed(2, 'kystverket', { terms: 'NLOD 2.0, Norwegian Coastal Administration' });
  await rows.feed(3, 'quiet');
  await rows.vessel('v_1', 445999001, { ship_name: 'MADE UP ONE', synthetic: true, positions: 84_210 });
  await rows.vessel('v_2', 257999002, { ship_name: 'MADE UP TWO', feed_ids: [2] });
  await rows.watermark('2016-11-20T00:00:00Z');
  await rows.insert('reject_count', { session_id: 's', file: 'a.nmea', code: 'checksum', n: 1204 });
  await rows.insert('reject_count', { session_id: 's', file: 'a.nmea', code: 'no-time', n: 3 });
  await gap(rows);
  await hovering(rows);
  await designated(rows);
  await withdrawn(rows);
}

const MADE_UP = { mmsi: [445999001], vessel_id: ['v_1'], feeds: ['synthetic'], synthetic: true, nexus: true };
const LONGKOU = { port_id: 'CNLKU', port_name: 'Longkou', port_country: 'CN' };
const REFERENCE = { ports: '2026-01-04', designations: 'compiled-2024-03-08' };
const fix = (at: string, sogKn: number | null) => ({
  at,
  lon: 120.28,
  lat: 37.72,
  sogKn,
  cogDeg: 181.2,
  navStatus: 0,
});

async function gap(rows: Rows): Promise<void> {
  const told = {
    ...MADE_UP,
    ...LONGKOU,
    rule_params: { thresholdH: 6, witnessesAtLeast: 3, witnessesWithinKm: 50, hoursHeardShare: 0.5 },
    reference: REFERENCE,
    innocent: [
      'the transponder failed or lost power',
      'its signals were drowned by those of many ships close by',
      'the ship lay in a radio shadow of land or of a large ship',
    ],
  };
  const evidence = (silenceH: number, on: object | null) => ({
    off: fix('2016-11-05T15:40:00Z', 8.4),
    on,
    judgedUpTo: '2016-11-05T22:00:00Z',
    nexus: [
      {
        kind: 'flag',
        how: 'MMSI 445999001 begins with 445',
        asOf: '2016-11-05T22:00:00Z',
        source: 'ITU table of MIDs',
      },
    ],
    portKm: 7.4,
    silenceH,
    silenceOutsideOutagesH: silenceH,
    thresholdH: 6,
    outages: [],
    witnesses: 3,
    witnessesAtLeast: 3,
    witnessList: [
      { mmsi: 412999101, minutesHeard: 540, nearestKm: 3.2 },
      { mmsi: 412999102, minutesHeard: 210, nearestKm: 11.9 },
      { mmsi: 636999103, minutesHeard: 60, nearestKm: 38 },
    ],
    hoursWithWitness: 22,
    hoursOutsideOutages: 27,
    hoursHeardShare: 0.5,
    ownMeanIntervalMin: 2.1,
    leavingCoverage: false,
    anchorageKm: 4.1,
    shoreKm: 3.6,
  });
  await rows.event('e_gap', {
    ...told,
    state: 'open',
    closed_at: null,
    severity: 'high',
    sentence:
      'SYNTHETIC (a made-up ship): MADE UP ONE (MMSI 445999001) was not heard for at least 6 h 20 min and is not back after 2016-11-05 15:40 UTC, last 7.4 km from Longkou; 3 other ships of its class within the area were heard meanwhile, which is consistent with a transponder that was switched off or failed.',
    evidence: evidence(6.33, null),
    known_since: '2016-11-05T22:00:00Z',
  });
  await rows.event('e_gap', {
    ...told,
    severity: 'high',
    sentence:
      'SYNTHETIC (a made-up ship): MADE UP ONE (MMSI 445999001) was not heard for 27 h 5 min after 2016-11-05 15:40 UTC, last 7.4 km from Longkou; 3 other ships of its class within the area were heard meanwhile, which is consistent with a transponder that was switched off or failed.',
    evidence: evidence(27.08, fix('2016-11-06T18:45:00Z', 7.9)),
    known_since: '2016-11-06T18:45:00Z',
  });
}

async function hovering(rows: Rows): Promise<void> {
  await rows.event('e_hover', {
    ...LONGKOU,
    type: 'hovering',
    state: 'open',
    mmsi: [257999002],
    vessel_id: ['v_2'],
    feeds: ['kystverket'],
    opened_at: '2016-11-08T02:00:00Z',
    closed_at: null,
    verdict: null,
    severity: 'low',
    confidence: 0.62,
    sentence:
      'MADE UP TWO (MMSI 257999002) has apparently been waiting 11 d 4 h since 2016-11-08 02:00 UTC at a mean 0.4 kn, 31.2 km from Longkou, without an observed port visit; told apart from the queue because it lay outside the usual anchorages.',
    evidence: {
      first: fix('2016-11-08T02:00:00Z', 0.4),
      last: fix('2016-11-19T06:00:00Z', null),
      lengthH: 268,
      leastH: 24,
      meanSogKn: 0.4,
      slowKn: 2,
      reasons: ['outside-anchorages'],
      portKm: 31.2,
      portLimitKm: 50,
      outsideAnchoragesH: 268,
      anchorageKm: 14.2,
      outsideKm: 10,
      queue: { limitD: 14, basis: 'fixed: this port has no history of its own yet' },
    },
    innocent: ['it waits for orders, cargo or a berth', 'it shelters from weather'],
    rule_params: { leastH: 24, slowKn: 2, portKm: 50, outsideKm: 10, queueD: 14 },
    reference: REFERENCE,
    known_since: '2016-11-09T02:00:00Z',
  });
}

async function designated(rows: Rows): Promise<void> {
  await rows.event('e_listed', {
    ...MADE_UP,
    type: 'designated-vessel',
    state: 'open',
    imo_number: [9999993],
    opened_at: '2016-11-10T04:12:00Z',
    closed_at: null,
    verdict: null,
    severity: 'medium',
    confidence: 0.6,
    sentence:
      'SYNTHETIC (a made-up ship): MADE UP ONE (MMSI 445999001, IMO 9999993) sends what may be the identity of a ship on UN (since 2016-03-02, as Made Up One); first heard so on 2016-11-10 04:12 UTC, at 37.72°N 120.28°E.',
    evidence: {
      first: fix('2016-11-10T04:12:00Z', 9.8),
      level: 'probable',
      matchedBy: 'listed MMSI 445999001',
      sentImoNumbers: [9999993],
      sentName: 'MADE UP ONE',
      sentCallSign: null,
      designations: [
        {
          list: 'UN',
          shipName: 'Made Up One',
          imoNumber: 9999993,
          designatedOn: '2016-03-02',
          delistedOn: null,
          program: 'DPRK',
          source: 'https://example.org/list',
        },
      ],
      unseenD: 30,
    },
    innocent: ['another ship was given the same number'],
    rule_params: { unseenD: 30 },
    reference: REFERENCE,
  });
}

async function withdrawn(rows: Rows): Promise<void> {
  const told = {
    ...MADE_UP,
    nexus: false,
    opened_at: '2016-11-12T10:00:00Z',
    closed_at: null,
    reference: REFERENCE,
  };
  await rows.event('e_gone', {
    ...told,
    state: 'open',
    known_since: '2016-11-12T16:00:00Z',
    sentence: 'MADE UP ONE was not heard for 6 h.',
  });
  await rows.event('e_gone', {
    ...told,
    state: 'retracted',
    severity: 'info',
    verdict: 'void',
    sentence: 'RETRACTED: MADE UP ONE was not heard for 6 h. Withdrawn because the feed itself was out.',
    reason: 'the feed itself was out',
    known_since: '2016-11-13T00:00:00Z',
  });
}
