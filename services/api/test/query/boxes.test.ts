import { expect, it } from 'vitest';
import { parseBox } from '../../src/query/boxes.ts';

it('reads west, south, east and north', () => {
  expect(parseBox('117,37.5,125,41')).toEqual({ west: 117, south: 37.5, east: 125, north: 41 });
});

it('leaves a box that crosses the antimeridian as it is', () => {
  expect(parseBox('170,-10,-170,10')).toEqual({ west: 170, south: -10, east: -170, north: 10 });
});

it.each([
  '',
  '1,2,3',
  '1,2,3,4,5',
  '1,2,3,x',
  '1,2,,4',
  '1,4,3,2',
  '181,0,182,1',
  '0,-91,1,1',
  '0,0,1,90.1',
  '1e2,0,1,1',
  '0x1,0,1,1',
  'NaN,0,1,1',
  '0,0,Infinity,1',
  ' 0,0,1,1',
])('refuses %j', (text) => {
  expect(parseBox(text)).toBeNull();
});
