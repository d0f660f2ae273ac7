import type { JsonObject, KubernetesFields } from "@tabard/core"
import { KUBERNETES_CLAIM, LEGACY_ISSUER } from "../forms/kubernetes.ts"
import type { Neighbourhood } from "./neighbour.ts"

const UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
const OTHER_UID = "9b2b1f6e-7f0a-4d8a-8f63-2c1d5a6f7b10"

/** Answers what a pod of the service account says, and what others near it say. */
export function nearKubernetes(fields: KubernetesFields): Neighbourhood {
  const { namespace, serviceAccount } = fields
  return {
    alg: "RS256",
    claims: pod(fields, {}),
    neighbours: [
      {
        title: `Another service account of ${namespace}`,
        claims: pod(fields, { serviceAccount: `${serviceAccount}-evil`, uid: OTHER_UID }),
      },
      {
        title: `A service account ${serviceAccount} of another namespace`,
        claims: pod(fields, { namespace: `${namespace}-evil`, uid: OTHER_UID }),
      },
      {
        title: "The service account after it was deleted and made again",
        claims: pod(fields, { uid: OTHER_UID }),
      },
      {
        title: "A legacy token of the service account, which never ends",
        claims: {
          ...pod(fields, {}),
          iss: LEGACY_ISSUER,
          aud: undefined,
          exp: undefined,
          [KUBERNETES_CLAIM]: undefined,
          "kubernetes.io/serviceaccount/namespace": namespace,
        },
      },
    ],
  }
}

function pod(
  fields: KubernetesFields,
  place: Partial<Pick<KubernetesFields, "namespace" | "serviceAccount" | "uid">>,
): JsonObject {
  const { namespace, serviceAccount, uid = UID } = { ...fields, ...place }
  return {
    sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    [KUBERNETES_CLAIM]: {
      namespace,
      serviceaccount: { name: serviceAccount, uid: uid ?? UID },
      pod: { name: `${serviceAccount}-5d8f`, uid: OTHER_UID },
    },
  }
}
