import { z } from "zod"

/** The most agents that one request acts on. */
export const MOST_ACTED_ON = 500

/** An act on agents, with what it needs besides them. */
export type ActInput =
  | { readonly kind: "suspend" | "resume" | "dismiss" | "retire"; readonly reason: string }
  | { readonly kind: "offer-ownership"; readonly to: string; readonly note?: string | undefined }
  | { readonly kind: "add-maintainer"; readonly user: string }
  /** A day, as `2026-11-21`; null takes back what people said. */
  | { readonly kind: "set-next-review"; readonly day: string | null }

/** What can be done to many agents at once. */
export type ActKind = ActInput["kind"]

/** One act, and the agents that it is for. */
export interface ActsInput {
  readonly act: ActInput
  readonly agents: readonly string[]
}

const id: z.ZodType<string> = z.string().max(80)
const reason: z.ZodType<string> = z.string().trim().min(1).max(1000)
const note: z.ZodType<string> = z.string().trim().min(1).max(1000)

/** The same act as it is asked about beforehand: nobody has to say why yet. */
export type ActWish =
  | { readonly kind: "suspend" | "resume" | "dismiss" | "retire"; readonly reason?: string | undefined }
  | Exclude<ActInput, { readonly reason: string }>

/** One act to be looked at, and the agents that it would be for. */
export interface ActsWish {
  readonly act: ActWish
  readonly agents: readonly string[]
}

const standing = z.enum(["suspend", "resume", "dismiss", "retire"])
const others = [
  z.strictObject({ kind: z.literal("offer-ownership"), to: id, note: note.optional() }),
  z.strictObject({ kind: z.literal("add-maintainer"), user: id }),
  z.strictObject({ kind: z.literal("set-next-review"), day: z.iso.date().nullable() }),
] as const
const agents: z.ZodType<readonly string[]> = z
  .array(id)
  .min(1)
  .max(MOST_ACTED_ON)
  .refine((ids) => new Set(ids).size === ids.length, "name each agent once")

export const ActsInput: z.ZodType<ActsInput> = z.strictObject({
  act: z.discriminatedUnion("kind", [z.strictObject({ kind: standing, reason }), ...others]),
  agents,
})

export const ActsWish: z.ZodType<ActsWish> = z.strictObject({
  act: z.discriminatedUnion("kind", [
    z.strictObject({ kind: standing, reason: reason.optional() }),
    ...others,
  ]),
  agents,
})
