import type { JsonObject } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { agentLine, agentWords } from "./agent-words.ts"
import { type AgentsOptions, type AgentsUsage, parseAgents } from "./agents-arguments.ts"
import { askApi } from "./ask-api.ts"
import { everyItem } from "./every-item.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const TOKEN = `Asked as whoever ran tabard login, at the server that they signed in at, or by the API token in TABARD_TOKEN or FILE
(0600) at --server.`
const OF_SERVER = "[--server URL] [--token-file FILE] [--json]"

const LIST: AgentsUsage = {
  usage: `usage: tabard agents list ${OF_SERVER} [--state STATE]

Lists the agents that whoever asks sees: id, state, owner, name.
${TOKEN} The token's scope is agents:read.`,
  ids: 0,
  acts: false,
}
const SHOW: AgentsUsage = {
  usage: `usage: tabard agents show ID ${OF_SERVER}

Shows an agent, its installs with the age and the place of their keys, and how many of its tokens are live.
${TOKEN} The token's scope is agents:read.`,
  ids: 1,
  acts: false,
}
const REVOKE_KEY: AgentsUsage = {
  usage: `usage: tabard agents revoke-key ID INSTANCE --reason WORDS ${OF_SERVER}

Ends one install of an agent for good: its keys are refused at once, and its tokens end. The agent's other installs go on.
${TOKEN} The token's scope is agents:write.`,
  ids: 2,
  acts: true,
}

/** What changes how an agent stands, at which address, and what it does. */
const CHANGES = {
  suspend: {
    at: "suspension",
    does: "Stops an agent at once: it gets no token, and those it has are refused. The scope is agents:write.",
  },
  quarantine: {
    at: "quarantine",
    does: "Stops an agent at once, until a person has looked at it. The scope is agents:write.",
  },
  resume: {
    at: "resumption",
    does: "Lets a stopped agent act again. A person's: no API token may, tabard login does.",
  },
} as const

/** `tabard agents list`: a line for each agent. */
export async function agentsList(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, LIST, async ({ state }, ask) => {
    const agents = await everyItem((path) => ask(path), "/agents", state === undefined ? {} : { state })
    return { json: { agents: [...agents] }, text: agents.map(agentLine).join("\n") }
  })
}

/** `tabard agents show`: one agent, and how it proves itself. */
export async function agentsShow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, SHOW, async ({ ids }, ask) => shown(await ask(pathOf(ids))))
}

/** `tabard agents suspend`: an agent stops at once. */
export function agentsSuspend(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return change("suspend", args, surroundings)
}

/** `tabard agents quarantine`: an agent stops at once, until a person has looked at it. */
export function agentsQuarantine(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return change("quarantine", args, surroundings)
}

/** `tabard agents resume`: a stopped agent may act again. */
export function agentsResume(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return change("resume", args, surroundings)
}

/** `tabard agents revoke-key`: one install ends. */
export async function agentsRevokeKey(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(
    args,
    surroundings,
    REVOKE_KEY,
    async ({ ids: [agent = "", instance = ""], reason = "" }, ask) =>
      shown(await ask(`${pathOf([agent])}/instances/${encodeURIComponent(instance)}/revocation`, { reason })),
  )
}

function change(
  how: keyof typeof CHANGES,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { at, does } = CHANGES[how]
  const usage = `usage: tabard agents ${how} ID --reason WORDS ${OF_SERVER}

${does}
${TOKEN}`
  return asked(args, surroundings, { usage, ids: 1, acts: true }, async ({ ids, reason = "" }, ask) =>
    shown(await ask(`${pathOf(ids)}/${at}`, { reason })),
  )
}

/** Asks the server; with a body, that something be done. */
type Ask = (path: string, body?: JsonObject) => Promise<JsonObject>

interface Said {
  readonly json: JsonObject
  readonly text: string
}

async function asked(
  args: readonly string[],
  surroundings: Surroundings,
  ...[usage, work]: [AgentsUsage, (options: AgentsOptions, ask: Ask) => Promise<Said>]
): Promise<number> {
  const { stdout } = surroundings
  const options = parseAgents(args, usage)
  if (!options) {
    stdout.write(`${usage.usage}\n`)
    return 0
  }
  const { server, token } = await serverAccess(surroundings, options)
  const said = await work(options, (path, body) => askApi({ server, token, path, ...(body && { body }) }))
  const text = options.json ? plainJson(said.json) : said.text
  stdout.write(text === "" ? "" : `${text}\n`)
  return 0
}

function shown(agent: JsonObject): Said {
  return { json: agent, text: agentWords(agent) }
}

function pathOf([id = ""]: readonly string[]): string {
  return `/agents/${encodeURIComponent(id)}`
}
