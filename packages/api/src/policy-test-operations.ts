import { EFFECTS, type Effect } from "@tabard/core"
import { z } from "zod"
import { readers } from "./access-groups.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"

const DRAFTED = ["guard", "offered", "tier"] as const

/** A document that rules everybody as it would be: guard-rails, where the offered ones hold, tiers, or a set by its name. */
export type TestedDraft =
  | { readonly kind: (typeof DRAFTED)[number]; readonly text: string }
  | { readonly kind: "set"; readonly name: string; readonly text: string }

/** Which cases are asked, of what. */
export interface PolicyTestInput {
  /** Cases as somebody would keep them; those that are kept where nobody says. */
  readonly source?: string | undefined
  /** A document that would be in force; nothing is put. */
  readonly draft?: TestedDraft | undefined
}

const text = z.string().max(262_144)

const PolicyTestInput: z.ZodType<PolicyTestInput> = z.strictObject({
  source: text.optional(),
  draft: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.enum(DRAFTED), text }),
      z.strictObject({ kind: z.literal("set"), name: z.string().min(1).max(64), text }),
    ])
    .optional(),
})

/** What one case came to: it passed where nothing is complained of. */
export interface TestedCaseView {
  readonly name: string
  /** Where it stands in the document. */
  readonly line: number
  readonly agent: string
  /** As `server/tool`. */
  readonly tool: string
  readonly expects: Effect
  /** Null where it could not be asked. */
  readonly effect: Effect | null
  /** The answer, in words. */
  readonly answer: string
  /** The policies that brought the answer about. */
  readonly policies: readonly string[]
  /** In what the answer is not as it has to be. */
  readonly complaints: readonly string[]
}

/** What the cases came to, in their order. */
export interface PolicyTestView {
  /** The version of the cases that are kept; 0 where nobody keeps any. */
  readonly version: number
  readonly passed: number
  readonly failed: number
  readonly cases: readonly TestedCaseView[]
}

/** What the cases came to, in their order. */
export const PolicyTestView: z.ZodType<PolicyTestView> = z.object({
  version: z.number(),
  passed: z.number(),
  failed: z.number(),
  cases: z.array(
    z.object({
      name: z.string(),
      line: z.number(),
      agent: z.string(),
      tool: z.string(),
      expects: z.enum(EFFECTS),
      effect: z.enum(EFFECTS).nullable(),
      answer: z.string(),
      policies: z.array(z.string()),
      complaints: z.array(z.string()),
    }),
  ),
})

/** The cases that policies are held to. */
export interface PolicyTestOperations {
  readonly testPolicies: Operation<PolicyTestInput, PolicyTestView>
}

export const POLICY_TEST_OPERATIONS: PolicyTestOperations = {
  testPolicies: post(
    "/policy-test",
    readers,
    "Asks what is in force the cases that are kept with it, or a draft of them, and holds each answer to what it has to be; it has no effect",
    PolicyTestInput,
    PolicyTestView,
  ),
}
