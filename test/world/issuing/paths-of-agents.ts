import { createKey, enrol, exchange, rotate, TokenSource } from "@tabard/client"
import { answered, askPerson, helpedAgent, redeem } from "./ask-person.ts"
import type { IssuingPath } from "./issuing-path.ts"
import { askAsInstall, ownedAgent } from "./issuing-world.ts"
import {
  answerOf,
  federatedAgent,
  lentToWorkload,
  pair,
  prepared,
  refusedOr,
  svidAgent,
  taskForPerson,
} from "./prepare-path.ts"
import {
  BY_ITSELF,
  BY_KEY_FOR_A_PERSON,
  BY_KEY_ITSELF,
  FROM_NO_TOKEN,
  NEW_JUDGEMENT,
  NO_TASK,
  OWN_KEY,
} from "./what-paths-lack.ts"

const OF_A_QUESTION = {
  ...OWN_KEY,
  delegation: "it acts for a person, not for an agent",
  client: "it asks its person by itself",
}

/** The ways of agents that hold a key of their own. */
export const AGENT_PATHS: Readonly<Record<string, IssuingPath>> = {
  "client_credentials under a task": {
    by: "client_credentials",
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials } = agent
      const { task, served } = await taskForPerson(world, agent)
      const ask = () => refusedOr(new TokenSource(credentials, { task }).token())
      return prepared(agent, { task, served, key: credentials }, ask)
    },
    lacks: { ...BY_KEY_FOR_A_PERSON, ...FROM_NO_TOKEN },
    heedsNot: {
      ...NEW_JUDGEMENT,
      "a received session-revoked names the person served": "a new one is a new judgement",
    },
  },
  "client_credentials without a task": {
    by: "client_credentials",
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials } = agent
      return prepared(agent, { key: credentials }, () => refusedOr(new TokenSource(credentials).token()))
    },
    lacks: { ...BY_KEY_ITSELF, ...FROM_NO_TOKEN, ...NO_TASK },
    heedsNot: NEW_JUDGEMENT,
  },
  "a JWT-SVID": {
    by: "/svid",
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const form = { audience: "https://vault.example" }
      return prepared(agent, { key: agent.credentials }, () =>
        answerOf(askAsInstall(agent.credentials, "/svid", form)),
      )
    },
    lacks: { ...BY_KEY_ITSELF, ...FROM_NO_TOKEN, ...NO_TASK },
    heedsNot: NEW_JUDGEMENT,
  },
  "the enrolment of a key": {
    by: null,
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { code } = await world.ann.api.offerEnrolment({ id: agent.id })
      const key = await createKey()
      const server = world.tabard.server.publicUrl
      return prepared(agent, {}, () => refusedOr(enrol({ server, code, label: "another", key })))
    },
    lacks: { ...BY_KEY_ITSELF, ...FROM_NO_TOKEN, ...NO_TASK, key: "another key is enrolled besides it" },
    heedsNot: {
      "its tokens are revoked": "a key is enrolled by a code",
      "its install is revoked": "another is enrolled in its place",
    },
  },
  "the rotation of a key": {
    by: null,
    prepare: async (world) => {
      const agent = await ownedAgent(world)
      const { credentials } = agent
      const next = await createKey()
      return prepared(agent, { key: credentials }, () => refusedOr(rotate({ credentials, next })))
    },
    lacks: { ...BY_KEY_ITSELF, ...FROM_NO_TOKEN, ...NO_TASK },
    heedsNot: {
      "its tokens are revoked": "the key is its own still",
      "a received session-revoked names it": "it ends what is live, and the key is its own still",
    },
  },
  "a trust rule, by what a platform says of a workload": {
    by: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    prepare: async (world) => {
      const { credentials, ...federated } = await federatedAgent(world)
      return { ...federated, ask: () => refusedOr(new TokenSource(credentials).token()) }
    },
    lacks: {
      ...BY_ITSELF,
      ...FROM_NO_TOKEN,
      ...NO_TASK,
      key: "it holds no key that was enrolled",
    },
    heedsNot: NEW_JUDGEMENT,
  },
  "a workload's JWT-SVID, as its proof as a client": {
    by: "client_credentials",
    prepare: async (world) => {
      const { credentials, ...federated } = await svidAgent(world)
      return { ...federated, ask: () => refusedOr(new TokenSource(credentials).token()) }
    },
    lacks: {
      ...BY_ITSELF,
      ...FROM_NO_TOKEN,
      ...NO_TASK,
      key: "it holds no key that was enrolled",
    },
    heedsNot: NEW_JUDGEMENT,
  },
  "a question to a person, by CIBA": {
    by: "/bc-authorize",
    prepare: async (world) => {
      const { agent, task, served } = await helpedAgent(world)
      const parts = { task, key: agent.credentials, served }
      return prepared(agent, parts, () => answerOf(askPerson(agent, { task, served })))
    },
    lacks: { ...OF_A_QUESTION, ...FROM_NO_TOKEN },
    heedsNot: {
      ...NEW_JUDGEMENT,
      "a received session-revoked names the person served": "they sign in anew to answer",
    },
  },
  "a token that a person said yes to, by CIBA": {
    by: "urn:openid:params:grant-type:ciba",
    prepare: async (world) => {
      const { agent, task, served } = await helpedAgent(world)
      const id = await answered(world, { agent, asked: await askPerson(agent, { task, served }), served })
      const parts = { task, key: agent.credentials, served }
      return prepared(agent, parts, () => answerOf(redeem(agent, id)))
    },
    lacks: { ...OF_A_QUESTION, ...FROM_NO_TOKEN },
    heedsNot: { "its tokens are revoked": "this one is a new judgement, and a person's" },
  },
  "a token exchange, as the agent that is acted for": {
    by: "urn:ietf:params:oauth:grant-type:token-exchange",
    prepare: async (world) => {
      const { lead, helper, parts, subject } = await pair(world)
      return prepared(lead, parts, () => refusedOr(exchange(helper.credentials, { subject })))
    },
    lacks: { ...OWN_KEY, client: "nobody signed it in" },
    heedsNot: {},
  },
  "a token exchange, as the agent that acts": {
    by: "urn:ietf:params:oauth:grant-type:token-exchange",
    prepare: async (world) => {
      const { helper, parts, subject } = await pair(world)
      const ask = () => refusedOr(exchange(helper.credentials, { subject }))
      return prepared(helper, { ...parts, key: helper.credentials }, ask)
    },
    lacks: { ...OWN_KEY, client: "nobody signed it in" },
    heedsNot: NEW_JUDGEMENT,
  },
  "a token exchange, as a workload that acts by a token of its own": {
    by: "urn:ietf:params:oauth:grant-type:token-exchange",
    prepare: async (world) => {
      const { credentials, subject, ...workload } = await lentToWorkload(world)
      return { ...workload, ask: () => refusedOr(exchange(credentials, { subject })) }
    },
    lacks: { client: "nobody signed it in" },
    heedsNot: NEW_JUDGEMENT,
  },
}
