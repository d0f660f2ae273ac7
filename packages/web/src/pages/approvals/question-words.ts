import type { ApprovalView, AskedView } from "@tabard/api"
import type { EffectClass } from "@tabard/core"
import { EFFECT_VERBS } from "../../words/agent-words.ts"
import { count, listed } from "../../words/count.ts"

type Subject = Pick<ApprovalView, "tool" | "server" | "token" | "onBehalfOf">

/** Says what an agent wants to do, in one line. */
export function questionWords(question: Subject & Pick<ApprovalView, "agent">): string {
  return `${question.agent.name} ${wishWords(question)}`
}

/** The same without its agent. */
export function wishWords(question: Subject): string {
  return question.token ? `asks to ${subjectWords(question)}` : `wants to use ${subjectWords(question)}`
}

/** Names what is asked about, e.g. “write_note on notes”. */
export function subjectWords({ tool, server, token, onBehalfOf }: Subject): string {
  return token ? `act for ${onBehalfOf?.name ?? "somebody"}` : `${tool} on ${server?.name ?? "a server"}`
}

/** The same at the head of a row. */
export function subjectTitle(question: Subject): string {
  return question.token ? `To ${subjectWords(question)}` : subjectWords(question)
}

/** Says what the tool or the token does to the world, e.g. “It deletes and sends data out.” */
export function effectWords({ effects, token }: Pick<ApprovalView, "effects" | "token">): string {
  if (effects.length === 0)
    return token ? "With it, it does whatever its manifest lets it." : "What it does is not known."
  const verbs = listed(effects.map((effect) => (isEffectClass(effect) ? EFFECT_VERBS[effect] : effect)))
  return token ? `With it, it ${verbs}, within its manifest.` : `It ${verbs}.`
}

/**
 * Answers what a call acts on beyond its server: the target that the tool's registration names, else its path, else
 * undefined, because the server's name has been said already.
 */
export function targetOf(
  question: Pick<ApprovalView, "resource" | "server" | "arguments">,
): string | undefined {
  const { resource, server, arguments: given } = question
  if (resource !== server?.name) return resource
  const path = typeof given === "object" && given !== null && "path" in given ? given.path : undefined
  return typeof path === "string" ? path : undefined
}

/** Says how far those who are asked have come: "1 of 2 agreed". */
export function progressWords({ needed, agreed }: AskedView): string {
  return `${agreed} of ${needed} agreed`
}

/** Says whom a question waits for that the person who looks does not answer, or has agreed to. */
export function waitWords({ asked, agreed }: Pick<ApprovalView, "agreed" | "asked">): string {
  if (agreed.length === 0) return "Another person answers this one."
  const open = asked.filter(({ needed, agreed: yes }) => needed > yes)
  const others = open.map(({ who, needed, agreed: yes }) =>
    yes === 0 ? who : `${count(needed - yes, "more person", "more people")} of those who are asked`,
  )
  return `It waits for ${listed(others)}.`
}

/** Answers what follows from either answer, for the person who is about to give it. */
export function consequencesOf({
  token,
  asked,
}: Pick<ApprovalView, "asked" | "token">): Record<"approved" | "denied", string> {
  if (token) return OF_TOKENS
  const open = asked.filter(({ needed, agreed }) => needed > agreed)
  return open.length > 1 || open.some(({ needed, agreed }) => needed - agreed > 1) ? OF_SEVERAL : OF_CALLS
}

const OF_CALLS = {
  approved: "It runs once, exactly as shown. Anything else is asked again.",
  denied: "It does not run. The agent is told so and may go on with the rest of its task.",
}

const OF_SEVERAL = {
  approved: "It runs once, exactly as shown, as soon as the others who are asked have agreed too.",
  denied: "It does not run, whoever has agreed. The agent is told so.",
}

const OF_TOKENS = {
  approved: "It gets one token that names you, for some minutes. Each call by it is decided as ever.",
  denied: "It gets none, and cannot ask you for the same again within the hour.",
}

function isEffectClass(effect: string): effect is EffectClass {
  return Object.hasOwn(EFFECT_VERBS, effect)
}
