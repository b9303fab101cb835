import { describe, expect, it } from 'vitest';
import { makeAssembly, PART_TIMEOUT_LINES, PART_TIMEOUT_MS } from '../src/assembly.ts';
import type { MessagePart, PartOrigin } from '../src/assembly.ts';
import { makeSentenceView } from '../src/sentence.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** Adds parts written as `number/total sequence channel payload`, and tells what came of them. */
function bench() {
  const incomplete: string[] = [];
  const text = (parts: readonly MessagePart[]) =>
    parts.map((part) => new TextDecoder().decode(part.raw)).join('+');
  const assembly = makeAssembly((message, why) => incomplete.push(`${text(message.parts)}: ${why}`));
  let line = 0;
  const add = (spec: string, origin: Partial<PartOrigin> = {}) => {
    const [, number, total, sequence, channel, payload] = /^(\d)\/(\d) (\d) (.) (\S+)$/.exec(spec) ?? [];
    const view = {
      ...makeSentenceView(),
      number: Number(number),
      total: Number(total),
      sequence: Number(sequence),
      channel: channel.charCodeAt(0),
    };
    const part = { raw: encode(payload), payloadFrom: 0, payloadTo: payload.length, fill: 0 };
    const known = { at: NaN, receivedAt: NaN, timeFault: '', source: 0, receiverKind: 0, group: -1 };
    const whole = assembly.add(view, part, { ...known, line: ++line, ...origin });
    return whole === null ? null : text(whole.parts);
  };
  return { add, incomplete, end: () => assembly.end() };
}

describe('makeAssembly', () => {
  it('puts two and three parts together', () => {
    const { add, incomplete, end } = bench();
    expect(add('1/2 3 A aa')).toBeNull();
    expect(add('2/2 3 A bb')).toBe('aa+bb');
    expect(add('1/3 4 B x')).toBeNull();
    expect(add('2/3 4 B y')).toBeNull();
    expect(add('3/3 4 B z')).toBe('x+y+z');
    end();
    expect(incomplete).toEqual([]);
  });

  it('keeps apart what interleaves by sequence, channel, source or group', () => {
    const { add, incomplete, end } = bench();
    add('1/2 3 A a1');
    add('1/2 4 A b1');
    add('1/2 3 B c1');
    add('1/2 5 A d1', { source: 7 });
    add('1/2 5 A e1', { source: 9 });
    add('1/2 6 A f1', { group: 100 });
    add('1/2 6 A g1', { group: 101 });
    expect(add('2/2 6 A f2', { group: 100 })).toBe('f1+f2');
    expect(add('2/2 5 A d2', { source: 7 })).toBe('d1+d2');
    expect(add('2/2 3 B c2')).toBe('c1+c2');
    expect(add('2/2 3 A a2')).toBe('a1+a2');
    expect(add('2/2 5 A e2', { source: 9 })).toBe('e1+e2');
    expect(add('2/2 4 A b2')).toBe('b1+b2');
    expect(add('2/2 6 A g2', { group: 101 })).toBe('g1+g2');
    end();
    expect(incomplete).toEqual([]);
  });

  it('finds the first part of a follower that has the group but not the source, or neither', () => {
    const { add } = bench();
    add('1/2 3 A a1', { source: 7, group: 5 });
    expect(add('2/2 3 A a2', { group: 5 })).toBe('a1+a2');
    add('1/2 3 A a1', { source: 7, group: 5 });
    expect(add('2/2 3 A a2')).toBe('a1+a2');
  });

  it('does not give a follower to another group or source', () => {
    const { add, incomplete } = bench();
    add('1/2 3 A a1', { source: 7, group: 5 });
    expect(add('2/2 3 A b2', { source: 7, group: 6 })).toBeNull();
    expect(add('2/2 3 A c2', { source: 8, group: 5 })).toBeNull();
    expect(incomplete).toEqual([
      'b2: part 2 of 2 came without the parts before it',
      'c2: part 2 of 2 came without the parts before it',
    ]);
  });

  it('never joins the rest of one message to the start of another', () => {
    const { add, incomplete } = bench();
    add('1/2 3 A a1');
    add('1/2 3 A b1');
    expect(incomplete).toEqual(['a1: part 2 of 2 did not come before the next message with its sequence']);
    expect(add('2/2 3 A b2')).toBe('b1+b2');
    expect(add('2/2 3 A a2')).toBeNull();
    expect(add('1/3 3 A c1')).toBeNull();
    expect(add('3/3 3 A c3')).toBeNull();
    expect(incomplete.slice(1)).toEqual([
      'a2: part 2 of 2 came without the parts before it',
      'c3: part 3 of 3 came without the parts before it',
    ]);
  });

  it('gives both copies of a message that two receivers passed on', () => {
    const { add, incomplete } = bench();
    add('1/2 3 A a1');
    add('1/2 3 A a1');
    expect(add('2/2 3 A a2')).toBe('a1+a2');
    expect(add('2/2 3 A a2')).toBe('a1+a2');
    expect(incomplete).toEqual([]);
  });

  it('gives up after so many lines when nothing but the sequence tells messages apart', () => {
    const within = bench();
    within.add('1/2 3 A a1', { line: 1 });
    expect(within.add('2/2 3 A a2', { line: 1 + PART_TIMEOUT_LINES })).toBe('a1+a2');
    const over = bench();
    over.add('1/2 3 A a1', { line: 1 });
    expect(over.add('2/2 3 A a2', { line: 2 + PART_TIMEOUT_LINES })).toBeNull();
    expect(over.incomplete[0]).toBe('a1: part 2 of 2 did not come in time');
  });

  it('gives up by event time, and a late neighbour from another receiver does not hurry it', () => {
    const within = bench();
    within.add('1/2 9 B z1', { at: 1_000_000 });
    within.add('1/2 3 A a1', { at: 700_000 });
    expect(within.add('2/2 3 A a2', { at: 700_000 + PART_TIMEOUT_MS })).toBe('a1+a2');
    const over = bench();
    over.add('1/2 3 A a1', { at: 1_000_000 });
    expect(over.add('2/2 3 A a2', { at: 1_000_001 + PART_TIMEOUT_MS })).toBeNull();
    expect(over.incomplete[0]).toBe('a1: part 2 of 2 did not come in time');
  });

  it('says at the end what still waits', () => {
    const { add, incomplete, end } = bench();
    add('1/2 3 A a1');
    add('1/3 4 A b1');
    add('2/3 4 A b2');
    end();
    expect(incomplete).toEqual([
      'a1: part 2 of 2 did not come before the end',
      'b1+b2: part 3 of 3 did not come before the end',
    ]);
  });

  it('holds no more than 512 messages, whatever comes', () => {
    const { add, incomplete, end } = bench();
    for (let group = 0; group < 1000; group++) add('1/2 3 A a1', { group, source: group + 1 });
    expect(incomplete).toHaveLength(488);
    end();
    expect(incomplete).toHaveLength(1000);
  });
});
