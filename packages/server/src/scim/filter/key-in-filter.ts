import type { PersonKey } from "@tabard/control"
import type { AttributePath } from "./attribute-path.ts"
import type { Filter } from "./filter.ts"

/** What a person is found by at once, by how a filter spells it. */
const KEYS: Readonly<Record<string, NonNullable<PersonKey>["by"]>> = {
  id: "id",
  username: "userName",
  externalid: "externalId",
  emails: "address",
  "emails.value": "address",
}

/** Answers by what everybody can be found whom a filter can match; undefined where all have to be looked at. Pure. */
export function keyInFilter(filter: Filter): PersonKey {
  switch (filter.kind) {
    case "and":
      return keyInFilter(filter.left) ?? keyInFilter(filter.right)
    case "compare":
      return keyIn(filter.path, filter)
    case "within":
      return keyWithin(filter.path, filter.filter)
    case "or":
    case "not":
    case "present":
      return undefined
  }
}

function keyIn(path: AttributePath, { operator, value }: Extract<Filter, { kind: "compare" }>): PersonKey {
  const by = path.enterprise
    ? undefined
    : KEYS[path.sub === undefined ? path.name : `${path.name}.${path.sub}`]
  return by && operator === "eq" && typeof value === "string" ? { by, is: value } : undefined
}

function keyWithin(path: AttributePath, filter: Filter): PersonKey {
  if (path.enterprise || path.name !== "emails") return undefined
  if (filter.kind === "and") return keyWithin(path, filter.left) ?? keyWithin(path, filter.right)
  return filter.kind === "compare" ? keyIn({ ...path, sub: filter.path.name }, filter) : undefined
}
