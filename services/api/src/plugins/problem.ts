import type { Fault, ProblemBody } from '../schemas/problem.ts';

/** The errors that the API answers with, by their stable code. */
const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request cannot be understood' },
  'key-needed': { status: 401, title: 'This needs a key' },
  'not-allowed': { status: 403, title: 'The key does not allow this' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method does not work here' },
  conflict: { status: 409, title: 'This cannot be done now' },
  'would-drown': { status: 409, title: 'So many alerts drown their reader' },
  'too-many': { status: 409, title: 'There are as many as there may be' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'too-slow': { status: 503, title: 'The answer took too long' },
  'reference-missing': { status: 503, title: 'Reference data is not loaded' },
  busy: { status: 503, title: 'Too much is asked at once' },
  internal: { status: 500, title: 'Something broke here' },
} as const;

/** The stable name of an error. */
export type ProblemCode = keyof typeof PROBLEMS;

const LONGEST_VALUE = 200;

/** An error that is answered as problem+json; nothing of its stack or cause leaves the house. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly faults: readonly Fault[];

  constructor(code: ProblemCode, detail: string, faults: readonly Fault[] = [], cause?: unknown) {
    super(detail, { cause });
    this.name = 'Problem';
    this.code = code;
    this.faults = faults;
  }

  /** HTTP status. */
  get statusCode(): number {
    return PROBLEMS[this.code].status;
  }

  /** Returns the body, RFC 9457. */
  body(): ProblemBody {
    const { status, title } = PROBLEMS[this.code];
    const head = { type: `urn:offing:problem:${this.code}`, title, status, code: this.code };
    const errors = this.faults.map((fault) => ({ ...fault, value: shortened(fault.value) }));
    return { ...head, detail: this.message, ...(errors.length > 0 ? { errors } : {}) };
  }
}

/** Returns the problem of a request with faults, all of them. */
export function invalidRequest(faults: readonly Fault[]): Problem {
  const detail = faults.map((fault) => `${fault.field}: expected ${fault.expected}`).join('; ');
  return new Problem('invalid-request', detail.slice(0, 2000), faults);
}

function shortened(value: string): string {
  return value.length <= LONGEST_VALUE ? value : `${value.slice(0, LONGEST_VALUE)}…`;
}
