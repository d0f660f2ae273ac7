import { z } from "zod"

/** A policy in Cedar. */
export interface PolicyView {
  readonly id: string
  readonly text: string
}

export const PolicyView: z.ZodType<PolicyView> = z.object({ id: z.string(), text: z.string() })

/** Something that keeps a manifest from being in force; line and column count from one. */
export interface ManifestProblemView {
  readonly line: number
  readonly column: number
  /** Where in the manifest: `tools`, `0`, `arguments`, `amount`. */
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What to do next. */
  readonly next: string
}

const ManifestProblemView: z.ZodType<ManifestProblemView> = z.object({
  line: z.int(),
  column: z.int(),
  path: z.array(z.union([z.string(), z.int()])),
  message: z.string(),
  next: z.string(),
})

/** What a manifest would come to: the first 50 of its problems, or with none, what it means in words and in Cedar. */
export interface ManifestMeaning {
  readonly problems: readonly ManifestProblemView[]
  readonly sentences: readonly string[]
  readonly policies: readonly PolicyView[]
}

export const ManifestMeaning: z.ZodType<ManifestMeaning> = z.object({
  problems: z.array(ManifestProblemView),
  sentences: z.array(z.string()),
  policies: z.array(PolicyView),
})

/** The manifest in force. */
export interface ManifestView {
  readonly text: string
  readonly sentences: readonly string[]
  readonly version: number
  /** What it was compiled to. */
  readonly policies: readonly PolicyView[]
}

export const ManifestView: z.ZodType<ManifestView> = z.object({
  text: z.string(),
  sentences: z.array(z.string()),
  version: z.number(),
  policies: z.array(PolicyView),
})
