import { type ApplicationInForce, evaluateApplication, searchApplication } from "@tabard/control"
import type { DecisionPoint } from "./decision-point.ts"
import { othersTurn } from "./others-turn.ts"

/** An application of the organisation's own, as any enforcement point that is registered for it may ask it. */
export function applicationPoint(
  name: string,
  { compiled, version, recorded }: ApplicationInForce,
  alsoRecorded: boolean,
): DecisionPoint {
  return {
    name,
    recorded: recorded || alsoRecorded,
    evaluate: async (question) => {
      const { permitted, ...answer } = evaluateApplication(compiled, question)
      return { ...answer, effect: permitted ? "permit" : "deny", version }
    },
    search: async (sought, question, { from, limit, isWanted }) => {
      const page = { from, limit, isWanted: ({ obligations }: Answer) => isWanted(obligations) }
      const { found, next } = await searchApplication(compiled, sought, question, {
        ...page,
        between: othersTurn,
      })
      const results = found.map(({ name: id, answer: { obligations } }) => ({
        entity: sought === "action" ? { name: id } : { type: question[sought].type, id },
        obligations,
      }))
      return { version, results, next }
    },
  }
}

type Answer = ReturnType<typeof evaluateApplication>
