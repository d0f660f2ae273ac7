import type { FindingFilter, FindingView, Page } from "@tabard/api"
import {
  acceptFinding,
  type FindingQuery,
  findAgent,
  findFinding,
  type Transaction,
  withdrawAcceptance,
} from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { findingViews, ruleViews } from "../views/finding-views.ts"

type Names = "listFindings" | "getFinding" | "acceptFinding" | "reopenFinding" | "listRules"

/** How many findings a page holds where nobody says. */
const PAGE = 100

/** What is to be put right, and what people say to it. */
export function findingHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const one = (id: string): Promise<FindingView> => readFinding(services, id)
  return {
    listFindings: async (_, filter) => listFindings(services, filter),
    getFinding: async (_, { id }) => one(id),
    acceptFinding: async ({ user }, { id, reason, until }) => {
      await acceptFinding(deps, user, { finding: id, reason, until: new Date(until) })
      return one(id)
    },
    reopenFinding: async ({ user }, { id, reason }) => {
      await withdrawAcceptance(deps, user, { finding: id, reason })
      return one(id)
    },
    listRules: async () => ({ items: await shelf.snapshot((tx) => ruleViews(tx, clock.now())), next: null }),
  }
}

async function listFindings(
  { shelf, clock }: ApiServices,
  filter: FindingFilter,
): Promise<Page<FindingView>> {
  const now = clock.now()
  return shelf.snapshot(async (tx) => {
    const query = await queryOf(tx, filter, now)
    const findings = await tx.findings.list(query)
    const next = findings.length === query.limit ? (findings.at(-1)?.id ?? null) : null
    return { items: await findingViews(tx, findings, now), next }
  })
}

/** A page goes on behind a finding as it is now: one that has become graver since is shown in its new place. */
async function queryOf(
  tx: Pick<Transaction, "agents" | "findings" | "observations">,
  { state, severity, rule, agent, subject, after, limit = PAGE }: FindingFilter,
  now: Date,
): Promise<FindingQuery> {
  const subjects = await subjectsOf(tx, agent, subject)
  return {
    now,
    limit,
    ...(state && { states: [state] }),
    ...(severity && { severity }),
    ...(rule !== undefined && { rule }),
    ...(subjects && { subjects }),
    ...(after !== undefined && { after: await findFinding(tx, after) }),
  }
}

async function subjectsOf(
  tx: Pick<Transaction, "agents" | "observations">,
  agent: string | undefined,
  subject: string | undefined,
): Promise<readonly string[] | undefined> {
  if (agent === undefined) return subject === undefined ? undefined : [subject]
  const own = await subjectsAround(tx, agent)
  return subject === undefined ? own : own.filter((id) => id === subject)
}

async function subjectsAround(
  { agents, observations }: Pick<Transaction, "agents" | "observations">,
  agent: string,
): Promise<readonly string[]> {
  const { id } = await findAgent(agents, agent)
  const uses = (await observations.linksOf([id])).get(id)
  return [id, ...(uses?.servers ?? []), ...(uses?.credentials ?? [])]
}

async function readFinding({ shelf, clock }: ApiServices, id: string): Promise<FindingView> {
  return shelf.snapshot(async (tx) => {
    const [view] = await findingViews(tx, [await findFinding(tx, id)], clock.now())
    if (!view) throw new Error("a finding that was found can be shown")
    return view
  })
}
