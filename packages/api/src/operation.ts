import type { Role } from "@tabard/core"
import type { z } from "zod"

/** Who may call: anybody, anybody signed in, or people of these roles. An agent's owner is checked by the use case. */
export type Access = "public" | "signed-in" | readonly Role[]

/**
 * One thing the API can be asked. Its input is flat: members named in the path go there, the rest is the query of a
 * GET or the JSON body of anything else. Unknown members are refused.
 */
export interface Operation<Input, Answer> {
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  /** Below `/api/v1`, with `:name` for members of the input. */
  readonly path: string
  readonly summary: string
  readonly access: Access
  readonly input: z.ZodType<Input>
  readonly answer: z.ZodType<Answer>
  /** The largest body that is read, in bytes, where it is not the usual one. */
  readonly maxBody?: number
}

/** What an operation is asked with. */
export type InputOf<O> = O extends Operation<infer Input, infer _> ? Input : never

/** What an operation answers. */
export type AnswerOf<O> = O extends Operation<infer _, infer Answer> ? Answer : never
