import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundled } from '@offing/testkit';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./support/shutdown-child.ts', import.meta.url));

/** Runs the script, sends the signals one by one with some time between, and returns what it said and how it ended. */
async function signalled(how: string, signals: readonly NodeJS.Signals[]) {
  const child = spawn(process.execPath, [await bundled(SCRIPT), how], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  let send: (() => void) | undefined = () => {
    for (const [i, signal] of signals.entries()) setTimeout(() => child.kill(signal), i * 300);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    lines.push(...chunk.toString().trim().split('\n'));
    if (!lines.includes('ready')) return;
    send?.();
    send = undefined;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { lines, code, signal };
}

describe('a signal', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s closes everything, the last registered first',
    async (signal) => {
      expect(await signalled('well', [signal])).toEqual({
        lines: ['ready', 'third closed', 'second closed', 'first closed', 'done'],
        code: 0,
        signal: null,
      });
    },
  );

  it('closes the others when a closer fails, and says so', async () => {
    const { lines, code } = await signalled('fails', ['SIGINT']);
    expect(lines).toEqual(['ready', 'third closed', 'second failed: stuck', 'first closed', 'done']);
    expect(code).toBe(0);
  });

  it('ends the process at once when it comes a second time', async () => {
    const started = performance.now();
    const { lines, code } = await signalled('hangs', ['SIGINT', 'SIGINT']);
    expect({ lines, code }).toEqual({ lines: ['ready'], code: 1 });
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
