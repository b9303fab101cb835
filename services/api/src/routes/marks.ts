import type { EventMark } from '@offing/store';
import type { CursorKey, KeyPart } from '../query/cursor.ts';

/** What a cursor of events and alerts is made of: opening and id of the last item. */
export const eventKey: readonly KeyPart[] = ['instant', 'text'];

/** Returns where a page of events begins; the key was checked against `eventKey`. */
export function eventMark(after: CursorKey | null): { readonly after?: EventMark } {
  return after === null ? {} : { after: { openedAt: Number(after[0]), eventId: String(after[1]) } };
}
