import type { SeenFilter } from "@tabard/api"
import { type AddressReaders, readAddress, textLike, yes } from "../../shell/read-address.ts"

/** What the address says about which credentials are shown, and which one is open beside them. */
export interface CredentialsSearch {
  /** Only those that are not there any more. */
  readonly vanished?: "yes"
  readonly credential?: string
}

const READERS: AddressReaders<CredentialsSearch> = {
  vanished: yes,
  credential: textLike(/^crd_[0-9a-f-]{1,70}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseCredentialsSearch(raw: Readonly<Record<string, unknown>>): CredentialsSearch {
  return readAddress(READERS, raw)
}

/** Answers what is asked of the server for an address. */
export function credentialFilterOf({ vanished }: CredentialsSearch): SeenFilter {
  return { vanished: vanished === "yes" }
}
