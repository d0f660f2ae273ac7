import type { Notification, Transaction } from "@tabard/control"
import { type Approval, type ApprovalQuestion, type Id, isId, type NotificationKind } from "@tabard/core"
import { type Names, namesOf, peopleIn } from "../api/views/names.ts"
import { plainLine } from "./plain-line.ts"
import { observedWords } from "./told-observing.ts"

/** A notification in words, made of what its reader may see as they read it. */
export interface Told {
  readonly id: Id<"notification">
  /** `test` where an administrator tries a channel. */
  readonly kind: NotificationKind | "test"
  readonly title: string
  /** What there is to know besides. */
  readonly detail: string | null
  /** Where in the console it leads, from the root. */
  readonly path: string
  readonly at: Date
}

/** The stores that words are read from: narrowed to what the reader may see. */
export type ToldStores = Pick<
  Transaction,
  "agents" | "apiTokens" | "approvals" | "facts" | "findings" | "users"
>

interface About {
  readonly one: Notification
  readonly agent: string
  readonly by: string
  readonly names: Names
  readonly tx: ToldStores
}

type Words = Pick<Told, "title" | "detail" | "path">
type Say = (about: About) => Words | Promise<Words>

/** What each kind says. A new kind does not compile until it has words. */
const SAY: Readonly<Record<NotificationKind, Say>> = {
  "approval-waiting": (about) => question(about, (agent, tool) => `${agent} asks you to approve ${tool}`),
  "approval-expiring": (about) =>
    question(
      about,
      (agent, tool) => `${agent} still waits for your word on ${tool}: the question expires soon`,
    ),
  "ownership-offered": ({ agent, by, one }) => ({
    title: `${by} asks you to answer for ${agent}`,
    detail: "Nothing changes until you accept. An offer waits for a week.",
    path: agentPath(one.agent),
  }),
  "ownership-answered": ({ agent, by, one }) => ({
    title: `${by} ${answerIn(one)} to answer for ${agent}`,
    detail: null,
    path: agentPath(one.subject),
  }),
  "agent-stopped": (about) => (about.one.details["how"] === "cut-off" ? cutOff(about) : stopped(about)),
  "agent-quarantined": ({ agent, by, one }) => ({
    title: one.details["by"] ? `${by} quarantined ${agent}` : `${agent} was quarantined`,
    detail: "Its tokens have ended. It stays off until a person looks at it and lets it go on.",
    path: agentPath(one.agent),
  }),
  "agent-observed": ({ agent, by, one }) => ({
    ...observedWords({ agent, by, details: one.details }),
    path: `${agentPath(one.agent)}?tab=manifest`,
  }),
  "finding-opened": finding,
  "mandate-ending": ({ agent, one }) => ({
    title: `The mandate of ${agent} ends within ${counted(one.details["days"], "day", "days")}`,
    detail: "Renew it if the agent is to go on. Otherwise it is suspended when the mandate ends.",
    path: agentPath(one.agent),
  }),
  "mandate-over": ({ agent, one }) => ({
    title: `The mandate of ${agent} is over`,
    detail: "It is suspended. Renew the mandate and resume it if it is to go on, or retire it.",
    path: agentPath(one.agent),
  }),
  "renewal-waiting": ({ agent, by, one }) => ({
    title: `${by} asks to renew the mandate of ${agent}`,
    detail: "Somebody other than its owner has to agree before it holds.",
    path: agentPath(one.agent),
  }),
  "agent-idle": ({ agent, one }) => ({
    title:
      one.details["how"] === "suspended"
        ? `${agent} was suspended: nobody has used it for long`
        : `${agent} will be suspended within ${counted(one.details["days"], "day", "days")}: nobody uses it`,
    detail: "Whatever is used stays active. Retire it if nobody needs it any more.",
    path: agentPath(one.agent),
  }),
  "review-overdue": finding,
  "agents-found": ({ one }) => ({
    title: counted(one.details["count"], "new agent was found", "new agents were found"),
    detail: "Nobody answers for what was just found.",
    path: "/agents?state=discovered",
  }),
  "agent-shadow": finding,
  "person-left": ({ names, one }) => ({
    title: `${person(names, one.subject)} left: ${counted(one.details["agents"], "agent needs", "agents need")} another owner`,
    detail: "Whoever follows them is asked. What nobody takes over in time is suspended.",
    path: `/people?person=${one.subject ?? ""}`,
  }),
  "person-invited": ({ by, names, one }) => ({
    title: `${by} invited ${person(names, one.subject)} as ${role(one, "role")}`,
    detail: null,
    path: "/people",
  }),
  "role-changed": ({ by, names, one }) => ({
    title: isOneself(one)
      ? `${by} changed your role from ${role(one, "before")} to ${role(one, "role")}`
      : `${by} changed the role of ${person(names, one.subject)} from ${role(one, "before")} to ${role(one, "role")}`,
    detail: null,
    path: isOneself(one) ? "/account" : "/people",
  }),
  "signed-in": () => ({
    title: "You signed in from a browser that you had not used before",
    detail: "If it was not you, end that session and tell an administrator.",
    path: "/account?tab=sessions",
  }),
  "api-token-expiring": apiToken,
  "export-troubled": ({ one }) => ({
    title: `The sink ${worded(one, "name")} ${SINK_TROUBLE[worded(one, "how")] ?? "takes nothing of the record"}`,
    detail: worded(one, "said") || "Somebody wanted it so; the record says who.",
    path: "/settings?tab=export",
  }),
  "signals-troubled": ({ one }) => ({
    title: `${SIGNAL_TROUBLE[worded(one, "how")] ?? "Signals stalled:"} ${plainLine(worded(one, "name"))}`,
    detail: plainLine(worded(one, "said")),
    path: "/settings?tab=signals",
  }),
  "log-split-view": ({ one }) => ({
    title: `The witness ${plainLine(worded(one, "witness"))} has seen another history of the log`,
    detail: "Publishing goes on; this witness is not asked again until its policy is put anew.",
    path: "/audit",
  }),
  "decision-disputed": ({ one }) => ({
    title: `Two judges differ about a call of ${plainLine(worded(one, "action"))}`,
    detail:
      "It was denied. One of them is wrong, and may be about other calls: report it to whoever makes Tabard.",
    path: "/audit?type=call.disputed",
  }),
  "retention-changed": ({ one }) => ({
    title: `The record is to be kept for ${plainLine(worded(one, "months"))} months from now on`,
    detail: "Older entries leave it for good in three days; until then an administrator can take that back.",
    path: "/audit",
  }),
}

