import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { readMoment, type Reader } from '@offing/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from './language.ts';

/** What makes one answer another: the version of the program, and what a route adds. */
export type Salt = { readonly version: string; readonly extra?: string };

/**
 * Sets the answer's ETag from the state of the database and the question, before anything is read for the answer, and
 * returns whether the asker has this answer already: then 304 was sent, and the handler returns the reply.
 * The tag is weak: equal tags mean the same content, not the same bytes on the wire.
 */
export async function isUnchanged(
  reader: Reader,
  request: FastifyRequest,
  reply: FastifyReply,
  salt: Salt,
): Promise<boolean> {
  const moment = await readMoment(reader);
  if (salt.extra === undefined) request.answeredAt = moment;
  const isPage = request.routeOptions.config.page === true;
  const question = [
    request.raw.url ?? '',
    request.headers.accept ?? '',
    ...(isPage ? [languageOf(request)] : []),
  ];
  const hash = createHash('sha256').update(JSON.stringify([salt, moment, question]));
  const tag = hash.digest('base64url').slice(0, 24);
  // What someone needs a key for is kept by nobody else's cache.
  const cache = request.caller.key === null ? 'no-cache' : 'private, no-cache';
  const varies = isPage ? 'accept, accept-language, cookie' : 'accept';
  const vary = reply.hasHeader('vary') ? `${String(reply.getHeader('vary'))}, ${varies}` : varies;
  void reply.header('etag', `W/"${tag}"`).header('cache-control', cache).header('vary', vary);
  if (!namesTag(request.headers['if-none-match'], tag)) return false;
  void reply.code(304).send();
  return true;
}

const YEAR_SECONDS = 31_536_000;

/**
 * Names an answer of fixed bytes by a strong tag, and returns whether the asker has it already: then 304 was sent. With
 * `isFixed` its address means these bytes for ever.
 */
export function isKept(request: FastifyRequest, reply: FastifyReply, tag: string, isFixed: boolean): boolean {
  const cache = isFixed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache';
  void reply.header('etag', `"${tag}"`).header('cache-control', cache);
  if (!namesTag(request.headers['if-none-match'], tag)) return false;
  void reply.code(304).send();
  return true;
}

/** Fixed bytes, gzipped, and how they are sent. */
export type PackedAnswer = {
  readonly mediaType: string;
  /** Names the bytes; packed ones have a tag of their own. */
  readonly tag: string;
  readonly isFixed: boolean;
  /** Null where there is nothing: that is answered with 204. */
  readonly packed: Buffer | null;
};

/** Sends fixed bytes, packed where the asker takes that. */
export function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  { mediaType, tag, isFixed, packed }: PackedAnswer,
): FastifyReply {
  const isPacked = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  void reply.header('vary', 'accept-encoding');
  if (isKept(request, reply, `${tag}${isPacked ? '-gzip' : ''}`, isFixed)) return reply;
  if (packed === null) return reply.code(204).send();
  void reply.type(mediaType);
  return isPacked ? reply.header('content-encoding', 'gzip').send(packed) : reply.send(gunzipSync(packed));
}

/** Returns whether an If-None-Match names a tag, by the weak comparison of RFC 9110 section 8.8.3.2: its opaque part. */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((entry) => {
    const given = entry.trim();
    return given === '*' || given === `W/"${tag}"` || given === `"${tag}"`;
  });
}
