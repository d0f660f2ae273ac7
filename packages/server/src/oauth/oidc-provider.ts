/**
 * The one place that names the library's modules: its class is a default export and its types are declared
 * elsewhere, and nothing else here should have to know.
 */
import OidcProvider, {
  type Adapter,
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
} from "oidc-provider"

/** Writes what a token says, in the moment before it is signed. */
export type JwtCustomizer = NonNullable<
  NonNullable<NonNullable<Configuration["formats"]>["customizers"]>["jwt"]
>

/** An access token that the library is about to sign. */
export type TokenModel = Parameters<JwtCustomizer>[1]

export {
  type Adapter,
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
  errors,
  interactionPolicy,
  type KoaContextWithOIDC,
  OidcProvider,
}
