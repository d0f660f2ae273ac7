import { isJsonObject, type Json, type JsonObject } from "@tabard/core"
import { type AsksDescription, asksDescription } from "./asks-description.ts"
import type { ExactPolicyJson } from "./cedar/read-policy.ts"
import { type AskedFacts, askedFacts } from "./facts/asked-facts.ts"
import { type ForbiddenReads, forbiddenReads } from "./forbidden-reads.ts"
import { readPath } from "./path.ts"
import { PolicyInvalid } from "./policy-invalid.ts"
import { conditionNodes } from "./policy-nodes.ts"
import { asksWhatWasRead } from "./what-was-read.ts"

/** What a policy's conditions need from whoever prepares the question. */
export interface ConditionFacts extends AsksDescription {
  /** The folders of `….under.contains("/folder")`: the fact holds those that were asked for, and no others. */
  readonly roots: readonly string[]
  /** What it asks about texts and hours. */
  readonly asked: AskedFacts
  /** What it forbids by. */
  readonly forbids: ForbiddenReads
  /** Whether it asks what was read before. */
  readonly asksRead: boolean
}

/** The ways to look into what an entity-typed attribute points at. */
const DEREFERENCES = [".", "has", "hasTag", "getTag", "in", "is"]

/** Reads what a policy's conditions ask about, and refuses questions that nobody could answer. */
export function conditionFacts(policy: string, json: ExactPolicyJson): ConditionFacts {
  const roots = new Set<string>()
  let mentioned = 0
  let answered = 0
  for (const node of conditionNodes(json)) {
    if (isUnder(node)) mentioned += 1
    if (looksThroughOwner(node)) throw new PolicyInvalid(policy, "an owner can be compared, not looked into")
    const folders = askedFolders(node)
    if (!folders) continue
    answered += 1
    for (const folder of folders) roots.add(canonicalFolder(policy, folder))
  }
  if (mentioned > answered) {
    throw new PolicyInvalid(
      policy,
      'ask `under` only with contains("/a/folder"): it holds the folders that policies name',
    )
  }
  return {
    roots: [...roots],
    asked: askedFacts(policy, json),
    forbids: forbiddenReads(json, askedFolders),
    asksRead: asksWhatWasRead(json),
    ...asksDescription(json),
  }
}

/** `x.under`, but not an argument of that name: `context.input.under`. */
function isUnder(node: Json | undefined): boolean {
  const access = memberOf(node, ".")
  return memberOf(access, "attr") === "under" && !isInput(memberOf(access, "left"))
}

function isInput(node: Json | undefined): boolean {
  const access = memberOf(node, ".")
  return memberOf(access, "attr") === "input" && memberOf(memberOf(access, "left"), "Var") === "context"
}

function askedFolders(node: Json): string[] | undefined {
  const call = ["contains", "containsAny", "containsAll"]
    .map((name) => memberOf(node, name))
    .find(isJsonObject)
  if (!call || !isUnder(call["left"])) return undefined
  const set = memberOf(call["right"], "Set")
  const literals: readonly Json[] = Array.isArray(set) ? set : [call["right"] ?? null]
  const folders = literals.map((literal) => memberOf(literal, "Value"))
  return folders.every((folder) => typeof folder === "string") ? folders : undefined
}

function canonicalFolder(policy: string, folder: string): string {
  const read = readPath(folder)
  if ("refused" in read)
    throw new PolicyInvalid(policy, `${folder} is no folder to judge by: ${read.refused}`)
  if (read.path !== folder) throw new PolicyInvalid(policy, `the folder ${folder} is spelt ${read.path}`)
  return folder
}

/** Only principal, resource, what the context names and their ancestors are loaded; a policy that looks further would err. */
function looksThroughOwner(node: JsonObject): boolean {
  return DEREFERENCES.some((name) => {
    const access = memberOf(memberOf(memberOf(node, name), "left"), ".")
    return memberOf(access, "attr") === "owner" && memberOf(memberOf(access, "left"), "Var") === "principal"
  })
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}
