import { resolve } from "node:path"
import type { JsonObject } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { type ObserveOptions, type ObserveUsage, parseObserve } from "./observe-arguments.ts"
import {
  observingWords,
  previewCode,
  previewWords,
  rehearsalWords,
  suggestionWords,
} from "./observe-words.ts"
import { plainJson } from "./plain-json.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"
import { serverAccess } from "./server-access.ts"

const AT = "[--server URL] [--token-file FILE] [--json]"
const TOKEN = `Asked as whoever ran tabard login, at the server that they signed in at, or by the API token in TABARD_TOKEN or FILE
(0600) at --server.`
const DONE = "exit codes: 0 done, 1 refused, 2 wrong arguments"

const START: ObserveUsage = {
  usage: `usage: tabard observe start AGENT --days N --reason WORDS ${AT}

Lets an agent do for 1 to 30 days what its own bounds would stop, and keeps what that would have been. What guard-rails and ceilings
stop stays stopped. A person's: no API token may, tabard login does.
${DONE}`,
  needs: ["reason", "days"],
  takesDraft: false,
}
const STATUS: ObserveUsage = {
  usage: `usage: tabard observe status AGENT ${AT}

Says whether an agent is observed, by whose word, until when, and how many calls were let through.
${TOKEN} The token's scope is agents:read.
${DONE}`,
  needs: [],
  takesDraft: false,
}
const PREVIEW: ObserveUsage = {
  usage: `usage: tabard observe preview AGENT [--manifest FILE] ${AT}

Says what would break: which of the calls that were observed would be denied or asked about, and why, by the manifest in force or by
the draft in FILE. Nothing is changed.
${TOKEN} The token's scope is agents:read.
exit codes: 0 nothing would be stopped, 3 people would be asked, or of some calls too little is kept, 4 something would be denied,
1 it could not be answered, 2 wrong arguments`,
  needs: [],
  takesDraft: true,
}
const SUGGEST: ObserveUsage = {
  usage: `usage: tabard observe suggest AGENT ${AT}

Writes the smallest manifest that covers what was observed; what the manifest in force allows and nobody used, and what the suggestion
would have stopped, stand in it as comments. It is a draft for a person: nothing is put in force.
${TOKEN} The token's scope is agents:read.
${DONE}`,
  needs: [],
  takesDraft: false,
}
const REHEARSE: ObserveUsage = {
  usage: `usage: tabard observe rehearse AGENT ${AT}

Records that an agent was rehearsed, where its bounds would have denied nothing of what was observed. A person's: no API token may,
tabard login does.
${DONE}`,
  needs: [],
  takesDraft: false,
}
const END: ObserveUsage = {
  usage: `usage: tabard observe end AGENT --reason WORDS ${AT}

Has the bounds of an agent enforced again, for every call that is decided from then on. What that would stop is told before by
tabard observe preview.
${TOKEN} The token's scope is agents:write.
${DONE}`,
  needs: ["reason"],
  takesDraft: false,
}

/** The largest draft that is sent. */
const MAX_DRAFT = 262_144

type Command = (args: readonly string[], surroundings: Surroundings) => Promise<number>

/** `tabard observe start`: an agent is watched under its manifest before that is enforced. */
export const observeStart: Command = (args, surroundings) =>
  asked(args, surroundings, START, {
    at: "",
    body: async ({ reason, days = 0 }) => ({ reason, days }),
    words: observingWords,
  })

/** `tabard observe status`: whether it is, and until when. */
export const observeStatus: Command = (args, surroundings) =>
  asked(args, surroundings, STATUS, { at: "", words: observingWords })

/** `tabard observe preview`: what enforcing would stop. */
export const observePreview: Command = (args, surroundings) =>
  asked(args, surroundings, PREVIEW, {
    at: "/preview",
    body: draftIn,
    words: previewWords,
    code: previewCode,
  })

/** `tabard observe suggest`: a manifest from what was seen. */
export const observeSuggest: Command = (args, surroundings) =>
  asked(args, surroundings, SUGGEST, { at: "/suggestion", words: suggestionWords })

/** `tabard observe rehearse`: that it was tried is recorded. */
export const observeRehearse: Command = (args, surroundings) =>
  asked(args, surroundings, REHEARSE, { at: "/rehearsal", body: async () => ({}), words: rehearsalWords })

/** `tabard observe end`: its bounds are enforced again. */
export const observeEnd: Command = (args, surroundings) =>
  asked(args, surroundings, END, {
    at: "/end",
    body: async ({ reason }) => ({ reason }),
    words: observingWords,
  })

/** What a command asks of the server, and how it says the answer. */
interface Question {
  /** Below the agent's `observing`. */
  readonly at: string
  /** What is sent; without it the command only reads. */
  readonly body?: (options: ObserveOptions, surroundings: Surroundings) => Promise<JsonObject>
  readonly words: (answer: JsonObject) => string
  readonly code?: (answer: JsonObject) => number
}

async function asked(
  args: readonly string[],
  surroundings: Surroundings,
  ...[usage, { at, body, words, code }]: [ObserveUsage, Question]
): Promise<number> {
  const { stdout } = surroundings
  const options = parseObserve(args, usage)
  if (!options) {
    stdout.write(`${usage.usage}\n`)
    return 0
  }
  const access = await serverAccess(surroundings, options)
  const path = `/agents/${encodeURIComponent(options.agent)}/observing${at}`
  const sent = await body?.(options, surroundings)
  const answer = await askApi({ ...access, path, ...(sent && { body: sent }) })
  stdout.write(`${options.json ? plainJson(answer) : words(answer)}\n`)
  return code?.(answer) ?? 0
}

async function draftIn({ manifest }: ObserveOptions, { cwd }: Surroundings): Promise<JsonObject> {
  if (manifest === undefined) return {}
  const text = await readBounded(resolve(cwd, manifest), MAX_DRAFT).catch((error: unknown) => {
    if (error instanceof UnusableFile) throw new UsageError(`the draft ${manifest}: ${error.message}`)
    throw error
  })
  return { manifest: text }
}
