import { ClosedAddress } from "../notifications/guard-address.ts"

/** Why a connection came to nothing, in words of ours: not even the other end's name, which may be a secret. */
export interface ConnectionFault {
  readonly said: string
  /** Whether a person has to put something right before it can go better. */
  readonly lasting: boolean
}

/** Says what went wrong with a connection. */
export function connectionFault(error: unknown): ConnectionFault {
  const code = error instanceof ClosedAddress ? "CLOSED" : codeOf(error)
  const known = FAULTS.find(([pattern]) => pattern.test(code))
  return { said: known?.[1] ?? "the connection broke", lasting: known?.[2] ?? false }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ""
  return "code" in error ? String(error.code) : error.name
}

const FAULTS: readonly (readonly [RegExp, string, boolean])[] = [
  [/^CLOSED$/, "its address is in a network that is not open: have the operator list it", true],
  [/^ABORT_ERR$|^23$/, "it did not answer in time", false],
  [/^ENOTFOUND$|^EAI_AGAIN$/, "its name is not known", false],
  [/^ECONNREFUSED$/, "nobody answers there", false],
  [
    /^ERR_OSSL_/,
    "the certificate or the key that was given for it cannot be read, or are not each other's",
    true,
  ],
  [/_ALERT_/, "it does not accept our certificate, or wants one", true],
  [/WRONG_VERSION|^EPROTO$|PACKET_LENGTH/, "it does not speak TLS there", true],
  [/CERT|SSL|TLS|SELF_SIGNED|ALTNAME|VERIFY/, "its certificate could not be verified", true],
]
