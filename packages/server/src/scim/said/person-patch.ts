import type { PersonSaid } from "@tabard/control"
import { matches } from "../filter/match-filter.ts"
import type { PatchPath } from "../filter/parse-filter.ts"
import { ScimRefusal } from "../scim-refusal.ts"
import { addedAddressIn } from "./address-said.ts"
import { type PatchOperation, patchOperations } from "./patch-operations.ts"
import { type DraftPerson, sayAttribute } from "./person-said.ts"
import { membersIn, textIn } from "./said-values.ts"

/** What cannot be taken away from anybody. */
const NEEDED = ["username", "active"]

/** The one address that is kept of everybody, as a path's filter looks for it. */
const OURS = { type: "work", primary: true }

/**
 * Answers what the operations of a PATCH say of a person, one after another.
 *
 * @throws {ScimRefusal} invalidSyntax, invalidPath, invalidValue, noTarget, mutability
 */
export function personSaidInPatch(body: object): PersonSaid {
  const draft: DraftPerson = {}
  for (const operation of patchOperations(body)) take(draft, operation)
  return draft
}

function take(draft: DraftPerson, operation: PatchOperation): void {
  const { op, path, at, value } = operation
  if (!path) return takeAll(draft, operation)
  if (op === "remove" && NEEDED.includes(path.path.name))
    throw new ScimRefusal(400, "mutability", `path: ${at} cannot be taken away`)
  const said = op === "remove" ? null : value
  if (!path.path.enterprise && path.path.name === "emails") takeAddress(draft, { op, path, said })
  else if (at !== undefined) sayAttribute(draft, at, said)
}

function takeAll(draft: DraftPerson, { op, value }: PatchOperation): void {
  for (const [name, part] of membersIn(value) ?? []) {
    if (op === "add" && name.toLowerCase() === "emails") addAddress(draft, part)
    else sayAttribute(draft, name, part)
  }
}

/** Addresses of another kind are passed over: one is kept. */
function takeAddress(
  draft: DraftPerson,
  { op, path, said }: { op: PatchOperation["op"]; path: PatchPath; said: unknown },
): void {
  if (path.filter && !matches(OURS, path.filter)) return
  if (path.sub !== undefined) takePart(draft, path.sub, said)
  else if (path.filter && !membersIn(said)) takePart(draft, "value", said)
  else if (op === "add") addAddress(draft, said)
  else sayAttribute(draft, "emails", said)
}

function takePart(draft: DraftPerson, sub: string, said: unknown): void {
  if (sub === "value") draft.address = textIn("emails.value", said)
}

function addAddress(draft: DraftPerson, said: unknown): void {
  const address = addedAddressIn(said)
  if (address !== undefined) draft.address = address
}
