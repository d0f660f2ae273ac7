import { createHash, timingSafeEqual } from "node:crypto"
import { type JsonObject, Problem } from "@tabard/core"
import { withinProofWindow } from "../oauth/proof-window.ts"
import { type ReplayGuard, replayKey } from "../oauth/replay-guard.ts"
import { InvalidProof, verifySelfSigned } from "../oauth/self-signed.ts"

/** What a report's proof is held against. */
export interface ReportChecks {
  /** Where reports are sent to this server. */
  readonly url: string
  readonly now: Date
}

/** Who signed a report, and what they signed of it. */
export interface ReportProof {
  readonly thumbprint: string
  /** The base64url SHA-256 of the body, as the signer says; hold it against the body with assertDigest. */
  readonly digest: string
  readonly jti: string
  readonly rememberUntil: Date
}

const SCHEME = /^Tabard-Report ([\w-]+\.[\w-]+\.[\w-]+)$/
const DIGEST = /^[A-Za-z0-9_-]{43}$/
const JTI = /^[\x21-\x7e]{16,128}$/

/**
 * Answers who signed the request in this `Authorization` header. The proof has the members of a DPoP proof (RFC 9449 §4.2)
 * and the digest of the body besides, so that it fits one body at one address of one server within minutes. That its
 * signer is enrolled, that the proof is new and that the body is the signed one are the caller's to ask.
 *
 * @throws {Problem} reporter_unknown
 */
export async function verifyReportProof(
  header: string | undefined,
  { url, now }: ReportChecks,
): Promise<ReportProof> {
  try {
    const [, jws] = SCHEME.exec(header ?? "") ?? []
    if (!jws) throw new InvalidProof("Send it as Authorization: Tabard-Report <proof>.")
    const { payload, thumbprint } = await verifySelfSigned(jws, "tabard-report+jwt")
    return { thumbprint, ...signedPart(payload, url), rememberUntil: withinProofWindow(payload["iat"], now) }
  } catch (error) {
    if (!(error instanceof InvalidProof)) throw error
    throw new Problem(
      "reporter_unknown",
      `The proof of the reporter's key cannot be accepted. ${error.message}`,
      {
        cause: error,
      },
    )
  }
}

function signedPart({ htm, htu, digest, jti }: JsonObject, url: string): { digest: string; jti: string } {
  if (htm !== "POST" || htu !== url) throw new InvalidProof(`It is not for POST ${url}.`)
  if (typeof digest !== "string" || !DIGEST.test(digest)) throw new InvalidProof("Its digest is missing.")
  if (typeof jti !== "string" || !JTI.test(jti)) throw new InvalidProof("Its jti is missing.")
  return { digest, jti }
}

/**
 * Takes the proof for its one use: of any number who present it, on any number of replicas, one is let through.
 *
 * @throws {Problem} reporter_unknown
 */
export async function takeReportProof(
  replay: ReplayGuard,
  { thumbprint, jti, rememberUntil }: ReportProof,
): Promise<void> {
  if (await replay.take("report", replayKey(thumbprint, jti), rememberUntil)) return
  throw new Problem("reporter_unknown", "This proof was used before; each report needs a proof of its own.")
}

/**
 * Lets a body through that is the one that was signed.
 *
 * @throws {Problem} reporter_unknown
 */
export function assertDigest({ digest }: ReportProof, body: string): void {
  const told = Buffer.from(digest, "base64url")
  const found = createHash("sha256").update(body).digest()
  if (told.length === found.length && timingSafeEqual(told, found)) return
  throw new Problem("reporter_unknown", "The report is not the one that was signed.")
}
