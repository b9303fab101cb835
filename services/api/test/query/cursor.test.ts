import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, listFingerprint } from '../../src/query/cursor.ts';

const print = listFingerprint('/v1/events', new Map([['port', 'Longkou']]));

describe('cursors', () => {
  it('come back as they were made', () => {
    const cursor = encodeCursor(print, [1478360400000, 'e1']);
    expect(decodeCursor(cursor, print, ['instant', 'text'])).toEqual([1478360400000, 'e1']);
  });

  it('are foreign to other filters and other lists', () => {
    const cursor = encodeCursor(print, [1478360400000, 'e1']);
    const others = [
      listFingerprint('/v1/events', new Map([['port', 'Dalian']])),
      listFingerprint('/v1/events', new Map()),
      listFingerprint('/v1/alerts', new Map([['port', 'Longkou']])),
    ];
    for (const other of others) expect(decodeCursor(cursor, other, ['instant', 'text'])).toBe('foreign');
  });

  it('stay good when the page becomes longer', () => {
    const longer = new Map([
      ['limit', '7'],
      ['port', 'Longkou'],
      ['cursor', 'x'],
    ]);
    expect(listFingerprint('/v1/events', longer)).toBe(print);
  });

  it.each([
    ['another kind of part', ['e1', 1478360400000]],
    ['a part too few', [1478360400000]],
    ['a part too many', [1478360400000, 'e1', 'e2']],
    ['an instant that no database has', [9e15, 'e1']],
    ['an instant before all', [-1, 'e1']],
    ['a fraction', [1.5, 'e1']],
    ['NUL in a text', [1, 'e\0']],
    ['an endless text', [1, 'e'.repeat(500)]],
  ])('are refused with %s', (_what, key) => {
    expect(decodeCursor(encodeCursor(print, key), print, ['instant', 'text'])).toBeNull();
  });

  it('never throw and never believe what was not made here', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
        expect(decodeCursor(text, print, ['instant', 'text'])).toBeOneOf([null, 'foreign']);
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        const text = Buffer.from(json).toString('base64url');
        expect(decodeCursor(text, print, ['instant', 'text'])).toBeOneOf([null, 'foreign']);
      }),
    );
  });
});
