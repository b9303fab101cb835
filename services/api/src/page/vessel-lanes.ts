import type { PublicAlert } from '../schemas/event.ts';
import type { PublicIdentity, PublicVessel } from '../schemas/vessel.ts';
import { alertPath } from '../shapes/alert-path.ts';
import type { TimelineBar, TimelineLane } from './vessel-timeline.ts';
import { ruleTitle } from './words.ts';

const IDENTITIES = [
  ['Name', 'shipName'],
  ['IMO number', 'imoNumber'],
  ['Call sign', 'callSign'],
  ['Destination', 'destination'],
] as const;

/** Returns the lanes of a vessel's timeline: when it was heard, what it sent of itself, and a lane for each kind of alert. */
export function vesselLanes(
  vessel: PublicVessel,
  history: readonly PublicIdentity[],
  alerts: readonly PublicAlert[],
): readonly TimelineLane[] {
  const last = Date.parse(vessel.lastAt);
  const heard: TimelineLane = {
    name: 'Heard',
    bars: [{ from: Date.parse(vessel.firstAt), to: last, words: 'first to last position', look: 'heard' }],
  };
  const identities = IDENTITIES.map(([name, key]) => ({ name, bars: spansOf(history, key, last) }));
  const types = [...new Set(alerts.map(({ type }) => type))].sort();
  const kinds = types.map((type) => ({
    name: ruleTitle(type),
    bars: alerts.filter((alert) => alert.type === type).map((alert) => barOf(alert, last)),
  }));
  return [heard, ...kinds, ...identities].filter(({ bars }) => bars.length > 0);
}

function barOf(alert: PublicAlert, last: number): TimelineBar {
  const from = Date.parse(alert.openedAt);
  const to =
    alert.closedAt === null ? Math.max(last, Date.parse(alert.knownSince)) : Date.parse(alert.closedAt);
  const words = `${ruleTitle(alert.type)}, ${alert.severity}, ${alert.state}`;
  return {
    from,
    to: Math.max(from, to),
    words,
    href: alertPath(alert.id),
    look: 'event',
  };
}

/** From each report that says something else to the next that does; reports come newest first. */
function spansOf(
  history: readonly PublicIdentity[],
  key: (typeof IDENTITIES)[number][1],
  last: number,
): readonly TimelineBar[] {
  const bars: TimelineBar[] = [];
  let open = null as { readonly from: number; readonly words: string } | null;
  for (const report of history.toReversed()) {
    const value = report[key];
    const at = Date.parse(report.at);
    const words = value === null ? null : String(value);
    if (words === null || words === open?.words) continue;
    if (open !== null) bars.push({ ...open, to: at, look: 'identity' });
    open = { from: at, words };
  }
  if (open !== null) bars.push({ ...open, to: Math.max(last, open.from), look: 'identity' });
  return bars;
}
