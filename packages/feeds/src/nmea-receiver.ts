import { RECEIVER_KIND } from '@offing/track';

/** How many sources are remembered; then the memory starts anew. Bounds it against names without end. */
const MOST_SOURCES = 8192;

const SATELLITE = /(^|[^a-z])(sat|satellite|s-ais|space)([^a-z]|$)/i;
const TERRESTRIAL = /(^|[^a-z])(ter|terr|terrestrial|t-ais|shore|coast|coastal)([^a-z]|$)/i;

/** Returns the kind of receiver by its hash and the bytes of its name. */
export type ReceiverKinds = (hash: number, bytes: Uint8Array, from: number, to: number) => number;

/**
 * Returns a function that tells RECEIVER_KIND from the name of a source, remembering names by their hash. A name counts
 * only when it says the kind in a word of its own (`satellite`, `s-ais`, `terrestrial`, `shore`, …): station numbers
 * such as `s:117` say nothing.
 */
export function makeReceiverKinds(): ReceiverKinds {
  const known = new Map<number, number>();
  let lastHash = 0;
  let lastKind: number = RECEIVER_KIND.unknown;
  return (hash, bytes, from, to) => {
    if (hash === lastHash) return lastKind;
    let kind = known.get(hash);
    if (kind === undefined) {
      kind = kindOf(String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 64))));
      if (known.size >= MOST_SOURCES) known.clear();
      known.set(hash, kind);
    }
    lastHash = hash;
    lastKind = kind;
    return kind;
  };
}

function kindOf(name: string): number {
  if (SATELLITE.test(name)) return RECEIVER_KIND.satellite;
  return TERRESTRIAL.test(name) ? RECEIVER_KIND.terrestrial : RECEIVER_KIND.unknown;
}
