import { BlockList, isIP } from "node:net"

/**
 * Answers what tells whether a connection's other end is listed, however its address is spelled: an IPv4 address may
 * arrive dressed as IPv6, a link-local one with its interface. What is no address is not listed.
 */
export function listedAddresses(addresses: readonly string[]): (remote: string | undefined) => boolean {
  const list = new BlockList()
  for (const address of addresses) list.addAddress(address, familyOf(address))
  return (remote = "") => {
    const [address = ""] = remote.split("%", 1)
    return isIP(address) !== 0 && list.check(address, familyOf(address))
  }
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 6 ? "ipv6" : "ipv4"
}
