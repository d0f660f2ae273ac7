import { IncomingMessage } from "node:http"
import { isIP } from "node:net"
import type { Context } from "hono"
import { listedAddresses } from "./listed-address.ts"

/** Whom a request counts for where nobody can tell. */
const NOBODY = "unknown"

/** How many proxies are looked behind. */
const MOST_PROXIES = 16

/**
 * Answers what tells the address that a request counts for. What a header says is believed of listed proxies alone:
 * from its end, past those that are listed, to the first that is not. An IPv6 address counts as its network of 64 bits,
 * all of which one person has.
 */
export function clientAddress(proxies: readonly string[]): (context: Context) => string {
  const network = senderNetwork(proxies)
  return (context) => {
    const incoming = incomingOf(context)
    return incoming ? network(incoming) : NOBODY
  }
}

/** Answers what tells the address itself that a request comes from. Where a proxy does not say it, nobody can tell: the proxy's own is of all who come by it. */
export function exactAddress(proxies: readonly string[]): (context: Context) => string {
  const sender = senderAddress(proxies)
  return (context) => {
    const incoming = incomingOf(context)
    return incoming ? sender(incoming) : NOBODY
  }
}

function incomingOf({ env }: Context): IncomingMessage | undefined {
  const incoming: unknown = Reflect.get(Object(env), "incoming")
  return incoming instanceof IncomingMessage ? incoming : undefined
}

/** Answers what tells the address that a request counts for which no framework has taken up, by the rule of `clientAddress`. */
export function senderNetwork(proxies: readonly string[]): (incoming: IncomingMessage) => string {
  const told = toldAddress(proxies)
  return (incoming) => networkOf(told(incoming) ?? undressed(incoming.socket.remoteAddress ?? NOBODY))
}

/** Answers what tells the address itself of a request that no framework has taken up, by the rule of `exactAddress`. */
export function senderAddress(proxies: readonly string[]): (incoming: IncomingMessage) => string {
  const told = toldAddress(proxies)
  return (incoming) => told(incoming) ?? NOBODY
}

/** Undefined where a listed proxy says nothing that is an address. */
function toldAddress(proxies: readonly string[]): (incoming: IncomingMessage) => string | undefined {
  const isProxy = listedAddresses(proxies)
  return (incoming) => {
    const remote = incoming.socket.remoteAddress ?? NOBODY
    if (!isProxy(remote)) return undressed(remote)
    const client = addressesTold(incoming).find((address) => !isProxy(address))
    return client !== undefined && isIP(client) !== 0 ? undressed(client) : undefined
  }
}

/** The addresses that a request came by, as proxies say, the nearest first. */
function addressesTold({ headers }: IncomingMessage): readonly string[] {
  const told = [headers["x-forwarded-for"]].flat().join(",").split(",")
  return told
    .slice(-MOST_PROXIES)
    .map((one) => one.trim())
    .toReversed()
}

/** An IPv4 address may come dressed as IPv6, and a link-local one with its interface. */
function undressed(address: string): string {
  const [plain = ""] = address.split("%", 1)
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1] ?? plain
}

function networkOf(plain: string): string {
  if (isIP(plain) !== 6) return plain
  // The WHATWG parser writes one spelling of each address.
  const [head = "", tail] = new URL(`http://[${plain}]/`).hostname.slice(1, -1).split("::")
  const left = head.split(":").filter(Boolean)
  const right = (tail ?? "").split(":").filter(Boolean)
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0")
  return [...left, ...zeros, ...right].slice(0, 4).join(":")
}
