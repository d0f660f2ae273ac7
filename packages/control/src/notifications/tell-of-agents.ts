import { type Finding, type Id, isAtLeast, isId, type NotificationKind } from "@tabard/core"
import { idIn, type ReadEvent } from "./read-event.ts"
import { answering, ofRoles } from "./recipients.ts"
import { tellOfEndingObserving } from "./tell-of-observing.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** How long before its end an unanswered question is spoken of again. */
const EXPIRING_MS = 5 * 60 * 1000

/** The findings that have a kind of their own. */
const KIND_OF_RULE: Readonly<Record<string, NotificationKind>> = {
  "review-overdue": "review-overdue",
  "shadow-agent": "agent-shadow",
}

/** The most agents that one finding is told of: a server that everybody uses is everybody's. */
const MOST_AGENTS = 50

/** An agent asks: whoever may answer, now and shortly before it is too late. */
export async function tellOfQuestion(
  { approvals }: TellingStores,
  event: ReadEvent,
): Promise<readonly Telling[]> {
  const id = idIn("approval", event.approval)
  const approval = id && (await approvals.find(id))
  if (!approval) return []
  const { approvers: to, question, expiresAt } = approval
  const about = { to, agent: question.agent, subject: approval.id }
  const due = new Date(expiresAt.getTime() - EXPIRING_MS)
  return [
    { ...about, kind: "approval-waiting" },
    { ...about, kind: "approval-expiring", due },
  ]
}

/** An agent is offered: the person who is asked to answer for it. */
export async function tellOfOffer({ offers }: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const id = idIn("offer", event.data["offer"])
  const offer = id && (await offers.find(id))
  if (!offer || offer.to === event.by) return []
  return [
    {
      kind: "ownership-offered",
      to: [offer.to],
      agent: offer.agent,
      subject: offer.id,
      details: { by: offer.by },
    },
  ]
}

/** An offer was answered, or nobody did in time: whoever made it. */
export async function tellOfAnswer({ offers }: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const id = idIn("offer", event.data["offer"])
  const offer = id && (await offers.find(id))
  if (!offer || offer.by === event.by) return []
  const details = { answer: event.type.replace("ownership.", ""), by: offer.to }
  // Who gave an agent away may not see it any more; that it was answered is theirs to know all the same.
  return [{ kind: "ownership-answered", to: [offer.by], subject: offer.agent, details }]
}

/** Which kind tells of a suspension that no person asked for, by its cause. */
const KIND_OF_CAUSE: Readonly<Record<string, NotificationKind>> = {
  expiry: "mandate-over",
  inactivity: "agent-idle",
}

/** An agent was stopped: whoever answers for it, but who did it. */
export async function tellOfStop(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const { agent, by, data } = event
  if (!agent) return []
  const to = (await answeringOrStewards(tx, agent)).filter((person) => person !== by)
  const details = { how: event.type.replace("agent.", ""), ...(by && { by }) }
  const kind = KIND_OF_CAUSE[String(data["cause"])] ?? "agent-stopped"
  return [{ kind, to, agent, details }]
}

/** An agent will be suspended, or enforced again, by time alone: whoever answers for it, or can have somebody do so. */
export async function tellOfWarning(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const [{ agent }, { cause, days, due }] = [event, event.data]
  if (cause === "observing") return tellOfEndingObserving(tx, event)
  if (!agent || typeof days !== "number" || typeof due !== "string") return []
  const kind = cause === "inactivity" ? "agent-idle" : "mandate-ending"
  return [{ kind, to: await answeringOrStewards(tx, agent), agent, details: { how: "warned", days, due } }]
}

/** A renewal waits for a second person: whoever may be that. */
export async function tellOfRenewal(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const { agent, by } = event
  if (!agent) return []
  const to = (await ofRoles(tx, ["administrator", "security"])).filter((person) => person !== by)
  return [{ kind: "renewal-waiting", to, agent, ...(by && { details: { by } }) }]
}

/** Where nobody active owns an agent, those who look after all hear in their place: nothing ends unheard. */
export async function answeringOrStewards(
  tx: TellingStores,
  id: Id<"agent">,
): Promise<readonly Id<"user">[]> {
  const owner = (await tx.agents.find(id))?.owner
  const present = owner && (await tx.users.find(owner))
  const all = [
    await answering(tx, id),
    present?.active ? [] : await ofRoles(tx, ["administrator", "security"]),
  ]
  return [...new Set(all.flat())]
}

/** The system stopped an agent: whoever answers for it, and those who look after all, as a person has to decide. */
export async function tellOfQuarantine(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const { agent, by } = event
  if (!agent) return []
  const stewards = await ofRoles(tx, ["administrator", "security"])
  const to = [...new Set([...(await answering(tx, agent)), ...stewards])].filter((person) => person !== by)
  return [{ kind: "agent-quarantined", to, agent, ...(by && { details: { by } }) }]
}

/** Something is to be put right: whoever answers for the agents that it is about; of shadow, those who look after all. */
export async function tellOfFinding(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const id = idIn("finding", event.data["finding"])
  const finding = id && (await tx.findings.find(id))
  if (!finding) return []
  const kind = KIND_OF_RULE[finding.rule] ?? "finding-opened"
  if (kind === "finding-opened" && !isAtLeast(finding.severity, "high")) return []
  if (kind === "agent-shadow") {
    const to = await ofRoles(tx, ["administrator", "security"])
    return [{ kind, to, agent: idIn("agent", finding.subject) ?? null, subject: finding.id }]
  }
  const tellings: Telling[] = []
  for (const agent of await agentsOf(tx, finding)) {
    const about = { to: await answering(tx, agent), agent, subject: finding.id }
    tellings.push({ ...about, kind })
  }
  return tellings
}

/** A finding about a server or a credential is about the agents that use it. */
async function agentsOf(
  { observations }: TellingStores,
  { subject }: Finding,
): Promise<readonly Id<"agent">[]> {
  if (isId("agent", subject)) return [subject]
  if (!isId("server", subject) && !isId("credential", subject)) return []
  const users = await observations.usersOf([subject])
  return (users.get(subject) ?? []).slice(0, MOST_AGENTS)
}

/** A scan found agents that nobody knew: those who look after all, once for the scan and not for each. */
export async function tellOfScan(tx: TellingStores, { data }: ReadEvent): Promise<readonly Telling[]> {
  const [count, scan] = [data["discovered"], idIn("scan", data["scan"])]
  if (typeof count !== "number" || count < 1 || !scan) return []
  const to = await ofRoles(tx, ["administrator", "security"])
  return [{ kind: "agents-found", to, subject: scan, details: { count } }]
}
