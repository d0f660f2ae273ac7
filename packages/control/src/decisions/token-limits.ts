import { EFFECT_CLASSES, type EffectClass, type ToolVersion } from "@tabard/core"
import type { AgentPrincipal } from "../tokens/check-token.ts"
import type { Transaction } from "../transaction.ts"
import type { Attempt } from "./attempt.ts"

/** What a token is not good for, whatever policies say. */
export interface TokenLimit {
  readonly code: "insufficient_scope" | "calls_spent"
  readonly message: string
  /** The effect classes that a token would have to be asked for with (RFC 6750 §3). */
  readonly scope?: readonly EffectClass[]
  /** Whether a person's client holds the token, and can send its person to sign in for more. */
  readonly signsIn?: boolean
}

/** Says that a token has no call left. */
export const CALLS_SPENT: TokenLimit = {
  code: "calls_spent",
  message: "all calls that this token was issued for were made; ask for a new one",
}

/** Answers how a tool goes beyond what a token may be used for. What nobody has classed may do anything. */
export function beyondScope(
  { token, instance }: Pick<AgentPrincipal, "token" | "instance">,
  { name, effects }: Pick<ToolVersion, "name" | "effects">,
): TokenLimit | undefined {
  const { scope } = token
  if (scope === null) return undefined
  const needed = effects.length > 0 ? effects : EFFECT_CLASSES
  const beyond = needed.filter((effect) => !scope.includes(effect))
  if (beyond.length === 0) return undefined
  const message = `the token was issued for ${scope.join(" ") || "nothing"}, and ${name} needs ${beyond.join(" ")} as well; ask for a token with that scope`
  return { code: "insufficient_scope", message, scope: needed, signsIn: instance.kind === "client" }
}

/** Takes a call off the token and all that it came from, once for each attempt; answers a limit where one has none left. */
export async function takeCall(
  { tokens, decisions }: Pick<Transaction, "decisions" | "tokens">,
  { token }: Pick<AgentPrincipal, "token">,
  { call }: Attempt,
): Promise<TokenLimit | undefined> {
  // What came from a token that counts its calls counts them too.
  if (token.callsLeft === null) return undefined
  const [latest] = await decisions.list({ call, limit: 1 })
  if (latest?.effect === "permit" || latest?.observed === "let_through") return undefined
  if (await tokens.takeCall([token.jti, ...token.lineage])) return undefined
  return CALLS_SPENT
}
