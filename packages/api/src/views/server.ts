import { EFFECT_CLASSES, type EffectClass } from "@tabard/core"
import { z } from "zod"

/** A tool as it was reviewed and pinned. */
export interface ToolView {
  /** Of its version in force. */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly digest: string
  readonly effects: readonly EffectClass[]
}

/** A server behind the gateway. */
export interface ServerView {
  readonly id: string
  readonly name: string
  readonly transport: "stdio" | "http"
  /** The command line or the address; no credential is part of it. */
  readonly reach: string
  readonly roots: readonly string[]
  /** Where agents reach it through the gateway. */
  readonly address: string
  readonly tools: readonly ToolView[]
}

export const ServerView: z.ZodType<ServerView> = z.object({
  id: z.string(),
  name: z.string(),
  transport: z.enum(["stdio", "http"]),
  reach: z.string(),
  roots: z.array(z.string()),
  address: z.string(),
  tools: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      digest: z.string(),
      effects: z.array(z.enum(EFFECT_CLASSES)),
    }),
  ),
})
