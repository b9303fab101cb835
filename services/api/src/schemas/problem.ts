import { Type, type Static } from '@fastify/type-provider-typebox';
import { listOf } from './list-of.ts';

const fault = Type.Object(
  {
    in: Type.String({ description: 'query, path, header or body.' }),
    field: Type.String(),
    value: Type.String({ description: 'As given, shortened to 200 characters.' }),
    expected: Type.String(),
  },
  { title: 'Fault' },
);

/** An error, RFC 9457, with every fault of the request. */
export const problemSchema = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable name of the error.' }),
    detail: Type.String(),
    instance: Type.Optional(
      Type.String({ description: 'The request, as the log names it; where the fault is ours.' }),
    ),
    errors: Type.Optional(listOf(fault)),
  },
  {
    title: 'Problem',
    examples: [
      {
        type: 'urn:offing:problem:invalid-request',
        title: 'The request cannot be understood',
        status: 400,
        code: 'invalid-request',
        detail: '1 fault',
        errors: [{ in: 'query', field: 'limit', value: '0', expected: 'a whole number from 1 to 1000' }],
      },
    ],
  },
);

/** One fault of a request. */
export type Fault = Static<typeof fault>;
/** The body of an error. */
export type ProblemBody = Static<typeof problemSchema>;
