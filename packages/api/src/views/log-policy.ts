import { z } from "zod"

/** The trust policy of an organisation's log. */
export interface LogPolicyView {
  /** As it was put: who witnesses, and how many it takes; null where nobody has settled it. */
  readonly text: string | null
  /** The whole policy (C2SP tlog-policy) with the newest log in it, to be handed to whoever verifies. */
  readonly policy: string
  readonly putBy: { readonly id: string; readonly name: string } | null
  readonly putAt: string | null
}

export const LogPolicyView: z.ZodType<LogPolicyView> = z.object({
  text: z.string().nullable(),
  policy: z.string(),
  putBy: z.object({ id: z.string(), name: z.string() }).nullable(),
  putAt: z.string().nullable(),
})

/** What troubled a witness when it was asked last. */
export const WITNESS_TROUBLES = ["unavailable", "unknown-log", "ahead", "split-view"] as const

/** One witness of the newest log. */
export interface WitnessView {
  /** As the policy names it. */
  readonly name: string
  readonly url: string
  readonly verifierKey: string
  /** The size at which it has seen the log, and as of when it cosigned last. */
  readonly size: number
  readonly cosignedAt: string | null
  readonly trouble: { readonly kind: (typeof WITNESS_TROUBLES)[number]; readonly said: string } | null
  /** When it is asked again; null where it is not, until the policy is put anew. */
  readonly due: string | null
}

/** What witnesses say for the newest log. */
export interface WitnessingView {
  /** Green while a quorum has seen the log within the hour; null where none is asked for. */
  readonly evidence: "green" | "red" | null
  /** Why, in a sentence. */
  readonly evidenceSaid: string
  /** The newest checkpoint that a quorum has seen, and the latest time as of which it has. */
  readonly quorum: { readonly size: number; readonly at: string } | null
  readonly witnesses: readonly WitnessView[]
}

/** The members of WitnessingView, for the view that holds them among others. */
export const WITNESSING: { readonly [Name in keyof WitnessingView]: z.ZodType<WitnessingView[Name]> } = {
  evidence: z.enum(["green", "red"]).nullable(),
  evidenceSaid: z.string(),
  quorum: z.object({ size: z.number(), at: z.string() }).nullable(),
  witnesses: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      verifierKey: z.string(),
      size: z.number(),
      cosignedAt: z.string().nullable(),
      trouble: z.object({ kind: z.enum(WITNESS_TROUBLES), said: z.string() }).nullable(),
      due: z.string().nullable(),
    }),
  ),
}
