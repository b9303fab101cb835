import type { Severity } from './props.ts';

/** The colours of a map. */
export type Palette = {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly label: string;
  readonly halo: string;
  readonly track: string;
  readonly reach: string;
  readonly witness: string;
  readonly anchorage: string;
  readonly ring: string;
  readonly severity: Readonly<Record<Severity, string>>;
};

/** The colours by day; those of severities are the pages'. */
export const LIGHT: Palette = {
  sea: '#dde6ec',
  land: '#f6f3ea',
  coast: '#8d9ca6',
  label: '#2a323a',
  halo: '#fbfaf7',
  track: '#1d5f8a',
  reach: '#6d4bb0',
  witness: '#2f6b3c',
  anchorage: '#7a6a4f',
  ring: '#b45309',
  severity: { info: '#4b5563', low: '#1d5f8a', medium: '#7a5b00', high: '#a83a00', critical: '#a1122a' },
};

/** The colours by night. */
export const DARK: Palette = {
  sea: '#0d1318',
  land: '#1f272f',
  coast: '#56646f',
  label: '#d9dee3',
  halo: '#0d1318',
  track: '#86c5f0',
  reach: '#b79cf0',
  witness: '#8ed49d',
  anchorage: '#cdb98f',
  ring: '#fbbf24',
  severity: { info: '#b3bcc6', low: '#86c5f0', medium: '#e9c760', high: '#ff9d66', critical: '#ff8a98' },
};

/** The shape of each severity on a grid of 16 by 16: it reads without colour, more corners is more. */
export const SHAPES: Readonly<Record<Severity, string>> = {
  info: 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11z',
  low: 'M2.5 5 8 13.5 13.5 5z',
  medium: 'M2.5 2.5h11v11h-11z',
  high: 'M8 1.5 15.5 14.5H.5z',
  critical: 'M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z',
};

/** The severities from the least on. */
export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
