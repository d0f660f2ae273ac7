import type { TrustForm } from "@tabard/core"

/** How each kind of issuer is called. */
export const FORM_WORDS: Readonly<Record<TrustForm, string>> = {
  "github-actions": "GitHub Actions",
  kubernetes: "Kubernetes",
  spiffe: "SPIFFE",
  aws: "AWS",
  gcp: "Google Cloud",
  entra: "Microsoft Entra",
  openid: "Any OpenID issuer",
}
