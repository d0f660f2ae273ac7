// Transmitter configuration: SSF 1.0 §7
import { Hono } from "hono"
import type { ApiServices } from "../api/services.ts"

const METHODS = ["urn:ietf:rfc:8935", "urn:ietf:rfc:8936"]

/** What anybody may know of us as a transmitter: where streams are managed, and the keys that signals verify by. */
export function metadataDoor({ publicUrl, signals }: Pick<ApiServices, "publicUrl" | "signals">): Hono {
  const door = new Hono()
  door.get("/.well-known/ssf-configuration", ({ json }) => json(transmitterMetadata(publicUrl)))
  door.get("/ssf/jwks.json", async ({ json }) => {
    const signer = await signals.signer()
    return json(signer.jwks(), 200, { "cache-control": "public, max-age=300" })
  })
  return door
}

/** Answers our transmitter configuration metadata (SSF 1.0 §7.1). */
export function transmitterMetadata(issuer: string): object {
  return {
    spec_version: "1_0",
    issuer,
    jwks_uri: `${issuer}/ssf/jwks.json`,
    delivery_methods_supported: METHODS,
    configuration_endpoint: `${issuer}/ssf/streams`,
    status_endpoint: `${issuer}/ssf/status`,
    add_subject_endpoint: `${issuer}/ssf/subjects/add`,
    remove_subject_endpoint: `${issuer}/ssf/subjects/remove`,
    verification_endpoint: `${issuer}/ssf/verification`,
    authorization_schemes: [{ spec_urn: "urn:ietf:rfc:6749" }, { spec_urn: "urn:ietf:rfc:6750" }],
    default_subjects: "ALL",
  }
}
