// A process that shuts down on signals, for the tests of the shutdown: argv says how its closers behave.
import { setTimeout as wait } from 'node:timers/promises';
import { onShutdown } from '../../src/shutdown.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const [how] = process.argv.slice(2);
const shutdown = onShutdown((name, error) => say(`${name} failed: ${(error as Error).message}`));
const alive = setInterval(() => undefined, 1000);
shutdown.add('first', async () => {
  await wait(20);
  say('first closed');
  clearInterval(alive);
});
shutdown.add('second', () => {
  if (how === 'fails') throw new Error('stuck');
  say('second closed');
});
shutdown.add('third', () => (how === 'hangs' ? wait(60_000) : say('third closed')));
say('ready');
await shutdown.done;
say('done');
