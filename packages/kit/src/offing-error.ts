/** The one error class that is thrown on purpose: a stable code to act on, the value that was wrong, the original as cause. */
export class OffingError extends Error {
  override readonly name = 'OffingError';
  /** Stable, in kebab-case; codes that begin with `usage` mean wrong words on the command line. */
  readonly code: string;
  /** The offending value, never a secret. */
  readonly value: unknown;

  constructor(
    code: string,
    message: string,
    details: { readonly value?: unknown; readonly cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.value = details.value;
  }
}
