import type { CredentialFilter, CredentialView } from "@tabard/api"
import { type AddressReaders, oneOf, readAddress, textLike, yes } from "../../shell/read-address.ts"
import { STORAGE_WORDS } from "../../words/access-words.ts"

/** What the address says about which credentials are shown, and which one is open beside them. */
export interface CredentialsSearch {
  readonly storedAs?: CredentialView["storedAs"]
  readonly provider?: string
  readonly kind?: string
  /** Only those that more than one agent uses. */
  readonly shared?: "yes"
  /** Only those that are not there any more. */
  readonly vanished?: "yes"
  readonly credential?: string
}

const READERS: AddressReaders<CredentialsSearch> = {
  storedAs: oneOf(STORAGE_WORDS),
  provider: textLike(/\S/),
  kind: textLike(/^\S+$/),
  shared: yes,
  vanished: yes,
  credential: textLike(/^crd_[0-9a-f-]{1,70}$/),
}

/** Reads the address; what it does not understand it leaves out. */
export function parseCredentialsSearch(raw: Readonly<Record<string, unknown>>): CredentialsSearch {
  return readAddress(READERS, raw)
}

/** Answers what is asked of the server for an address. */
export function credentialFilterOf(search: CredentialsSearch): CredentialFilter {
  const { storedAs, provider, kind, shared, vanished } = search
  return { storedAs, provider, kind, shared: shared && true, vanished: vanished === "yes" }
}

/** Whether the address asks for less than everything that is there. */
export function isNarrowed(search: CredentialsSearch): boolean {
  return Object.keys(search).some((name) => name !== "credential")
}
