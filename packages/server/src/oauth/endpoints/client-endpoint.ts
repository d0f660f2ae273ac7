import type { IncomingMessage, ServerResponse } from "node:http"
import type { SeenAtDoor } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import type { GrantClient, GrantParameters } from "../grants/grant.ts"
import type { IssuerSettings } from "../issuer-settings.ts"
import { askOwner } from "../people/ask-owner.ts"
import { introspection } from "./introspection.ts"
import { revocation } from "./revocation.ts"
import { svid } from "./svid.ts"

/** An endpoint at which a client proves itself as it does at the token endpoint, and is issued nothing. */
export interface ClientEndpoint {
  /** Where it is, below the issuer. */
  readonly path: string
  /** What the library knows it by: it proves clients for values of `grant_type` alone. Nobody asks for this one. */
  readonly type: string
  readonly parameters: readonly string[]
  /** Answers who proves itself by an API token instead, where machines may ask as well. */
  readonly forMachines?: (
    settings: IssuerSettings,
    request: IncomingMessage,
    response: ServerResponse,
  ) => Promise<void>
  /** Answers the body, or null where there is none. It refuses as a grant does. */
  answer(
    request: {
      readonly parameters: GrantParameters
      readonly client: GrantClient
      /** What was seen of the way that the request came. */
      readonly seen: SeenAtDoor
    },
    settings: IssuerSettings,
  ): Promise<JsonObject | null>
}

/** Every such endpoint. */
export const CLIENT_ENDPOINTS: readonly ClientEndpoint[] = [introspection, revocation, svid, askOwner]

/**
 * Answers by which types a client asks that is no install with a key. Whoever proves nothing gives tokens back alone: how
 * one stands is not told to somebody who only names a client (RFC 7662 §2.1, §4). That people are asked by installs alone is
 * said by that endpoint.
 */
export function endpointTypesFor(authentication: "none" | "private_key_jwt"): readonly string[] {
  return (authentication === "none" ? [revocation] : [introspection, revocation, askOwner]).map(
    ({ type }) => type,
  )
}
