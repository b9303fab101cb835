import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The median of some figures and how far they lie apart. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number };

/** Returns the median and the range of figures; at least one. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted[sorted.length - 1] };
}

/** Prints one measured speed: what, how fast, how far the runs lie apart. */
export function printSpeed(what: string, unit: string, speeds: readonly number[]): number {
  const { median, least, most } = spreadOf(speeds);
  const text = (value: number): string => Math.round(value).toLocaleString('en');
  console.log(`${what}: ${text(median)} ${unit} (${text(least)} to ${text(most)}, ${speeds.length} runs)`);
  return Math.round(median);
}

/** One thing under test: `run` does all of its work once; `count` is how many lines or rows that is. */
export type Contender = { readonly name: string; readonly count: number; run(): Promise<void> | void };

/**
 * How many a second: of processor time, all threads and started programs counted, and by the clock. Where others use the
 * machine, the first comes nearer to what a core does by itself; the second is what was to be had of it then.
 */
export type Rates = { readonly perCpuSecond: number; readonly perSecond: number };

const ROUNDS = 3;
const WARM_UPS = 3;
const RUNS = 3;

/**
 * Runs the contenders in turn, round after round so that a busy minute meets all of them; prints and returns the medians. A turn
 * starts with the garbage of the one before cleared up, and with runs that are not measured: code has to get warm again.
 */
export async function race(
  label: string,
  unit: string,
  contenders: readonly Contender[],
): Promise<Record<string, Rates>> {
  const cpu: number[][] = contenders.map(() => []);
  const clock: number[][] = contenders.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, contender] of contenders.entries()) {
      collectGarbage();
      for (let run = 0; run < WARM_UPS; run++) await contender.run();
      for (let run = 0; run < RUNS; run++) {
        const cpuBefore = usedCpuSeconds();
        const before = performance.now();
        await contender.run();
        const seconds = (performance.now() - before) / 1000;
        cpu[index].push(contender.count / (usedCpuSeconds() - cpuBefore));
        clock[index].push(contender.count / seconds);
      }
    }
  }
  return Object.fromEntries(
    contenders.map(({ name }, index) => {
      const perCpuSecond = printSpeed(`${label}  ${name}`, `${unit} per CPU second`, cpu[index]);
      const perSecond = printSpeed(`${label}  ${name}`, `${unit} per second by the clock`, clock[index]);
      return [name, { perCpuSecond, perSecond }];
    }),
  );
}

/** Prints how many times as fast one contender is as another, in processor time and by the clock. */
export function printTimes(label: string, rates: Record<string, Rates>, one: string, other: string): void {
  const times = (key: keyof Rates): string => (rates[one][key] / rates[other][key]).toFixed(1);
  console.log(
    `${label}  ${one}: ${times('perCpuSecond')} times ${other} (by the clock ${times('perSecond')} times)`,
  );
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const TICKS_PER_SECOND = 100;

/** Returns the processor time of this process and of the programs that it has waited for (proc(5); without it, its own only). */
function usedCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  let stat = '';
  try {
    stat = readFileSync('/proc/self/stat', 'utf8');
  } catch {
    // No such file system: started programs are not counted.
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const childTicks = stat === '' ? 0 : Number(fields[13]) + Number(fields[14]);
  return (user + system) / 1e6 + childTicks / TICKS_PER_SECOND;
}
