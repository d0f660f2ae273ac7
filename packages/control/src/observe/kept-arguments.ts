import {
  isJsonObject,
  isLosslessNumber,
  type Json,
  type JsonObject,
  type ToolVersion,
  writeLossless,
} from "@tabard/core"
import { maskedSecrets, namesSecret } from "@tabard/scan"
import type { ObservedCall } from "./observe-store.ts"

/** Longer texts are contents, not facts: no bound that a manifest can say needs them. */
const LONGEST = 256

/** As much is kept of all arguments of one call. */
const MOST = 4_096

/** What stands where a text was not kept. */
export const WITHHELD = "[withheld]"

/** What of a tool says what its arguments are for. */
type Registered = Pick<ToolVersion, "roles">

/**
 * Answers what is kept of a call's arguments: numbers, flags and short texts, paths as they were judged. Contents and code are not
 * kept, nor is a text that is long, has the shape of a secret or stands where one is named; where the whole is large nothing is.
 */
export function keptArguments(
  { roles }: Registered,
  given: JsonObject,
  resolvedPaths: ReadonlyMap<string, string> = new Map(),
): Pick<ObservedCall, "arguments" | "withheld"> {
  const keeper = new Keeper(resolvedPaths)
  // A member may be called as what every object has.
  const kept: JsonObject = Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      if (value === undefined) return []
      const isKept = !isContent(roles, name) && !namesSecret(name)
      return [[name, isKept ? keeper.keep(value, name) : keeper.withhold(value, name)]]
    }),
  )
  const isLarge = writeLossless(kept).length > MOST || keeper.withheld.length > 50
  return { arguments: isLarge ? null : kept, withheld: isLarge ? [] : keeper.withheld }
}

function isContent(roles: Registered["roles"], name: string): boolean {
  const own = Object.hasOwn(roles, name) ? (roles[name] ?? []) : []
  return own.some((role) => role === "content" || role === "code")
}

/** Goes through one call's arguments and notes what it leaves out. */
class Keeper {
  readonly withheld: string[] = []
  readonly #resolvedPaths: ReadonlyMap<string, string>

  constructor(resolvedPaths: ReadonlyMap<string, string>) {
    this.#resolvedPaths = resolvedPaths
  }

  keep(value: Json, place: string): Json {
    if (typeof value === "string") return this.#text(this.#resolvedPaths.get(value) ?? value, place)
    return this.#within(value, place, (member, at) =>
      namesSecret(at.slice(at.lastIndexOf(".") + 1)) ? this.withhold(member, at) : this.keep(member, at),
    )
  }

  /** The shape stays, so that a question about the call can be put again. */
  withhold(value: Json, place: string): Json {
    if (typeof value === "string") return this.#left(place)
    return this.#within(value, place, (member, at) => this.withhold(member, at))
  }

  #text(text: string, place: string): string {
    return text.length > LONGEST || maskedSecrets(text) !== text ? this.#left(place) : text
  }

  #left(place: string): string {
    this.withheld.push(place)
    return WITHHELD
  }

  #within(value: Json, place: string, each: (member: Json, at: string) => Json): Json {
    if (isLosslessNumber(value) || typeof value !== "object" || value === null) return value
    if (!isJsonObject(value)) return [...value].map((member: Json) => each(member, place))
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) =>
        member === undefined ? [] : [[name, each(member, `${place}.${name}`)]],
      ),
    )
  }
}
