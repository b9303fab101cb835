import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  // Declaration merging is Fastify's way to tell of what a route needs; it needs an interface.
  interface FastifyContextConfig {
    /** Whether forms of our own pages are sent here; a cookie must come with their token. */
    form?: boolean;
  }
}

/** The fields of a form, each with its values in order. */
export type Form = ReadonlyMap<string, readonly string[]>;

/** Reads forms where a route takes them. Elsewhere what a form or a mail program sends is no body: the address says all. */
export function addForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request, body, done) => {
      const isForm = request.routeOptions.config.form === true;
      done(null, isForm ? formFrom(String(body)) : undefined);
    },
  );
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, _body, done) =>
    done(null, undefined),
  );
}

/** Returns the form of a request; empty where none was sent. */
export function formOf({ body }: FastifyRequest): Form {
  return body instanceof Map ? (body as Form) : new Map();
}

function formFrom(text: string): Form {
  const form = new Map<string, string[]>();
  // NUL is text in no database.
  for (const [name, value] of new URLSearchParams(text.replaceAll('%00', ''))) {
    form.set(name, [...(form.get(name) ?? []), value.replaceAll('\0', '')]);
  }
  return form;
}
