import type { UnnumberedVersion } from '@offing/alerts';
import { retractionOf } from '@offing/alerts';
import { distanceM } from '@offing/geo';

/** A stored event at its newest version, and at the version that it had when the folds were taken back (null: none yet). */
export type StoredEvent = {
  readonly newest: UnnumberedVersion;
  readonly atSnapshot: UnnumberedVersion | null;
};

/** What must be appended so that the store says what the folds now say. */
export type Difference = {
  readonly versions: readonly UnnumberedVersion[];
  /** Id under which the folds know an event, to the id that it keeps. */
  readonly aliases: ReadonlyMap<string, string>;
};

/** Outages of regions of one feed are one when their middles lie no farther apart than this, km (ours). */
const ONE_REGION_KM = 150;

const LATE = 'positions that arrived later changed it';
const GONE = 'with positions that arrived later nothing of this remains';

/**
 * Compares what a fold told when it was run again with what is stored of the same stretch. An event that is new is told
 * in the versions in which it would have been told in time, known from `knownAt` on (ms). One that ends differently gets one more version; one that no longer comes up is
 * retracted; an event whose first moment moved keeps its id. Nothing stored is ever changed.
 */
export function difference(
  told: readonly UnnumberedVersion[],
  stored: ReadonlyMap<string, StoredEvent>,
  knownAt: number,
): Difference {
  const chains = chainsOf(told);
  const aliases = aliasesFor(chains, stored);
  const kept = new Set([...chains.keys()].map((id) => aliases.get(id) ?? id));
  const changes = [...chains].map(([id, chain]) =>
    correction(chain, stored.get(aliases.get(id) ?? id), knownAt),
  );
  const gone = [...stored].map(([id, event]) => (kept.has(id) ? [] : withdrawn(event, knownAt)));
  return { versions: [...changes, ...gone].sort(inOrder).flat(), aliases };
}

/** By first moment and id: the order does not depend on how far back the folds were taken. */
function inOrder(a: readonly UnnumberedVersion[], b: readonly UnnumberedVersion[]): number {
  if (a.length === 0 || b.length === 0) return a.length - b.length;
  const byMoment = a[a.length - 1].openedAt - b[b.length - 1].openedAt;
  return byMoment !== 0 ? byMoment : a[0].eventId < b[0].eventId ? -1 : 1;
}

function chainsOf(told: readonly UnnumberedVersion[]): Map<string, UnnumberedVersion[]> {
  const chains = new Map<string, UnnumberedVersion[]>();
  for (const version of told) {
    const chain = chains.get(version.eventId);
    if (chain) chain.push(version);
    else chains.set(version.eventId, [version]);
  }
  return chains;
}

/** New ids whose event overlaps one of the same rule and subject that the fold no longer tells under its own id. */
function aliasesFor(
  chains: ReadonlyMap<string, readonly UnnumberedVersion[]>,
  stored: ReadonlyMap<string, StoredEvent>,
): Map<string, string> {
  const free = [...stored].filter(([id, event]) => !chains.has(id) && event.newest.state !== 'retracted');
  const aliases = new Map<string, string>();
  for (const [id, chain] of chains) {
    if (stored.has(id)) continue;
    const last = chain[chain.length - 1];
    const [nearest] = free
      .filter(([, event]) => isSameMatter(last, event.newest))
      .sort(([a, one], [b, other]) => apartMs(last, one) - apartMs(last, other) || (a < b ? -1 : 1));
    if (nearest === undefined) continue;
    aliases.set(id, nearest[0]);
    free.splice(free.indexOf(nearest), 1);
  }
  return aliases;
}

function apartMs(version: UnnumberedVersion, { newest }: StoredEvent): number {
  return Math.abs(version.openedAt - newest.openedAt);
}

function isSameMatter(a: UnnumberedVersion, b: UnnumberedVersion): boolean {
  if (a.type !== b.type || a.state === 'retracted' || subjectOf(a) !== subjectOf(b)) return false;
  if (extentOf(a) === 'region' && distanceM(a.lon, a.lat, b.lon, b.lat) > ONE_REGION_KM * 1000) return false;
  return a.openedAt < (b.closedAt ?? Infinity) && b.openedAt < (a.closedAt ?? Infinity);
}

/** What an event is about, whatever its moments: a grouping its port, an outage its feed, all others their hulls. */
function subjectOf(version: UnnumberedVersion): string {
  const { vesselId, port, feeds, evidence } = version;
  switch (version.type) {
    case 'irregular-grouping':
      return port?.id ?? '';
    case 'feed-outage':
      return [String(extentOf(version)), ...feeds].join('\n');
    case 'zone-entry':
      return [canonical(evidence['zone'] ?? null), ...vesselId].join('\n');
    default:
      return vesselId.join('\n');
  }
}

/** The extent of an outage, a whole feed or a region of it; null for what is no outage. */
function extentOf({ type, evidence }: UnnumberedVersion): unknown {
  return type === 'feed-outage' ? evidence['extent'] : null;
}

function correction(
  chain: readonly UnnumberedVersion[],
  stored: StoredEvent | undefined,
  knownAt: number,
): UnnumberedVersion[] {
  if (stored === undefined) {
    return chain.map((version) => ({ ...version, knownSince: Math.max(version.knownSince, knownAt) }));
  }
  const { newest } = stored;
  const last = chain[chain.length - 1];
  if (contentOf(last) === contentOf(newest)) return [];
  const knownSince = Math.max(newest.knownSince, last.knownSince, knownAt);
  const change = last.state === 'open' ? 'revised' : last.state;
  return [
    {
      ...last,
      eventId: newest.eventId,
      alertId: newest.alertId,
      change,
      knownSince,
      reason: last.reason ?? LATE,
    },
  ];
}

function withdrawn(event: StoredEvent, knownAt: number): UnnumberedVersion[] {
  const { newest, atSnapshot } = event;
  const knownSince = Math.max(newest.knownSince, knownAt);
  if (atSnapshot === null)
    return newest.state === 'retracted' ? [] : [retractionOf(newest, GONE, knownSince)];
  if (contentOf(atSnapshot) === contentOf(newest)) return [];
  const change = atSnapshot.state === 'open' ? 'revised' : atSnapshot.state;
  return [{ ...atSnapshot, change, knownSince, reason: LATE }];
}

/**
 * What a reader would see differ: everything but ids, the reason of the version, when it was known, and the versions of the
 * reference data: a list that gained another ship changes nothing for this one.
 */
function contentOf(version: UnnumberedVersion): string {
  const {
    eventId: _id,
    alertId: _alert,
    knownSince: _known,
    reason: _reason,
    change: _change,
    reference: _reference,
    // Written from the same facts; versions of before there were any have none.
    translations: _translations,
    ...content
  } = version;
  return canonical(content);
}

/** JSON with sorted keys: jsonb does not keep their order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
