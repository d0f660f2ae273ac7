import type { MemberStep, TeamSaid } from "@tabard/control"
import { readAttributePath } from "../filter/attribute-path.ts"
import type { Filter } from "../filter/filter.ts"
import { ScimRefusal } from "../scim-refusal.ts"
import { type PatchOperation, patchOperations } from "./patch-operations.ts"
import { invalidValue, listIn, memberIn, membersIn, neededTextIn, textIn } from "./said-values.ts"

type Draft = { name?: string; externalId?: string | null; members: MemberStep[] }

// oxlint-disable-next-line no-control-regex -- these are the characters that are refused
const CONTROL = /[\u0000-\u001f\u007f]/

/**
 * Answers what a resource says of a group; what it does not say is left as it is.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function teamSaid(resource: object): TeamSaid {
  const draft: Draft = { members: [] }
  for (const [name, value] of Object.entries(resource)) say(draft, "replace", { name, value })
  return draft
}

/**
 * Answers what the operations of a PATCH say of a group, one after another.
 *
 * @throws {ScimRefusal} invalidSyntax, invalidPath, invalidValue, invalidFilter, noTarget, mutability
 */
export function teamSaidInPatch(body: object): TeamSaid {
  const draft: Draft = { members: [] }
  for (const operation of patchOperations(body)) take(draft, operation)
  return draft
}

function take(draft: Draft, { op, path, value }: PatchOperation): void {
  if (!path) {
    for (const [name, part] of membersIn(value) ?? []) say(draft, op, { name, value: part })
    return
  }
  const { name } = path.path
  if (path.filter) takeChosen(draft, { op, name, filter: path.filter })
  else if (op === "remove") takeAway(draft, { name, value })
  else say(draft, op, { name, value })
}

function say(
  draft: Draft,
  op: PatchOperation["op"],
  { name, value }: { name: string; value: unknown },
): void {
  const known = readAttributePath(name)?.name
  if (known === "displayname") draft.name = groupName(value)
  if (known === "externalid") draft.externalId = textIn("externalId", value)
  if (known === "members")
    draft.members.push({ does: op === "add" ? "add" : "replace", users: listIn(value).map(memberId) })
}

/** Entra takes people out as `remove` of `members` with a value; without one, everybody is meant. */
function takeAway(draft: Draft, { name, value }: { name: string; value: unknown }): void {
  if (name === "externalid") draft.externalId = null
  if (name === "displayname")
    throw new ScimRefusal(400, "mutability", "path: displayName cannot be taken away")
  if (name !== "members") return
  draft.members.push(
    value === undefined || value === null
      ? { does: "clear" }
      : { does: "remove", users: listIn(value).map(memberId) },
  )
}

function takeChosen(
  draft: Draft,
  { op, name, filter }: { op: PatchOperation["op"]; name: string; filter: Filter },
): void {
  if (name !== "members" || op !== "remove")
    throw new ScimRefusal(400, "invalidPath", 'path: only members[value eq "…"] can be chosen, to be removed')
  draft.members.push({ does: "remove", users: idsIn(filter) })
}

function idsIn(filter: Filter): readonly string[] {
  if (filter.kind === "or") return [...idsIn(filter.left), ...idsIn(filter.right)]
  const isId = filter.kind === "compare" && filter.path.name === "value" && filter.operator === "eq"
  if (!isId) throw new ScimRefusal(400, "invalidFilter", 'path: members are chosen by value eq "…"')
  return [String(filter.value)]
}

function memberId(one: unknown): string {
  const type = memberIn(one, "type")
  if (typeof type === "string" && type.toLowerCase() === "group")
    throw invalidValue("members", "groups in groups are not kept: push the people themselves")
  return neededTextIn("members.value", membersIn(one) ? memberIn(one, "value") : one)
}

function groupName(value: unknown): string {
  const name = neededTextIn("displayName", value)
  if (CONTROL.test(name)) throw invalidValue("displayName", "it must stand on one line")
  return name
}
