import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeProgress } from '../src/progress.ts';

let written: string[];
let isTerminal: boolean;

beforeEach(() => {
  written = [];
  vi.useFakeTimers({ toFake: ['performance'] });
  isTerminal = process.stderr.isTTY;
  process.stderr.isTTY = false;
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
});

afterEach(() => {
  process.stderr.isTTY = isTerminal;
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Moves `performance.now` on. */
function after(ms: number): void {
  vi.advanceTimersByTime(ms);
}

describe('plain lines', () => {
  it('say how far it is, how fast and how long it will take, every five seconds', () => {
    const progress = makeProgress({ label: 'replay', unit: 'rows' });
    for (let second = 1; second <= 20; second++) {
      after(1000);
      progress.update({ done: second * 5, total: 100, rows: second * 2000 });
    }
    progress.stop();
    expect(written).toEqual([
      'replay: 25 % 10000 rows, 2,000/s, ETA 15 s\n',
      'replay: 50 % 20000 rows, 2,000/s, ETA 10 s\n',
      'replay: 75 % 30000 rows, 2,000/s, ETA 5 s\n',
      'replay: 100 % 40000 rows, 2,000/s, ETA 0 s\n',
    ]);
  });

  it('never count back the time that is left at an even rate', () => {
    const progress = makeProgress({ label: 'replay', unit: 'rows' });
    for (let step = 1; step <= 1000; step++) {
      after(137);
      progress.update({ done: step, total: 1000, rows: step });
    }
    const left = written.map((line) => Number(/ETA (\d+) s/.exec(line)?.[1]));
    expect(left.length).toBeGreaterThan(20);
    expect(left).toEqual([...left].sort((a, b) => b - a));
  });

  it('tell the time left as the job knows it, and none while it does not know', () => {
    const progress = makeProgress({ label: 'replay', unit: 'rows' });
    after(6000);
    progress.update({ done: 50, total: 100, rows: 600, leftMs: 41_200 });
    after(6000);
    progress.update({ done: 60, total: 100, rows: 600, leftMs: null });
    expect(written).toEqual(['replay: 50 % 600 rows, 100/s, ETA 42 s\n', 'replay: 60 % 600 rows, 50/s\n']);
  });

  it('leave out share and time left while the total is not known', () => {
    const progress = makeProgress({ label: 'replay', unit: 'rows' });
    after(6000);
    progress.update({ done: 500, total: null, rows: 600 });
    after(6000);
    progress.update({ done: 0, total: 0, rows: 600 });
    expect(written).toEqual(['replay: 600 rows, 100/s\n', 'replay: 600 rows, 50/s\n']);
  });

  it('are not written for a job that is done at once, nor when it is to be quiet', () => {
    const progress = makeProgress({ label: 'replay', unit: 'rows' });
    progress.update({ done: 1, total: 1, rows: 1 });
    progress.stop();
    progress.stop();
    const quiet = makeProgress({ label: 'replay', unit: 'rows', quiet: true });
    after(60_000);
    quiet.update({ done: 1, total: 2, rows: 1 });
    expect(written).toEqual([]);
  });
});
