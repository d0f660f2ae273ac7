/** The columns of a register, in the order in which they are written. */
export const COLUMNS = [
  "id",
  "name",
  "owner",
  "purpose",
  "category",
  "environment",
  "data classes",
  "systems",
  "last review",
  "next review",
  "asked",
  "state",
  "risk",
  "last seen",
] as const

/** One column of a register. */
export type Column = (typeof COLUMNS)[number]

/** What else people call a column; spaces, case and punctuation say nothing. */
const ALSO: Readonly<Record<string, Column>> = {
  agent: "name",
  agentid: "id",
  agentname: "name",
  dataclass: "data classes",
  env: "environment",
  lastreviewed: "last review",
  owneremail: "owner",
  system: "systems",
}

const BY_SPELLING: ReadonlyMap<string, Column> = new Map([
  ...COLUMNS.map((column) => [spelling(column), column] as const),
  ...Object.entries(ALSO),
])

/** Answers the column that a header names, however it is spelt. */
export function columnCalled(header: string): Column | undefined {
  return BY_SPELLING.get(spelling(header))
}

function spelling(header: string): string {
  return header.toLowerCase().replace(/[^a-z]/g, "")
}
