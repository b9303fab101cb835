import { RECEIVER_KIND } from '@offing/track';

/** How many sources are remembered; then the memory starts anew. Bounds it against names without end. */
const MOST_SOURCES = 8192;

const SATELLITE = /(^|[^a-z])(sat|satellite|s-ais|space)([^a-z]|$)/i;
const TERRESTRIAL = /(^|[^a-z])(ter|terr|terrestrial|t-ais|shore|coast|coastal)([^a-z]|$)/i;

/** The kinds of receivers seen, by the hash of their names. */
export type ReceiverKinds = { readonly known: Map<number, number>; lastHash: number; lastKind: number };

/** Returns a memory in which no receiver was seen. */
export function makeReceiverKinds(): ReceiverKinds {
  return { known: new Map(), lastHash: 0, lastKind: RECEIVER_KIND.unknown };
}

/**
 * Returns RECEIVER_KIND by the hash and the bytes of the name of a source. A name counts only when it says the kind in a
 * word of its own (`satellite`, `s-ais`, `terrestrial`, `shore`, …): station numbers such as `s:117` say nothing.
 */
export function receiverKindOf(
  kinds: ReceiverKinds,
  hash: number,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  if (hash === kinds.lastHash) return kinds.lastKind;
  const { known } = kinds;
  let kind = known.get(hash);
  if (kind === undefined) {
    kind = kindOf(String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 64))));
    if (known.size >= MOST_SOURCES) known.clear();
    known.set(hash, kind);
  }
  kinds.lastHash = hash;
  kinds.lastKind = kind;
  return kind;
}

function kindOf(name: string): number {
  if (SATELLITE.test(name)) return RECEIVER_KIND.satellite;
  return TERRESTRIAL.test(name) ? RECEIVER_KIND.terrestrial : RECEIVER_KIND.unknown;
}
