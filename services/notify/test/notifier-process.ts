// A notifier in a process of its own, so that a test can kill it: its options come as JSON in the first argument.
import { startNotifier, type NotifierOptions } from '../src/index.ts';

const log = { info: () => undefined, warn: () => undefined };
await startNotifier({ ...(JSON.parse(process.argv[2]) as Omit<NotifierOptions, 'log'>), log });
process.stdout.write('started\n');
