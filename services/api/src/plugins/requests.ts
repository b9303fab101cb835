import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
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
    format?: 'json' | 'geojson' | 'csv';
    /** Whether people look at it: errors are HTML, empty parameters are none. */
    page?: boolean;
  }
}

/** The server with the schemas' types. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;
