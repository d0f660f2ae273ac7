import { ROLES, type Role } from "@tabard/core"
import { itemsOf, oneOf, type Reader, type Reading, words } from "../../register/cell-text.ts"
import { type ReadTable, readTable, type TableLine } from "../../register/read-table.ts"
import { isAddress } from "../is-address.ts"
import { type PeopleColumn, peopleColumnCalled } from "./people-columns.ts"

/** A line of a file of people, its cells not read yet. */
export type RawPersonLine = TableLine<PeopleColumn>

/** What one line says of a person, as far as it says anything. */
export interface SaidOfPerson {
  readonly email: string | undefined
  readonly name: string | undefined
  readonly role: Role | undefined
  /** The email of whom they answer to. */
  readonly manager: string | undefined
  /** All the teams that they belong to. */
  readonly teams: readonly string[] | undefined
  readonly problems: readonly string[]
}

/** The most teams of one person in a file. */
const MOST_TEAMS = 50

/** The longest name of a team. */
const LONGEST_TEAM = 100

/**
 * Reads a file of people.
 *
 * @throws {Problem} people_invalid
 */
export function readPeople(csv: string): ReadTable<PeopleColumn> {
  return readTable(csv, {
    what: "a file of people",
    code: "people_invalid",
    columnCalled: peopleColumnCalled,
    needs: ["email"],
  })
}

/** Reads what a line says; each cell that cannot be taken is a problem of its own. */
export function readPerson({ cells, problem }: RawPersonLine): SaidOfPerson {
  const problems = problem === undefined ? [] : [problem]
  const read = <Value>(column: PeopleColumn, reader: Reader<Value>): Value | undefined => {
    const cell = cells.get(column)
    if (cell === undefined) return undefined
    const reading = reader(cell)
    if ("value" in reading) return reading.value
    problems.push(`${column}: ${reading.problem}`)
    return undefined
  }
  if (!cells.has("email")) problems.push("email: it is empty")
  return {
    email: read("email", address),
    name: read("name", oneLine),
    role: read("role", oneOf(ROLES)),
    manager: read("manager", address),
    teams: read("teams", teamNames),
    problems,
  }
}

function address(cell: string): Reading<string> {
  return isAddress(cell) ? { value: cell } : { problem: `“${cell.slice(0, 40)}” is no email address` }
}

function oneLine(cell: string): Reading<string> {
  return words(200)(cell.replace(/\s+/g, " "))
}

function teamNames(cell: string): Reading<readonly string[]> {
  const names = itemsOf(cell)
  if (names.length > MOST_TEAMS) return { problem: `it names more than ${MOST_TEAMS} teams` }
  for (const name of names) {
    const reading = words(LONGEST_TEAM)(name)
    if ("problem" in reading) return reading
    if (name.includes("\t")) return { problem: "a team's name holds a tab" }
  }
  return { value: names }
}