/** What is the matter with a sink that is not simply stalled. */
const SINK_TROUBLE: Readonly<Record<string, string>> = {
  refused: "refused entries of the record",
  paused: "was paused: the record does not reach its receiver",
  removed: "was removed: the record does not reach its receiver any more",
}

/** What is the matter with signals. */
const SIGNAL_TROUBLE: Readonly<Record<string, string>> = {
  full: "Too many signals wait, and the stream was paused:",
  source: "No signals come from the source",
  stream: "No signals reach the receiver of",
}

function stopped(about: About): Words {
  return {
    title: stoppedWords(about),
    detail: "Its tokens have ended, and what it asked is withdrawn.",
    path: agentPath(about.one.agent),
  }
}

/** Its bounds are gone, and with them whatever they allowed. */
function cutOff({ agent, by, one }: About): Words {
  return {
    title: `${agent} may do nothing since ${one.details["by"] ? by : "somebody"} changed a set`,
    detail:
      "Its manifest uses that set and compiles no longer. Look at what it says, and put it in force anew.",
    path: `${agentPath(one.agent)}?tab=manifest`,
  }
}

function stoppedWords({ agent, by, one }: Pick<About, "agent" | "by" | "one">): string {
  if (one.details["how"] === "retiring") return `${by} began to retire ${agent}`
  return one.details["by"] ? `${by} suspended ${agent}` : `${agent} was suspended`
}

