/** Name of the Specially Designated Nationals list, as the compiled history has it. */
export const OFAC_SDN = 'OFAC-SDN';
/** Name of OFAC's consolidated list of those who are not on the SDN list. */
export const OFAC_CONS = 'OFAC-CONS';

/** Programmes that only the list beside the SDN list has (OFAC, consolidated list programme tags). */
const NOT_SDN_PROGRAMS =
  /(^|[[\];\s])(NS-PLC|NS-ISA|NS-CCMC|NS-MBS|561-?List|FSE-IR|FSE-SY|FSE-SDGT|CMIC-EO13959|13599)($|[[\];\s])/i;

/** What only the remarks of that list say (sectoral directives, Chinese military-industrial companies). */
const NOT_SDN_REMARKS = /\bNot on the SDN List\b|\bExecutive Order 1(3662|4024) Directive|\(CMIC\)/i;

/** Returns whether programmes or remarks say that a record is on the list beside the SDN list: both lists have one layout. */
export function isNotSdn(programs: string, remarks: string): boolean {
  return NOT_SDN_PROGRAMS.test(programs) || NOT_SDN_REMARKS.test(remarks);
}

/** Returns the list that a file is: a party of the SDN list may carry a programme of the other too, so that most records decide. */
export function listOfMost(notSdn: number, records: number): string {
  return notSdn * 2 > records ? OFAC_CONS : OFAC_SDN;
}
