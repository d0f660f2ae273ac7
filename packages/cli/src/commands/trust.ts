import { readFile } from "node:fs/promises"
import { resolve } from "node:path"
import { isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { askApi } from "./ask-api.ts"
import { plainJson } from "./plain-json.ts"
import { serverAccess } from "./server-access.ts"
import { parseTrust, type TrustOptions, type TrustUsage } from "./trust-arguments.ts"
import { previewWords, ruleLine, ruleWords, triedWords } from "./trust-words.ts"

const TOKEN = `Asked as whoever ran tabard login, at the server that they signed in at, or by the API token in TABARD_TOKEN or FILE
(0600) at --server.`
const OF_SERVER = "[--server URL] [--token-file FILE] [--json]"

const LIST: TrustUsage = {
  usage: `usage: tabard trust list ${OF_SERVER} [--agent ID]

Lists the rules by which workloads of outside issuers are agents.
${TOKEN} The token's scope is trust:read.`,
  needs: [],
}
const SHOW: TrustUsage = {
  usage: `usage: tabard trust show RULE ${OF_SERVER}

Shows which tokens a rule takes.
${TOKEN} The token's scope is trust:read.`,
  needs: ["named"],
}
const ADD: TrustUsage = {
  usage: `usage: tabard trust add FORM --agent ID --name NAME ${OF_SERVER} [--preview]
         [--audience URL] [--jwks-url URL | --jwks-file FILE] [--one-time | --reusable] [--max-life SECONDS]
         [--network CIDR]... from which what its workloads are given counts
  github      --repository OWNER/NAME [--repository-id N --owner-id N] [--environment NAME] [--workflow PATH] [--ref REF]
  kubernetes  --issuer URL --namespace NAME --service-account NAME [--uid UID]
  spiffe      --spiffe-id spiffe://DOMAIN/PATH, and the bundle of DOMAIN by --jwks-url or --jwks-file
  aws         --issuer URL --role ARN
  gcp         --unique-id N [--email ADDRESS]
  entra       --tenant ID --object-id ID [--version 1|2]
  openid      --issuer URL [--subject TEXT | --subject-prefix TEXT]

Lets workloads of an outside issuer be an agent, and tells which tokens that takes and which not. With --preview it tells
that and keeps nothing; with --workload-token-file it tries that token as well.
${TOKEN} The token's scope is trust:write.`,
  needs: ["named", "agent", "name"],
}
const TEST: TrustUsage = {
  usage: `usage: tabard trust test RULE --workload-token-file FILE ${OF_SERVER}

Tells what a rule does with a workload's token, which is kept nowhere; ends with 1 where the rule refuses it.
${TOKEN} The token's scope is trust:read.`,
  needs: ["named", "workload-token-file"],
}
const REMOVE: TrustUsage = {
  usage: `usage: tabard trust remove RULE --reason WORDS ${OF_SERVER}

Ends a rule, its install, and every token that its workloads got.
${TOKEN} The token's scope is trust:write.`,
  needs: ["named", "reason"],
}

/** `tabard trust list`: a line for each rule. */
export async function trustList(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, LIST, async ({ agent }, ask) => {
    const rules = await everyPage(agent, ask)
    if (rules.length === 0) surroundings.stderr.write("No trust rule is there: tabard trust add makes one.\n")
    return { json: { rules: [...rules] }, text: rules.map(ruleLine).join("\n") }
  })
}

/** `tabard trust show`: one rule. */
export async function trustShow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, SHOW, async ({ named }, ask) => {
    const rule = await ask(pathOf(named))
    return { json: rule, text: ruleWords(rule) }
  })
}

/** `tabard trust add`: a rule by a form, with what it takes told before. */
export async function trustAdd(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, ADD, async (options, ask) => {
    const wish = await wishOf(options, surroundings)
    const token = options.workloadTokenFile && (await readToken(surroundings, options.workloadTokenFile))
    const preview = await ask("/trust-rules/preview", { ...wish, ...(token && { tokens: [token] }) })
    if (options.preview) return { json: preview, text: previewWords(preview) }
    const rule = await ask("/trust-rules", { ...wish, name: options.name ?? "" })
    return { json: rule, text: `${previewWords(preview)}\n\nmade      ${ruleLine(rule)}` }
  })
}

