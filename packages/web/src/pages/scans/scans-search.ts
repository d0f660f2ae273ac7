import { type AddressReaders, readAddress, textLike } from "../../shell/read-address.ts"

/** Which scan is open beside the list. */
export interface ScansSearch {
  readonly scan?: string
}

const READERS: AddressReaders<ScansSearch> = { scan: textLike(/^scn_[0-9a-f-]{1,70}$/) }

/** Reads the address; what it does not understand it leaves out. */
export function parseScansSearch(raw: Readonly<Record<string, unknown>>): ScansSearch {
  return readAddress(READERS, raw)
}
