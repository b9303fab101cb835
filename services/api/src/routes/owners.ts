import type { WatchlistRecord } from '@offing/store';
import { watchlistById } from '@offing/store';
import type { FastifyRequest } from 'fastify';
import type { ApiContext } from '../context.ts';
import { Problem } from '../plugins/problem.ts';

/** Returns whose request this is: who may do it, and with which key; throws where nobody is named. */
export function ownerOf(request: FastifyRequest): { readonly owner: string; readonly keyId: string } {
  const { key } = request.caller;
  if (key === null) throw new Problem('key-needed', 'This belongs to someone: send a key');
  return { owner: key.owner, keyId: key.keyId };
}

/** Returns a watchlist of the asker's own; another's is not found, as one that does not exist. */
export async function ownWatchlist(
  { writer }: ApiContext,
  request: FastifyRequest,
  id: string,
): Promise<WatchlistRecord> {
  const list = await watchlistById(writer.pool, ownerOf(request).owner, id);
  if (list === undefined) throw new Problem('not-found', `There is no watchlist ${id}`);
  return list;
}

/** Returns the address under which people reach this server, without a slash at its end. */
export function originOf({ publicUrl }: ApiContext, request: FastifyRequest): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}
