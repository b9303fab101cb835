import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PIECE_MS, Reception, receptionCell } from '../../src/index.ts';

const FIRST_PIECE = 2_900_000;

it('counts who was not heard on just as the witnesses of the whole interval tell', () => {
  const heard = fc.record({
    mmsi: fc.integer({ min: 1, max: 12 }),
    piece: fc.integer({ min: 0, max: 14 }),
    feed: fc.constantFrom(1, 1, 1, 2),
    lon: fc.double({ min: 120, max: 121, noNaN: true }),
    lat: fc.double({ min: 38, max: 38.8, noNaN: true }),
  });
  fc.assert(
    fc.property(
      fc.array(heard, { maxLength: 80 }),
      fc.constantFrom(25, 50),
      fc.nat(6),
      fc.integer({ min: 0, max: PIECE_MS - 1 }),
      (reports, radiusKm, off, rest) => {
        const reception = new Reception(PIECE_MS * 60);
        for (const { mmsi, piece, feed, lon, lat } of [...reports].sort((a, b) => a.piece - b.piece)) {
          const at = (FIRST_PIECE + piece) * PIECE_MS;
          reception.note(at, mmsi, receptionCell(lon, lat), feed, 1, 1, lon, lat);
        }
        const place = { feed: 1, lon: 120.5, lat: 38.4, radiusKm };
        const pieces = { from: FIRST_PIECE, off: FIRST_PIECE + off, late: FIRST_PIECE + off + 4 };
        const to = (FIRST_PIECE + off + 7) * PIECE_MS + rest;
        const anyone = { ...place, aisClass: null, exceptMmsi: null };
        const ships = reception.witnesses({ ...anyone, from: pieces.from * PIECE_MS, to });
        const before = ships.filter((ship) => ship.pieces[0] <= pieces.off);
        const missing = before.filter((ship) => ship.pieces[ship.pieces.length - 1] < pieces.late);
        expect(reception.fallen(place, pieces, to)).toEqual({
          before: before.length,
          missing: missing.length,
        });
      },
    ),
  );
});
