import type {
  EventDraft,
  OutageNotice,
  Reaction,
  RollCall,
  Rule,
  Signal,
  Surroundings,
  VesselView,
} from '@offing/rules';

/** What a reaction asks of the stage that raised the signal. */
export type Wish = Pick<Reaction<unknown>, 'wakeAt' | 'nexus' | 'nexusOfOther'> & {
  readonly rule: number;
  readonly whenHeard: boolean;
};

const NOTHING: readonly Wish[] = [];

/** What a rule runner holds, as plain data: the states of each rule by hull slot. */
export type RuleStates = readonly ReadonlyMap<number, unknown>[];

/** The states of each rule by port id, as plain data. */
export type PortStates = readonly ReadonlyMap<string, unknown>[];

/** Keeps the states of all rules by hull and brings signals to those that react to them. */
export class RuleRunner {
  readonly rules: readonly Rule[];
  #around: Surroundings;
  #states: Map<number, unknown>[];
  #portStates: Map<string, unknown>[];
  #reacts: ReadonlyMap<Signal['kind'], readonly number[]>;

  constructor(rules: readonly Rule[], around: Surroundings, states?: RuleStates, portStates?: PortStates) {
    this.rules = rules;
    this.#around = around;
    this.#states = rules.map((_, rule) => new Map(states?.[rule] ?? []));
    this.#portStates = rules.map((_, rule) => new Map(portStates?.[rule] ?? []));
    const kinds: Signal['kind'][] = [
      'silent',
      'returned',
      'elsewhere',
      'hulls',
      'hour',
      'visit',
      'waters',
      'zone',
      'identity',
      'heard',
      'wake',
      'offshore',
      'meeting',
    ];
    this.#reacts = new Map(
      kinds.map((kind) => [
        kind,
        rules.flatMap((rule, place) => (rule.signals.includes(kind) ? [place] : [])),
      ]),
    );
  }

  /** Whether some rule that reacts to this kind of signal remembers something of the hull. */
  remembers(kind: Signal['kind'], slot: number): boolean {
    for (const rule of this.#reacts.get(kind) ?? []) if (this.#states[rule].has(slot)) return true;
    return false;
  }

  /** Brings a signal to every rule that reacts to its kind; returns what they wish. */
  signal(
    signal: Signal,
    slot: number,
    vessel: VesselView,
    tell: (event: EventDraft) => void,
  ): readonly Wish[] {
    let wishes: Wish[] | null = null;
    for (const rule of this.#reacts.get(signal.kind) ?? []) {
      const wish = this.#react(rule, signal, slot, vessel, tell);
      if (wish !== null) (wishes ??= []).push(wish);
    }
    return wishes ?? NOTHING;
  }

  /** Brings a signal to one rule; returns what it wishes. */
  signalTo(
    rule: number,
    signal: Signal,
    slot: number,
    vessel: VesselView,
    tell: (event: EventDraft) => void,
  ): readonly Wish[] {
    const wish = this.#react(rule, signal, slot, vessel, tell);
    return wish === null ? NOTHING : [wish];
  }

  /** Brings what is known of receivers that went out or are back to the rules that tell of it. */
  outage(notice: OutageNotice, tell: (event: EventDraft) => void): void {
    for (const rule of this.rules)
      for (const event of rule.onOutage?.(notice, this.#around) ?? []) tell(event);
  }

  /** Brings what lies off a port to every rule on ports. */
  callAt(call: RollCall, tell: (event: EventDraft) => void): void {
    for (const [rule, states] of this.#portStates.entries()) {
      const reaction: Reaction<unknown> | undefined = this.rules[rule].reactAtPort?.(
        states.get(call.port.id),
        call,
        this.#around,
      );
      if (reaction === undefined) continue;
      if (reaction.state === undefined) states.delete(call.port.id);
      else states.set(call.port.id, reaction.state);
      for (const event of reaction.events ?? []) tell(event);
    }
  }

  /** Returns the states of rules by port, as plain data. */
  dumpPorts(): PortStates {
    return this.#portStates;
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
  ): Wish | null {
    const states = this.#states[rule];
    const before = states.get(slot);
    const reaction: Reaction<unknown> = this.rules[rule].react(before, signal, vessel, this.#around);
    if (reaction.state !== before) {
      if (reaction.state === undefined) states.delete(slot);
      else states.set(slot, reaction.state);
    }
    for (const event of reaction.events ?? []) tell(event);
    const { wakeAt, nexus, nexusOfOther, whenHeard = false } = reaction;
    const isNone = !whenHeard && wakeAt === undefined && nexus === undefined && nexusOfOther === undefined;
    return isNone ? null : { ...reaction, rule, whenHeard };
  }
}
