import { describe, expect, it } from 'vitest';
import { LiveInbox } from '../../src/index.ts';
import { makeFeedClock } from '../../src/live/feed-clock.ts';
import { FeedHealth } from '../../src/live/feed-health.ts';
import { makeReceiver } from '../../src/live/receiver.ts';
import { sentence } from './feed-trial.ts';

const START = Date.UTC(2024, 2, 1, 12);

/** A receiver whose clock stands where the test puts it. */
function receiving(inbox = new LiveInbox()) {
  const health = new FeedHealth('tried', START);
  const clock = makeFeedClock();
  const time = { now: START };
  const receiver = makeReceiver({
    feed: 3,
    format: 'nmea',
    staleDays: 1,
    inbox,
    health,
    clock,
    now: () => time.now,
  });
  const push = (text: string): void => {
    receiver.chunk(Buffer.from(text));
  };
  return { inbox, health, clock, time, receiver, push, status: () => health.status(time.now, clock) };
}

const stamped = (at: number, mmsi = 413_900_100, second = 60) =>
  `\\c:${at / 1000}*00\\${sentence(mmsi, { second })}`;

describe('makeReceiver', () => {
  it('keeps the time of the source, of receipt and inside the message apart', () => {
    const { inbox, time, push } = receiving();
    time.now = START + 2500;
    push(stamped(START, 413_900_100, 58));
    const { at, receivedAt, utcSecond, feed } = inbox.records;
    expect([at[0], receivedAt[0], utcSecond[0], feed[0]]).toEqual([START, START + 2500, 58, 3]);
  });

  it.each([
    ['just ahead', 120_000, {}],
    ['too far ahead', 121_000, { 'future-time': 1 }],
    ['a year ahead', 366 * 86_400_000, { 'future-time': 1 }],
    ['a day old', -86_400_000, {}],
    ['older', -86_401_000, { stale: 1 }],
  ])('judges a position that is %s', (_what, offMs, rejected) => {
    const { inbox, push, status } = receiving();
    push(stamped(START + offMs));
    expect(status().rejected).toEqual(rejected);
    expect(inbox.records.length).toBe(Object.keys(rejected).length === 0 ? 1 : 0);
  });

  it('takes out a row from the future and keeps its neighbours', () => {
    const { inbox, push, health } = receiving();
    push(stamped(START, 413_900_100) + stamped(START + 3_600_000, 413_900_200) + stamped(START, 413_900_300));
    expect([...inbox.records.mmsi.subarray(0, inbox.records.length)]).toEqual([413_900_100, 413_900_300]);
    const { samples } = health.takeRejects();
    expect(Buffer.from(samples[0].raw).toString()).toContain('413900200');
  });

  it('corrects a clock that is an hour ahead once it is sure', () => {
    const { inbox, time, push, status } = receiving();
    for (let i = 0; i < 300; i++) {
      time.now = START + i * 1000;
      push(stamped(time.now + 3_600_000, 413_900_100 + i));
    }
    expect(status()).toMatchObject({ clockCorrectionMs: -3_600_000, rejected: { 'future-time': 127 } });
    const last = inbox.records.length - 1;
    expect(inbox.records.at[last]).toBe(time.now);
  });

  it('makes its reader anew with the dictionary', () => {
    const { inbox, push } = receiving(new LiveInbox({ mostStatics: 0 }));
    const voyage =
      '!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C\r\n!AIVDM,2,2,1,A,88888888880,2*25\r\n';
    push(voyage);
    const first = inbox.take();
    expect(first.statics.size).toBe(1);
    expect(inbox.statics).not.toBe(first.statics);
    push(voyage);
    const second = inbox.take();
    expect(second.statics.get(second.records.staticId[0])).toEqual(
      first.statics.get(first.records.staticId[0]),
    );
  });
});

describe('FeedHealth', () => {
  it('compares the last minute with the hour before it', () => {
    const { time, push, status } = receiving();
    for (let minute = 0; minute < 5; minute++) {
      for (let i = 0; i < 10; i++) push(sentence(413_900_100 + i));
      time.now += 60_000;
    }
    expect(status()).toMatchObject({ perMinute: 10, usualPerMinute: 10, records: 50 });
    time.now += 120_000;
    expect(status()).toMatchObject({ perMinute: 0, usualPerMinute: 10, lastMessageAt: START + 240_000 });
  });

  it('keeps what each record came in beside it, also where a neighbour is taken out', () => {
    const { inbox, push } = receiving();
    const lines = [
      stamped(START, 413_900_100),
      stamped(START + 3_600_000, 413_900_200),
      stamped(START, 413_900_300),
    ];
    push(lines.join(''));
    const { records, raws } = inbox.take();
    expect([...records.mmsi]).toEqual([413_900_100, 413_900_300]);
    expect(raws.slice(0, 2).map((raw) => Buffer.from(raw ?? []).toString())).toEqual([
      lines[0].trim(),
      lines[2].trim(),
    ]);
    push(lines[0]);
    const next = inbox.take();
    expect(next.raws).toHaveLength(1);
    expect(Buffer.from(next.raws[0] ?? []).toString()).toBe(lines[0].trim());
  });

  it('is full when what records came in takes too much room, until it is taken', () => {
    const { inbox, push } = receiving(new LiveInbox({ mostRawBytes: 100 }));
    push(stamped(START));
    expect(inbox.full).toBe(false);
    push(stamped(START));
    expect(inbox.full).toBe(true);
    inbox.take();
    expect(inbox.full).toBe(false);
  });
});
