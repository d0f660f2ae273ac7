import { createHash } from "node:crypto"
import { canonicalText, type Id, type Json } from "@tabard/core"

/** Exactly one action, without what changes by itself: time and address stay out. */
export interface ExactAction {
  /** The action's id: server, slash, tool. */
  readonly tool: string
  readonly digest: string
  readonly args: Json
  /** Everyone on whose behalf it is done, in order. */
  readonly chain: readonly string[]
  readonly task: Id<"task"> | null
  readonly resource: string
}

/**
 * Names one exact action. An approval holds for this and nothing else: one changed argument, another definition of the tool, another
 * chain, task or resource is another hash.
 */
export function actionHash({ tool, digest, args, chain, task, resource }: ExactAction): string {
  return sha256(canonicalText({ tool, digest, args, chain, task, resource }))
}

/** Binds an action to one approval of it, so that an answer cannot be used for the same action asked again. */
export function bindingHash(action: string, nonce: string): string {
  return sha256(canonicalText({ action, nonce }))
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64url")
}
