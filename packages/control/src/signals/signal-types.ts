// https://openid.net/specs/openid-caep-1_0.html, https://openid.net/specs/openid-risc-1_0.html

const CAEP = "https://schemas.openid.net/secevent/caep/event-type"
const RISC = "https://schemas.openid.net/secevent/risc/event-type"
const SSF = "https://schemas.openid.net/secevent/ssf/event-type"

/** A kind of signal that is known here. */
export type SignalType =
  | "session-revoked"
  | "credential-change"
  | "risk-level-change"
  | "account-disabled"
  | "account-enabled"
  | "account-purged"
  | "account-credential-change-required"
  | "credential-compromise"
  | "verification"
  | "stream-updated"

/** What each kind of signal is called in a security event token. */
export const SIGNAL_URIS: Readonly<Record<SignalType, string>> = {
  "session-revoked": `${CAEP}/session-revoked`,
  "credential-change": `${CAEP}/credential-change`,
  "risk-level-change": `${CAEP}/risk-level-change`,
  "account-disabled": `${RISC}/account-disabled`,
  "account-enabled": `${RISC}/account-enabled`,
  "account-purged": `${RISC}/account-purged`,
  "account-credential-change-required": `${RISC}/account-credential-change-required`,
  "credential-compromise": `${RISC}/credential-compromise`,
  verification: `${SSF}/verification`,
  "stream-updated": `${SSF}/stream-updated`,
}

/** A kind of signal that streams carry to receivers. */
export type TransmittedType = Extract<
  SignalType,
  "session-revoked" | "credential-change" | "risk-level-change" | "account-disabled" | "account-enabled"
>

/** What streams can carry to receivers, besides what is said of the stream itself. */
export const TRANSMITTED: readonly TransmittedType[] = [
  "session-revoked",
  "credential-change",
  "risk-level-change",
  "account-disabled",
  "account-enabled",
]

/** Answers the kind of signal that a URI names, where it is known here. */
export function signalTypeOf(uri: string): SignalType | undefined {
  const found = Object.entries(SIGNAL_URIS).find(([, known]) => known === uri)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is closed by its type
  return found?.[0] as SignalType | undefined
}

/** Answers which of these URIs name something that streams carry, in our order; what is not known is passed over. */
export function transmittedAmong(uris: readonly string[]): readonly TransmittedType[] {
  return TRANSMITTED.filter((type) => uris.includes(SIGNAL_URIS[type]))
}
