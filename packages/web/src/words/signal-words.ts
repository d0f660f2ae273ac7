import type { SignalKind } from "@tabard/api"

/** What each kind of signal tells a receiver, in words. */
export const SIGNAL_WORDS: Readonly<Record<SignalKind, string>> = {
  "session-revoked": "Tokens and sessions ended",
  "credential-change": "Keys enrolled and revoked",
  "risk-level-change": "Risk came into another band",
  "account-disabled": "Stopped, or left",
  "account-enabled": "May act again",
}

/** How a signal comes to whom it is for. */
export const DELIVERY_WORDS: Readonly<Record<"push" | "poll", string>> = { push: "Pushed", poll: "Fetched" }
