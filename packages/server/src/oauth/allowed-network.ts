import { BlockList, isIP } from "node:net"
import type { AgentPrincipal } from "@tabard/control"
import type { TokenSettings } from "@tabard/core"

/**
 * Answers whether a request may come from this address: for whoever acts, and for each agent that it acts for, the
 * networks of its tier hold. An address that nobody knows is in no network.
 */
export function isFromAllowedNetwork(
  { networks }: TokenSettings,
  { mandate, chain }: Pick<AgentPrincipal, "mandate" | "chain">,
  address: string | undefined,
): boolean {
  const tiers = [mandate.tier, ...chain.map((link) => link.mandate.tier)]
  return tiers.every((tier) => networks[tier].length === 0 || isWithin(networks[tier], address ?? ""))
}

function isWithin(networks: readonly string[], address: string): boolean {
  const family = isIP(address)
  if (family === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const [base = "", prefix = ""] = network.split("/")
    list.addSubnet(base, Number(prefix), isIP(base) === 6 ? "ipv6" : "ipv4")
  }
  return list.check(address, family === 6 ? "ipv6" : "ipv4")
}
