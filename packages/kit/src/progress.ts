import { SingleBar } from 'cli-progress';

/** How far a long job has come. `total` is null while nobody can know it. */
export type ProgressState = {
  readonly done: number;
  readonly total: number | null;
  readonly rows: number;
  /** How long the rest takes, ms, where the job knows better than by the share that is done; null while it cannot know. */
  readonly leftMs?: number | null;
};

/** Shows how far a job has come, on standard error. */
export type Progress = {
  update(state: ProgressState): void;
  /** Ends the display; more than once is the same as once. */
  stop(): void;
};

/** How progress is shown. */
export type ProgressOptions = {
  readonly label: string;
  /** What `rows` counts. */
  readonly unit: string;
  readonly quiet?: boolean;
};

const PLAIN_EVERY_MS = 5_000;

/** Returns a bar with rate and ETA where standard error is a terminal, plain lines every few seconds where it is not. */
export function makeProgress(options: ProgressOptions): Progress {
  if (options.quiet === true) return { update: () => undefined, stop: () => undefined };
  return process.stderr.isTTY ? bar(options) : plainLines(options);
}

function bar(options: ProgressOptions): Progress {
  const shown = new SingleBar({
    format: `${options.label} {bar} {percentage}% | {rows} ${options.unit} | {rate}/s{eta}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  const started = performance.now();
  let running = false;
  return {
    update(state) {
      const { done, total, rows } = state;
      const eta = etaOf(state, performance.now() - started).replace(',', ' |');
      const payload = { rows: rows.toLocaleString('en'), rate: rateOf(rows, started), eta };
      if (!running) shown.start(total ?? 0, done, payload);
      running = true;
      if (total !== null) shown.setTotal(total);
      shown.update(done, payload);
    },
    stop() {
      if (running) shown.stop();
      running = false;
    },
  };
}

function plainLines(options: ProgressOptions): Progress {
  const started = performance.now();
  let told = started;
  return {
    update(state) {
      const { done, total, rows } = state;
      const now = performance.now();
      if (now - told < PLAIN_EVERY_MS) return;
      told = now;
      const share = total === null || total === 0 ? null : done / total;
      const part = share === null ? '' : ` ${Math.floor(share * 100)} %`;
      const eta = etaOf(state, now - started);
      process.stderr.write(
        `${options.label}:${part} ${rows} ${options.unit}, ${rateOf(rows, started)}/s${eta}\n`,
      );
    },
    stop: () => undefined,
  };
}

function etaOf({ done, total, leftMs }: ProgressState, elapsedMs: number): string {
  const isKnown = total !== null && total > 0 && done > 0;
  const left = leftMs === undefined && isKnown ? elapsedMs * (total / done - 1) : (leftMs ?? null);
  return left === null ? '' : `, ETA ${Math.ceil(left / 1000)} s`;
}

function rateOf(rows: number, started: number): string {
  return Math.round(rows / Math.max(0.001, (performance.now() - started) / 1000)).toLocaleString('en');
}
