import type { EventDraft, Reaction, Rule, Signal, Surroundings, VesselView } from '@offing/rules';

/** What a reaction asks of the stage that raised the signal. */
export type Wish = { readonly rule: number; readonly wakeAt?: number; readonly whenHeard: boolean };

/** What a rule runner holds, as plain data: the states of each rule by hull slot. */
export type RuleStates = readonly ReadonlyMap<number, unknown>[];

/** Keeps the states of all rules by hull and brings signals to those that react to them. */
export class RuleRunner {
  readonly rules: readonly Rule[];
  #around: Surroundings;
  #states: Map<number, unknown>[];
  #reacts: ReadonlyMap<Signal['kind'], readonly number[]>;

  constructor(rules: readonly Rule[], around: Surroundings, states?: RuleStates) {
    this.rules = rules;
    this.#around = around;
    this.#states = rules.map((_, rule) => new Map(states?.[rule] ?? []));
    const kinds: Signal['kind'][] = ['silent', 'returned', 'elsewhere', 'hour', 'identity', 'heard', 'wake'];
    this.#reacts = new Map(
      kinds.map((kind) => [
        kind,
        rules.flatMap((rule, place) => (rule.signals.includes(kind) ? [place] : [])),
      ]),
    );
  }

  /** Whether some rule that reacts to this kind of signal remembers something of the hull. */
  remembers(kind: Signal['kind'], slot: number): boolean {
    return (this.#reacts.get(kind) ?? []).some((rule) => this.#states[rule].has(slot));
  }

  /** Brings a signal to every rule that reacts to its kind; returns what they wish. */
  signal(
    signal: Signal,
    slot: number,
    vessel: VesselView,
    tell: (event: EventDraft) => void,
  ): readonly Wish[] {
    return (this.#reacts.get(signal.kind) ?? []).flatMap((rule) =>
      this.#react(rule, signal, slot, vessel, tell),
    );
  }

  /** Brings a signal to one rule; returns what it wishes. */
  signalTo(
    rule: number,
    signal: Signal,
    slot: number,
    vessel: VesselView,
    tell: (event: EventDraft) => void,
  ): readonly Wish[] {
    return this.#react(rule, signal, slot, vessel, tell);
  }

  /** Returns everything held, as plain data. */
  dump(): RuleStates {
    return this.#states;
  }

  #react(
    rule: number,
    signal: Signal,
    slot: number,
    vessel: VesselView,
    tell: (event: EventDraft) => void,
  ): Wish[] {
    const states = this.#states[rule];
    const reaction: Reaction<unknown> = this.rules[rule].react(
      states.get(slot),
      signal,
      vessel,
      this.#around,
    );
    if (reaction.state === undefined) states.delete(slot);
    else states.set(slot, reaction.state);
    for (const event of reaction.events ?? []) tell(event);
    const whenHeard = reaction.whenHeard === true;
    if (reaction.wakeAt === undefined) return whenHeard ? [{ rule, whenHeard }] : [];
    return [{ rule, wakeAt: reaction.wakeAt, whenHeard }];
  }
}
