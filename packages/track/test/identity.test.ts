import { describe, expect, test } from 'vitest';
import { learn, UNKNOWN_IDENTITY } from '@offing/track';

describe('what a hull says of itself', () => {
  test('is the very same object when a report says nothing new', () => {
    const known = learn(UNKNOWN_IDENTITY, { shipName: 'SCN ONE', imoNumber: 9074729 });
    expect(learn(known, { shipName: 'SCN ONE', imoNumber: 9074729 })).toBe(known);
    expect(learn(known, {})).toBe(known);
  });

  test('is not taken back by a report that lacks it or sends it as not available', () => {
    const known = learn(UNKNOWN_IDENTITY, { shipName: 'SCN ONE', imoNumber: 9074729, callSign: 'ABCD' });
    const after = learn(known, { shipName: null, imoNumber: null });
    expect(after).toMatchObject({ shipName: 'SCN ONE', imoNumber: 9074729, callSign: 'ABCD' });
  });

  test('keeps every valid IMO number ever sent, and the invalid one only as sent', () => {
    const first = learn(UNKNOWN_IDENTITY, { imoNumber: 9074729 });
    const wrong = learn(first, { imoNumber: 9074728 });
    expect(wrong).toMatchObject({ imoNumber: 9074729, imoNumberAsSent: 9074728, imoNumbers: [9074729] });
    const second = learn(wrong, { imoNumber: 9163166 });
    expect(second).toMatchObject({ imoNumber: 9163166, imoNumbers: [9074729, 9163166] });
  });
});
