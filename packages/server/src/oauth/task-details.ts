/** Rich authorization requests: https://www.rfc-editor.org/rfc/rfc9396 */
import { type Id, isId, parseLossless } from "@tabard/core"
import { z } from "zod"

/** The one type of authorization details there is: the task to act under. */
export const TASK_DETAIL = "tabard_task"

const TaskDetails = z.tuple([
  z.strictObject({
    type: z.literal(TASK_DETAIL),
    task: z.custom<Id<"task">>((id) => isId("task", id)),
  }),
])

/** Authorization details that do not name exactly one task. */
export class MalformedTaskDetails extends Error {
  override readonly name = "MalformedTaskDetails"
}

/**
 * Reads which task a token is asked for. It looks at the spelling alone; whether there is such a task, and whose, is
 * judged where the token is issued.
 *
 * @throws {MalformedTaskDetails}
 */
export function parseTaskDetails(text: unknown): Id<"task"> {
  try {
    return TaskDetails.parse(parseLossless(z.string().parse(text)))[0].task
  } catch (error) {
    const expected = `[{"type":"${TASK_DETAIL}","task":"tsk_..."}]`
    throw new MalformedTaskDetails(`authorization_details has to be ${expected}`, { cause: error })
  }
}
