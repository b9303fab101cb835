import type { EventState, Severity, Verdict } from '@offing/rules';
import type { EventFilter } from './event-filter.ts';

/** Alerts that are alike in all that facets ask of them, flags apart. */
export type FacetGroup = {
  readonly type: string;
  readonly severity: Severity;
  readonly verdict: Verdict | null;
  readonly state: EventState;
  readonly portId: string | null;
  readonly portName: string | null;
  readonly portCountry: string | null;
  readonly nexus: boolean;
  readonly count: number;
  /** First and last opening of the group, ms. */
  readonly first: number;
  readonly last: number;
};

/** How many alerts have a value. */
export type FacetCount<Value = string> = { readonly value: Value; readonly count: number };

/** How many alerts are at a port; its name is one that an alert told. */
export type PortCount = FacetCount & { readonly name: string; readonly country: string };

/** Counts by value, most frequent first; each leaves out the filter of its own, so that it tells what another choice would show. */
export type GroupCounts = {
  /** Alerts that the whole filter finds. */
  readonly total: number;
  readonly type: readonly FacetCount[];
  readonly severity: readonly FacetCount<Severity>[];
  readonly verdict: readonly FacetCount<Verdict>[];
  readonly state: readonly FacetCount<EventState>[];
  readonly nexus: readonly FacetCount<boolean>[];
  readonly port: readonly PortCount[];
};

type Part = 'types' | 'severities' | 'verdicts' | 'states' | 'port' | 'nexus';

const PARTS: readonly Part[] = ['types', 'severities', 'verdicts', 'states', 'port', 'nexus'];

/** Returns a filter without what groups tell apart: the groups of it hold all that any facet must know. */
export function commonFilter(filter: EventFilter): EventFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => !PARTS.some((part) => part === name)));
}

/** Returns the counts of facets out of the groups of `commonFilter(filter)`. */
export function groupCounts(groups: readonly FacetGroup[], filter: EventFilter): GroupCounts {
  const kept = groups.map((group) => ({ group, fails: PARTS.filter((part) => !holds(part, group, filter)) }));
  const but = (part: Part) =>
    kept.flatMap(({ group, fails }) => (fails.every((failing) => failing === part) ? [group] : []));
  const ports = new Map(groups.map((group) => [group.portId, group]));
  return {
    total: foundOf(groups, filter).reduce((sum, { count }) => sum + count, 0),
    type: counted(but('types'), (group) => group.type),
    severity: counted(but('severities'), (group) => group.severity),
    verdict: counted(but('verdicts'), (group) => group.verdict),
    state: counted(but('states'), (group) => group.state),
    nexus: counted(but('nexus'), (group) => group.nexus),
    port: counted(but('port'), (group) => group.portId).map((entry) => {
      const { portName, portCountry } = ports.get(entry.value) ?? {};
      return { ...entry, name: portName ?? entry.value, country: portCountry ?? '' };
    }),
  };
}

/** Returns the groups that a whole filter finds. */
export function foundOf(groups: readonly FacetGroup[], filter: EventFilter): readonly FacetGroup[] {
  return groups.filter((group) => PARTS.every((part) => holds(part, group, filter)));
}

function holds(part: Part, group: FacetGroup, filter: EventFilter): boolean {
  switch (part) {
    case 'types':
      return filter.types?.includes(group.type) ?? true;
    case 'severities':
      return filter.severities?.includes(group.severity) ?? true;
    case 'verdicts':
      return filter.verdicts === undefined || filter.verdicts.some((verdict) => verdict === group.verdict);
    case 'states':
      return filter.states?.includes(group.state) ?? true;
    case 'nexus':
      return filter.nexus === undefined || filter.nexus === group.nexus;
    case 'port': {
      const wanted = filter.port?.toLowerCase();
      return (
        wanted === undefined || [group.portId, group.portName].some((text) => text?.toLowerCase() === wanted)
      );
    }
  }
}

function counted<Value extends string | boolean>(
  groups: readonly FacetGroup[],
  valueOf: (group: FacetGroup) => Value | null,
): readonly FacetCount<Value>[] {
  const counts = new Map<Value, number>();
  for (const group of groups) {
    const value = valueOf(group);
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + group.count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
