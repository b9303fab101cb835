import { describe, expect, it } from 'vitest';
import { epochAt } from '../src/epoch.ts';

const read = (text: string) => epochAt(new TextEncoder().encode(text), 0, text.length);

describe('epochAt', () => {
  it.each([
    ['1668046497', Date.UTC(2022, 10, 10, 2, 14, 57)],
    ['1668046497.25', Date.UTC(2022, 10, 10, 2, 14, 57, 250)],
    ['1668046497.123456', Date.UTC(2022, 10, 10, 2, 14, 57, 123)],
    ['1668046497123', Date.UTC(2022, 10, 10, 2, 14, 57, 123)],
    ['1668046497123456', Date.UTC(2022, 10, 10, 2, 14, 57, 123)],
    ['1550303566167726840', Date.UTC(2019, 1, 16, 7, 52, 46, 167)],
    ['1550303566167999999', Date.UTC(2019, 1, 16, 7, 52, 46, 167)],
    ['1550303566168000000', Date.UTC(2019, 1, 16, 7, 52, 46, 168)],
    ['0946684800', Date.UTC(2000, 0, 1)],
  ])('reads %s by its size', (text, at) => {
    expect(read(text)).toBe(at);
  });

  it.each([
    ['', 'nothing'],
    ['12345678', 'too few digits'],
    ['946684799', 'before 2000'],
    ['4102444800', 'the year 2100'],
    ['16680464a7', 'a letter'],
    ['1668046497.5x', 'a letter in the fraction'],
    ['-1668046497', 'a sign'],
    ['15503035661679', 'fourteen digits'],
    ['9999999999999999999999999', 'too many digits'],
  ])('does not take %j for an instant (%s)', (text) => {
    expect(read(text)).toBeNaN();
  });
});
