import type { ActKind, ActsPreviewView, AttachedView } from "@tabard/api"
import { count } from "../../words/count.ts"

/** How an act is called, before it is done and after. */
interface ActWords {
  /** On a button, with the number: `Suspend 3`. */
  readonly button: (many: string) => string
  /** With how many agents: `Suspend 3 agents`. */
  readonly does: (agents: string) => string
  readonly did: (agents: string) => string
  readonly doing: string
  /** What follows from it, besides what is counted. */
  readonly meaning: string
}

/** The words of each act on many agents. */
export const ACT_WORDS: Readonly<Record<ActKind, ActWords>> = {
  suspend: {
    button: (many) => `Suspend ${many}`,
    does: (agents) => `Suspend ${agents}`,
    did: (agents) => `${agents} suspended`,
    doing: "Suspending",
    meaning: "Calls that wait are refused at once. Keys and tasks stay, and each can be resumed.",
  },
  resume: {
    button: (many) => `Resume ${many}`,
    does: (agents) => `Resume ${agents}`,
    did: (agents) => `${agents} resumed`,
    doing: "Resuming",
    meaning:
      "They get tokens again and may act within tier, manifest and tasks. What was withdrawn stays withdrawn.",
  },
  dismiss: {
    button: (many) => `Dismiss ${many}`,
    does: (agents) => `Dismiss ${agents}`,
    did: (agents) => `${agents} dismissed`,
    doing: "Dismissing",
    meaning:
      "You say that these are no agents. They leave the list, and later scans do not bring them back, unless somebody reopens them.",
  },
  retire: {
    button: (many) => `Retire ${many}`,
    does: (agents) => `Retire ${agents} for ever`,
    did: (agents) => `${agents} retired or retiring`,
    doing: "Retiring",
    meaning: "Their identities are never used again. This cannot be taken back.",
  },
  "offer-ownership": {
    button: (many) => `Offer ${many} to…`,
    does: (agents) => `Offer ${agents}`,
    did: (agents) => `${agents} offered`,
    doing: "Offering",
    meaning: "Nothing changes until the person accepts each one. An offer lasts seven days.",
  },
  "add-maintainer": {
    button: (many) => `Add a maintainer to ${many}`,
    does: (agents) => `Add a maintainer to ${agents}`,
    did: (agents) => `A maintainer added to ${agents}`,
    doing: "Adding a maintainer",
    meaning: "A maintainer may say what describes an agent, and nothing of its mandate.",
  },
  "set-next-review": {
    button: (many) => `Set the review of ${many}`,
    does: (agents) => `Set the next review of ${agents}`,
    did: (agents) => `Next review of ${agents} set`,
    doing: "Setting the next review",
    meaning: "An agent whose day is over becomes a finding.",
  },
}

const GOES: readonly (readonly [keyof AttachedView, (many: number) => string])[] = [
  ["tokens", (many) => `end ${count(many, "token")}`],
  ["keys", (many) => `revoke ${count(many, "key")}`],
  ["tasks", (many) => `close ${count(many, "task")}`],
  ["approvals", (many) => `withdraw ${count(many, "question")}`],
  ["offers", (many) => `withdraw ${count(many, "offer")}`],
]

/** Says what an act will do, e.g. “Suspend 3 agents, end 12 tokens”. */
export function actSentence(
  kind: ActKind,
  { agents, attached }: Pick<ActsPreviewView, "agents" | "attached">,
): string {
  const goes = GOES.flatMap(([name, words]) => (attached[name] > 0 ? [words(attached[name])] : []))
  return [ACT_WORDS[kind].does(count(agents, "agent")), ...goes].join(", ")
}

/** Says of a retirement who will not be through with it; undefined where everybody is. */
export function unsettledSentence({
  attached: { unsettled },
}: Pick<ActsPreviewView, "attached">): string | undefined {
  if (unsettled === 0) return undefined
  const stay = unsettled === 1 ? "1 stays retiring" : `${unsettled} stay retiring`
  return `${stay} until a person signs for credentials that others issued.`
}

/** What several agents have in common that they were passed over for. */
export interface PassedOver {
  readonly says: string
  readonly agents: readonly string[]
}

/** Groups those that an act passes over by why; the largest group first. */
export function passedOver(
  skipped: readonly { readonly agent: string; readonly says: string }[],
): readonly PassedOver[] {
  return [...Map.groupBy(skipped, ({ says }) => says)]
    .map(([says, own]) => ({ says, agents: own.map(({ agent }) => agent) }))
    .toSorted((a, b) => b.agents.length - a.agents.length)
}
