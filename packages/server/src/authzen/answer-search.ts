// Search: https://openid.net/specs/authorization-api-1_0.html §8

import type { Sought } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import { malformed } from "./access-refused.ts"
import type { DecisionPoint } from "./decision-point.ts"
import { canHonour, obligationsJson, supportedIn } from "./obligations.ts"
import { nextToken, readPage } from "./page-token.ts"
import { readQuestion } from "./read-question.ts"

/**
 * Answers a page of what is permitted. What whoever asks has said that it cannot enforce is left out, and nothing else.
 *
 * @throws {AccessRefused}
 */
export async function answerSearch(
  point: DecisionPoint,
  sought: Sought,
  body: JsonObject,
): Promise<JsonObject> {
  const page = readPage(body, sought)
  const question = readQuestion(body, sought)
  const supported = supportedIn(question.context)
  const isWanted = canHonour.bind(undefined, supported)
  const { from, limit } = page
  const { version, results, next } = await point.search(sought, question, { from, limit, isWanted })
  if (page.version !== null && page.version !== version)
    throw malformed("what is permitted has changed since this page token was given: begin anew without it")
  return {
    ...((page.named || next !== null) && {
      page: { next_token: nextToken(page, version, next), count: results.length },
    }),
    results: results.map(({ entity, obligations }) => ({
      ...entity,
      ...(obligations.length > 0 && { obligations: obligationsJson(obligations) }),
    })),
  }
}
