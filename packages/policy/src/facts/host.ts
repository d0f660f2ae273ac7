import { isIPv4 } from "node:net"

/** The longest URL that is judged. */
const MAX_URL = 8192

/** Schemes whose URLs name a host in one way, with the port that each leaves out. */
const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ["https", "443"],
  ["http", "80"],
  ["wss", "443"],
  ["ws", "80"],
])

/** Where a URL leads: `https://api.example.com`, with the port where it is not the scheme's own. */
export type ReadUrl = { readonly origin: string } | { readonly refused: string }

/** Another reader of URLs: the origin that it sees, or undefined where it sees none. */
export type OriginReader = (text: string) => string | undefined

/**
 * Reads an absolute URL by one narrow grammar, and refuses whatever another reader could take for another host: names and passwords
 * before it, backslashes, spaces, letters beyond ASCII, percent signs or underscores in it, addresses in other spellings than `127.0.0.1`.
 */
export function readUrl(text: string, theirOrigin: OriginReader = platformOrigin): ReadUrl {
  const unclear = whyUnclear(text)
  if (unclear !== undefined) return { refused: unclear }
  const [, scheme = "", authority = ""] = /^([a-z]+):\/\/([^/?#]*)(?:[/?#]|$)/.exec(text) ?? []
  if (!DEFAULT_PORTS.has(scheme))
    return { refused: "it does not start with https://, http://, wss:// or ws://" }
  const origin = originOf(scheme, authority.toLowerCase())
  if (origin === undefined)
    return { refused: "its host is not written plainly, as api.example.com or 10.0.0.1" }
  // The platform's own parser was written by others, and changes: where it reads another host, neither is believed.
  return theirOrigin(text) === origin ? { origin } : { refused: "its host can be read in two ways" }
}

function whyUnclear(text: string): string | undefined {
  if (text.length > MAX_URL) return `it is longer than ${MAX_URL} characters`
  if (!/^[!-~]+$/.test(text)) return "it holds a space, a control character or a letter beyond ASCII"
  return text.includes("\\") ? "it holds a backslash" : undefined
}

function platformOrigin(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, host, username, password } = new URL(text)
  return username === "" && password === "" ? `${protocol}//${host}` : undefined
}

/** A host as a policy names it, in its one spelling; undefined where it has none. `https` is what it means where it names no scheme. */
export function readHostPattern(text: string): string | undefined {
  const [, scheme = "https", wildcard = "", authority = ""] =
    /^(?:([a-z]+):\/\/)?(\*\.)?(.*)$/.exec(text) ?? []
  const origin = originOf(scheme, authority)
  if (origin === undefined || (wildcard !== "" && !mayStandFor(authority))) return undefined
  const pattern = origin.replace("://", `://${wildcard}`)
  return scheme === "https" && !text.startsWith("https://") ? pattern.slice("https://".length) : pattern
}

/** Answers whether a URL leads to a host that a policy names. A leading `*.` stands for exactly one label. */
export function isHost(origin: string, pattern: string): boolean {
  const whole = pattern.includes("://") ? pattern : `https://${pattern}`
  const wild = whole.indexOf("*.")
  if (wild < 0) return origin === whole
  const scheme = whole.slice(0, wild)
  if (!origin.startsWith(scheme)) return false
  const host = origin.slice(scheme.length)
  return host.slice(host.indexOf(".")) === whole.slice(wild + 1) && host.includes(".")
}

/** Answers whether a text is a host's name in plain small letters: no address. */
export function isHostName(text: string): boolean {
  const labels = text.split(".")
  // A last label of digits makes it an address to some readers, in one of many spellings.
  return (
    text.length <= 253 &&
    labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label)) &&
    !/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "")
  )
}

function originOf(scheme: string, authority: string): string | undefined {
  const [, host = "", port] = /^([^:]*)(?::([1-9]\d{0,4}))?$/.exec(authority) ?? []
  if (!DEFAULT_PORTS.has(scheme) || !(isHostName(host) || isIPv4(host)) || Number(port ?? 1) > 65_535)
    return undefined
  return `${scheme}://${host}${port === undefined || port === DEFAULT_PORTS.get(scheme) ? "" : `:${port}`}`
}

/** One label may stand for any; whole suffixes as `*.com` may not, nor addresses. */
function mayStandFor(authority: string): boolean {
  const [host = ""] = authority.split(":")
  return isHostName(host) && host.includes(".")
}
