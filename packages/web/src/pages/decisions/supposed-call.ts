import type { DecisionDetail, SupposedCall } from "@tabard/api"
import { EFFECT_CLASSES } from "@tabard/core"

/** What somebody supposes of a recorded call, as the form holds it; what is empty stays as it was. */
export interface Supposing {
  readonly agent: string
  readonly tool: string
  readonly arguments: string
  readonly environment: string
  readonly address: string
  readonly posture: string
  /** A moment as the platform's field writes it, where whoever reads is. */
  readonly at: string
  readonly outsideTask: boolean
  readonly policiesNow: boolean
  readonly approved: readonly string[]
  /** Agents by their ids, nearest first. */
  readonly actingFor: string
  readonly tier: string
  readonly category: string
  readonly risk: string
  readonly key: "" | Key
  /** Classes of effects. */
  readonly effects: string
  readonly callsLeft: string
  readonly spendLeft: string
  /** Where paths would lead, by the path as it was given. */
  readonly resolved: Readonly<Record<string, string>>
  readonly draftKind: "" | DraftKind
  readonly draftName: string
  readonly draft: string
}

/** Where a key may be said to be. */
export const KEYS = ["file", "keychain", "pkcs11", "tpm", "federated"] as const
type Key = (typeof KEYS)[number]

/** What may be drafted. */
export type DraftKind = NonNullable<SupposedCall["draft"]>["kind"]

/** Answers the form before anything is supposed: the question as it was asked. */
export function asItWas(decision: DecisionDetail): Supposing {
  return {
    agent: "",
    tool: "",
    arguments: decision.arguments === null ? "" : JSON.stringify(decision.arguments, null, 2),
    environment: "",
    address: "",
    posture: "",
    at: "",
    outsideTask: false,
    policiesNow: false,
    approved: [],
    actingFor: "",
    tier: "",
    category: "",
    risk: "",
    key: "",
    effects: "",
    callsLeft: "",
    spendLeft: "",
    resolved: decision.resolved,
    draftKind: "",
    draftName: "",
    draft: "",
  }
}

/** Answers what is asked of the server; only what differs from what was is said. */
export function supposedCall(decision: DecisionDetail, supposing: Supposing): SupposedCall {
  const { agent, tool, at, approved, outsideTask, policiesNow } = supposing
  const changed = supposing.arguments !== asItWas(decision).arguments
  return {
    decision: decision.id,
    ...(agent && { agent }),
    ...(tool && { tool }),
    ...(changed && { arguments: supposing.arguments }),
    ...(outsideTask && { task: null }),
    ...(policiesNow && { policies: "now" }),
    ...(approved.length > 0 && { approved }),
    ...momentIn(at),
    ...surroundingsIn(supposing),
    ...toldIn(decision, supposing),
    ...draftIn(supposing),
  }
}

/** What policies would be told of the agent, its tool and its limits. */
function toldIn(decision: DecisionDetail, supposing: Supposing): Partial<SupposedCall> {
  const { risk, key, callsLeft, resolved } = supposing
  const [tier, category] = [supposing.tier.trim(), supposing.category.trim()]
  const effects = EFFECT_CLASSES.filter((effect) => wordsIn(supposing.effects).includes(effect))
  const actingFor = wordsIn(supposing.actingFor)
  return {
    ...(actingFor.length > 0 && { actingFor }),
    ...(tier && { tier }),
    ...(category && { category }),
    ...(risk !== "" && { risk: Number(risk) }),
    ...(key && { key }),
    ...(effects.length > 0 && { effects }),
    ...leftIn(callsLeft, supposing.spendLeft.trim()),
    ...(resolved !== decision.resolved && { resolved }),
  }
}

function leftIn(calls: string, spend: string): Pick<SupposedCall, "left"> {
  if (calls === "" && spend === "") return {}
  return { left: { ...(calls !== "" && { calls: Number(calls) }), ...(spend && { spend }) } }
}

function draftIn({ draftKind: kind, draftName, draft: text }: Supposing): Pick<SupposedCall, "draft"> {
  const name = draftName.trim()
  if (kind === "" || text.trim() === "") return {}
  if (kind !== "set") return { draft: { kind, text } }
  return name === "" ? {} : { draft: { kind, name, text } }
}

function surroundingsIn(supposing: Supposing): Partial<SupposedCall> {
  const [environment, address, posture] = [
    supposing.environment.trim(),
    supposing.address.trim(),
    supposing.posture.trim(),
  ]
  return {
    ...(environment && { environment }),
    ...(address && { address }),
    ...(posture && { posture: wordsIn(posture) }),
  }
}

/** Answers why the question cannot be asked yet, or undefined where it can. */
export function whyNotYet({ arguments: args }: Pick<Supposing, "arguments">): string | undefined {
  if (args.trim() === "")
    return "The arguments of this call were not kept, or are forgotten since. Say below what it would be called with."
  return isObject(args) ? undefined : "The arguments are not the JSON of an object yet."
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[,\s]+/).filter((word) => word !== "")
}

function momentIn(at: string): Pick<SupposedCall, "at"> {
  const moment = new Date(at)
  return at === "" || Number.isNaN(moment.getTime()) ? {} : { at: moment.toISOString() }
}
