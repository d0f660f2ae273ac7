import type { PlanStepView } from "@tabard/api"
import { count, listed } from "./count.ts"
import { plainText } from "./plain-text.ts"

/** What each kind of step does, said of several; a kind that is missing here is said as it is called. */
const DOES: Readonly<Record<string, (many: number) => string>> = {
  "revoke-api-token": (many) => `revoke ${count(many, "API token")}`,
  "end-client": (many) => `sign out ${count(many, "client")}`,
  "revoke-served-tokens": () => "revoke the tokens that serve them",
  "close-task": (many) => `close ${count(many, "task")}`,
  "withdraw-question": (many) => `withdraw ${count(many, "question")} that nobody else could answer`,
  "withdraw-offer": (many) => `take back ${count(many, "offer")} to them`,
  "end-helping": (many) => `end their helping with ${count(many, "agent")}`,
  "end-trust-rules": () => "end its trust rules",
  "end-delegation": (many) => `withdraw ${count(many, "permission")} to delegate`,
  "revoke-key": (many) => `revoke ${count(many, "key")}`,
  "end-enrolments": () => "take back enrolment codes",
  "end-questions": () => "take back what is offered and asked",
  "end-policies": () => "put its policies out of force",
  "probe-token": (many) => `try ${count(many, "token")}`,
  "probe-key": (many) => `try ${count(many, "install")}`,
  "settle-credential": (many) => `settle ${count(many, "credential")} of others`,
  certify: () => "certify the end",
}

/** Says in one sentence what steps do, those of a kind together; offers and suspensions are told agent by agent. */
export function stepsInWords(steps: readonly PlanStepView[]): string {
  const told = steps.filter(({ does }) => does !== "hand-over" && does !== "suspend")
  const kinds = [...Map.groupBy(told, ({ does }) => does)]
  return listed(kinds.map(([does, all]) => DOES[does]?.(all.length) ?? plainText(does)))
}

/** Why somebody is asked. */
const AS: Readonly<Record<string, string>> = {
  successor: "the agent's own successor",
  "default-successor": "their successor",
  manager: "their manager",
}

/** Says as what somebody is asked. */
export function askedAs(as: string): string {
  return AS[as] ?? "asked"
}

/** Says how a credential was settled. */
export const SETTLED_WORDS = {
  probed: "Tried, and refused",
  confirmed: "Its provider says that it ended",
  attested: "Gone, and attested",
  excepted: "Unknown; signed as an exception",
} as const
