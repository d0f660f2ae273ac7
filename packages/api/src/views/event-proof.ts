import { z } from "zod"

/** What proves that an event stands in the log, for whoever checks it with software of their own. */
export interface EventProofView {
  /** The log that it is in. */
  readonly origin: string
  /** Its index in that log; null while it waits for its place. */
  readonly index: number | null
  /** Whether a signed checkpoint covers it. */
  readonly published: boolean
  /** The exact bytes that are logged, base64. */
  readonly entry: string
  /** The proof as C2SP tlog-proof spells it, with the checkpoint that it leads to; null until one covers the event. */
  readonly proof: string | null
  /** That checkpoint, verbatim. */
  readonly checkpoint: string | null
  /** The verifier key (C2SP signed-note): trust a copy that was kept elsewhere, and compare it with this one. */
  readonly verifierKey: string
  /** Who besides the log says in the checkpoint to have seen it, and when. */
  readonly witnesses: readonly CheckpointWitness[]
}

/** A witness's line under a checkpoint, as it says: it counts only once it is verified. */
export interface CheckpointWitness {
  readonly name: string
  readonly time: string
}

const Witness: z.ZodType<CheckpointWitness> = z.object({ name: z.string(), time: z.string() })

export const EventProofView: z.ZodType<EventProofView> = z.object({
  origin: z.string(),
  index: z.number().nullable(),
  published: z.boolean(),
  entry: z.string(),
  proof: z.string().nullable(),
  checkpoint: z.string().nullable(),
  verifierKey: z.string(),
  witnesses: z.array(Witness),
})
