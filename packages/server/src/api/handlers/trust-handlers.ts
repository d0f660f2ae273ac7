import type { TrustOperations, TrustPreviewInput, TrustWishInput } from "@tabard/api"
import {
  findTrustRule,
  makeTrustRule,
  proposeTerms,
  removeTrustRule,
  requireTrusting,
  tryNeighbours,
} from "@tabard/control"
import type { TrustTerms } from "@tabard/core"
import { assertReachable } from "../../federation/reachable-keys.ts"
import { tryKeys, tryToken } from "../../federation/try-token.ts"
import { askedId } from "../asked-id.ts"
import { given } from "../given.ts"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { sentView, triedView, trustRuleViews, trustTermsView } from "../views/trust-views.ts"

const RULES = byId("trust-rules", "trustRule")

/** The rules by which workloads of outside issuers are agents. */
export function trustHandlers(services: ApiServices): Pick<Handlers, keyof TrustOperations> {
  return { ...reading(services), ...keeping(services), ...trying(services) }
}

function reading(services: ApiServices): Pick<Handlers, "listTrustRules" | "getTrustRule"> {
  const { shelf, issuer } = services
  return {
    listTrustRules: (_, { agent, ...asked }) =>
      shelf.snapshot(async (tx) => {
        const of = given({ agent: askedId("agent", "agent", agent) })
        const { items, next } = await pageOf(RULES, asked, (from) => tx.trustRules.list({ ...of, ...from }))
        return { items: await trustRuleViews(tx, items, issuer.issuer), next }
      }),
    getTrustRule: (_, { id }) => viewOf(services, id),
  }
}

function keeping(services: ApiServices): Pick<Handlers, "makeTrustRule" | "removeTrustRule"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    makeTrustRule: async ({ user }, { agent, name, ...wish }) => {
      const terms = termsOf(services, wish)
      const rule = await makeTrustRule(deps, user, { agent, name, fields: wish.fields, terms })
      return viewOf(services, rule.id)
    },
    removeTrustRule: async ({ user }, { id, reason }) => {
      await removeTrustRule(deps, user, { rule: id, reason })
      return {}
    },
  }
}

function trying(services: ApiServices): Pick<Handlers, "previewTrustRule" | "testTrustRule"> {
  const { shelf, clock, issuer } = services
  return {
    previewTrustRule: async ({ user }, { agent, tokens = [], ...wish }: TrustPreviewInput) => {
      await shelf.snapshot((tx) => requireTrusting(tx, user, agent, clock.now()))
      const { fields } = wish
      const terms = termsOf(services, wish)
      const keys = await tryKeys(services, terms)
      const sent = []
      for (const token of tokens) sent.push(sentView(await tryToken(services, terms, token)))
      const near = tryNeighbours(fields, terms, clock.now()).map(triedView)
      return { terms: trustTermsView(fields, terms, issuer.issuer), keys, tried: [...sent, ...near] }
    },
    testTrustRule: async ({ user }, { id, token }) => {
      const rule = await shelf.snapshot(async (tx) => {
        const found = await findTrustRule(tx, id)
        await requireTrusting(tx, user, found.agent, clock.now())
        return found
      })
      return sentView(await tryToken(services, rule, token))
    },
  }
}

function termsOf(
  { issuer, ways }: ApiServices,
  { audience = issuer.issuer, networks = [], hours = [], ...wish }: Omit<TrustWishInput, "agent">,
): TrustTerms {
  const terms = proposeTerms({ ...wish, audience, counts: { networks, hours } })
  assertReachable(ways.rules, terms)
  return terms
}

async function viewOf(
  { shelf, issuer }: ApiServices,
  id: string,
): Promise<Awaited<ReturnType<typeof trustRuleViews>>[number]> {
  const [view] = await shelf.snapshot(async (tx) =>
    trustRuleViews(tx, [await findTrustRule(tx, id)], issuer.issuer),
  )
  if (!view) throw new TypeError("a rule that was found has a view")
  return view
}
