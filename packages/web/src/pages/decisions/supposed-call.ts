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
  const { agent, tool, environment, address, posture, at, approved, draftKind: kind, draft: text } = supposing
  const changed = supposing.arguments !== asItWas(decision).arguments
  return {
    decision: decision.id,
    ...(agent && { agent }),
    ...(tool && { tool }),
    ...(changed && { arguments: supposing.arguments }),
    ...(environment.trim() && { environment: environment.trim() }),
    ...(address.trim() && { address: address.trim() }),
    ...(posture.trim() && { posture: wordsIn(posture) }),
    ...momentIn(at),
    ...(supposing.outsideTask && { task: null }),
    ...(supposing.policiesNow && { policies: "now" }),
    ...(approved.length > 0 && { approved }),
    ...(kind && text.trim() && { draft: { kind, text } }),
  }
}

/** Whether the question can be asked: the arguments of a call about which nobody was asked have to be said. */
export function canBeAsked({ arguments: args }: Supposing): boolean {
  return args.trim() !== ""
}

function wordsIn(text: string): readonly string[] {
  return text.split(/[,\s]+/).filter((word) => word !== "")
}

function momentIn(at: string): Pick<SupposedCall, "at"> {
  const moment = new Date(at)
  return at === "" || Number.isNaN(moment.getTime()) ? {} : { at: moment.toISOString() }
}
