import assert from "node:assert/strict"
import { exchange, TokenSource } from "@tabard/client"
import { systemClock } from "@tabard/core"
import type { IssuingPath } from "./issuing-path.ts"
import { askAsInstall, ownedAgent } from "./issuing-world.ts"
import {
  answerOf,
  called,
  carried,
  federatedAgent,
  lentToWorkload,
  pair,
  prepared,
  taskForPerson,
} from "./prepare-path.ts"
import { BY_ITSELF, BY_KEY_FOR_A_PERSON, BY_KEY_ITSELF, NO_TASK, OWN_KEY } from "./what-paths-lack.ts"

/** What agents do with a token that they have. */
export const USE_PATHS: Readonly<Record<string, IssuingPath>> = {
  "introspection of a token that it has": {
    by: "/introspection",
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials } = agent
      const { task, served } = await taskForPerson(world, agent)
      const { accessToken: token } = await new TokenSource(credentials, { task }).token()
      const ask = () => answerOf(askAsInstall(credentials, "/introspection", { token }))
      const parent = { token, by: credentials }
      return prepared(agent, { task, served, key: credentials, parent }, ask)
    },
    lacks: BY_KEY_FOR_A_PERSON,
    heedsNot: {},
  },
  "introspection of a token that came of its own by exchange": {
    by: "/introspection",
    prepare: async (world) => {
      const { lead, helper, parts, subject } = await pair(world)
      const { accessToken: token } = await exchange(helper.credentials, { subject })
      const ask = () => answerOf(askAsInstall(helper.credentials, "/introspection", { token }))
      return prepared(lead, parts, ask)
    },
    lacks: { ...OWN_KEY, client: "nobody signed it in" },
    heedsNot: {},
  },
  "a request by a token that came of exchange": {
    by: null,
    prepare: async (world) => {
      const { helper, parts, subject } = await pair(world)
      const { accessToken } = await exchange(helper.credentials, { subject })
      const { key } = helper.credentials
      const ask = () => carried(world, { key, accessToken })
      return prepared(helper, { ...parts, key: helper.credentials }, ask)
    },
    lacks: { ...OWN_KEY, client: "nobody signed it in" },
    heedsNot: {},
  },
  "a request by a token that a workload got by exchange": {
    by: null,
    prepare: async (world) => {
      const { credentials, subject, ...workload } = await lentToWorkload(world)
      const { accessToken } = await exchange(credentials, { subject })
      return { ...workload, ask: () => carried(world, { key: credentials.key, accessToken }) }
    },
    lacks: { client: "nobody signed it in" },
    heedsNot: {},
  },
  "a request by a token that a trust rule gave": {
    by: null,
    prepare: async (world) => {
      const { credentials, ...federated } = await federatedAgent(world)
      const { accessToken } = await new TokenSource(credentials).token()
      return { ...federated, ask: () => carried(world, { key: credentials.key, accessToken }) }
    },
    lacks: {
      ...BY_ITSELF,
      ...NO_TASK,
      key: "it holds no key that was enrolled",
      parent: "a workload has no key to give it back by",
    },
    heedsNot: {},
  },
  "a call by a token that it has": {
    by: null,
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials, task } = agent
      const { accessToken: token } = await new TokenSource(credentials, { task: task.id }).token()
      const parts = { task: task.id, key: credentials, parent: { token, by: credentials } }
      return prepared(agent, parts, () => called(world, { agent, token, tool: "read_note" }))
    },
    lacks: BY_KEY_ITSELF,
    heedsNot: {},
  },
  "a call by an approval that it has": {
    by: null,
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials, task } = agent
      const { accessToken: token } = await new TokenSource(credentials, { task: task.id }).token()
      const call = () => called(world, { agent, token, tool: "write_note" })
      assert.match(await call(), /^ask /)
      await world.tabard.server.organisation.shelf.transact(async ({ approvals }) => {
        const pending = await approvals.list({ state: "pending", agent: agent.id, limit: 1 })
        const at = systemClock.now()
        const answer = { kind: "approved", by: agent.owner.id, at } as const
        for (const { id } of pending) assert.ok(await approvals.resolve(id, answer, at))
      })
      const parts = { task: task.id, key: credentials, parent: { token, by: credentials } }
      return prepared(agent, parts, call)
    },
    lacks: BY_KEY_ITSELF,
    heedsNot: {},
  },
}
