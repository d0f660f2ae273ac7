import type { ApprovalView } from "@tabard/api"
import type { EffectClass } from "@tabard/core"
import { EFFECT_VERBS } from "../../words/agent-words.ts"
import { listed } from "../../words/count.ts"

/** Says what an agent wants to do, in one line. */
export function questionWords(question: Pick<ApprovalView, "agent" | "tool" | "server">): string {
  return `${question.agent.name} wants to use ${question.tool} on ${question.server.name}`
}

/** Says what the tool does to the world, e.g. “It deletes and sends data out.” */
export function effectWords(effects: readonly string[]): string {
  if (effects.length === 0) return "What it does is not known."
  return `It ${listed(effects.map((effect) => (isEffectClass(effect) ? EFFECT_VERBS[effect] : effect)))}.`
}

/**
 * Answers what a call acts on beyond its server: the target that the tool's registration names, else its path, else
 * undefined, because the server's name has been said already.
 */
export function targetOf(
  question: Pick<ApprovalView, "resource" | "server" | "arguments">,
): string | undefined {
  const { resource, server, arguments: given } = question
  if (resource !== server.name) return resource
  const path = typeof given === "object" && given !== null && "path" in given ? given.path : undefined
  return typeof path === "string" ? path : undefined
}

/** What follows from either answer, for the person who is about to give it. */
export const CONSEQUENCES = {
  approved: "It runs once, exactly as shown. Anything else is asked again.",
  denied: "It does not run. The agent is told so and may go on with the rest of its task.",
} as const

function isEffectClass(effect: string): effect is EffectClass {
  return Object.hasOwn(EFFECT_VERBS, effect)
}
