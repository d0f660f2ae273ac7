import type { Datetime } from "./datetime.ts"
import type { CedarDecimal } from "./decimal.ts"
import type { Duration } from "./duration.ts"
import type { IpAddress } from "./ip-address.ts"

/** The types that Cedar has beside its own: each a class of its own, with a key that equal values share. */
export type Extension = CedarDecimal | IpAddress | Datetime | Duration
