import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundled } from '@offing/testkit';
import { onTestFinished } from 'vitest';

/** Root of the project. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The program as JavaScript, made from its sources. */
export const MAIN = await bundled(join(ROOT, 'services/offing/src/main.ts'));

/** How a command ended. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A command that runs. */
export type Running = {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with what was printed so far as soon as it fits; rejects when the command ends first. */
  printed(pattern: RegExp): Promise<string>;
};

/** Starts `offing` from its sources; it is killed at the end of the test if it still runs. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const { DATABASE_URL: _own, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: ROOT, env: { ...inherited, ...env } });
  let out = '';
  let err = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    for (const look of waiting) look();
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!pattern.test(out)) return;
        waiting.delete(look);
        resolve(out);
      };
      waiting.add(look);
      look();
      void ended.then(() => {
        reject(new Error(`ended without ${String(pattern)}: ${out}\n${err}`));
      });
    });
  return { child, ended, printed };
}

/** Runs `offing` to its end. */
export function offing(...args: string[]): Promise<Ended> {
  return start(args).ended;
}

/** Returns a folder of the test's own, removed at its end. */
export function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'offing-e2e-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}

/** Returns the path of a bundled recording. */
export function recording(path: string): string {
  return join(ROOT, 'recordings', path);
}
