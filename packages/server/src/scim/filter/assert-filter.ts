import { COMMON, ENTERPRISE, GROUP, USER } from "../discovery/known-schemas.ts"
import type { SchemaAttribute } from "../discovery/schema-attributes.ts"
import type { AttributePath } from "./attribute-path.ts"
import type { Filter } from "./filter.ts"
import { invalidFilter } from "./filter-tokens.ts"

/** What of a resource can be looked for. */
export interface Sought {
  readonly core: readonly SchemaAttribute[]
  readonly enterprise: readonly SchemaAttribute[]
}

/** What people can be looked for by. */
export const SOUGHT_USER: Sought = {
  core: [...COMMON, ...USER.attributes],
  enterprise: ENTERPRISE.attributes,
}

/** What groups can be looked for by. */
export const SOUGHT_GROUP: Sought = { core: [...COMMON, ...GROUP.attributes], enterprise: [] }

/** What of truth values is compared. */
const EQUAL = ["eq", "ne"]

/**
 * Makes sure that a filter names attributes that there are, each compared as what it is (RFC 7644 §3.4.2.2): what nobody has
 * would match nothing, and look like an answer.
 *
 * @throws {ScimRefusal} invalidFilter
 */
export function assertFilter(filter: Filter, sought: Sought): void {
  switch (filter.kind) {
    case "and":
    case "or":
      assertFilter(filter.left, sought)
      assertFilter(filter.right, sought)
      return
    case "not":
      assertFilter(filter.of, sought)
      return
    case "present":
      attributeAt(filter.path, sought)
      return
    case "within":
      assertFilter(filter.filter, {
        core: attributeAt(filter.path, sought).subAttributes ?? [],
        enterprise: [],
      })
      return
    case "compare":
      assertCompares(attributeAt(filter.path, sought), filter)
  }
}

function assertCompares(
  { name, type, subAttributes }: SchemaAttribute,
  { operator, value }: Extract<Filter, { kind: "compare" }>,
): void {
  if (type === "boolean" && !EQUAL.includes(operator))
    throw invalidFilter(`${name} is true or false, and is compared by eq and ne alone`)
  const whole = type === "complex" && !subAttributes?.some((sub) => sub.name === "value")
  if (whole && value !== null) throw invalidFilter(`${name} has parts: compare one of them`)
  if (type === "dateTime" && Number.isNaN(Date.parse(String(value))))
    throw invalidFilter(`${name} is compared with a time`)
}

function attributeAt({ enterprise, name, sub }: AttributePath, sought: Sought): SchemaAttribute {
  const found = named(enterprise ? sought.enterprise : sought.core, name)
  const part = found && sub !== undefined ? named(found.subAttributes ?? [], sub) : found
  if (!part)
    throw invalidFilter(`nothing can be looked for by ${sub === undefined ? name : `${name}.${sub}`}`)
  return part
}

function named(attributes: readonly SchemaAttribute[], name: string): SchemaAttribute | undefined {
  return attributes.find((attribute) => attribute.name.toLowerCase() === name)
}
