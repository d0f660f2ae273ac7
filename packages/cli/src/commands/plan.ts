import { resolve } from "node:path"
import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"
import { inertJson } from "@tabard/scan"
import { EXIT, explainError } from "../explain-error.ts"
import type { Surroundings } from "../surroundings.ts"
import { UsageError } from "../usage-error.ts"
import { askApi } from "./ask-api.ts"
import { documentsHere } from "./organisation-files.ts"
import { type PlanAnswer, planAnswer } from "./plan-answer.ts"
import { PLAN_WORDS, type PlanArguments, parsePlan } from "./plan-arguments.ts"
import { appliedWords, planWords } from "./plan-words.ts"
import { plannedManifests } from "./planned-manifests.ts"
import { readBounded, UnusableFile } from "./read-bounded.ts"
import { serverAccess } from "./server-access.ts"

/** What `tabard plan` ends with; 1 where it failed, wrong arguments included: they are no change. */
export const PLAN_EXIT: { readonly same: 0; readonly changes: 2; readonly nothingRead: 3 } = {
  same: 0,
  changes: 2,
  nothingRead: 3,
}

const LARGEST_PLAN = 16 * 1024 * 1024

/** `tabard plan`: says what manifests would change, and keeps nothing. */
export async function plan(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await carryOut("plan", args, surroundings)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    explainError(error, surroundings, args)
    return EXIT.failed
  }
}

/** `tabard apply`: puts manifests in force exactly as they were planned. */
export function apply(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return carryOut("apply", args, surroundings)
}

async function carryOut(
  verb: "plan" | "apply",
  args: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const asked = parsePlan(verb, args)
  const { stdout, stderr, cwd } = surroundings
  if (!asked) {
    stdout.write(PLAN_WORDS[verb].help)
    return PLAN_EXIT.same
  }
  try {
    const said = await answered(verb, asked, surroundings, await sentFor(verb, asked, cwd))
    const answer = planAnswer(said)
    const words = verb === "plan" ? planWords : appliedWords
    stdout.write(asked.json ? inertJson({ schema: "tabard.plan/1", ...said }) : words(answer))
    return verb === "plan" && differs(answer) ? PLAN_EXIT.changes : PLAN_EXIT.same
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error
    stderr.write(`${visibleText(error.message)}\n`)
    return PLAN_EXIT.nothingRead
  }
}

async function sentFor(verb: "plan" | "apply", asked: PlanArguments, cwd: string): Promise<JsonObject> {
  const { repository, prune, digest, isManifestsAlone } = asked
  const documents = isManifestsAlone ? undefined : await documentsHere(cwd)
  return {
    manifests: await plannedManifests(asked, cwd, { mayBeNone: documents !== undefined }),
    prune,
    ...(documents && {
      documents: documents.map(({ kind, subject, source }) => ({ kind, subject, source })),
    }),
    ...(repository !== undefined && { repository }),
    ...(verb === "apply" && { digest: digest ?? (await digestIn(asked, cwd)) }),
  }
}

/** What is in force and lies in no file is a difference, though applying leaves it. */
function differs({ changes, agents, documents, unfiled: gone }: PlanAnswer): boolean {
  const unfiled = [...agents.map(({ byHand }) => byHand), ...documents].some(
    ({ change }) => change === "unfiled",
  )
  return changes > 0 || unfiled || gone.length > 0
}

async function answered(
  verb: "plan" | "apply",
  { server, tokenFile }: PlanArguments,
  surroundings: Surroundings,
  body: JsonObject,
): Promise<JsonObject> {
  const access = await serverAccess(surroundings, { server, tokenFile })
  return askApi({ ...access, path: `${body["documents"] ? "/policies" : "/manifests"}/${verb}`, body })
}

/** The digest that a plan was written with; nothing else of the file counts, since the server works out the rest anew. */
async function digestIn({ plan: file = "" }: PlanArguments, cwd: string): Promise<string> {
  const digest = digestOf(await planText(resolve(cwd, file), file))
  if (digest !== undefined) return digest
  throw new UsageError(
    `--plan ${JSON.stringify(file)} is no plan: write one with tabard plan --json > ${JSON.stringify(file)}`,
  )
}

async function planText(path: string, file: string): Promise<string> {
  try {
    return await readBounded(path, LARGEST_PLAN)
  } catch (error) {
    if (error instanceof UnusableFile)
      throw new UsageError(`--plan ${JSON.stringify(file)} is of no use: ${error.message}`)
    throw error
  }
}

function digestOf(text: string): string | undefined {
  try {
    const value: Json = JSON.parse(text)
    const digest = isJsonObject(value) ? value["digest"] : undefined
    return typeof digest === "string" && digest !== "" ? digest : undefined
  } catch {
    return undefined
  }
}