/** `tabard trust test`: what a rule does with one token. */
export async function trustTest(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, TEST, async ({ named, workloadTokenFile = "" }, ask) => {
    const token = await readToken(surroundings, workloadTokenFile)
    const tried = await ask(`${pathOf(named)}/test`, { token })
    return { json: tried, text: triedWords(tried), code: tried["accepted"] === true ? 0 : 1 }
  })
}

/** `tabard trust remove`: a rule ends. */
export async function trustRemove(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, REMOVE, async ({ named, reason = "" }, ask) => {
    await ask(`${pathOf(named)}/removal`, { reason })
    return {
      json: { removed: named },
      text: "The rule is removed; its install and its tokens ended with it.",
    }
  })
}

/** Asks the server; with a body, that something be done. */
type Ask = (path: string, body?: JsonObject) => Promise<JsonObject>

interface Said {
  readonly json: JsonObject
  readonly text: string
  readonly code?: 0 | 1
}

async function asked(
  args: readonly string[],
  surroundings: Surroundings,
  ...[usage, work]: [TrustUsage, (options: TrustOptions, ask: Ask) => Promise<Said>]
): Promise<number> {
  const { stdout } = surroundings
  const options = parseTrust(args, usage)
  if (!options) {
    stdout.write(`${usage.usage}\n`)
    return 0
  }
  const { server, token } = await serverAccess(surroundings, options)
  const said = await work(options, (path, body) => askApi({ server, token, path, ...(body && { body }) }))
  const text = options.json ? plainJson(said.json) : said.text
  stdout.write(text === "" ? "" : `${text}\n`)
  return said.code ?? 0
}

async function wishOf(options: TrustOptions, surroundings: Surroundings): Promise<JsonObject> {
  const { agent = "", fields, audience, oneTime, maxLife, networks, jwksUrl, jwksFile } = options
  const keys: JsonObject | undefined = jwksFile
    ? { kind: "inline", keys: await readKeys(surroundings, jwksFile) }
    : jwksUrl
      ? { kind: "address", url: jwksUrl }
      : undefined
  return {
    agent,
    fields,
    ...(audience && { audience }),
    ...(keys && { keys }),
    ...(oneTime !== undefined && { oneTime }),
    ...(maxLife !== undefined && { maxLifeSeconds: maxLife }),
    ...(networks && { networks }),
  }
}

async function readKeys(surroundings: Surroundings, file: string): Promise<readonly Json[]> {
  const said = new Problem("body_invalid", `${file} holds no JWKS: {"keys":[…]}`)
  try {
    const value: Json = JSON.parse(await readText(surroundings, file))
    if (isJsonObject(value) && Array.isArray(value["keys"])) return value["keys"]
  } catch (cause) {
    if (cause instanceof Problem) throw cause
  }
  throw said
}

async function readToken(surroundings: Surroundings, file: string): Promise<string> {
  const token = (await readText(surroundings, file)).trim()
  if (token === "") throw new Problem("body_invalid", `${file} holds no token`)
  return token
}

async function readText({ cwd }: Surroundings, file: string): Promise<string> {
  return readFile(resolve(cwd, file), "utf8").catch((cause: unknown) => {
    throw new Problem("body_invalid", `${file} cannot be read`, { cause })
  })
}

/** The most pages that are asked for: a list that never ends is none. */
const MAX_PAGES = 200

async function everyPage(agent: string | undefined, ask: Ask): Promise<readonly JsonObject[]> {
  const rules: JsonObject[] = []
  let after: string | undefined
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({ limit: "100", ...(agent && { agent }), ...(after && { after }) })
    const { items, next } = await ask(`/trust-rules?${query}`)
    if (Array.isArray(items)) rules.push(...items.filter((each) => isJsonObject(each)))
    if (typeof next !== "string") break
    after = next
  }
  return rules
}

function pathOf(id: string): string {
  return `/trust-rules/${encodeURIComponent(id)}`
}
