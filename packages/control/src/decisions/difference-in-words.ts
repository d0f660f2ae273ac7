import { askWords, type DecidedLink, type DecisionRecord, type Effect } from "@tabard/core"
import type { CallEvaluation } from "./evaluate-call.ts"

/** An answer, as far as answers are told apart. */
export interface Answer {
  readonly effect: Effect
  readonly code: string
  readonly reasons: readonly string[]
  readonly asks: readonly { readonly policy: string; readonly route: string; readonly say: string }[]
  readonly links: readonly DecidedLink[]
  readonly missing: string
}

/** Answers a recorded decision as an answer; what was not kept of it is empty. */
export function recordedAnswer({ effect, code, reasons, grounds }: DecisionRecord): Answer {
  const { asks = [], links = [], missing = "" } = grounds ?? {}
  return { effect, code, reasons, asks, links, missing }
}

/** Answers an evaluation as an answer. */
export function evaluatedAnswer({
  effect,
  code,
  reasons,
  erred,
  asks,
  links,
  missing,
}: CallEvaluation): Answer {
  return { effect, code, reasons: [...reasons, ...erred], asks, links, missing }
}

const WOULD: Readonly<Record<Effect, string>> = {
  permit: "be permitted",
  ask: "be asked about",
  deny: "be denied",
}

/**
 * Says in words what would be otherwise, the answer itself first; one sentence says that nothing would. `nameOf` names whoever
 * stands in the chain.
 */
export function differenceInWords(
  before: Answer,
  after: Answer,
  nameOf: (id: string) => string = (id) => id,
): readonly string[] {
  const changed = [...linksChanged(before, after, nameOf), ...policiesChanged(before, after)]
  if (
    before.effect === after.effect &&
    changed.length === 0 &&
    before.code === after.code &&
    !askOthers(before, after)
  ) {
    return [`It would ${WOULD[after.effect]} all the same`]
  }
  return [answer(before, after), ...changed]
}

function answer(before: Answer, after: Answer): string {
  const would = `It would ${before.effect === after.effect ? "still " : ""}${WOULD[after.effect]}`
  const instead = before.effect === after.effect ? "" : " instead"
  switch (after.effect) {
    case "permit":
      return `${would}${instead}`
    case "ask": {
      const asked = askedOf(after).join("; ")
      return before.effect === "ask" ? `${would} (${asked})` : `It would ask instead (${asked})`
    }
    case "deny":
      return after.missing === "" ? `${would}${instead}` : `${would}${instead}: ${after.missing}`
  }
}

function askedOf({ asks }: Answer): readonly string[] {
  return [...new Set(asks.map(({ route, say }) => `${askWords(route)}: ${say}`))]
}

/** One policy may ask other people by the same id. */
function askOthers(before: Answer, after: Answer): boolean {
  return askedOf(before).toSorted().join("\n") !== askedOf(after).toSorted().join("\n")
}

/** Where all of the chain is told otherwise alike, the answer has said so. */
function linksChanged(before: Answer, after: Answer, nameOf: (id: string) => string): readonly string[] {
  const had = new Map(before.links.map(({ id, effect }) => [id, effect]))
  const changed = after.links.filter(({ id, effect }) => had.has(id) && had.get(id) !== effect)
  if (changed.length === after.links.length && changed.length > 1) return []
  return changed.map(
    ({ link, id, effect }) =>
      `${WORD[link] ?? link} “${nameOf(id)}” would answer ${effect}, not ${had.get(id)}`,
  )
}

const WORD: Readonly<Record<string, string>> = { user: "The person", task: "The task", agent: "The agent" }

function policiesChanged(before: Answer, after: Answer): readonly string[] {
  const fresh = after.reasons.filter((id) => !before.reasons.includes(id))
  const gone = before.reasons.filter((id) => !after.reasons.includes(id))
  return [
    ...(fresh.length > 0 ? [`It would rest on ${fresh.join(", ")}`] : []),
    ...(gone.length > 0 ? [`It would not rest on ${gone.join(", ")} any more`] : []),
  ]
}
