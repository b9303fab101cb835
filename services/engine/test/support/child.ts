import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bundled } from '@offing/testkit';

const SCRIPT = fileURLToPath(new URL('./replay-child.ts', import.meta.url));

/** How a run of the child came to its end. */
export type ChildEnd = {
  readonly signal: NodeJS.Signals | null;
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
};

/** Runs the replay of the kill tests in a process of its own. */
export async function runChild(args: readonly (string | number)[]): Promise<ChildEnd> {
  const child = spawn(process.execPath, [await bundled(SCRIPT), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, output, errors };
}
