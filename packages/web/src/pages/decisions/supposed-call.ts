import type { DecisionDetail, SupposedCall } from "@tabard/api"

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
  readonly draftKind: "" | "manifest" | "guard"
  readonly draft: string
}

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
    draftKind: "",
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
  }
}

function surroundingsIn(supposing: Supposing): Partial<SupposedCall> {
  const [environment, address, posture] = [
    supposing.environment.trim(),
    supposing.address.trim(),
    supposing.posture.trim(),
  ]
  const { draftKind: kind, draft: text } = supposing
  return {
    ...(environment && { environment }),
    ...(address && { address }),
    ...(posture && { posture: wordsIn(posture) }),
    ...(kind && text.trim() && { draft: { kind, text } }),
  }
}

/** Answers why the question cannot be asked yet, or undefined where it can. */
export function whyNotYet({ arguments: args }: Pick<Supposing, "arguments">): string | undefined {
  if (args.trim() === "")
    return "The arguments of this call were not kept, since nobody was asked about it. Say below what it would be called with."
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