/** Puts notifications into words for one reader, by their ids. */
export async function tellAll(
  tx: ToldStores,
  notifications: readonly Notification[],
): Promise<ReadonlyMap<Id<"notification">, Told>> {
  const about = notifications.flatMap((one) => agentOf(one) ?? [])
  // Only what the reader may see is named; a question names its agent to whoever may answer it.
  const seen = new Set((await tx.agents.findAll([...new Set(about)])).map(({ id }) => id))
  const people = peopleIn(notifications.map(({ to, subject, details }) => [to, subject, details]))
  const names = await namesOf(tx, { agents: about, people })
  const told = new Map<Id<"notification">, Told>()
  for (const one of notifications) {
    const id = agentOf(one)
    const isSeen = id !== null && (seen.has(id) || one.kind.startsWith("approval-"))
    const agent = isSeen ? plainLine(names.agent(id).name) : "an agent"
    const words = await SAY[one.kind]({ one, agent, by: actor(names, one), names, tx })
    told.set(one.id, { id: one.id, kind: one.kind, at: one.at, ...words })
  }
  return told
}

function agentOf({ agent, subject }: Notification): Id<"agent"> | null {
  return agent ?? (isId("agent", subject) ? subject : null)
}

function agentPath(id: string | null): string {
  return isId("agent", id) ? `/agents/${id}` : "/agents"
}

async function question(
  { agent, one, tx }: About,
  title: (agent: string, tool: string) => string,
): Promise<Words> {
  const approval = isId("approval", one.subject) ? await tx.approvals.find(one.subject) : undefined
  return {
    title: title(agent, askedIn(approval?.question)),
    detail: whyIn(approval),
    path: `/approvals?question=${one.subject ?? ""}`,
  }
}

function askedIn(asked: ApprovalQuestion | undefined): string {
  if (!asked) return "a call"
  return asked.kind === "call" ? plainLine(asked.tool) : "a token by which it acts for you"
}

function whyIn(approval: Approval | undefined): string | null {
  if (approval?.question.kind === "token") {
    const { message } = approval.question.token
    return message === null ? null : `It has to show the same words where you use it: ${plainLine(message)}`
  }
  const say = approval?.say.map(plainLine).join("; ")
  return say ? `Why it is asked: ${say}` : null
}

/** A finding's own sentence may quote what a stranger wrote: one line of it, and no more. */
async function finding({ agent, one, tx }: About): Promise<Words> {
  const found = isId("finding", one.subject) ? await tx.findings.find(one.subject) : undefined
  const weight = one.kind === "finding-opened" && found ? ` (${found.severity})` : ""
  return {
    title: `${FINDING_WORDS[one.kind] ?? "To put right"}${weight}: ${agent}`,
    detail: found ? plainLine(found.message) : null,
    path: `/findings?finding=${one.subject ?? ""}`,
  }
}

const FINDING_WORDS: Readonly<Partial<Record<NotificationKind, string>>> = {
  "finding-opened": "New finding",
  "review-overdue": "Review is overdue",
  "agent-shadow": "Nobody took it up in time",
}

async function apiToken({ one, tx }: About): Promise<Words> {
  const token = isId("apiToken", one.subject) ? await tx.apiTokens.find(one.subject) : undefined
  const until = token ? ` on ${token.expiresAt.toISOString().slice(0, 10)}` : ""
  return {
    title: `Your API token “${plainLine(token?.purpose ?? "a token")}” expires${until}`,
    detail: "Make another one and change it where it is used.",
    path: "/account?tab=tokens",
  }
}

function actor(names: Names, { details }: Notification): string {
  return isId("user", details["by"]) ? person(names, details["by"]) : "Tabard"
}

function person(names: Names, id: unknown): string {
  return isId("user", id) ? plainLine(names.person(id).name) : "somebody"
}

function isOneself({ to, subject }: Notification): boolean {
  return to !== null && to === subject
}

/** What may be said in words about a notification. */
type Worded = "action" | "how" | "months" | "name" | "said" | "witness"

function worded({ details }: Notification, name: Worded): string {
  const told = details[name]
  return typeof told === "string" ? told : "?"
}

function role({ details }: Notification, name: "role" | "before"): string {
  const said = details[name]
  return typeof said === "string" ? said : "member"
}

function answerIn({ details }: Notification): string {
  const answer = details["answer"]
  if (answer === "accepted") return "accepted"
  return answer === "declined" ? "declined" : "did not answer in time"
}

function counted(value: unknown, one: string, many: string): string {
  const count = typeof value === "number" ? value : 0
  return `${count} ${count === 1 ? one : many}`
}
