import { ruleBook } from '@offing/rules';
import { describe, expect, test } from 'vitest';

describe('the book of rules', () => {
  test('has every rule once, with docs, a source in the description of each parameter, and its defaults', () => {
    const rules = ruleBook();
    expect(rules.map((rule) => rule.id)).toEqual([
      'dark-near-port',
      'designated-vessel',
      'draught-change',
      'embargo-breach',
      'encounter',
      'feed-outage',
      'first-seen-near-coast',
      'hovering',
      'identity-change',
      'impossible-jump',
      'irregular-grouping',
      'loitering',
      'port-visit',
      'recent-dprk-call',
      'round-trip-without-call',
      'shared-mmsi',
      'transponder-gap',
      'zone-entry',
    ]);
    for (const rule of rules) {
      const { docs, paramsSchema, params } = rule;
      expect(rule.version).toBeGreaterThan(0);
      for (const list of [docs.life, docs.silentFor, docs.limits, docs.innocent, docs.sources])
        expect(list.length).toBeGreaterThan(0);
      for (const [name, schema] of Object.entries(paramsSchema.properties)) {
        const { description, default: value } = schema as { description?: string; default?: unknown };
        expect(description, `${rule.id}.${name}`).toMatch(/\[.+\]/);
        expect(params[name]).toBe(value);
      }
    }
  });

  test('takes parameters that a deployment changes', () => {
    const rules = ruleBook({ 'transponder-gap': { thresholdH: 12 } });
    expect(rules.find((rule) => rule.id === 'transponder-gap')?.params).toMatchObject({
      thresholdH: 12,
      rejudgeH: 1,
    });
  });

  test('names every fault at once: unknown rules and parameters, values out of range and of the wrong kind', () => {
    const settings = {
      gap: {},
      hovering: { slowKn: 'fast', portKm: 61 },
      'transponder-gap': { threshold: 6, thresholdH: 0 },
      'designated-vessel': { unseenD: NaN },
    };
    expect(() => ruleBook(settings)).toThrow(RangeError);
    for (const part of [
      'gap: no such rule',
      'hovering.slowKn',
      'hovering.portKm',
      'transponder-gap.threshold:',
      'transponder-gap.thresholdH',
      'designated-vessel.unseenD',
    ])
      expect(() => ruleBook(settings)).toThrow(part);
  });
});
