import { createRequire } from 'node:module';
import type { LightMyRequestResponse } from 'fastify';
import { problemSchema } from '../src/schemas/problem.ts';

/** As much of ajv 8 as tests use. */
type Validate = { (value: unknown): boolean; readonly errors?: readonly object[] | null };
type Ajv = {
  validate(schema: object, value: unknown): boolean;
  compile(schema: object): Validate;
  errorsText(errors: Validate['errors']): string;
};

// The workspace's own ajv is an old one of the linter's; the one that knows the draft of OpenAPI 3.1 comes with Fastify.
const fromFastify = createRequire(createRequire(import.meta.url).resolve('@fastify/ajv-compiler'));
const { Ajv2020 } = fromFastify('ajv/dist/2020') as { Ajv2020: new (options: object) => Ajv };

/** Returns a validator of the draft that OpenAPI 3.1 uses, which does not mind formats that are our own. */
export function makeAjv(): Ajv {
  return new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
}

type Responses = Readonly<
  Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
>;

/** An OpenAPI document, as far as the check reads it. */
export type ApiDocument = {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, { readonly responses?: Responses }>>>>;
};

/**
 * Returns a check that an answer is as the document says: its status and media type are told there, and its body fits
 * the schema (by ajv, which the API itself does not use). Paths that are not in the document may only answer problems.
 */
export function conformance(
  document: object,
): (path: string, answer: LightMyRequestResponse, method?: string) => void {
  const ajv = makeAjv();
  const compiled = new Map<object, Validate>();
  // Of two that fit, the longer says more: `{id}.png` before `{id}`.
  const templates = Object.entries((document as ApiDocument).paths ?? {}).sort(
    ([a], [b]) => b.length - a.length,
  );
  const paths = templates.map(([template, item]) => ({
    shape: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]*')}$`),
    template,
    methods: item,
  }));
  const mustFit = (schema: object, body: unknown, where: string) => {
    const validate = compiled.get(schema) ?? ajv.compile(schema);
    compiled.set(schema, validate);
    if (!validate(body))
      throw new Error(`${where} does not fit its schema: ${ajv.errorsText(validate.errors)}`);
  };
  return (path, answer, method = 'GET') => {
    const bare = path.split('?')[0];
    const known =
      paths.find(({ template }) => template === bare) ?? paths.find(({ shape }) => shape.test(bare));
    const where = `${path} (${answer.statusCode})`;
    if (known === undefined) {
      if (answer.statusCode >= 400 && !isPage(answer)) mustFit(problemSchema, answer.json(), where);
      return;
    }
    const responses = known.methods[method.toLowerCase()]?.responses ?? {};
    const response = responses[String(answer.statusCode)];
    if (response === undefined) throw new Error(`${where}: the document has no such status; ${answer.body}`);
    if (answer.statusCode === 304 || (response.content === undefined && answer.body === '')) return;
    const mediaType = String(answer.headers['content-type']).split(';')[0];
    const schema = response.content?.[mediaType]?.schema;
    if (schema === undefined) throw new Error(`${where}: the document has no ${mediaType} here`);
    mustFit(schema, mediaType.endsWith('json') && !isText(schema) ? answer.json() : answer.body, where);
  };
}

function isPage(answer: LightMyRequestResponse): boolean {
  return String(answer.headers['content-type']).startsWith('text/html');
}

function isText(schema: object): boolean {
  return (schema as { readonly type?: unknown }).type === 'string';
}
