import { Problem } from './problem.ts';

/** How much may be done at once, and how long someone waits for it. */
export type PlaceLimits = {
  /** Places in all. */
  readonly mostAtOnce: number;
  /** Places of one asker. */
  readonly mostOfOne: number;
  /** Who finds no place waits so long for one, ms. */
  readonly waitMs: number;
  /** So many wait, and so many of them for one asker; the next is refused at once. */
  readonly mostWaiting: number;
  readonly mostWaitingOfOne: number;
};

/** Places for what costs much. */
export type Places = {
  /**
   * Waits for so many places and returns what gives them back, to be called once. Rejects with a Problem, `too-many-requests`
   * where the asker has all that he may have, else `busy`. `null` is an asker without a limit of his own.
   */
  take(who: string | null, cost: number): Promise<() => void>;
};

type Waiting = { readonly who: string | null; readonly cost: number; readonly begin: () => void };

/** Returns places that are given in the order of asking; who has all of his own lets others pass. */
export function makePlaces(limits: PlaceLimits): Places {
  const used = new Map<string | null, number>();
  const line = new Set<Waiting>();
  const usedBy = (who: string | null) => used.get(who) ?? 0;
  const inAll = () => [...used.values()].reduce((sum, cost) => sum + cost, 0);
  const isOver = (who: string | null, cost: number) => who !== null && usedBy(who) + cost > limits.mostOfOne;
  const fits = (who: string | null, cost: number) =>
    inAll() + cost <= limits.mostAtOnce && !isOver(who, cost);
  const change = (who: string | null, by: number) => {
    const left = usedBy(who) + by;
    if (left > 0) used.set(who, left);
    else used.delete(who);
  };
  const begun = (who: string | null, cost: number) => {
    change(who, cost);
    return () => {
      change(who, -cost);
      for (const next of line) if (fits(next.who, next.cost)) next.begin();
    };
  };
  const refusal = (who: string | null, cost: number) =>
    isOver(who, cost)
      ? new Problem(
          'too-many-requests',
          `More than ${limits.mostOfOne} costly requests at once; ask one after another`,
        )
      : new Problem('busy', 'Too many costly requests at once; ask again soon');
  return {
    async take(who, cost) {
      if (fits(who, cost)) return begun(who, cost);
      const mine = [...line].filter((one) => one.who === who).length;
      if (line.size >= limits.mostWaiting || mine >= limits.mostWaitingOfOne) throw refusal(who, cost);
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          who,
          cost,
          begin() {
            clearTimeout(timer);
            line.delete(waiting);
            resolve(begun(who, cost));
          },
        };
        const timer = setTimeout(() => {
          line.delete(waiting);
          reject(refusal(who, cost));
        }, limits.waitMs);
        line.add(waiting);
      });
    },
  };
}
