import type { AnswerView, DecidedPolicyView, DecisionDetail, DecisionView } from "@tabard/api"
import {
  type Answer,
  type ExplainedPolicy,
  type Explanation,
  recordedAnswer,
  type Transaction,
} from "@tabard/control"
import { allAskWords, type DecidedLink, type DecisionRecord, type Id, isId } from "@tabard/core"
import { type Names, namesOf } from "./names.ts"
import { plainJson } from "./plain-json.ts"

/** The stores that decisions are shown from. */
export type DecisionReads = Pick<Transaction, "agents" | "facts" | "tasks" | "users">

/** Shows decisions with the names of today. */
export async function decisionViews(
  tx: DecisionReads,
  decisions: readonly DecisionRecord[],
): Promise<readonly DecisionView[]> {
  const names = await namesOf(tx, {
    agents: decisions.map(({ agent }) => agent),
    people: decisions.map(({ onBehalfOf }) => onBehalfOf ?? null),
  })
  return decisions.map((decision) => decisionView(decision, names))
}

function decisionView(decision: DecisionRecord, names: Names): DecisionView {
  const { id, at, effect, code, agent, onBehalfOf, task, call, action, reasons, approval, effects } = decision
  const named = names.agent(agent)
  return {
    id,
    at: at.toISOString(),
    sentence: answerSentence("was", recordedAnswer(decision), { agent: named.name, tool: action }),
    effect,
    code,
    agent: named,
    onBehalfOf: onBehalfOf ? names.person(onBehalfOf) : null,
    task,
    call,
    tool: action,
    effects: effects ?? null,
    policies: reasons,
    approval,
  }
}

/** Shows one decision with all that explains it, as far as the one who looks may see. */
export async function decisionDetail(tx: DecisionReads, explained: Explanation): Promise<DecisionDetail> {
  const { decision, policies, arguments: args, withheld, event } = explained
  const [view] = await decisionViews(tx, [decision])
  if (!view) throw new Error("one decision has one view")
  return {
    ...view,
    answer: await answerView(tx, recordedAnswer(decision)),
    decidedBy: await policyViews(tx, policies),
    arguments: args && plainJson(args),
    withheld,
    resolved: decision.judged?.resolved ?? {},
    told: toldView(decision),
    circumstances: circumstancesView(decision),
    version: decision.version,
    event: event ?? null,
  }
}

function circumstancesView({ grounds }: DecisionRecord): DecisionDetail["circumstances"] {
  if (!grounds) return null
  const { door, env, bound, posture, ip } = grounds.circumstances
  return { door, environment: env ?? null, bound, posture: posture ?? [], address: ip ?? null }
}

function toldView({ grounds }: DecisionRecord): DecisionDetail["told"] {
  const [agent] = grounds?.agents ?? []
  if (!agent || !grounds?.left) return null
  const { tier, category, risk } = agent
  return { tier, category, risk, left: grounds.left, toolDigest: grounds.toolDigest ?? null }
}

/** Shows an answer with the names of whoever stands in its chain. */
export async function answerView(tx: DecisionReads, answer: Answer): Promise<AnswerView> {
  const { effect, code, reasons, asks, links, missing } = answer
  const name = await linkNames(tx, links)
  return {
    effect,
    code,
    reasons,
    asks,
    missing,
    links: links.map(({ link, id, effect: own }) => ({ kind: link, id, name: name(id), effect: own })),
  }
}

/** Answers today's names of whoever stands in a chain: people and agents by name, a task by its text. */
export async function linkNames(
  tx: DecisionReads,
  links: readonly DecidedLink[],
): Promise<(id: string) => string> {
  const names = await namesOf(tx, { agents: idsOf("agent", links), people: idsOf("user", links) })
  const tasks = new Map((await tx.tasks.findAll(idsOf("task", links))).map(({ id, text }) => [id, text]))
  return (id) => {
    if (isId("agent", id)) return names.agent(id).name
    if (isId("user", id)) return names.person(id).name
    return isId("task", id) ? (tasks.get(id) ?? "a task") : id
  }
}

function idsOf<K extends "agent" | "task" | "user">(kind: K, links: readonly DecidedLink[]): Id<K>[] {
  return links.map(({ id }) => id).filter((id): id is Id<K> => isId(kind, id))
}

async function policyViews(
  { agents }: Pick<Transaction, "agents">,
  policies: readonly ExplainedPolicy[],
): Promise<readonly DecidedPolicyView[]> {
  const theirs = policies.flatMap(({ set }) => agentOf(set.subject) ?? [])
  const seen = new Set((await agents.findAll([...new Set(theirs)])).map(({ id }) => id))
  return policies.map(({ id, effect, say, text, set: { kind, subject, version } }) => {
    const agent = agentOf(subject)
    const mayRead = agent === undefined || seen.has(agent)
    return { id, effect, say, text: mayRead ? text : null, kind, subject, version }
  })
}

function agentOf(subject: string): Id<"agent"> | undefined {
  const [id] = subject.split("/")
  return isId("agent", id) ? id : undefined
}

const PERMITTED = { was: "was permitted to use", would: "would be permitted to use" } as const
const ASKED = { was: "had to ask", would: "would have to ask" } as const
const KEPT = { was: "was kept from", would: "would be kept from" } as const

/** Says an answer in one sentence: who, what, and why where it is not plain. */
export function answerSentence(
  tense: keyof typeof PERMITTED,
  { effect, asks, missing }: Pick<Answer, "asks" | "effect" | "missing">,
  { agent, tool }: { readonly agent: string; readonly tool: string },
): string {
  switch (effect) {
    case "permit":
      return `${agent} ${PERMITTED[tense]} ${tool}`
    case "ask": {
      const routes = asks.length === 0 ? "people" : allAskWords(asks.map(({ route }) => route))
      return because(
        `${agent} ${ASKED[tense]} ${routes} before using ${tool}`,
        distinct(asks.map(({ say }) => say)),
      )
    }
    case "deny":
      return because(`${agent} ${KEPT[tense]} ${tool}`, missing === "" ? [] : [missing])
  }
}

function because(said: string, reasons: readonly string[]): string {
  return reasons.length === 0 ? said : `${said}: ${reasons.join("; ")}`
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)]
}
