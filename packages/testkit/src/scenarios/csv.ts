import type { Scenario } from './scenario.ts';
import type { Line } from './ship.ts';

const COLUMNS: readonly (readonly [name: string, of: (line: Line) => string | number])[] = [
  ['mmsi', ({ mmsi }) => mmsi],
  ['imo', ({ imo }) => imo ?? ''],
  ['name', ({ name }) => name],
  ['call_sign', ({ callSign }) => callSign ?? ''],
  ['ship_type', ({ type }) => type ?? 70],
  ['ais_class', ({ aisClass }) => aisClass ?? 'A'],
  ['timestamp', ({ at }) => new Date(Math.round(at / 1000) * 1000).toISOString().replace('.000', '')],
  ['lat', ({ lat }) => lat.toFixed(4)],
  ['lon', ({ lon }) => lon.toFixed(4)],
  ['sog', ({ sogKn }) => (sogKn === null ? '' : sogKn.toFixed(1))],
  ['cog', ({ cogDeg }) => (cogDeg === null ? '' : (Math.round(cogDeg) % 360).toFixed(0))],
  ['nav_status', ({ navStatus, aisClass }) => (aisClass === 'B' ? '' : navStatus)],
  ['draught', ({ draughtM }) => draughtM ?? ''],
  ['receiver', ({ receiver }) => receiver ?? 'terrestrial'],
];

/** Returns the lines of a scenario as CSV with a header. */
export function csvOf({ lines }: Scenario): string {
  const rows = lines.map((line) => COLUMNS.map(([, of]) => of(line)).join(','));
  return `${[COLUMNS.map(([name]) => name).join(','), ...rows].join('\n')}\n`;
}

/** Returns the labels of scenarios as `expected.json` has them. */
export function labelsOf(scenarios: readonly Scenario[]): string {
  const labels = scenarios.map(({ lines: _lines, ...label }) => label);
  return `${JSON.stringify({ made_by: 'packages/testkit/build/make-scenarios.ts; all ships, numbers and names are made up', scenarios: labels }, null, 1)}\n`;
}
