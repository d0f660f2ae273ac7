/** What a person can do to many agents at once; each is an act that they can do to one. */
export type AgentAct =
  | { readonly kind: "suspend" | "resume" | "dismiss" | "retire"; readonly reason: string }
  | { readonly kind: "offer-ownership"; readonly to: string; readonly note?: string | undefined }
  | { readonly kind: "add-maintainer"; readonly user: string }
  /** A day, as `2026-11-21`; null takes back what people said. */
  | { readonly kind: "set-next-review"; readonly day: string | null }

/** An act as it is asked about beforehand: nobody has to say why yet. */
export type ActWish =
  | Exclude<AgentAct, { readonly reason: string }>
  | { readonly kind: "suspend" | "resume" | "dismiss" | "retire" }

/** One act, and the agents that it is for. */
export interface ActOnMany {
  readonly act: AgentAct
  readonly agents: readonly string[]
}
