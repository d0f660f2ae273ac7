import type { CarryResult } from "@tabard/control"
import { connectionFault } from "../../http/connection-fault.ts"

/** Answers what follows from a fault of a bucket, in words of ours. */
export function s3Result(error: unknown): Exclude<CarryResult, { kind: "taken" }> {
  const held = HELD[nameOf(error)]
  if (held !== undefined) return { kind: "held", reason: held }
  const status = statusOf(error)
  if (status === undefined) return fromConnection(error)
  if (status === 401 || status === 403)
    return { kind: "held", reason: `it answered ${status}: our credentials do not suffice` }
  if (status === 404) return { kind: "held", reason: "it answered 404: the bucket is not there" }
  if (status >= 300 && status < 400)
    return { kind: "held", reason: `it answered ${status}: the bucket is in another region` }
  return { kind: "later", reason: `it answered ${status}`, afterMs: null }
}

/** Names of S3's errors that a person has to do something about, and what. */
const HELD: Readonly<Record<string, string>> = {
  AccessDenied: "our credentials may not put objects there: allow s3:PutObject",
  AuthorizationHeaderMalformed: "the region is not the bucket's",
  CredentialsProviderError: "this machine has no credentials: give it some, or this sink a key",
  ExpiredToken: "our credentials have ended",
  InvalidAccessKeyId: "the access key is not known",
  NoSuchBucket: "the bucket is not there",
  PermanentRedirect: "the region is not the bucket's",
  RequestTimeTooSkewed: "this machine's clock differs too much from the storage's",
  SignatureDoesNotMatch: "the secret of the access key is another",
}

function fromConnection(error: unknown): Exclude<CarryResult, { kind: "taken" }> {
  // The SDK calls a connection that broke a timeout too, and keeps the true code beside the name.
  const isSlow = ["TimeoutError", "AbortError"].includes(nameOf(error)) && !isBroken(error)
  if (isSlow) return { kind: "later", reason: "it did not answer in time", afterMs: null }
  const { said, lasting } = connectionFault(error)
  return lasting ? { kind: "held", reason: said } : { kind: "later", reason: said, afterMs: null }
}

function isBroken(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE")
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : ""
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error && "$metadata" in error)) return undefined
  const { $metadata: metadata } = error
  const isTold = typeof metadata === "object" && metadata !== null && "httpStatusCode" in metadata
  return isTold && typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined
}
