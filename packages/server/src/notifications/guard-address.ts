import { lookup } from "node:dns/promises"
import { BlockList, isIP, type LookupFunction } from "node:net"
import { Problem } from "@tabard/core"

/** Where a channel may lead. */
export interface TargetRules {
  /** Whether an address that a name stands for may be connected to. */
  readonly isOpen: (address: string) => boolean
  /** Whether loopback may be reached, and without TLS: for trying out, never in production. */
  readonly loopback: boolean
}

/** An address that must not be connected to; it is not said which. */
export class ClosedAddress extends Error {
  override readonly name = "ClosedAddress"
}

const MOST_URL = 2000

/** What is nobody's on the open internet: private, link-local, metadata, multicast, reserved (RFC 6890 and its registries). */
const CLOSED_V4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]

/** Of IPv6 only global unicast is open, and of that not what stands for IPv4 or for documents. */
const CLOSED_V6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]
const GLOBAL_V6 = ["2000::/3"]

const LOOPBACK = ["127.0.0.0/8", "::1/128"]

/** Answers the rules of where channels may lead, with the networks that the operator listed besides. */
export function targetRules(options: {
  readonly production: boolean
  readonly listed: readonly string[]
}): TargetRules {
  const loopback = !options.production
  const [closed, global] = [within([...CLOSED_V4, ...CLOSED_V6]), within(GLOBAL_V6)]
  const listed = within([...options.listed, ...(loopback ? LOOPBACK : [])])
  const isOpen = (address: string): boolean =>
    listed(address) || (!closed(address) && (isIP(address) === 4 || isMapped(address) || global(address)))
  return { isOpen, loopback }
}

/** Answers whether text is an address or a network as the operator may list it. */
export function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/")
  const most = isIP(address) === 4 ? 32 : 128
  const isWidth = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most)
  return isIP(address) !== 0 && isWidth && more.length === 0
}

/** An IPv4 address dressed as IPv6 is held against the rules of IPv4, by the list itself. */
function isMapped(address: string): boolean {
  return /^::ffff:/i.test(address)
}

function within(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    const family = isIP(address) === 6 ? "ipv6" : "ipv4"
    list.addSubnet(address, bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits), family)
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4")
}

/**
 * Answers the address of a channel where it is one that may be kept: https, nobody's name and password in it, and no closed
 * address written out. What a name stands for is asked at each connection.
 *
 * @throws {Problem} body_invalid
 */
export function requireTarget(rules: TargetRules, text: string): URL {
  const mistake = targetMistake(rules, text)
  if (mistake) throw new Problem("body_invalid", `this address cannot be used: ${mistake}`)
  return new URL(text)
}

/** Answers what is wrong with an address as one that may be kept or sent to, or undefined where nothing is. */
export function targetMistake(rules: TargetRules, text: string): string | undefined {
  return URL.canParse(text) && text.length <= MOST_URL ? mistakeIn(new URL(text), rules) : "it is no address"
}

function mistakeIn(url: URL, rules: TargetRules): string | undefined {
  const isPlain = url.protocol === "http:" && rules.loopback && isLoopback(url)
  if (url.protocol !== "https:" && !isPlain) return "it must begin with https://"
  if (url.username || url.password || url.hash) return "it must hold no name, no password and no fragment"
  const host = hostOf(url)
  if (isIP(host) === 0 || rules.isOpen(host)) return undefined
  return "it leads into a network that is not open: have the operator list it"
}

/** Answers the host of an address as resolvers spell it. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "")
}

function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return host === "localhost" || within(LOOPBACK)(host)
}

/**
 * Resolves names for one connection, and answers only where every address that the name stands for is open: what was
 * looked at is what is connected to, so that a name cannot stand for another address a moment later.
 */
export function guardedLookup({ isOpen }: TargetRules): LookupFunction {
  return (name, options, callback) => {
    resolveOpen(name, isOpen).then(
      (found) => {
        const [first] = found
        if (options.all) callback(null, [...found])
        else callback(null, first?.address ?? "", first?.family)
      },
      (error: unknown) => callback(error instanceof Error ? error : new ClosedAddress("it is not open"), ""),
    )
  }
}

interface Found {
  readonly address: string
  readonly family: number
}

async function resolveOpen(name: string, isOpen: TargetRules["isOpen"]): Promise<readonly Found[]> {
  const found = await lookup(name, { all: true })
  if (found.length === 0 || !found.every(({ address }) => isOpen(address)))
    throw new ClosedAddress("the name stands for an address that is not open")
  return found
}
