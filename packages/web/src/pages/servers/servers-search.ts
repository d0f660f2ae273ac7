import type { ObservedServerFilter } from "@tabard/api"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"

/** The two lists of servers, in their order. */
export const SERVER_LISTS = {
  seen: "Seen by scans",
  gateway: "Behind the gateway",
} as const

/** What the address says about which servers are shown, and which one is open beside them. */
export interface ServersSearch {
  /** Those that scans saw, where nobody says. */
  readonly list?: keyof typeof SERVER_LISTS
  readonly system?: string
  readonly transport?: string
  /** What makes them weak. */
  readonly flag?: string
  /** Only those that are not there any more. */
  readonly vanished?: "yes"
  readonly server?: string
}

const READERS: AddressReaders<ServersSearch> = {
  list: oneOf(SERVER_LISTS),
  system: textLike(/\S/),
  transport: textLike(/^[a-z][a-z0-9-]*$/, 40),
  flag: textLike(/^[a-z][a-z0-9-]*$/, 80),
  vanished: yes,
  server: textLike(/^srv_[0-9a-f-]{1,70}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseServersSearch(raw: Readonly<Record<string, unknown>>): ServersSearch {
  return readAddress(READERS, raw)
}

/** Answers what is asked of the server for an address. */
export function seenServerFilterOf(search: ServersSearch): ObservedServerFilter {
  const { system, transport, flag, vanished } = search
  return { system, transport, flag, vanished: vanished === "yes" }
}

/** Whether the address asks for less than everything that is there. */
export function isNarrowed(search: ServersSearch): boolean {
  return Object.keys(search).some((name) => name !== "server" && name !== "list")
}
