import type { RetirementCertificate } from "@tabard/core"
import type { Snapshot } from "../../transaction.ts"
import type { RunPlanDeps } from "../plans/run-plan.ts"

/** Signs a certificate as the issuer of the identity that ended, and answers it as a JWS in its compact form. */
export interface Certifier {
  readonly issuer: string
  certify(certificate: RetirementCertificate): Promise<string>
}

/** What retiring needs. */
export interface RetirementDeps extends RunPlanDeps {
  readonly snapshot: Snapshot
  /** Null in a process that does not play the issuer: one that does writes the certificate. */
  readonly certifier: Certifier | null
}
