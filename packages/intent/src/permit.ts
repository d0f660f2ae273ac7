import { actionId, DOORS, type PinnedTool, quote } from "@tabard/policy"
import type { Condition } from "./bounds/condition.ts"

/** Who may, on which tool, and within what. */
export interface Permit {
  /** Cedar's name of the principal. */
  readonly principal: string
  readonly tool: PinnedTool
  readonly limits: readonly Condition[]
  /** What must hold besides, in Cedar: a task, an end. */
  readonly conditions: readonly string[]
  /** What that means, to stand behind the limits: "within a task", "until …". */
  readonly until: string
}

/** Writes a permit for one tool. Its @say completes "the task allows …", which is what a refused agent is told. */
export function permitTool({ principal, tool, limits, conditions, until }: Permit): string {
  const say = permitWords(tool.name, limits, until)
  return `@say(${quote(say)})
permit (principal == ${principal}, action == Tabard::Action::${quote(actionId(tool))}, resource)${when([...conditions, ...limits.map(({ cedar }) => cedar)])};`
}

/** Says what a permit means. */
export function permitWords(tool: string, limits: readonly Condition[], until: string): string {
  const bounds = limits.map(({ words }) => words).join(" and ")
  return [bounds ? `${tool} only ${bounds}` : tool, until].filter(Boolean).join(", ")
}

/** Writes the permit for the doors before a tool: to list tools, and to be given a token. */
export function permitDoors(principal: string, conditions: readonly string[]): string {
  const doors = DOORS.map((door) => `Tabard::Action::${quote(door)}`).join(", ")
  return `permit (principal == ${principal}, action in [${doors}], resource)${when(conditions)};`
}

/** Numbers an owner's policies. */
export function numbered(owner: string, texts: readonly string[]): { id: string; text: string }[] {
  return texts.map((text, index) => ({ id: `${owner}/${index + 1}`, text }))
}

function when(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `\nwhen { ${conditions.join("\n  && ")} }`
}
