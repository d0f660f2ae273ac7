import type { JsonObject, TrustForm, TrustTerms } from "@tabard/core"
import { shapeOfAws } from "./forms/aws.ts"
import { shapeOfEntra } from "./forms/entra.ts"
import { shapeOfGcp } from "./forms/gcp.ts"
import { shapeOfGitHub } from "./forms/github-actions.ts"
import { shapeOfKubernetes } from "./forms/kubernetes.ts"
import { shapeOfSpiffe } from "./forms/spiffe.ts"

/** What is known of one kind of issuer, whatever a rule says. */
export interface FormProfile {
  /** By which its tokens may be signed. */
  readonly algorithms: readonly string[]
  /** The longest that a token of it may live where a rule says nothing. */
  readonly usualLifeSeconds: number
  /** Whether a workload gets a new token for each use, so that each may count once. */
  readonly usuallyOnce: boolean
  /** Answers in which way a token is none that such an issuer makes, or undefined. */
  readonly shape: (claims: JsonObject, terms: TrustTerms) => string | undefined
}

const RSA_PKCS1 = ["RS256", "RS384", "RS512"]
const RSA_PSS = ["PS256", "PS384", "PS512"]
const EC = ["ES256", "ES384", "ES512"]
const HOUR = 3600

/** Every kind of issuer. None may sign with a shared secret, or not at all. */
export const FORM_PROFILES: Readonly<Record<TrustForm, FormProfile>> = {
  "github-actions": { algorithms: ["RS256"], usualLifeSeconds: 900, usuallyOnce: true, shape: shapeOfGitHub },
  // The kubelet asks for an hour and seven seconds, so that none ends on the hour.
  kubernetes: {
    algorithms: ["RS256", ...EC],
    usualLifeSeconds: HOUR + 7,
    usuallyOnce: false,
    shape: shapeOfKubernetes,
  },
  spiffe: {
    algorithms: [...RSA_PKCS1, ...EC, ...RSA_PSS],
    usualLifeSeconds: HOUR,
    usuallyOnce: false,
    shape: shapeOfSpiffe,
  },
  aws: { algorithms: ["RS256", "ES384"], usualLifeSeconds: HOUR, usuallyOnce: true, shape: shapeOfAws },
  gcp: { algorithms: ["RS256"], usualLifeSeconds: HOUR, usuallyOnce: false, shape: shapeOfGcp },
  entra: { algorithms: ["RS256"], usualLifeSeconds: 5400, usuallyOnce: false, shape: shapeOfEntra },
  openid: {
    algorithms: [...RSA_PKCS1, ...RSA_PSS, ...EC, "EdDSA", "Ed25519"],
    usualLifeSeconds: HOUR,
    usuallyOnce: false,
    shape: () => undefined,
  },
}
