import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { parseArgs } from "node:util"
import { isJsonObject, type Json, type JsonObject, Problem, visibleText } from "@tabard/core"
import { CERTIFICATION_FIXTURE } from "../authzen/certification-fixture.ts"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"

const ACCESS = `[--server URL] [--token-file FILE] [--json]

Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server; its scopes are
applications:read and applications:write.`

const USAGES = {
  list: `usage: tabard authzen list ${ACCESS}

Lists the applications of the decision point.`,
  show: `usage: tabard authzen show NAME ${ACCESS}

Shows one application: its schema and its policies.`,
  put: `usage: tabard authzen put NAME [--schema FILE] [--policies FILE] [--entities FILE] [--recorded yes|no] ${ACCESS}

Puts an application in force, once schema, policies and entities hold together; what is left out stays as it is.`,
  remove: `usage: tabard authzen remove NAME --reason WORDS ${ACCESS}

Takes an application out of force.`,
  "load-fixture": `usage: tabard authzen load-fixture [NAME] ${ACCESS}

Puts the application in force that the AuthZEN certification scenario asks about, under NAME or certification.`,
} as const

type Verb = keyof typeof USAGES

const OPTIONS = {
  server: { type: "string" },
  "token-file": { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  schema: { type: "string" },
  policies: { type: "string" },
  entities: { type: "string" },
  recorded: { type: "string" },
  reason: { type: "string" },
} as const

/** `tabard authzen list`: the applications, a line each. */
export function authzenList(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return run("list", args, surroundings, async (_, ask) => {
    const answer = await ask("/applications?limit=1000")
    const { items } = answer
    const lines = Array.isArray(items) ? items.filter((item) => isJsonObject(item)).map(lineOf) : []
    return { json: answer, text: lines.join("\n") }
  })
}

/** `tabard authzen show`: one application whole, but for its entities. */
export function authzenShow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return run("show", args, surroundings, async ({ named }, ask) => {
    const shown = await ask(`/applications/${encodeURIComponent(needed(named, "show"))}`)
    const texts = [shown["schema"], shown["policies"]].map(linesOf)
    return { json: shown, text: [lineOf(shown), ...texts].join("\n\n") }
  })
}

/** `tabard authzen put`: an application comes into force. */
export function authzenPut(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return run("put", args, surroundings, async ({ named, schema, policies, entities, recorded }, ask) => {
    const wish: JsonObject = {
      name: needed(named, "put"),
      ...(schema && { schema: await readText(surroundings, schema) }),
      ...(policies && { policies: await readText(surroundings, policies) }),
      ...(entities && { entities: await readEntities(surroundings, entities) }),
      ...(recorded && { recorded: yesOrNo(recorded) }),
    }
    return putSaid(await ask("/applications", wish))
  })
}

/** `tabard authzen remove`: an application is in force no longer. */
export function authzenRemove(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return run("remove", args, surroundings, async ({ named, reason }, ask) => {
    const name = needed(named, "remove")
    if (!reason) throw new UsageError(`--reason is needed\n${USAGES.remove}`)
    await ask(`/applications/${encodeURIComponent(name)}/removal`, { reason })
    return { json: { removed: name }, text: `${said(name)} is in force no longer.` }
  })
}

/** `tabard authzen load-fixture`: what the certification scenario asks about comes into force. */
export function authzenLoadFixture(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return run("load-fixture", args, surroundings, async ({ named }, ask) => {
    const { schema, policies, entities } = CERTIFICATION_FIXTURE
    return putSaid(await ask("/applications", { name: named ?? "certification", schema, policies, entities }))
  })
}

interface Options {
  readonly named: string | undefined
  readonly schema: string | undefined
  readonly policies: string | undefined
  readonly entities: string | undefined
  readonly recorded: string | undefined
  readonly reason: string | undefined
}

type Ask = (path: string, body?: JsonObject) => Promise<JsonObject>

interface Said {
  readonly json: JsonObject
  readonly text: string
}

async function run(
  verb: Verb,
  args: readonly string[],
  ...[surroundings, work]: [Surroundings, (options: Options, ask: Ask) => Promise<Said>]
): Promise<number> {
  const { values, positionals } = parsed(verb, args)
  if (values.help) {
    surroundings.stdout.write(`${USAGES[verb]}\n`)
    return 0
  }
  const [named] = positionals
  const { schema, policies, entities, recorded, reason } = values
  const { server, token } = await serverAccess(surroundings, {
    server: values.server,
    tokenFile: values["token-file"],
  })
  const ask: Ask = (path, body) => askApi({ server, token, path, ...(body && { body }) })
  const answer = await work({ named, schema, policies, entities, recorded, reason }, ask)
  const text = values.json ? plainJson(answer.json) : answer.text
  surroundings.stdout.write(text === "" ? "" : `${text}\n`)
  return 0
}

function parsed(verb: Verb, args: readonly string[]) {
  try {
    const read = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    if (read.positionals.length > 1) throw new UsageError("only one application can be meant")
    return read
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "wrong arguments"}\n${USAGES[verb]}`)
  }
}

function needed(named: string | undefined, verb: Verb): string {
  if (named) return named
  throw new UsageError(`say which application is meant\n${USAGES[verb]}`)
}

function yesOrNo(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes"
  throw new UsageError(`--recorded is yes or no\n${USAGES.put}`)
}

function putSaid(shown: JsonObject): Said {
  const where = `Its decision point is ${said(shown["decisionPoint"])}`
  const next = "Who may ask it is registered as an enforcement point (docs/authzen.md)."
  return { json: shown, text: `in force  ${lineOf(shown)}\n${where}\n${next}` }
}

function lineOf({ name, version, entities, decisionPoint }: JsonObject): string {
  return `${said(name)}  version ${said(version)}  ${said(entities)} ${entities === 1 ? "entity" : "entities"}  ${said(decisionPoint)}`
}

function said(value: Json | undefined): string {
  return typeof value === "string" || typeof value === "number" ? visibleText(String(value)) : ""
}

/** Each line by itself: what ends one is ours to write. */
function linesOf(value: Json | undefined): string {
  return typeof value === "string" ? value.trimEnd().split("\n").map(visibleText).join("\n") : ""
}

async function readText({ cwd }: Surroundings, file: string): Promise<string> {
  return readFile(resolve(cwd, file), "utf8").catch((cause: unknown) => {
    throw new Problem("body_invalid", `${file} cannot be read`, { cause })
  })
}

async function readEntities(surroundings: Surroundings, file: string): Promise<readonly Json[]> {
  const text = await readText(surroundings, file)
  try {
    const value: Json = JSON.parse(text)
    if (Array.isArray(value)) return value
  } catch {
    // Told below.
  }
  throw new Problem("body_invalid", `${file} holds no JSON list of entities`)
}
