import { resolve } from "node:path"
import { isJsonObject, type Json, type JsonObject, Problem } from "@tabard/core"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { supposedWords } from "./decision-words.ts"
import { plainJson } from "./plain-json.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"
import { serverAccess } from "./server-access.ts"
import { parseWhatIf, WHAT_IF_USAGE, type WhatIfOptions } from "./what-if-arguments.ts"

/** What the command ends with, by what would be decided. */
const CODES: ReadonlyMap<Json | undefined, number> = new Map([
  ["permit", 0],
  ["ask", 3],
  ["deny", 4],
])

/** The largest draft that is sent. */
const MAX_DRAFT = 262_144

/** `tabard what-if`: what would be decided of a call that nobody makes. */
export async function whatIf(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const options = parseWhatIf(args)
  if (!options) {
    surroundings.stdout.write(`${WHAT_IF_USAGE}\n`)
    return 0
  }
  const access = await serverAccess(surroundings, options)
  const draft = await draftOf(options, surroundings)
  const supposed = await askApi({ ...access, path: "/what-if", body: { ...options.supposes, ...draft } })
  surroundings.stdout.write(`${options.json ? plainJson(supposed) : supposedWords(supposed)}\n`)
  const { answer } = supposed
  const code = isJsonObject(answer) ? CODES.get(answer["effect"]) : undefined
  if (code !== undefined) return code
  throw new Problem(
    "body_invalid",
    "the server's answer is none that this tabard knows; use the server's version",
  )
}

async function draftOf({ draft }: WhatIfOptions, { cwd }: Pick<Surroundings, "cwd">): Promise<JsonObject> {
  if (!draft) return {}
  const text = await readBounded(resolve(cwd, draft.file), MAX_DRAFT).catch((error: unknown) => {
    if (error instanceof UnusableFile) throw new UsageError(`the draft ${draft.file}: ${error.message}`)
    throw error
  })
  const { file: _, ...kept } = draft
  return { draft: { ...kept, text } }
}
