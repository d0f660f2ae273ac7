import type { JsonObject, KubernetesFields } from "@tabard/core"
import { claimAt } from "../claim-at.ts"
import { claimIs, type FormTerms, requireSpelling } from "./form-terms.ts"

/** The member that holds what a cluster says of a pod. Its name has a dot in it. */
export const KUBERNETES_CLAIM = "kubernetes.io"
/** What tokens name as their issuer that end by nothing but the deletion of a secret. */
export const LEGACY_ISSUER = "kubernetes/serviceaccount"

const LABEL = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/
const UID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Answers the terms of one service account: by its uid where that is there, by its name besides. */
export function termsOfKubernetes({ issuer, namespace, serviceAccount, uid }: KubernetesFields): FormTerms {
  for (const name of [namespace, serviceAccount])
    requireSpelling(
      name,
      LABEL,
      "namespace and service account are spelt as in the cluster, in small letters",
    )
  if (uid !== undefined)
    requireSpelling(uid, UID, "the uid is one that kubectl get serviceaccount -o yaml shows")
  if (issuer === LEGACY_ISSUER)
    requireSpelling(issuer, /^https:/, "legacy service account tokens never end: use projected ones")
  const account = [KUBERNETES_CLAIM, "serviceaccount"]
  return {
    issuer,
    keys: { kind: "discovery" },
    conditions: [
      ...claimIs("sub", `system:serviceaccount:${namespace}:${serviceAccount}`),
      { claim: [KUBERNETES_CLAIM, "namespace"], test: "is", values: [namespace] },
      ...(uid === undefined ? [] : [{ claim: [...account, "uid"], test: "is" as const, values: [uid] }]),
    ],
  }
}

/** A legacy token names no pod's account beneath `kubernetes.io`, and never ends. */
export function shapeOfKubernetes(claims: JsonObject): string | undefined {
  if (claims["iss"] === LEGACY_ISSUER || claims["kubernetes.io/serviceaccount/namespace"] !== undefined)
    return "It is a legacy service account token, which never ends: project one into the pod."
  const said = (...way: readonly string[]): unknown => claimAt(claims, [KUBERNETES_CLAIM, ...way])
  const [namespace, name] = [said("namespace"), said("serviceaccount", "name")]
  if (
    typeof namespace !== "string" ||
    typeof name !== "string" ||
    typeof said("serviceaccount", "uid") !== "string"
  )
    return "It names no service account with its uid, as projected tokens do."
  return claims["sub"] === `system:serviceaccount:${namespace}:${name}`
    ? undefined
    : "Its subject names another service account than its claims."
}
