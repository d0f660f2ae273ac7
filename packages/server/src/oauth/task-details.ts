/** Rich authorization requests: https://www.rfc-editor.org/rfc/rfc9396 */
import { type Id, isId, isLosslessNumber, parseLossless } from "@tabard/core"
import { z } from "zod"

/** The type of authorization details that names the task to act under. */
export const TASK_DETAIL = "tabard_task"

/** The type of authorization details that bounds a token further: its calls, and who may exchange it. */
export const BOUNDS_DETAIL = "tabard_bounds"

/** Every type of authorization details there is. */
export const DETAIL_TYPES: readonly string[] = [TASK_DETAIL, BOUNDS_DETAIL]

/** What a request for a token says in its authorization details; null is what it does not name. */
export interface AskedDetails {
  readonly task: Id<"task"> | null
  readonly calls: number | null
  readonly mayAct: Id<"agent"> | null
}

/** What is asked for where there are no details. */
export const NO_DETAILS: AskedDetails = { task: null, calls: null, mayAct: null }

/** More calls than a token of an hour could be used for. */
const MOST_CALLS = 1_000_000

const Calls = z
  .custom<{ readonly value: string }>(isLosslessNumber)
  .transform(({ value }) => Number(value))
  .pipe(z.number().int().min(1).max(MOST_CALLS))

const TaskDetail = z.strictObject({
  type: z.literal(TASK_DETAIL),
  task: z.custom<Id<"task">>((id) => isId("task", id)),
})
const BoundsDetail = z.strictObject({
  type: z.literal(BOUNDS_DETAIL),
  calls: Calls.optional(),
  may_act: z.custom<Id<"agent">>((id) => isId("agent", id)).optional(),
})
const Details = z
  .array(z.discriminatedUnion("type", [TaskDetail, BoundsDetail]))
  .min(1)
  .refine((details) => new Set(details.map(({ type }) => type)).size === details.length)

/** Authorization details that are not spelt as ours are, or that name one thing twice. */
export class MalformedTaskDetails extends Error {
  override readonly name = "MalformedTaskDetails"
}

/**
 * Reads which task a token is asked for, and how it is to be bounded. It looks at the spelling alone; whether there is
 * such a task, and whose, is judged where the token is issued.
 *
 * @throws {MalformedTaskDetails}
 */
export function parseTaskDetails(text: unknown): AskedDetails {
  try {
    const details = Details.parse(parseLossless(z.string().parse(text)))
    const task = details.find((detail) => detail.type === TASK_DETAIL)
    const bounds = details.find((detail) => detail.type === BOUNDS_DETAIL)
    return {
      task: task?.task ?? null,
      calls: bounds?.calls ?? null,
      mayAct: bounds?.may_act ?? null,
    }
  } catch (error) {
    const expected = `[{"type":"${TASK_DETAIL}","task":"tsk_..."},{"type":"${BOUNDS_DETAIL}","calls":10}]`
    throw new MalformedTaskDetails(`authorization_details has to be like ${expected}`, { cause: error })
  }
}
