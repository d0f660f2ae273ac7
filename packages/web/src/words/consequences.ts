import type { AgentDetail } from "@tabard/api"
import { count, listed } from "./count.ts"

/** What an act on an agent takes with it. */
export interface Attached {
  readonly tokens: number
  readonly keys: number
  readonly tasks: number
  readonly questions: number
}

/** Counts what hangs on an agent at this moment; `questions` are those of it that still wait. */
export function attachedTo(agent: AgentDetail, questions: number): Attached {
  return {
    tokens: agent.tokens.length,
    keys: agent.instances.filter((instance) => instance.revokedAt === null).length,
    tasks: agent.tasks.filter((task) => task.open).length,
    questions,
  }
}

/** Says what suspending will do, e.g. “Suspend Claude Code, end 2 tokens and withdraw 1 question”. */
export function suspension(name: string, attached: Attached): string {
  return listed([`Suspend ${name}`, ...some(attached.tokens, "end", "token"), ...withdrawn(attached)])
}

/** Says what quarantining will do: what suspending does, until somebody has looked. */
export function quarantine(name: string, attached: Attached): string {
  return listed([`Quarantine ${name}`, ...some(attached.tokens, "end", "token"), ...withdrawn(attached)])
}

/** Says what retiring will do, to everything that the agent holds. */
export function retirement(name: string, attached: Attached): string {
  return listed([
    `Retire ${name} for ever`,
    ...some(attached.tokens, "end", "token"),
    ...some(attached.keys, "revoke", "key"),
    ...some(attached.tasks, "close", "task"),
    ...withdrawn(attached),
  ])
}

/** Says what revoking one install does, e.g. “Revoke Ann's laptop and end 2 tokens”. */
export function instanceRevocation(name: string, tokens: number): string {
  return listed([`Revoke ${name}`, ...some(tokens, "end", "token")])
}

/** Says what revoking one token does, e.g. “End this token and the 2 that came from it”. */
export function tokenRevocation(below: number): string {
  if (below === 0) return "End this token"
  return `End this token and the ${below === 1 ? "one" : below} that came from it`
}

function withdrawn(attached: Attached): readonly string[] {
  return some(attached.questions, "withdraw", "question")
}

function some(many: number, verb: string, noun: string): readonly string[] {
  return many > 0 ? [`${verb} ${count(many, noun)}`] : []
}
