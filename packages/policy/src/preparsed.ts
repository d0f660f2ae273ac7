import {
  type CheckParseAnswer,
  type PolicySet,
  preparsePolicySet,
  preparseSchema,
} from "@cedar-policy/cedar-wasm/nodejs"
import type { SchemaJson } from "./cedar.ts"

/**
 * Keeps parsed values inside Cedar, which never forgets a name: names are used again, so that memory stays bounded
 * however many slices come and go.
 */
export class Slots<Value> {
  readonly #names = new Map<string, string>()
  readonly #free: string[] = []
  readonly #prefix: string
  readonly #capacity: number
  readonly #parse: (name: string, value: Value) => CheckParseAnswer

  constructor(prefix: string, capacity: number, parse: (name: string, value: Value) => CheckParseAnswer) {
    this.#prefix = prefix
    this.#capacity = capacity
    this.#parse = parse
  }

  /** Answers the name under which Cedar holds what `key` stands for. */
  nameOf(key: string, value: () => Value): string {
    const known = this.#names.get(key)
    if (known !== undefined) {
      // Map keeps the order of insertion: the one used last goes to the end, the one to forget is first.
      this.#names.delete(key)
      this.#names.set(key, known)
      return known
    }
    const name = this.#freeName()
    const answer = this.#parse(name, value())
    if (answer.type === "failure") {
      this.#free.push(name)
      throw new Error(answer.errors.map((error) => error.message).join("; "))
    }
    this.#names.set(key, name)
    return name
  }

  /** A name that no key stands for: a new one up to the capacity, then the one used longest ago. */
  #freeName(): string {
    const free = this.#free.pop()
    if (free !== undefined) return free
    const [oldest] = this.#names
    if (!oldest || this.#names.size < this.#capacity) return `${this.#prefix}${this.#names.size}`
    this.#names.delete(oldest[0])
    return oldest[1]
  }
}

/** Slices of policies: at 100 policies each about the memory of a browser tab, at 10 far less. */
const policySlots = new Slots<PolicySet>("slice-", 2048, preparsePolicySet)

/** Schemas of single actions. */
const schemaSlots = new Slots<SchemaJson<string>>("action-", 1024, preparseSchema)

/** Answers Cedar's name for a set of policies, parsing it only the first time. `key` stands for the set's exact content. */
export function preparsedPolicies(key: string, policies: () => PolicySet): string {
  return policySlots.nameOf(key, policies)
}

/** Answers Cedar's name for a schema, parsing it only the first time. */
export function preparsedSchema(fingerprint: string, schema: SchemaJson<string>): string {
  return schemaSlots.nameOf(fingerprint, () => schema)
}
