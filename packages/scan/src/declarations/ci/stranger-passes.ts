import { declarationKnowledge } from "../declaration-knowledge.ts"
import { WORKFLOW_GUARDS } from "../workflow-settings.ts"
import type { Condition } from "./condition.ts"

/** Something that stands between a stranger and a run. */
export type Guard = (typeof WORKFLOW_GUARDS)[keyof typeof WORKFLOW_GUARDS]

/** Whether a stranger passes, and what was in the way. */
export interface Passage {
  readonly passes: boolean
  readonly guards: readonly Guard[]
}

/** What a condition is judged for. */
export interface Visit {
  readonly event: string
  /** Answers whether a job or step of this id checks who started the run. */
  readonly isCheck: (id: string) => boolean
}

/** Answers whether a stranger who caused `visit.event` could make the condition true; what is not understood lets pass. */
export function strangerPasses(condition: Condition, visit: Visit): Passage {
  switch (condition.kind) {
    case "term":
      return judgeTerm(condition.text, visit)
    case "not":
      return negated(condition.part)
    case "all":
      return all(condition.parts.map((part) => strangerPasses(part, visit)))
    case "any":
      return any(condition.parts.map((part) => strangerPasses(part, visit)))
  }
}

/** Answers the way through several gates, one behind another. */
export function all(passages: readonly Passage[]): Passage {
  return { passes: passages.every(({ passes }) => passes), guards: guardsOf(passages) }
}

function any(passages: readonly Passage[]): Passage {
  return { passes: passages.some(({ passes }) => passes), guards: guardsOf(passages) }
}

function guardsOf(passages: readonly Passage[]): readonly Guard[] {
  return [...new Set(passages.flatMap(({ guards }) => guards))]
}

const OPEN: Passage = { passes: true, guards: [] }
const SHUT: Passage = { passes: false, guards: [] }

/** Of what is denied only `!…head.repo.fork` keeps anybody out. */
function negated(part: Condition): Passage {
  const text = part.kind === "term" ? part.text : ""
  return text.endsWith("head.repo.fork") ? behind(WORKFLOW_GUARDS.ownBranch) : OPEN
}

function behind(guard: Guard): Passage {
  return { passes: false, guards: [guard] }
}

function judgeTerm(text: string, visit: Visit): Passage {
  if (/^false$/i.test(text)) return SHUT
  if (/github\.event_name/.test(text)) return judgeEvent(text, visit.event)
  if (text.includes("!=") && !/fork\s*!=\s*true/.test(text)) return OPEN
  const guard = TERMS.find(({ says }) => says(text))?.guard
  if (guard) return behind(guard)
  return comesFromCheck(text, visit) ? behind(WORKFLOW_GUARDS.check) : OPEN
}

function judgeEvent(text: string, event: string): Passage {
  const named = [...text.matchAll(/["']([a-z_]+)["']/g)].map(([, name]) => name)
  const among = named.includes(event)
  return among === text.includes("!=") ? SHUT : OPEN
}

interface GuardTerm {
  readonly guard: Guard
  readonly says: (text: string) => boolean
}

/** Somebody is named, here or in a variable that people with rights keep. */
const NAMES_SOMEBODY = /'[^']+'|fromjson|vars\.|secrets\.|env\.|repository_owner/i
const PERSON = /github\.(?:triggering_)?actor\b|(?:user|sender|author)\.login|sender\.id|actor_id/
const NOBODY_TRUSTED = /'(?:NONE|FIRST_TIMER|FIRST_TIME_CONTRIBUTOR|MANNEQUIN)'/

const TERMS: readonly GuardTerm[] = [
  {
    guard: WORKFLOW_GUARDS.association,
    says: (text) => text.includes("author_association") && !NOBODY_TRUSTED.test(text),
  },
  {
    guard: WORKFLOW_GUARDS.ownBranch,
    says: (text) =>
      /head(?:\.repo|_repository)\.(?:full_name|owner\.login|id)\s*==|==\s*github\.event\.\S*head\.repo\.full_name/.test(
        text,
      ) || /head\.repo\.fork\s*(?:==\s*false|!=\s*true)/.test(text),
  },
  {
    guard: WORKFLOW_GUARDS.ownBranch,
    says: (text) => /workflow_run\.event\s*==\s*'(?:push|schedule|workflow_dispatch)'/.test(text),
  },
  { guard: WORKFLOW_GUARDS.merged, says: (text) => /pull_request\.merged(?:\s*==\s*true)?$/.test(text) },
  {
    guard: WORKFLOW_GUARDS.chosen,
    says: (text) =>
      /event\.label\.name|labels\.\*\.name|\.assignee(?:\.login|s)?/.test(text) || isChosenAction(text),
  },
  { guard: WORKFLOW_GUARDS.actor, says: (text) => PERSON.test(text) && NAMES_SOMEBODY.test(text) },
]

function isChosenAction(text: string): boolean {
  const action = /github\.event\.action\s*==\s*'(\w+)'/.exec(text)?.[1]
  return action !== undefined && declarationKnowledge().events.trustedTypes.includes(action)
}

function comesFromCheck(text: string, { isCheck }: Visit): boolean {
  const [, id] = /(?:needs|steps)\.([\w-]+)\./.exec(text) ?? []
  return id !== undefined && isCheck(id)
}
