import { canonicalText } from "@tabard/core"
import type { CallFacts } from "../decisions/question.ts"
import type { Transaction } from "../transaction.ts"
import { type RoutePeople, shortOfPeople } from "./people-asked.ts"

/** Why people are not asked, for programs and in words. */
export interface NotAsked {
  readonly code: "nobody_to_ask" | "too_many_questions" | "too_large_to_ask"
  readonly words: string
}

/** As many questions of one agent as a person can be expected to keep apart. */
export const MOST_PENDING = 20

/** As much as a person can be expected to read before saying yes. */
const MOST_CHARACTERS = 64 * 1024

/** Answers why nobody may be asked about an attempt, or undefined where they may. */
export async function whyNotAsk(
  { approvals }: Pick<Transaction, "approvals">,
  call: CallFacts,
  { hash, asked }: { hash: string; asked: readonly RoutePeople[] },
): Promise<NotAsked | undefined> {
  const alone = shortOfPeople(asked)
  if (alone !== undefined) return { code: "nobody_to_ask", words: alone }
  if (canonicalText(call.arguments).length > MOST_CHARACTERS) {
    const words = `a person would have to read more than ${MOST_CHARACTERS} characters to agree: ask in smaller parts`
    return { code: "too_large_to_ask", words }
  }
  const agent = call.principal.agent.id
  const pending = await approvals.list({ state: "pending", agent, limit: MOST_PENDING })
  if (pending.length < MOST_PENDING || pending.some(({ actionHash }) => actionHash === hash)) return undefined
  const words = `${MOST_PENDING} questions of this agent wait for people already: wait until some are answered`
  return { code: "too_many_questions", words }
}
