import type { JsonObject } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { everyItem } from "./every-item.ts"
import { plainJson } from "./plain-json.ts"
import { type PoliciesOptions, type PoliciesUsage, parsePolicies } from "./policies-arguments.ts"
import {
  comparisonLines,
  coverageLines,
  documentLines,
  gapLines,
  objectsIn,
  sourceLines,
  versionLines,
} from "./policies-words.ts"
import { serverAccess } from "./server-access.ts"

const OF_SERVER = "[--server URL] [--token-file FILE] [--json]"
const ASKED = `Asked as whoever ran tabard login, or by the API token in TABARD_TOKEN or FILE (0600) at --server; its scope is agents:read.
exit codes: 0 it is told, 1 there is none that you may see, 2 wrong arguments`
const NAMED = `KIND is guard, offered, tier, cases, set, hand or manifest; SUBJECT is the set's name, or the agent's id (of the others there is one).`

const LIST: PoliciesUsage = {
  usage: `usage: tabard policies list ${OF_SERVER}

Lists the documents in force by which the organisation rules its agents: guard-rails, tiers and sets, with who wrote them.
${ASKED}`,
  isOfOne: false,
  takes: [],
}
const SHOW: PoliciesUsage = {
  usage: `usage: tabard policies show KIND [SUBJECT] [--version N] ${OF_SERVER}

Shows a document as it is in force, or as it was.
${NAMED}
${ASKED}`,
  isOfOne: true,
  takes: ["version"],
}
const HISTORY: PoliciesUsage = {
  usage: `usage: tabard policies history KIND [SUBJECT] ${OF_SERVER}

Tells who wrote which version of a document, newest first.
${NAMED}
${ASKED}`,
  isOfOne: true,
  takes: [],
}
const DIFF: PoliciesUsage = {
  usage: `usage: tabard policies diff KIND [SUBJECT] --from N --to N ${OF_SERVER}

Tells what is otherwise in one version than in another, line by line.
${NAMED}
${ASKED}`,
  isOfOne: true,
  takes: ["from", "to"],
}
const COVERAGE: PoliciesUsage = {
  usage: `usage: tabard policies coverage [--state STATE] ${OF_SERVER}

Tells which tools each agent may use, is asked about or is kept from, and by which policies. It reads what they speak of, not their
conditions. STATE is active, suspended and so on.
${ASKED}`,
  isOfOne: false,
  takes: ["state"],
}
const GAPS: PoliciesUsage = {
  usage: `usage: tabard policies gaps ${OF_SERVER}

Tells what no policy speaks of: agents without a manifest, tools that nobody is permitted, policies that decided nothing lately.
Security, administrators and auditors may ask.
${ASKED}`,
  isOfOne: false,
  takes: [],
}

/** `tabard policies list`: the documents in force. */
export function policiesList(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, LIST, async (_, ask) => {
    const json = await ask("/policies")
    return { json, text: documentLines(objectsIn(json["documents"])) }
  })
}

/** `tabard policies show`: one document. */
export function policiesShow(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, SHOW, async (options, ask) => {
    const { version } = options
    const json = await ask(`${pathOf(options)}${version === undefined ? "" : `?version=${version}`}`)
    const text = sourceLines(json["source"])
    return text === ""
      ? { json, text, aside: "Nothing is written there; what ships holds all the same." }
      : { json, text }
  })
}

/** `tabard policies history`: who wrote which version. */
export function policiesHistory(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, HISTORY, async (options, ask) => {
    const json = await ask(`${pathOf(options)}/versions`)
    return { json, text: versionLines(objectsIn(json["versions"])) }
  })
}

/** `tabard policies diff`: what is otherwise in one version than in another. */
export function policiesDiff(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, DIFF, async (options, ask) => {
    const { from, to } = options
    if (from === undefined || to === undefined)
      throw new UsageError(`--from and --to are needed\n${DIFF.usage}`)
    const json = await ask(`${pathOf(options)}/comparison?from=${from}&to=${to}`)
    return { json, text: comparisonLines(objectsIn(json["lines"])) }
  })
}

/** `tabard policies coverage`: which tools each agent may use, and by which policies. */
export function policiesCoverage(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, COVERAGE, async ({ state }, ask) => {
    const agents = await everyItem(ask, "/policy-coverage", state === undefined ? {} : { state })
    return { json: { agents: [...agents] }, text: coverageLines(agents) }
  })
}

/** `tabard policies gaps`: what no policy speaks of. */
export function policiesGaps(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return asked(args, surroundings, GAPS, async (_, ask) => {
    const json = await ask("/policy-gaps")
    return { json, text: gapLines(json) }
  })
}

type Ask = (path: string) => Promise<JsonObject>

interface Said {
  readonly json: JsonObject
  readonly text: string
  /** What is told beside it, and is no part of a document that is kept. */
  readonly aside?: string
}

async function asked(
  args: readonly string[],
  surroundings: Surroundings,
  ...[usage, work]: [PoliciesUsage, (options: PoliciesOptions, ask: Ask) => Promise<Said>]
): Promise<number> {
  const { stdout, stderr } = surroundings
  const options = parsePolicies(args, usage)
  if (!options) {
    stdout.write(`${usage.usage}\n`)
    return 0
  }
  const access = await serverAccess(surroundings, options)
  const said = await work(options, (path) => askApi({ ...access, path }))
  const text = options.json ? plainJson(said.json) : said.text
  stdout.write(text === "" ? "" : `${text}\n`)
  if (said.aside !== undefined && !options.json) stderr.write(`${said.aside}\n`)
  return 0
}

/** Of guard-rails and tiers there is one document each. */
function pathOf({ named: [kind = "", subject = "own"] }: PoliciesOptions): string {
  return `/policies/${encodeURIComponent(kind)}/${encodeURIComponent(subject)}`
}
