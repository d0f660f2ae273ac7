import type { JsonObject } from "@tabard/core"
import { assertFilter, type Sought } from "./filter/assert-filter.ts"
import type { Filter } from "./filter/filter.ts"
import { parseFilter } from "./filter/parse-filter.ts"
import { type Projection, readProjection } from "./resources/project-resource.ts"
import { memberIn } from "./said/said-values.ts"
import { LIST_RESPONSE } from "./schemas.ts"
import { ScimRefusal } from "./scim-refusal.ts"

/** What a list is asked for with (RFC 7644 §3.4.2). */
export interface ListQuery {
  readonly filter: Filter | undefined
  /** The first place is 1. */
  readonly startIndex: number
  readonly count: number
  readonly projection: Projection
}

/** The most resources of one answer. */
export const MOST_RESOURCES = 200

/** How many are answered where nobody says. */
const USUAL = 100

/** What of a query is looked at; what else stands in it is passed over. */
type Asked = Readonly<
  Partial<Record<"filter" | "startIndex" | "count" | "attributes" | "excludedAttributes", string>>
>

/**
 * Reads what is asked of a list.
 *
 * @throws {ScimRefusal} invalidFilter, invalidValue
 */
export function readListQuery(asked: Asked, sought: Sought): ListQuery {
  const filter = asked.filter === undefined ? undefined : parseFilter(asked.filter)
  if (filter) assertFilter(filter, sought)
  return {
    filter,
    startIndex: Math.max(1, wholeIn("startIndex", asked.startIndex) ?? 1),
    count: Math.min(MOST_RESOURCES, Math.max(0, wholeIn("count", asked.count) ?? USUAL)),
    projection: readProjection(asked.attributes, asked.excludedAttributes),
  }
}

/** Answers what a search that is sent as a body asks (RFC 7644 §3.4.3), as it would stand in an address. */
export function askedInBody(body: object): Asked {
  const names = ["filter", "startIndex", "count", "attributes", "excludedAttributes"] as const
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => {
      const value = memberIn(body, name)
      if (Array.isArray(value)) return [[name, value.join(",")]]
      return typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : []
    }),
  )
}

/** Answers a list as RFC 7644 §3.4.2 has it. */
export function listResponse(
  resources: readonly JsonObject[],
  { totalResults, startIndex }: { totalResults: number; startIndex: number },
): JsonObject {
  return {
    schemas: [LIST_RESPONSE],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}

function wholeIn(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[+-]?\d{1,9}$/.test(text))
    throw new ScimRefusal(400, "invalidValue", `${name}: it must be a whole number`)
  return Number(text)
}
