import type { Effect, Id, JsonObject } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvents } from "../audit/event/record-event.ts"
import type { Transact } from "../transaction.ts"

/** One evaluation as it is recorded: who asked what about whom, and what was answered. */
export interface RecordedEvaluation {
  readonly evaluation: string
  readonly application: string
  readonly subject: { readonly type: string; readonly id: string }
  readonly action: string
  readonly resource: { readonly type: string; readonly id: string }
  readonly effect: Effect
  readonly code: string
  readonly policies: readonly string[]
  readonly version: number
}

/** What recording needs. */
export interface RecordEvaluationDeps extends RecordContext {
  readonly transact: Transact<"outbox">
}

/** The most characters that are kept of a word that a caller chose. */
const KEPT = 512

/** Records evaluations before they are answered: none is told that the record does not hold. */
export async function recordEvaluations(
  deps: RecordEvaluationDeps,
  point: { readonly id: Id<"enforcementPoint"> },
  evaluations: readonly RecordedEvaluation[],
): Promise<void> {
  if (evaluations.length === 0) return
  await deps.transact(({ outbox }) =>
    recordEvents(
      deps,
      outbox,
      evaluations.map((one) => ({
        type: "access.evaluated" as const,
        actor: { kind: "system", id: point.id },
        data: dataOf(one),
      })),
    ),
  )
}

function dataOf({ subject, action, resource, ...told }: RecordedEvaluation): JsonObject {
  return {
    ...told,
    subject: named(subject),
    action: action.slice(0, KEPT),
    resource: named(resource),
  }
}

function named({ type, id }: { readonly type: string; readonly id: string }): JsonObject {
  return { type: type.slice(0, KEPT), id: id.slice(0, KEPT) }
}
