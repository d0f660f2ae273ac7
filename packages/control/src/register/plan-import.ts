import type { Agent, AgentState, User } from "@tabard/core"
import { type DescriptionChange, differences } from "../registry/description.ts"
import { whyNotEligible } from "../registry/require-person.ts"
import { cellText } from "./cell-text.ts"
import { entryCells } from "./entry-cells.ts"
import { shieldFormula } from "./formula.ts"
import { type KnownEntry, type KnownRegister, nameKey } from "./known-register.ts"
import { isOf, matchOf } from "./match-line.ts"
import { type Cells, readDescription } from "./read-cells.ts"
import type { RegisterLine } from "./read-register.ts"

/** What an import does with one line. */
export type PlannedLine = {
  readonly line: number
  readonly name: string
  readonly says: readonly string[]
} & (
  | {
      readonly does: "enter"
      readonly description: DescriptionChange & { readonly name: string }
      readonly owner: User | undefined
    }
  | {
      readonly does: "change"
      readonly agent: Agent
      readonly change: DescriptionChange
      /** Who is to own it instead. */
      readonly owner: User | undefined
    }
  | { readonly does: "nothing"; readonly agent: Agent }
  | { readonly does: "refused"; readonly agent: Agent | undefined }
)

const GONE: readonly AgentState[] = ["dismissed", "retired"]
const NOT_OFFERED: readonly AgentState[] = [...GONE, "retiring"]

/** Says what an import would do with each line of a register, and what is wrong with it. Pure. */
export function planImport(lines: readonly RegisterLine[], known: KnownRegister): readonly PlannedLine[] {
  const people = new Map([...known.people.values()].map((user) => [nameKey(user.email), user]))
  const planned = lines.map((line) => ({ line, plan: planLine(line, known, people) }))
  const named = new Map<string, number>()
  const entered = Map.groupBy(
    planned.filter(({ plan }) => plan.does === "enter"),
    ({ plan }) => nameKey(plan.name),
  )
  return planned.map(({ line, plan }) => {
    const about = subjectOf(plan, line)
    const before = named.get(about)
    named.set(about, before ?? line.line)
    if (plan.does === "refused") return plan
    if (before !== undefined) return refuse(line, undefined, [`line ${before} is about the same agent`])
    const alike = plan.does === "enter" && !plan.owner && (entered.get(nameKey(plan.name)) ?? []).length > 1
    return alike ? refuse(line, undefined, [ALIKE]) : plan
  })
}

/** Read back, a line without an owner would be about any of them. */
const ALIKE = "other lines enter agents of this name: name the owner of each, or give each a name of its own"

function planLine(line: RegisterLine, known: KnownRegister, people: ReadonlyMap<string, User>): PlannedLine {
  const match = matchOf(line, known, people.get(nameKey(line.cells.get("owner") ?? "")))
  if ("problem" in match) return refuse(line, undefined, [...problemsOf(line), match.problem])
  const entry = "entry" in match ? match.entry : undefined
  const cells = entry ? whatDiffers(line.cells, entry, known) : line.cells

  const { owner, problems: unfit } = ownerIn(cells, people)
  const said = readDescription(cells)
  const problems = [...problemsOf(line), ...said.problems, ...unfit]
  if (problems.length > 0) return refuse(line, entry?.agent, problems)
  return entry ? changeOf(line, entry, { change: said.change, owner }) : entryOf(line, said.change, owner)
}

function ownerIn(
  cells: Cells,
  people: ReadonlyMap<string, User>,
): { readonly owner: User | undefined; readonly problems: readonly string[] } {
  const email = cells.get("owner")
  if (email === undefined) return { owner: undefined, problems: [] }
  const owner = people.get(nameKey(email))
  const unfit = whyNotEligible(owner, email)
  return { owner, problems: unfit === undefined ? [] : [`owner: ${unfit}`] }
}

function problemsOf({ problem }: RegisterLine): readonly string[] {
  return problem === undefined ? [] : [problem]
}

/** What stands in a cell as it was exported says nothing new, whatever it is, and is not judged. */
function whatDiffers(cells: Cells, entry: KnownEntry, { people }: KnownRegister): Cells {
  const shown = entryCells(entry, people)
  return new Map([...cells].filter(([column, cell]) => cell !== cellText(shieldFormula(shown[column] ?? ""))))
}

function entryOf(line: RegisterLine, change: DescriptionChange, owner: User | undefined): PlannedLine {
  const name = line.cells.get("name") ?? ""
  const says = ["enters a new agent", ...(owner ? [`asks ${owner.name} to own it`] : [])]
  return { line: line.line, name, does: "enter", says, description: { ...change, name }, owner }
}

function changeOf(
  line: RegisterLine,
  entry: KnownEntry,
  said: { readonly change: DescriptionChange; readonly owner: User | undefined },
): PlannedLine {
  const { agent, name } = entry
  const { purpose, ...rest } = said.change
  const differing = differences(entry.facts, agent.mandate ? rest : said.change)
  const owner = said.owner && !isOf(entry, said.owner) ? said.owner : undefined
  const problems = whyNot(agent, { purpose, differs: differing.length > 0, owner })
  if (problems.length > 0) return refuse(line, agent, problems)
  if (differing.length === 0 && !owner) return { line: line.line, name, does: "nothing", says: [], agent }
  const says = [
    ...differing.map(([fact]) => `changes ${WORDS[fact] ?? fact}`),
    ...(owner ? [`asks ${owner.name} to own it`] : []),
  ]
  return { line: line.line, name, does: "change", says, agent, change: Object.fromEntries(differing), owner }
}

function whyNot(
  { state, mandate }: Agent,
  { purpose, differs, owner }: { purpose: unknown; differs: boolean; owner: User | undefined },
): readonly string[] {
  const reworded = mandate !== null && typeof purpose === "string" && purpose !== mandate.purpose
  return [
    ...(reworded ? ["purpose: it is part of the agent's mandate, which its owner accepted"] : []),
    ...(differs && GONE.includes(state) ? [`the agent is ${state}: nothing changes it`] : []),
    ...(owner && NOT_OFFERED.includes(state) ? [`the agent is ${state}: nobody can take it over`] : []),
  ]
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  dataClasses: "the data classes",
  systems: "the systems",
  lastReview: "the last review",
  nextReview: "the next review",
}

function subjectOf(planned: PlannedLine, { cells }: RegisterLine): string {
  if ("agent" in planned && planned.agent) return planned.agent.id
  return JSON.stringify([nameKey(cells.get("name") ?? ""), nameKey(cells.get("owner") ?? "")])
}

function refuse(
  { line, cells }: RegisterLine,
  agent: Agent | undefined,
  says: readonly string[],
): PlannedLine {
  return { line, name: (cells.get("name") ?? "").slice(0, 200), does: "refused", says, agent }
}
