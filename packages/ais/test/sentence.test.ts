import { describe, expect, it } from 'vitest';
import { makeSentenceView, readSentence, startsAisSentence } from '../src/sentence.ts';
import { withChecksum } from './build-sentence.ts';

function read(text: string) {
  const bytes = new TextEncoder().encode(text);
  const view = makeSentenceView();
  const fault = readSentence(bytes, 0, bytes.length, view);
  return { fault, view, payload: text.slice(view.payloadFrom, view.payloadTo) };
}

describe('readSentence', () => {
  it('finds the fields of a sentence in parts', () => {
    const text = '!BSVDM,2,1,3,A,53nPnh800000ha@J2218UH60U@4hT6000000000t2PD33t?P008000000000,0*72';
    const { fault, view, payload } = read(text);
    expect(fault).toBeNull();
    expect(view).toMatchObject({ total: 2, number: 1, sequence: 3, channel: 65, fill: 0, ownShip: false });
    expect(payload).toBe('53nPnh800000ha@J2218UH60U@4hT6000000000t2PD33t?P008000000000');
    expect(view.end).toBe(text.length);
  });

  it('takes an empty channel and an empty sequence, any talker, VDO, small checksum letters', () => {
    const body = 'BSVDO,1,1,,,25Cjtd0Oj;Jp7ilG7=UkKBoB0<06,0';
    const { fault, view } = read(withChecksum(body).toLowerCase().replace(body.toLowerCase(), body));
    expect(fault).toBeNull();
    expect(view).toMatchObject({ sequence: -1, channel: 0, ownShip: true });
  });

  it('stops behind the checksum when rubbish follows', () => {
    expect(read('!AIVDM,1,1,,A,402M??AvAPP000h0MJR07Ug02H0I,0*10,rubbish').view.end).toBe(47);
  });

  it('takes missing fill bits for none', () => {
    expect(read(withChecksum('AIVDM,1,1,,A,402M,')).view).toMatchObject({ fill: 0, payloadTo: 18 });
  });

  it.each([
    ['!AIVDM,1,1,,A,402M??AvAPP000h0MJR07Ug02H0I,0*11', 'checksum', /checksum is 11, computed 10/],
    ['!AIVDM,1,1,,A,402M??AvAPP000h0MJR07Ug02H0I,0*zz', 'checksum', /two hexadecimal digits/],
    ['!AIVDM,1,1,,A,402M??AvAPP000h0MJR07Ug02H0I,0*1', 'truncated', /fewer than two digits/],
    ['!AIVDM,1,1,,A,402M??AvAPP000h0MJR', 'truncated', /without `\*`/],
    ['!AIVDM,1,1,,A,402M?!AIVDM,1,1,,A', 'truncated', /another sentence starts/],
    ['!AIVDM,1,1,,A,402M\u0001AvAPP,0*10', 'not-text', /0x01/],
    [withChecksum('AIVDM,0,1,,A,402M,0'), 'malformed', /part `1` of `0`/],
    [withChecksum('AIVDM,2,3,,A,402M,0'), 'malformed', /part `3` of `2`/],
    [withChecksum('AIVDM,11,1,,A,402M,0'), 'malformed', /one digit each/],
    [withChecksum('AIVDM,1,1,x,A,402M,0'), 'malformed', /sequence/],
    [withChecksum('AIVDM,1,1,,AB,402M,0'), 'malformed', /channel/],
    [withChecksum('AIVDM,1,1,,A,402M,6'), 'malformed', /0 to 5/],
    [withChecksum('AIVDM,1,1,,A,402M,x'), 'malformed', /0 to 5/],
    [withChecksum('AIVDM,1,1,,A,402M,00'), 'malformed', /one digit/],
    [withChecksum('AIVDM,1,1,,A'), 'malformed', /./],
    [withChecksum('AIVDM,'), 'malformed', /./],
  ])('refuses %s as %s', (text, code, why) => {
    const { fault, view } = read(text);
    expect(fault).toBe(code);
    expect(view.why).toMatch(why);
  });

  it('knows where an AIS sentence starts and where another does', () => {
    const starts = (text: string) => startsAisSentence(new TextEncoder().encode(text), 0, text.length);
    expect(starts('!AIVDM,1')).toBe(true);
    expect(starts('!--VDO,1')).toBe(true);
    expect(starts('!AIABM,1')).toBe(false);
    expect(starts('$AIVDM,1')).toBe(false);
    expect(starts('!AIVDM')).toBe(false);
  });
});
