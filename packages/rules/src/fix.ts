/** One position as received, as far as evidence needs it. Null where the message did not say. */
export type Fix = {
  /** Event time, ms. */
  readonly at: number;
  readonly lon: number;
  readonly lat: number;
  readonly sogKn: number | null;
  /** True. */
  readonly cogDeg: number | null;
  readonly navStatus: number | null;
};
