import type { FastifyReply, FastifyRequest } from 'fastify';
import { listNameOf } from '../plugins/requests.ts';
import { readQuery } from '../query/raw-query.ts';
import { encodeCursor, listFingerprint, type CursorKey } from '../query/cursor.ts';

/** A page of a list as answered. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/**
 * Returns the page of up to `limit + 1` records that were read: one more than shown tells that there is a next page, whose
 * address is put into the Link header.
 */
export function pageOf<Record, Item>(
  request: FastifyRequest,
  reply: FastifyReply,
  records: readonly Record[],
  limit: number,
  keyOf: (record: Record) => CursorKey,
  itemOf: (record: Record) => Item,
): Page<Item> {
  const shown = records.slice(0, limit);
  if (records.length <= limit) return { items: shown.map(itemOf), next: null };
  const next = encodeCursor(listFingerprint(listNameOf(request), request.filters), keyOf(shown[limit - 1]));
  void reply.header('link', `<${addressWith(request, next)}>; rel="next"`);
  return { items: shown.map(itemOf), next };
}

/** Returns this request's address with another cursor. */
export function addressWith(request: FastifyRequest, cursor: string | null): string {
  const query = new URLSearchParams([...request.filters].filter(([name]) => name !== 'cursor'));
  if (cursor !== null) query.set('cursor', cursor);
  const key = queryKeyOf(request);
  if (key !== null) query.set('api_key', key);
  const path = request.raw.url?.split('?')[0] ?? '';
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

/** Returns the key that came in the address, or null. A program that can only send its key in the address follows links as they are. */
export function queryKeyOf(request: FastifyRequest): string | null {
  if (request.caller.via !== 'query') return null;
  return readQuery(request.raw.url ?? '').values.get('api_key')?.[0] ?? null;
}
