import { isHostName } from "./host.ts"

/** A mail address in its one spelling, or in words why it has none. */
export type ReadRecipient = { readonly address: string } | { readonly refused: string }

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/

/**
 * Reads one plain mail address. Display names, quotes, comments, lists and letters beyond ASCII are refused: mail programs do not
 * agree about whom they name.
 */
export function readRecipient(text: string): ReadRecipient {
  if (text.length > 320) return { refused: "it is longer than 320 characters" }
  // Before they are made small: the Kelvin sign would become a k.
  if (!/^[!-~]+$/.test(text))
    return { refused: "it holds a space, a control character or a letter beyond ASCII" }
  const address = text.toLowerCase()
  const at = address.lastIndexOf("@")
  const [local, domain] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)]
  return LOCAL.test(local) && local.length <= 64 && isMailDomain(domain)
    ? { address }
    : { refused: "it is no plain mail address, as alice@example.com" }
}

/** A recipient as a policy names it, in its one spelling: an address, `@example.com`, or `@*.example.com`; undefined where it has none. */
export function readRecipientPattern(text: string): string | undefined {
  if (!text.startsWith("@")) {
    const read = readRecipient(text)
    return "address" in read && read.address === text ? text : undefined
  }
  const domain = text.startsWith("@*.") ? text.slice(3) : text.slice(1)
  return isMailDomain(domain) ? text : undefined
}

/** Answers whether an address is one that a policy names. A leading `*.` stands for exactly one label. */
export function isRecipient(address: string, pattern: string): boolean {
  if (!pattern.startsWith("@")) return address === pattern
  const domain = address.slice(address.lastIndexOf("@") + 1)
  if (!pattern.startsWith("@*.")) return domain === pattern.slice(1)
  return domain.includes(".") && domain.slice(domain.indexOf(".")) === pattern.slice(2)
}

function isMailDomain(text: string): boolean {
  return isHostName(text) && text.includes(".")
}
