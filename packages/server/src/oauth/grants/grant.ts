/** The ways in which a token is asked for. Each says what is to be issued, and none of them issues. */
import type { IssuedToken, SingleUse, TokenRequest } from "@tabard/control"
import type { JsonObject } from "@tabard/core"
import type { IssuerSettings } from "../issuer-settings.ts"
import type { KoaContextWithOIDC, TokenModel } from "../oidc-provider.ts"

/**
 * What a grant says is to be issued. It goes through issueToken, which judges and records it, and is signed after that
 * (issue-access-token.ts). What `once` names is taken in the same transaction, beside the request's own assertion and
 * proof, so that a used one undoes the issue.
 */
export interface AskedToken
  extends Omit<TokenRequest, "jti" | "lifetimeSeconds" | "once" | "seen" | "settings"> {
  /** The longest that it may live, where that is less than the issuer allows. */
  readonly lifetimeSeconds?: number
  /** The client that asked, where it is not the instance itself. */
  readonly clientId?: string
  readonly once?: readonly SingleUse[]
}

/** One value of `grant_type`. A new one is a file beside this one and a line in grants.ts; the metadata follows. */
export type Grant = LibraryGrant | OwnGrant

/** A grant that the library answers: client, proof, code and whatever else it looks at are right when it is asked. */
export interface LibraryGrant {
  readonly kind: "library"
  readonly type: string
  /** Whether an enrolled instance may ask by it, beside other clients. */
  readonly forInstances: boolean
  /** Says what is to be issued for the token that the library made. */
  asked(
    ctx: KoaContextWithOIDC,
    token: TokenModel,
    settings: IssuerSettings,
  ): AskedToken | Promise<AskedToken>
}

/** A grant that the library does not know. */
export interface OwnGrant {
  readonly kind: "own"
  readonly type: string
  readonly forInstances: boolean
  /** Where it is optional, a request that names no client is answered as well; `client` is null then. */
  readonly client: "required" | "optional"
  /** Whether a request may name an install by `client_id` alone, for the grant to read: it proves itself otherwise. */
  readonly namesInstall?: boolean
  /** Its parameters, beside `resource`, `scope` and `authorization_details`; any other is not read. */
  readonly parameters: readonly string[]
  /** Those that may stand more than once, beside `resource`. */
  readonly repeatable?: readonly string[]
  /** What a request is for that names no resource, as the library asks where there are authorization details. */
  readonly defaultResource?: (parameters: GrantParameters) => string | undefined
  /**
   * Says what is to be issued. It binds to the key that the request proves, and to no other. It refuses by throwing one
   * of the library's errors, or a Problem that oauth-refusal.ts has words for.
   */
  answer(request: GrantRequest, settings: IssuerSettings): Promise<GrantAnswer>
}

/** A request for a token, as a grant of ours reads it. */
export interface GrantRequest {
  readonly parameters: GrantParameters
  /** Who has proven itself by private_key_jwt; null where no client was named. */
  readonly client: GrantClient | null
  /** The thumbprint of the key whose possession a DPoP proof of this request shows; null where there was none. */
  readonly jkt: string | null
}

/** Form parameters, none of which is empty. */
export interface GrantParameters {
  /** Answers a parameter, or undefined where it is not there; more than one is refused with `invalid_request`. */
  one(name: string): string | undefined
  all(name: string): readonly string[]
}

/** A client that has proven itself. */
export interface GrantClient {
  readonly id: string
  /** The thumbprint of the key that it enrolled: of two while it rotates, the one that this request proves; null for a client without one. */
  readonly enrolledKey: string | null
}

/** What was issued, to be written. */
export interface WrittenToken {
  readonly jti: string
  readonly issued: IssuedToken
}

/** What comes of a request: a token to issue, with members for the answer, or an answer that holds none. */
export type GrantAnswer =
  | {
      readonly asked: AskedToken
      readonly members?: Readonly<Record<string, string>>
      /** Writes what was issued, and says so in the answer, where it is no access token. */
      readonly write?: (written: WrittenToken) => Promise<Readonly<Record<string, string>>>
    }
  | { readonly body: JsonObject }
