import type { EventPositionRecord } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicEvidencePosition } from '../schemas/evidence.ts';

/** Returns a position that an event rests on as it stands in the API. */
export function publicEvidencePosition(record: EventPositionRecord): PublicEvidencePosition {
  const { at, receivedAt, copies, looked, ...rest } = record;
  const missing = looked ? 'missing' : 'wanted';
  return {
    ...rest,
    at: isoOf(at),
    receivedAt: isoOrNull(receivedAt),
    raw: copies.length > 0 ? 'kept' : missing,
    copies: copies.map(({ heardAt, receivedAt: copyAt, ...copy }) => ({
      ...copy,
      at: isoOf(heardAt),
      receivedAt: isoOrNull(copyAt),
      url: `/v1/raw/${copy.sha256}`,
    })),
  };
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : isoOf(at);
}
