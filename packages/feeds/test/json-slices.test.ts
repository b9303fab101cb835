import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementSlices, elementSlicesAt } from '../src/json-slices.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (slices: readonly Uint8Array[]): readonly string[] =>
  slices.map((slice) => new TextDecoder().decode(slice));

describe('elementSlices', () => {
  it.each([
    ['[]', []],
    [' [ ] ', []],
    ['[1]', ['1']],
    ['[ 1 , -2.50e3,true ,null]', ['1', '-2.50e3', 'true', 'null']],
    ['[{"a" : [1, 2]} ,  [ "]" , {"}":"{"}]]', ['{"a" : [1, 2]}', '[ "]" , {"}":"{"}]']],
    ['["\\"", "\\\\", "a,b", "é北"]', ['"\\""', '"\\\\"', '"a,b"', '"é北"']],
    ['\uFEFF[\r\n\t{"b":1.0}\n]', ['{"b":1.0}']],
  ])('cuts %s', (json, expected) => {
    expect(text(elementSlices(encode(json)))).toEqual(expected);
  });

  it('gives what JSON.parse reads, whatever stands between', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom('', ' ', '\n', '\r\n\t '), (values, space) => {
        const json = `${space}[${values.map((value) => space + JSON.stringify(value, null, space) + space).join(',')}]${space}`;
        const read = JSON.parse(json) as unknown[];
        expect(text(elementSlices(encode(json))).map((slice) => JSON.parse(slice) as unknown)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});

describe('elementSlicesAt', () => {
  it.each([
    ['{"type":"x","features":[1, {"features":[2]}]}', ['1', '{"features":[2]}']],
    ['{"features":[1],"features":[ 2 ]}', ['2']],
    ['{"\\u0066eatures" : [3]}', ['3']],
    ['{"other":"features","a":{"features":[1]}}', []],
  ])('cuts %s', (json, expected) => {
    expect(text(elementSlicesAt(encode(json), 'features'))).toEqual(expected);
  });

  it('gives what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()), (others, values) => {
        const json = JSON.stringify({ ...others, msgs: values, more: others });
        expect(
          text(elementSlicesAt(encode(json), 'msgs')).map((slice) => JSON.parse(slice) as unknown),
        ).toEqual((JSON.parse(json) as { msgs: unknown[] }).msgs);
      }),
      { numRuns: 500 },
    );
  });
});
