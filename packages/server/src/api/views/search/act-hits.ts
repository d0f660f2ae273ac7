import type { Effect } from "@tabard/core"
import { eventViews } from "../event-views.ts"
import { agentsNamed } from "./agent-hits.ts"
import { type HitReads, oneLine, type Shown } from "./shown.ts"
import { ruleTitle } from "./thing-hits.ts"
import { those } from "./those.ts"

const DECIDED: Readonly<Record<Effect, string>> = { permit: "Permitted", ask: "Asked about", deny: "Denied" }

/** Shows decisions by agent and reason; they lead to what explains them. */
export async function decisionHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const decisions = await those(found, "decision", (id) => tx.decisions.find(id))
  const names = await agentsNamed(
    tx,
    decisions.map(({ agent }) => agent),
  )
  return decisions.map(({ id, agent, action, effect, code, at }) => ({
    id,
    title: `${DECIDED[effect]}: ${action}`,
    context: oneLine(names.get(agent) ?? "an agent", effect === "permit" ? null : code),
    at: at.toISOString(),
    leadsTo: `/decisions?decision=${id}`,
  }))
}

/** Shows findings by what they say. */
export async function findingHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const findings = await those(found, "finding", (id) => tx.findings.find(id))
  return findings.map(({ id, rule, message, severity, standing }) => ({
    id,
    title: ruleTitle(rule),
    context: oneLine(severity, standing.kind, message),
    leadsTo: `/findings?state=${standing.kind}&finding=${id}`,
  }))
}

/** Shows questions by agent and state. */
export async function approvalHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const approvals = await those(found, "approval", (id) => tx.approvals.find(id))
  const names = await agentsNamed(
    tx,
    approvals.map(({ question }) => question.agent),
  )
  return approvals.map(({ id, question, state, createdAt }) => ({
    id,
    title: question.kind === "call" ? question.tool : "A token to act by",
    context: oneLine(names.get(question.agent) ?? "an agent", state.kind),
    at: createdAt.toISOString(),
    leadsTo: `/approvals?question=${id}`,
  }))
}

/** Shows tasks by their text; they lead to their agent's tasks. */
export async function taskHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const tasks = await those(found, "task", (id) => tx.tasks.find(id))
  const names = await agentsNamed(
    tx,
    tasks.map(({ agent }) => agent),
  )
  return tasks.map(({ id, agent, text, openedAt }) => ({
    id,
    title: text,
    context: names.get(agent) ?? "an agent",
    at: openedAt.toISOString(),
    leadsTo: `/agents/${agent}?tab=tasks`,
  }))
}

/** Shows events by their sentence. */
export async function eventHits(tx: HitReads, found: readonly string[]): Promise<readonly Shown[]> {
  const events = await eventViews(tx, await those(found, "event", (id) => tx.outbox.find(id)))
  return events.map(({ id, sentence, type, at, agent }) => ({
    id,
    title: sentence,
    context: type,
    at,
    leadsTo: agent ? `/audit?agent=${agent.id}&event=${id}` : `/audit?event=${id}`,
  }))
}
