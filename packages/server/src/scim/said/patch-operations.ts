import { type PatchPath, parsePatchPath } from "../filter/parse-filter.ts"
import { ScimRefusal } from "../scim-refusal.ts"
import { listIn, memberIn, membersIn } from "./said-values.ts"

/** One operation of a PATCH (RFC 7644 §3.5.2). */
export interface PatchOperation {
  readonly op: "add" | "remove" | "replace"
  readonly path: PatchPath | undefined
  /** The path as it was written. */
  readonly at: string | undefined
  readonly value: unknown
}

/** The most operations of one request. */
const MOST_OPERATIONS = 1000

const OPS = ["add", "remove", "replace"] as const

/** What only we say: no path may name it. */
const READ_ONLY = ["id", "meta", "groups", "schemas"]

/**
 * Reads the operations of a PATCH, whatever letters they are written in: Entra sends `Replace`.
 *
 * @throws {ScimRefusal} invalidSyntax, invalidPath, noTarget, mutability, tooMany
 */
export function patchOperations(body: object): readonly PatchOperation[] {
  const sent = memberIn(body, "Operations")
  if (!Array.isArray(sent) || sent.length === 0)
    throw new ScimRefusal(400, "invalidSyntax", "Operations: a list of at least one is needed")
  if (sent.length > MOST_OPERATIONS)
    throw new ScimRefusal(400, "tooMany", `Operations: at most ${MOST_OPERATIONS} in one request`)
  return listIn(sent).map(operationIn)
}

function operationIn(sent: unknown): PatchOperation {
  const op = opIn(memberIn(sent, "op"))
  const at = memberIn(sent, "path")
  const value = memberIn(sent, "value")
  if (at !== undefined && at !== null && typeof at !== "string")
    throw new ScimRefusal(400, "invalidPath", "path: it must be a text")
  if (!at) return { ...withoutPath(op, value), at: undefined }
  const path = parsePatchPath(at)
  if (!path) throw new ScimRefusal(400, "invalidPath", `path: ${at.slice(0, 80)} is none`)
  if (!path.path.enterprise && READ_ONLY.includes(path.path.name))
    throw new ScimRefusal(400, "mutability", `path: ${at.slice(0, 80)} is only read`)
  if (op !== "remove" && value === undefined)
    throw new ScimRefusal(400, "invalidValue", `value: it is needed to ${op} ${at.slice(0, 80)}`)
  return { op, path, at, value }
}

function withoutPath(op: PatchOperation["op"], value: unknown): Omit<PatchOperation, "at"> {
  if (op === "remove") throw new ScimRefusal(400, "noTarget", "path: it is needed to remove something")
  if (!membersIn(value))
    throw new ScimRefusal(400, "invalidValue", "value: without a path it must be an object of attributes")
  return { op, path: undefined, value }
}

function opIn(sent: unknown): PatchOperation["op"] {
  const small = typeof sent === "string" ? sent.toLowerCase() : undefined
  const op = OPS.find((one) => one === small)
  if (!op) throw new ScimRefusal(400, "invalidSyntax", "op: it must be add, remove or replace")
  return op
}
