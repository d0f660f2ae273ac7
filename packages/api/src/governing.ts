import { ACCESS_GOVERNING } from "./governing/access-governing.ts"
import { AGENT_GOVERNING } from "./governing/agent-governing.ts"
import type { Governed, GovernedName, GovernedTable } from "./governing/governed.ts"
import { HOUSE_GOVERNING } from "./governing/house-governing.ts"

/**
 * What each operation changes of what constrains agents, or why it changes nothing of it. An operation that reads changes
 * nothing; one that writes and does not stand here counts as one that changes everybody's.
 */
export const GOVERNING: GovernedTable = { ...ACCESS_GOVERNING, ...AGENT_GOVERNING, ...HOUSE_GOVERNING }

const EVERYBODYS: Governed = { everybodys: "what is not known to change less" }

/** Answers what an operation that is asked so changes, as names in what was sent; `everybodys` is the organisation itself. */
export function governedBy(operation: string, input: unknown): readonly GovernedName[] | "everybodys" {
  const governed = Object.entries(GOVERNING).find(([name]) => name === operation)?.[1] ?? EVERYBODYS
  if ("nothing" in governed) return []
  if (governed.when && !governed.when(input)) return []
  if ("everybodys" in governed) return "everybodys"
  return Object.entries(governed.names).flatMap(([member, kind]) =>
    namesIn(input, member).map((id) => ({ kind, id })),
  )
}

/** What an operation puts in force is kept elsewhere: in this repository, where one is said. */
export interface KeptElsewhere {
  readonly repository: string | undefined
}

/** Answers where what an operation puts in force is kept; undefined of one that puts in force nothing that others keep. */
export function keptElsewhere(operation: string, input: unknown): KeptElsewhere | undefined {
  const governed = Object.entries(GOVERNING).find(([name]) => name === operation)?.[1]
  if (!governed || "nothing" in governed || governed.keptElsewhere !== true) return undefined
  const [repository] = namesIn(input, "repository")
  return { repository }
}

/** One id or several, as the member holds them; `caller` is whoever asks. */
function namesIn(input: unknown, name: string): readonly string[] {
  if (name === "caller") return [name]
  const value: unknown = typeof input === "object" && input !== null ? Reflect.get(input, name) : undefined
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.flatMap((one) => (typeof one === "string" ? [one] : agentOf(one)))
}

/** What is sent for an agent names it as its `agent`. */
function agentOf(sent: unknown): readonly string[] {
  const agent: unknown = typeof sent === "object" && sent !== null ? Reflect.get(sent, "agent") : undefined
  return typeof agent === "string" ? [agent] : []
}
