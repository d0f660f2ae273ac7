import type {
  ClientGrantView,
  ClientOperations,
  ClientRuleView,
  ClientView,
  DeviceOperations,
} from "@tabard/api"
import {
  addClientRule,
  endClientGrant,
  registerClient,
  removeClient,
  removeClientRule,
  type Transaction,
} from "@tabard/control"
import { type Client, type ClientGrant, type ClientRule, Problem, type PublicJwk } from "@tabard/core"
import { parsePublicKey, UnusableKey } from "../../oauth/public-key.ts"
import type { Handlers } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { type Names, namesOf } from "../views/names.ts"

type ClientHandlers = Pick<
  Handlers,
  Exclude<keyof ClientOperations, keyof DeviceOperations | "getClientRequest" | "answerClientRequest">
>

/** The clients that people sign agents in by: registered, ruled on, listed and ended by people. */
export function clientHandlers(services: ApiServices): ClientHandlers {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    listClients: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(CLIENTS, asked, (from) => tx.clients.list(from))
        const names = await namesOf(tx, { people: items.map(({ createdBy }) => createdBy) })
        return { items: items.map((one) => clientView(one, names)), next }
      }),
    registerClient: async ({ user }, { keys = [], ...registration }) => {
      const read = await Promise.all(keys.map(publicKey))
      const client = await registerClient(deps, user, { ...registration, keys: read })
      const names = await shelf.snapshot((tx) => namesOf(tx, { people: [client.createdBy] }))
      return clientView(client, names)
    },
    removeClient: async ({ user }, { id }) => {
      await removeClient(deps, user, id)
      return {}
    },
    listClientRules: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(RULES, asked, (from) => tx.clients.listRules(from))
        const names = await namesOf(tx, { people: items.map(({ createdBy }) => createdBy) })
        return { items: items.map((one) => ruleView(one, names)), next }
      }),
    addClientRule: async ({ user }, wish) => {
      const rule = await addClientRule(deps, user, wish)
      const names = await shelf.snapshot((tx) => namesOf(tx, { people: [rule.createdBy] }))
      return ruleView(rule, names)
    },
    removeClientRule: async ({ user }, { id }) => {
      await removeClientRule(deps, user, id)
      return {}
    },
    listClientGrants: (_, asked) =>
      shelf.snapshot(async (tx) => {
        const { items, next } = await pageOf(GRANTS, asked, (from) => tx.clientGrants.list(from))
        return { items: await grantViews(tx, items), next }
      }),
    endClientGrant: async ({ user }, { id }) => {
      await endClientGrant(deps, user, id)
      return {}
    },
  }
}

const CLIENTS = byId("clients", "client")
const RULES = byId("client-rules", "clientRule")
const GRANTS = byId("client-grants", "clientGrant")

async function publicKey(value: unknown): Promise<PublicJwk> {
  try {
    return (await parsePublicKey(value)).jwk
  } catch (cause) {
    if (!(cause instanceof UnusableKey)) throw cause
    throw new Problem("body_invalid", `a key of the client cannot be used. ${cause.message}`, { cause })
  }
}

function clientView(
  { id, name, redirectUris, keys, createdBy, createdAt }: Client,
  names: Names,
): ClientView {
  return {
    id,
    name,
    redirectUris,
    authenticates: keys.length > 0,
    createdBy: createdBy && names.person(createdBy),
    createdAt: createdAt.toISOString(),
  }
}

function ruleView(rule: ClientRule, names: Names): ClientRuleView {
  const { id, match, purpose, tier, days, createdBy, createdAt } = rule
  const made = { createdBy: names.person(createdBy), createdAt: createdAt.toISOString() }
  return { id, match, purpose, tier, days, ...made }
}

async function grantViews(
  tx: Pick<Transaction, "facts" | "instances" | "users">,
  grants: readonly ClientGrant[],
): Promise<readonly ClientGrantView[]> {
  const names = await namesOf(tx, {
    agents: grants.map(({ agent }) => agent),
    people: grants.map(({ user }) => user),
  })
  const views: ClientGrantView[] = []
  for (const { id, user, client, name, agent, agreedAt, askedAt, instance } of grants) {
    const used = instance && (await tx.instances.find(instance))?.lastUsedAt
    views.push({
      id,
      client,
      name,
      user: names.person(user),
      agent: names.agent(agent),
      agreedAt: (agreedAt ?? askedAt).toISOString(),
      lastUsedAt: used?.toISOString() ?? null,
    })
  }
  return views
}
