/** What a shutdown closes, last registered first. */
export type Shutdown = {
  /** Registers something to close. */
  add(name: string, close: () => Promise<void> | void): void;
  /** Whether it has begun. */
  readonly running: boolean;
  /** Closes everything now; the same promise however often it is asked. */
  run(): Promise<void>;
  /** Resolves when a signal or `run` has closed everything. */
  readonly done: Promise<void>;
};

/**
 * Returns a shutdown that SIGINT and SIGTERM start. A second signal ends the process at once. A closer that fails is
 * reported and does not keep the others from closing.
 */
export function onShutdown(report: (name: string, error: unknown) => void): Shutdown {
  const closers: { name: string; close: () => Promise<void> | void }[] = [];
  let running: Promise<void> | undefined;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const closeAll = async (): Promise<void> => {
    for (const { name, close } of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        report(name, error);
      }
    }
    finish();
  };
  const run = (): Promise<void> => (running ??= closeAll());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (running !== undefined) process.exit(1);
      void run();
    });
  }
  return {
    add: (name, close) => void closers.push({ name, close }),
    get running() {
      return running !== undefined;
    },
    run,
    done,
  };
}
