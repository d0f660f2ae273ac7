import {
  type ApplicationInForce,
  type ApplicationQuestion,
  type DisputedQuestion,
  evaluateApplication,
  searchApplication,
} from "@tabard/control"
import type { DecisionPoint } from "./decision-point.ts"
import { othersTurn } from "./others-turn.ts"

/** How an application is asked by one enforcement point. */
export interface ApplicationAsked {
  /** Whether this point's questions are recorded, whatever the application says of it. */
  readonly recorded: boolean
  /** Raises the alarm where two judges differ. */
  readonly disputed: (about: Omit<DisputedQuestion, "by">, words: string) => Promise<void>
}

/** An application of the organisation's own, as any enforcement point that is registered for it may ask it. */
export function applicationPoint(
  name: string,
  { compiled, version, recorded }: ApplicationInForce,
  asked: ApplicationAsked,
): DecisionPoint {
  const alarm = async (question: ApplicationQuestion, dispute: string | undefined): Promise<void> => {
    if (dispute === undefined) return
    const { action, resource } = question
    const about = { application: name, action: action.name, resource: `${resource.type}/${resource.id}` }
    await asked.disputed(about, dispute)
  }
  return {
    name,
    recorded: recorded || asked.recorded,
    evaluate: async (question) => {
      const { permitted, dispute, ...answer } = evaluateApplication(compiled, question)
      await alarm(question, dispute)
      return { ...answer, effect: permitted ? "permit" : "deny", version }
    },
    search: async (sought, question, { from, limit, isWanted }) => {
      const page = { from, limit, isWanted: ({ obligations }: Answer) => isWanted(obligations) }
      const { found, next, dispute } = await searchApplication(compiled, sought, question, {
        ...page,
        between: othersTurn,
      })
      await alarm(question, dispute)
      const results = found.map(({ name: id, answer: { obligations } }) => ({
        entity: sought === "action" ? { name: id } : { type: question[sought].type, id },
        obligations,
      }))
      return { version, results, next }
    },
  }
}

type Answer = ReturnType<typeof evaluateApplication>
