import { distanceM } from '@offing/geo';

/** A ship at a place. */
export type Placed = { readonly mmsi: number; readonly lon: number; readonly lat: number };

/** Groups are grown from so many ships at most, so that made-up crowds cost no more than real ones (ours). */
const MOST_SEEDS = 64;

/**
 * Returns the ships in groups of which no two lie farther apart than `metres`, the largest first; each ship is in one
 * group. A group is grown from a ship by taking the nearest that is near enough to all taken before, and the largest so
 * found counts: it may miss a larger one in a crowd without a middle. Does not depend on the order of the ships.
 */
export function groupsOf<Ship extends Placed>(ships: readonly Ship[], metres: number): Ship[][] {
  const groups: Ship[][] = [];
  let left = [...ships].sort((a, b) => a.mmsi - b.mmsi || a.lon - b.lon || a.lat - b.lat);
  while (left.length > 0) {
    const group = largestGroup(left, metres);
    groups.push(group);
    const taken = new Set(group);
    left = left.filter((ship) => !taken.has(ship));
  }
  return groups;
}

function largestGroup<Ship extends Placed>(ships: readonly Ship[], metres: number): Ship[] {
  let largest: Ship[] = [];
  for (const seed of ships.slice(0, MOST_SEEDS)) {
    const group = grownFrom(seed, ships, metres);
    if (group.length > largest.length) largest = group;
    if (largest.length === ships.length) break;
  }
  return [...largest].sort((a, b) => a.mmsi - b.mmsi);
}

function grownFrom<Ship extends Placed>(seed: Ship, ships: readonly Ship[], metres: number): Ship[] {
  const near = ships
    .map((ship) => ({ ship, m: between(seed, ship) }))
    .filter(({ ship, m }) => ship !== seed && m <= metres)
    .sort((a, b) => a.m - b.m || a.ship.mmsi - b.ship.mmsi);
  const group = [seed];
  for (const { ship } of near) if (group.every((member) => between(member, ship) <= metres)) group.push(ship);
  return group;
}

function between(a: Placed, b: Placed): number {
  return distanceM(a.lon, a.lat, b.lon, b.lat);
}
