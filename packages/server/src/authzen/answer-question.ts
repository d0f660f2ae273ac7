import type { ApplicationQuestion, RecordedEvaluation } from "@tabard/control"
import { type JsonObject, newHandle } from "@tabard/core"
import { AccessRefused } from "./access-refused.ts"
import { type Answered, decisionJson, refusalJson } from "./decision-json.ts"
import type { DecisionPoint, Evaluated } from "./decision-point.ts"
import { supportedIn } from "./obligations.ts"
import { othersTurn } from "./others-turn.ts"
import { readEvaluations, type Semantic } from "./read-evaluations.ts"
import { readQuestion } from "./read-question.ts"

/** Records what was evaluated, and answers once it is kept. */
export type KeepEvaluations = (evaluations: readonly RecordedEvaluation[]) => Promise<void>

/**
 * Answers one question (§6).
 *
 * @throws {AccessRefused}
 */
export async function answerEvaluation(
  point: DecisionPoint,
  keep: KeepEvaluations,
  body: JsonObject,
): Promise<JsonObject> {
  const question = readQuestion(body)
  const evaluated = await point.evaluate(question)
  const answered = decisionJson(evaluated, supportedIn(question.context), newHandle())
  if (point.recorded) await keep([recordedOf(point, { question, evaluated, answered })])
  return answered.json
}

/**
 * Answers the questions of one request in their order, as far as the semantic asks for (§7); a request without any is one
 * question itself.
 *
 * @throws {AccessRefused}
 */
export async function answerEvaluations(
  point: DecisionPoint,
  keep: KeepEvaluations,
  body: JsonObject,
): Promise<JsonObject> {
  const asked = readEvaluations(body)
  if (!asked) return answerEvaluation(point, keep, body)
  const answers: Answered[] = []
  const recorded: RecordedEvaluation[] = []
  for (const question of asked.questions) {
    if (answers.length > 0) await othersTurn()
    const answered = await answerOne(point, recorded, question)
    answers.push(answered)
    if (endsIt(asked.semantic, answered)) break
  }
  if (point.recorded) await keep(recorded)
  return { evaluations: answers.map(({ json }) => json) }
}

async function answerOne(
  point: DecisionPoint,
  recorded: RecordedEvaluation[],
  question: ApplicationQuestion | AccessRefused,
): Promise<Answered> {
  if (question instanceof AccessRefused) return refusalJson(question, newHandle())
  try {
    const evaluated = await point.evaluate(question)
    const answered = decisionJson(evaluated, supportedIn(question.context), newHandle())
    recorded.push(recordedOf(point, { question, evaluated, answered }))
    return answered
  } catch (error) {
    if (error instanceof AccessRefused) return refusalJson(error, newHandle())
    throw error
  }
}

function endsIt(semantic: Semantic, { decision }: Answered): boolean {
  switch (semantic) {
    case "execute_all":
      return false
    case "deny_on_first_deny":
      return !decision
    case "permit_on_first_permit":
      return decision
  }
}

interface Told {
  readonly question: ApplicationQuestion
  readonly evaluated: Evaluated
  readonly answered: Answered
}

function recordedOf({ name }: DecisionPoint, { question, evaluated, answered }: Told): RecordedEvaluation {
  const { subject, action, resource } = question
  const { effect, code, policies, version } = evaluated
  return {
    evaluation: answered.evaluation,
    application: name,
    subject: { type: subject.type, id: subject.id },
    action: action.name,
    resource: { type: resource.type, id: resource.id },
    effect: effect === "permit" && !answered.decision ? "deny" : effect,
    code,
    policies,
    version,
  }
}
