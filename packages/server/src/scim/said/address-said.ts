import { invalidValue, listIn, memberIn, membersIn, textIn } from "./said-values.ts"

/** An address as a provider sends it. */
interface SentAddress {
  readonly value: string | null
  readonly type: string | undefined
  readonly primary: boolean
}

/**
 * Answers the one address that is kept: the primary one, or that of work, or the first; null where there is none, and undefined
 * where nothing is said that could be one.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function addressIn(value: unknown): string | null | undefined {
  const sent = listIn(value).map(sentAddress)
  if (sent.length === 0) return null
  const chosen = sent.find(({ primary }) => primary) ?? sent.find(isOfWork) ?? sent[0]
  return chosen?.value
}

/**
 * The same of addresses that are added to those that are there: one of another kind does not take the place of ours.
 *
 * @throws {ScimRefusal} invalidValue
 */
export function addedAddressIn(value: unknown): string | null | undefined {
  const sent = listIn(value).map(sentAddress)
  return sent.find(({ primary, type }) => primary || type === "work" || type === undefined)?.value
}

function sentAddress(one: unknown): SentAddress {
  if (typeof one === "string") return { value: one, type: undefined, primary: false }
  if (!membersIn(one)) throw invalidValue("emails", "each must be an object with a value")
  const type = memberIn(one, "type")
  const primary = memberIn(one, "primary")
  return {
    value: textIn("emails.value", memberIn(one, "value") ?? null),
    type: typeof type === "string" ? type.toLowerCase() : undefined,
    primary: primary === true || (typeof primary === "string" && primary.toLowerCase() === "true"),
  }
}

function isOfWork({ type }: SentAddress): boolean {
  return type === "work"
}
