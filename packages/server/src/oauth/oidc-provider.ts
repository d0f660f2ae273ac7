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
  type KoaContextWithOIDC,
} from "oidc-provider"

export {
  type Adapter,
  type AdapterPayload,
  type ClientMetadata,
  type Configuration,
  errors,
  type KoaContextWithOIDC,
  OidcProvider,
}
