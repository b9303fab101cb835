import { stableId } from '@offing/units';
import { startOfDay, type Designation, type DesignationList } from './designation.ts';
import type { DesignationFault, ListEntry } from './lists/list-entry.ts';
import { plainCsvReader } from './lists/plain-csv.ts';
import { splitName } from './lists/printed-names.ts';

/**
 * Reads the compiled history, a plain CSV (see lists/plain-csv.ts) in which every row has an IMO number and a day of
 * listing. A faulty row is named and left out; a file without these columns gives one fault and nothing else.
 */
export function readCompiledHistory(text: string): DesignationList {
  const reader = plainCsvReader();
  reader.push(text);
  const { entries, faults, damage } = reader.end();
  if (damage !== null)
    return { designations: [], faults: [fault(1, 'file', damage, 'CSV with the columns of the history')] };
  const wanting = entries.flatMap(({ line, imoNumber, designatedOn }) => [
    ...(imoNumber === null ? [fault(line, 'imo', '', 'seven digits whose check digit holds')] : []),
    ...(designatedOn === null ? [fault(line, 'designated_on', '', 'a day, YYYY-MM-DD')] : []),
  ]);
  const named = faults.map(({ line, field, value, expected }) => fault(line, field, value, expected));
  const lines = new Set([...named, ...wanting].map(({ line }) => line));
  const silent = wanting.filter((want) => !named.some(({ line }) => line === want.line));
  const sound = entries.filter(({ line }) => !lines.has(line));
  return { designations: sound.flatMap(designationOf), faults: [...named, ...silent] };
}

function fault(line: number, field: string, value: string, expected: string): DesignationFault {
  return { line, field, value, expected };
}

function designationOf(entry: ListEntry): Designation[] {
  const { list, entryId, imoNumber, mmsi, callSign, shipName, flag, program, designatedOn, delistedOn } =
    entry;
  if (designatedOn === null) return [];
  return [
    {
      designationId: stableId('d_', [list, imoNumber ?? '', designatedOn, shipName, program ?? '']),
      list,
      entryId,
      imoNumber,
      mmsi,
      callSign,
      shipName,
      otherNames: [...splitName(shipName).otherNames, ...entry.otherNames],
      flag,
      program,
      designatedOn,
      delistedOn,
      knownSince: startOfDay(designatedOn),
      delistingKnownSince: delistedOn === null ? null : startOfDay(delistedOn),
      source: entry.source ?? '',
    },
  ];
}
