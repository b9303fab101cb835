import { readPng } from '@offing/testkit';
import { describe, expect, it } from 'vitest';
import {
  Canvas,
  dashes,
  encodePng,
  fitted,
  loadFont,
  makeFont,
  paintOf,
  rectangle,
  stroke,
  wrapped,
} from '../src/index.ts';

const WHITE = paintOf('#ffffff');
const BLACK = paintOf('#000000');

describe('a canvas', () => {
  it('becomes a PNG that holds what was drawn, in the same bytes each time', () => {
    const drawn = () => {
      const canvas = new Canvas(20, 10, WHITE);
      canvas.fill([rectangle(2, 2, 5, 5)], paintOf('#cc2200'));
      canvas.fill([rectangle(10, 2, 5, 5)], paintOf('#000000', 0.5));
      return encodePng(canvas, { Title: 'a square' });
    };
    const { width, height, at } = readPng(drawn());
    expect([width, height]).toEqual([20, 10]);
    expect(at(0, 0)).toEqual([255, 255, 255]);
    expect(at(4, 4)).toEqual([0xcc, 0x22, 0]);
    expect(at(12, 6)).toEqual([128, 128, 128]);
    expect(at(12, 7)).toEqual([255, 255, 255]);
    expect(Buffer.from(drawn()).equals(Buffer.from(drawn()))).toBe(true);
  });

  it('is drawn larger by its scale', () => {
    const canvas = new Canvas(40, 20, WHITE, 2);
    canvas.within({ left: 0, top: 0, right: 6, bottom: 10 }, () => {
      canvas.fill([rectangle(2, 2, 5, 5)], BLACK);
    });
    const { at } = readPng(encodePng(canvas));
    expect([at(3, 4)[0], at(4, 4)[0], at(11, 13)[0], at(12, 13)[0]]).toEqual([255, 0, 0, 255]);
  });

  it('draws only inside a box while told so', () => {
    const canvas = new Canvas(20, 10, WHITE);
    canvas.within({ left: 5, top: 0, right: 50, bottom: 10 }, () =>
      canvas.fill([rectangle(-5, -5, 99, 99)], BLACK),
    );
    canvas.fill([rectangle(0, 0, 1, 1)], BLACK);
    const { at } = readPng(encodePng(canvas));
    expect([at(0, 0)[0], at(4, 5)[0], at(5, 5)[0], at(19, 9)[0]]).toEqual([0, 255, 0, 0]);
  });
});

describe('lines', () => {
  it('are as wide as asked where pieces overlap, too', () => {
    const canvas = new Canvas(20, 10, WHITE);
    canvas.fill(stroke([3, 5, 10, 5, 17, 5], 4), paintOf('#000000', 0.5));
    const { at } = readPng(encodePng(canvas));
    expect([at(10, 2)[0], at(10, 3)[0], at(10, 6)[0], at(10, 7)[0]]).toEqual([255, 128, 128, 255]);
  });

  it('are dashed around corners, and never without end', () => {
    expect(dashes([0, 0, 10, 0], 4, 2)).toEqual([
      [0, 0, 4, 0],
      [6, 0, 10, 0],
    ]);
    expect(dashes([0, 0, 3, 0, 3, 3], 4, 2)).toEqual([[0, 0, 3, 0, 3, 1]]);
    expect(dashes([0, 0, 1e9, 0], 4, 2)).toHaveLength(2_000);
    expect(dashes([5, 5, 5, 5], 4, 2)).toEqual([[5, 5, 5, 5]]);
  });
});

describe('the bundled font', () => {
  const font = loadFont('regular');

  it('has the letters that sentences are made of', () => {
    const letters = 'ABCXYZabcxyz0123456789 .,;:()[]–—’“”°©%&/+-=<>#éüñ…';
    expect([...letters].filter((letter) => !font.has(letter))).toEqual([]);
    expect(font.has('龙')).toBe(false);
  });

  it('draws each letter in its place, and a question mark for one that it does not have', () => {
    expect(font.width('ii', 20)).toBeCloseTo(2 * font.width('i', 20), 6);
    expect(font.width('W', 40)).toBeCloseTo(2 * font.width('W', 20), 6);
    // A letter with a hole has two outlines, an i has two, an é is made of parts.
    expect(['l', 'o', 'i', 'é', ' '].map((letter) => font.outlines(letter, 20, 0, 0).length)).toEqual([
      1, 2, 2, 3, 0,
    ]);
    expect(font.outlines('龙', 20, 0, 0)).toEqual(font.outlines('?', 20, 0, 0));
    const [bar] = font.outlines('l', 100, 10, 200);
    const ys = bar.filter((_value, i) => i % 2 === 1);
    expect(Math.max(...ys)).toBe(200);
    expect(Math.min(...ys)).toBeCloseTo(200 - 76, 0);
  });

  it('is refused when it is something else', () => {
    expect(() => makeFont(new Uint8Array(100))).toThrow('not a WOFF file');
  });

  it('wraps at the width, cuts words that are wider, and shrinks before it cuts a text', () => {
    const lines = wrapped(font, 'no position was received for 27 h', 20, 120);
    expect(lines.join(' ')).toBe('no position was received for 27 h');
    expect(Math.max(...lines.map((line) => font.width(line, 20)))).toBeLessThanOrEqual(120);
    expect(wrapped(font, 'x'.repeat(100), 20, 120).join('')).toBe('x'.repeat(100));
    const room = { width: 120, height: 60, lineHeight: 1.25 };
    expect(fitted(font, 'two words', [24, 20], room)).toEqual({ size: 24, lines: ['two words'] });
    expect(fitted(font, 'one two three four five', [24, 20, 16], room).size).toBe(16);
    const cut = fitted(font, 'word '.repeat(100), [24, 20], room);
    expect(cut.lines).toHaveLength(2);
    expect(cut.lines[1].endsWith('…')).toBe(true);
  });
});
