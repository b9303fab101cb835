import { nextBin, type AlertFacets, type EventFilter, type FacetCount } from '@offing/store';
import { isoOf } from '@offing/units';
import type { PublicFacets } from '../schemas/facets.ts';

const MOST_PORTS = 100;

/** Returns counts and histogram as they are answered; every value is as its filter takes it. */
export function publicFacets(facets: AlertFacets, filter: EventFilter): PublicFacets {
  const { histogram } = facets;
  return {
    total: facets.total,
    rule: facets.type,
    severity: facets.severity,
    verdict: facets.verdict,
    state: facets.state,
    nexus: facets.nexus.map(({ value, count }: FacetCount<boolean>) => ({ value: String(value), count })),
    flag: facets.flag,
    port: facets.port.slice(0, MOST_PORTS),
    histogram: {
      unit: histogram.unit,
      from: isoOrNull(histogram.from),
      to: isoOrNull(histogram.to),
      before: histogram.before,
      bins: binsOf(facets, filter),
    },
    asOf: isoOrNull(filter.asOf ?? null),
  };
}

/** The first and the last bin end where the interval that was asked for does. */
function binsOf({ histogram }: AlertFacets, { from, to }: EventFilter): PublicFacets['histogram']['bins'] {
  return histogram.bins.map(({ start, count }) => {
    const end = nextBin(histogram.unit, start) - 1;
    return {
      from: isoOf(Math.max(start, from ?? start)),
      to: isoOf(Math.min(end, to ?? end)),
      count,
    };
  });
}

function isoOrNull(at: number | null): string | null {
  return at === null ? null : isoOf(at);
}
