import { DAY_MS, isoOf } from '@offing/units';
import type { Berths } from './berths.ts';
import type { NexusEntry } from './nexus-entry.ts';
import { endOf, visitedPort, type Visit } from './visit.ts';

/** How long after a DPRK port visit it links a ship to the DPRK (detections.md, "Nexus"). */
export const VISIT_COUNTS_MS = 180 * DAY_MS;
/** Ports whose calls may be those of an exempt trade, and why that is said: a DPRK port call alone is no accusation. */
const EXEMPT_PORTS: ReadonlySet<string> = new Set(['Rajin', 'Sonbong']);
const EXEMPTION =
  'transhipment of Russian coal through Rajin (the Rajin-Khasan project) was exempt from the sanctions; a call alone says nothing';

/** Returns the link to the DPRK that a visit makes: one for a visit to a DPRK port, with the exemption where it may apply. */
export function visitNexus(visit: Visit, berths: Berths): readonly NexusEntry[] {
  const port = visitedPort(visit, berths);
  if (port?.country !== 'KP') return [];
  const end = endOf(visit);
  const seen = visit.stops.some(({ how }) => how === 'stop');
  return [
    {
      kind: 'dprk-visit',
      key: String(visit.entry.at),
      from: visit.entry.at,
      until: end === null ? null : end + VISIT_COUNTS_MS,
      how: `${seen ? 'visited' : 'was silent inside'} ${port.name} from ${isoOf(visit.entry.at)}${end === null ? '' : ` to ${isoOf(end)}`}`,
      source: 'AIS positions; rule port-visit',
      secondHand: false,
      note: EXEMPT_PORTS.has(port.name) ? EXEMPTION : null,
    },
  ];
}
