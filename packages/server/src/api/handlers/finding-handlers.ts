import type { FindingFilter, FindingView, Page, PageQuery, RuleView } from "@tabard/api"
import {
  acceptFinding,
  findAgent,
  findFinding,
  findingRules,
  type Transaction,
  withdrawAcceptance,
} from "@tabard/control"
import { type Finding, type Id, type RuleDescription, SEVERITIES, type User } from "@tabard/core"
import { z } from "zod"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { idPlace, type ListOrder, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { seersOf } from "../standing-memo.ts"
import { findingViews, ruleViews } from "../views/finding-views.ts"

type Names = "listFindings" | "getFinding" | "acceptFinding" | "reopenFinding" | "listRules"

/** What is to be put right, and what people say to it. */
export function findingHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const one = (id: string): Promise<FindingView> => readFinding(services, id)
  return {
    listFindings: async ({ user }, filter) => listFindings(services, user.id, filter),
    getFinding: async (_, { id }) => one(id),
    acceptFinding: async ({ user }, { id, reason, until }) => {
      await acceptFinding(deps, user, { finding: id, reason, until: new Date(until) })
      return one(id)
    },
    reopenFinding: async ({ user }, { id, reason }) => {
      await withdrawAcceptance(deps, user, { finding: id, reason })
      return one(id)
    },
    listRules: async ({ user }, asked) => listRules(services, user, asked),
  }
}

const FINDINGS: ListOrder<Finding, Pick<Finding, "id" | "severity">> = {
  list: "findings",
  placeOf: ({ id, severity }) => ({ id, severity }),
  place: z.object({ id: idPlace("finding"), severity: z.enum(SEVERITIES) }),
}

async function listFindings(
  { shelf, clock }: ApiServices,
  by: Id<"user">,
  { agent, subject, state, severity, rule, mine, ...asked }: FindingFilter,
): Promise<Page<FindingView>> {
  const now = clock.now()
  return shelf.snapshot(async (tx) => {
    const subjects = await subjectsOf(tx, agent, subject)
    const wanted = {
      now,
      ...given({ subjects, severity, rule, states: state && [state], answeredBy: mine ? by : undefined }),
    }
    const { items, next } = await pageOf(FINDINGS, asked, (from) => tx.findings.list({ ...wanted, ...from }))
    return { items: await findingViews(tx, items, now), next }
  })
}

const RULES: ListOrder<RuleDescription, string> = {
  list: "rules",
  placeOf: ({ id }) => id,
  place: z.enum(findingRules().map(({ id }) => id)),
}

async function listRules(
  { shelf, clock, standing }: ApiServices,
  user: User,
  asked: PageQuery,
): Promise<Page<RuleView>> {
  const { items, next } = await pageOf(RULES, asked, async ({ after, limit }) => {
    const all = findingRules()
    const start = all.findIndex(({ id }) => id === after) + 1
    return all.slice(start, start + limit)
  })
  const counts = await standing.findings.of(seersOf(user), () =>
    shelf.snapshot(({ findings }) => findings.count(clock.now())),
  )
  return { items: ruleViews(items, counts), next }
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
