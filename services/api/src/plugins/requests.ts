import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ListFormat } from '../formats/writer.ts';
import type { CursorKey, KeyPart } from '../query/cursor.ts';

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what hooks put on a request; it needs an interface.
  interface FastifyRequest {
    /** The query's parameters as sent, each once and checked. */
    filters: ReadonlyMap<string, string>;
    /** Where the page begins, or null for the first. */
    after: CursorKey | null;
  }
  interface FastifyContextConfig {
    /** What a cursor of this list is made of. */
    cursorKey?: readonly KeyPart[];
    /** The list's path without its extension: a cursor works in every format. */
    list?: string;
    /** The format that the path's extension asks for. */
    format?: ListFormat;
    /** Whether the path holds a secret, which no log may show. */
    secretPath?: boolean;
    /** Whether people look at it: errors are HTML, empty parameters are none. */
    page?: boolean;
  }
}

/** Returns what names the list that a request asks for, whatever the format: one ship's track is not another's. */
export function listNameOf(request: FastifyRequest): string {
  const { config, url } = request.routeOptions;
  return JSON.stringify([config.list ?? url ?? '', request.params]);
}

/** The server with the schemas' types. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
