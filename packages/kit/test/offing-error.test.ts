import { describe, expect, it } from 'vitest';
import { OffingError } from '../src/offing-error.ts';

describe('OffingError', () => {
  it('carries a code, the value that was wrong and the original', () => {
    const cause = new Error('original');
    const error = new OffingError('a-code', 'what to do', { value: 7, cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'OffingError',
      code: 'a-code',
      message: 'what to do',
      value: 7,
      cause,
    });
    expect(error.stack).toContain('OffingError: what to do');
  });

  it('has no cause where none is given', () => {
    const error = new OffingError('a-code', 'what to do');
    expect('cause' in error).toBe(false);
    expect(error.value).toBe(undefined);
  });
});
