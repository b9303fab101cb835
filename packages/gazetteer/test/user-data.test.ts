import { describe, expect, it } from 'vitest';
import {
  loadGazetteer,
  readUserEmbargoes,
  readUserPorts,
  readZoneFeatures,
  withUserData,
} from '../src/index.ts';

const bundled = loadGazetteer();
const nothing = { ports: [], zones: [], announcements: [] };
const { records: ports } = readUserPorts('name,country,lat,lon\nMy Harbour,MN,0.5,-150.25\n');
const square = [
  [10, 10],
  [11, 10],
  [11, 11],
  [10, 10],
];
const { zones } = readZoneFeatures(
  JSON.stringify({ type: 'Feature', id: 'z', geometry: { type: 'Polygon', coordinates: [square] } }),
);

describe('the gazetteer with data of the user', () => {
  it('is the bundled one where there are none', () => {
    expect(withUserData(bundled, nothing)).toBe(bundled);
  });

  it('watches the ports, with their own point as a berth, and answers for bundled ones as before', () => {
    const own = withUserData(bundled, { ...nothing, ports });
    expect(own.watchedApproach(-150.2, 0.5, 20)?.port.name).toBe('My Harbour');
    expect(own.nearestAnchorage(-150.2, 0.5, { maxKm: 20, kind: 'berth' })?.point.portId).toBe(ports[0].id);
    expect(own.nearWatched(-1_502_000_000, 5_000_000)).toBe(true);
    expect(bundled.nearWatched(-1_502_000_000, 5_000_000)).toBe(false);
    expect(own.watchedApproach(120.3, 37.7, 20)).toEqual(bundled.watchedApproach(120.3, 37.7, 20));
    expect(own.shoreDistanceM(120, 38)).toBe(bundled.shoreDistanceM(120, 38));
  });

  it('lets a port of the user stand for the bundled one of its id', () => {
    const [longkou] = bundled.ports.filter(({ name }) => name === 'Longkou');
    const moved = { ...longkou, lat: (longkou.lat ?? 0) + 0.1 };
    const own = withUserData(bundled, { ...nothing, ports: [moved] });
    expect(own.ports).toHaveLength(bundled.ports.length);
    expect(own.port(longkou.id)?.lat).toBe(moved.lat);
    expect(own.anchorages).toHaveLength(bundled.anchorages.length);
  });

  it('has the zones and announcements, and another version for each change of any of them', () => {
    const { records: announcements } = readUserEmbargoes(
      'port,country,barred,from\nLongkou,CN,dprk-flag,2017-02-19\n',
      bundled.ports,
    );
    const all = [
      bundled,
      ...[{ ports }, { zones }, { announcements }, { ports, zones, announcements }].map((data) =>
        withUserData(bundled, { ...nothing, ...data }),
      ),
    ];
    expect(new Set(all.map(({ version }) => version)).size).toBe(all.length);
    expect(all[4].zones.map(({ id }) => id)).toEqual(['z']);
    expect(all[4].announcements).toHaveLength(bundled.announcements.length + 1);
    expect(withUserData(bundled, { ports, zones, announcements }).version).toBe(all[4].version);
  });
});
