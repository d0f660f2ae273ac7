import type { IncomingMessage } from "node:http"
import { BlockList, isIP } from "node:net"
import type { SeenAtDoor } from "@tabard/control"
import { senderAddress } from "./client-address.ts"

/** What is seen of whoever comes by the private endpoint. */
const PRIVATE = ["endpoint:private"] as const

/** Where requests come from that reach this server by its private endpoint, and which proxies are looked behind. */
export interface WaysIn {
  readonly privateNetworks: readonly string[]
  readonly proxies: readonly string[]
}

/** Answers what tells, by an address, what is seen of the way that a request came. What is no address tells nothing. */
export function seenFrom(networks: readonly string[]): (address: string | undefined) => SeenAtDoor {
  const list = new BlockList()
  for (const network of networks) {
    const [base = "", bits] = network.split("/")
    list.addSubnet(base, Number(bits ?? (isIP(base) === 6 ? 128 : 32)), familyOf(base))
  }
  return (ip = "") => {
    if (isIP(ip) === 0) return {}
    return list.check(ip, familyOf(ip)) ? { ip, posture: PRIVATE } : { ip }
  }
}

/** Answers what tells it of a request that no framework has taken up. */
export function seenAtDoor({ privateNetworks, proxies }: WaysIn): (incoming: IncomingMessage) => SeenAtDoor {
  const seen = seenFrom(privateNetworks)
  const sender = senderAddress(proxies)
  return (incoming) => seen(sender(incoming))
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4"
}
