// Runs the sessions of the kill tests in a process of its own. argv: the database, the rows of a transaction, the seed of
// the traffic; then, if something is to die, its process id (0: this process), after how many steps, and how many
// milliseconds later. A step is over when its transaction has begun.
import { runSession } from '../../src/index.ts';
import { killSessions } from './kill-sessions.ts';
import { openEngine } from './sessions.ts';

const [url, batchRows, seed, victim, afterSteps, delayMs] = process.argv.slice(2);
const engine = await openEngine(url, Number(batchRows));
let steps = 0;
for (const session of killSessions(Number(seed))) {
  await runSession(engine, {
    ...session,
    onProgress: () => {
      steps++;
      if (steps === Number(afterSteps)) {
        setTimeout(() => process.kill(Number(victim) || process.pid, 'SIGKILL'), Number(delayMs));
      }
    },
  });
}
await engine.close();
process.stdout.write(`${steps} steps\n`);
