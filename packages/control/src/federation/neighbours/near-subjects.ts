import type { OpenIdFields, SpiffeFields } from "@tabard/core"
import { trustDomainOf } from "../spiffe-id.ts"
import type { Neighbour, Neighbourhood } from "./neighbour.ts"

/** Answers what the workload says, and what others near it in the trust domain and beyond it say. */
export function nearSpiffe({ spiffeId }: SpiffeFields): Neighbourhood {
  const isPath = spiffeId.endsWith("/")
  const own = isPath ? `${spiffeId}notes` : spiffeId
  const beside = isPath ? `${spiffeId.slice(0, -1)}-evil/notes` : `${spiffeId}-evil`
  const domain = trustDomainOf(own) ?? ""
  return {
    alg: "ES256",
    claims: { sub: own },
    neighbours: [
      { title: "A workload whose SPIFFE ID begins alike", claims: { sub: beside } },
      { title: "A workload below it", claims: { sub: `${own}/below` } },
      {
        title: "The same path in another trust domain",
        claims: { sub: own.replace(domain, "spiffe://evil.example") },
      },
      {
        title: "The same path in a trust domain that begins alike",
        claims: { sub: own.replace(domain, `${domain}.evil`) },
      },
    ],
  }
}

/** Answers what the subject says, and what others near it say. */
export function nearOpenId({ subject, subjectPrefix }: OpenIdFields): Neighbourhood {
  const own = subject ?? (subjectPrefix === undefined ? "workload" : `${subjectPrefix}workload`)
  return { alg: "RS256", claims: { sub: own }, neighbours: [...alike(own, subjectPrefix)] }
}

function alike(own: string, prefix: string | undefined): readonly Neighbour[] {
  const beside =
    prefix === undefined ? `${own}-evil` : `${prefix.slice(0, -1)}-evil${prefix.slice(-1)}workload`
  return [
    { title: "A subject that begins alike", claims: { sub: beside } },
    { title: "Another subject", claims: { sub: "somebody-else" } },
    { title: "The subject in capitals", claims: { sub: own.toUpperCase() } },
  ]
}
