// Several questions in one request: https://openid.net/specs/authorization-api-1_0.html §7

import type { ApplicationQuestion } from "@tabard/control"
import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { AccessRefused, malformed } from "./access-refused.ts"
import { readQuestion } from "./read-question.ts"

/** When the rest of the questions is left unanswered (§7.1.2.1). */
export type Semantic = "execute_all" | "deny_on_first_deny" | "permit_on_first_permit"

const SEMANTICS: readonly Semantic[] = ["execute_all", "deny_on_first_deny", "permit_on_first_permit"]

/** The most questions of one request. */
export const MOST_EVALUATIONS = 500

/** The questions of one request, each as it can be asked, or why it cannot. */
export interface AskedEvaluations {
  readonly semantic: Semantic
  readonly questions: readonly (ApplicationQuestion | AccessRefused)[]
}

/**
 * Reads the questions of a request, with what each leaves out taken whole from the top (§7.1.1); undefined where there
 * are none, and the request is one question itself.
 *
 * @throws {AccessRefused} 400
 */
export function readEvaluations(body: JsonObject): AskedEvaluations | undefined {
  const { evaluations, ...top } = body
  if (evaluations === undefined || evaluations === null) return undefined
  if (!isList(evaluations)) throw malformed("evaluations has to be a list")
  if (evaluations.length === 0) return undefined
  if (evaluations.length > MOST_EVALUATIONS)
    throw malformed(`ask at most ${MOST_EVALUATIONS} questions at once: send the rest after it`)
  const semantic = semanticIn(top["options"])
  return { semantic, questions: evaluations.map((one) => questionOf(top, one)) }
}

function semanticIn(options: Json | undefined): Semantic {
  if (options === undefined || options === null) return "execute_all"
  if (!isJsonObject(options)) throw malformed("options has to be an object")
  const { evaluations_semantic: wanted = "execute_all" } = options
  const semantic = SEMANTICS.find((known) => known === wanted)
  if (!semantic) throw malformed(`options.evaluations_semantic is one of ${SEMANTICS.join(", ")}`)
  return semantic
}

/** What is wrong with one question is told in its place, and the others are answered all the same. */
function questionOf(top: JsonObject, one: Json): ApplicationQuestion | AccessRefused {
  try {
    if (!isJsonObject(one)) throw malformed("each of the evaluations has to be an object")
    return readQuestion({ ...top, ...withoutNulls(one) })
  } catch (error) {
    if (error instanceof AccessRefused) return error
    throw error
  }
}

/** What is null is absent (§11.5): then the top says it. */
function withoutNulls(one: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(one).filter(([, value]) => value !== null))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
