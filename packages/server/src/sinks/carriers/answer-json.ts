import type { z } from "zod"
import type { Answered } from "../../http/send-request.ts"

/** Answers what an answer says where all of it was read and it says it as expected; undefined otherwise. */
export function answerJson<Said>(
  answer: Extract<Answered, { kind: "answered" }>,
  schema: z.ZodType<Said>,
): Said | undefined {
  if (!answer.whole) return undefined
  try {
    const said: unknown = JSON.parse(answer.body)
    return schema.safeParse(said).data
  } catch {
    return undefined
  }
}
