import { BlockList, isIP } from "node:net"
import type { AgentPrincipal } from "@tabard/control"
import { areHoursOf, conditionOf, type TokenCondition, type TokenSettings } from "@tabard/core"

/** From where and when somebody comes with a token. */
interface Coming {
  /** As far as it is known: what nobody knows is in no network. */
  readonly address: string | undefined
  readonly now: Date
}

/**
 * Answers in words which condition a request does not meet: those that its token was issued under, as the record keeps
 * them, and what is settled now, for whoever acts and for each agent that it acts for, by their tiers.
 */
export function brokenCondition(
  { mandate, chain, token }: Pick<AgentPrincipal, "mandate" | "chain" | "token">,
  settings: TokenSettings | undefined,
  { address, now }: Coming,
): string | null {
  const tiers = [mandate.tier, ...chain.map((link) => link.mandate.tier)]
  const settled = settings ? tiers.map((tier) => conditionOf(settings, tier)) : []
  const conditions = [...token.conditions, ...settled]
  if (!conditions.every((condition) => isFrom(condition, address ?? "")))
    return "This agent may not act from the network that the request comes from."
  if (!areHoursOf(conditions, now)) return "This agent may not act at this hour."
  return null
}

function isFrom({ networks }: TokenCondition, address: string): boolean {
  return networks.length === 0 || isWithin(networks, address)
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
