import type { AwsFields, EntraFields, GcpFields, JsonObject } from "@tabard/core"
import { AWS_CLAIM } from "../forms/aws.ts"
import type { Neighbourhood } from "./neighbour.ts"

const OTHER_ACCOUNT = "999999999999"
const OTHER_GUID = "ffffffff-1111-4222-8333-444455556666"
const OTHER_NUMBER = "999999999999999999999"

/** Answers what a workload of the role says, and what others near it say. */
export function nearAws({ role }: AwsFields): Neighbourhood {
  const account = role.split(":")[4] ?? ""
  return {
    alg: "RS256",
    claims: awsClaims(role, account),
    neighbours: [
      {
        title: "Another role of the account, whose name begins alike",
        claims: awsClaims(`${role}-evil`, account),
      },
      {
        title: "A role of the same name in another account",
        claims: awsClaims(role.replace(account, OTHER_ACCOUNT), OTHER_ACCOUNT),
      },
    ],
  }
}

/** Answers what a workload of the service account says, and what others near it say. */
export function nearGcp({
  uniqueId,
  email = "agent@project.iam.gserviceaccount.com",
}: GcpFields): Neighbourhood {
  return {
    alg: "RS256",
    claims: gcpClaims(uniqueId, email),
    neighbours: [
      { title: "Another service account of the project", claims: gcpClaims(OTHER_NUMBER, `other-${email}`) },
      {
        title: "The service account after it was deleted and made again under its address",
        claims: gcpClaims(OTHER_NUMBER, email),
      },
    ],
  }
}

/** Answers what the identity says, and what others near it say. */
export function nearEntra({ tenant, objectId, version = 2 }: EntraFields): Neighbourhood {
  const said = (tid: string, oid: string) => ({ sub: oid, oid, tid, ver: `${version}.0` })
  return {
    alg: "RS256",
    claims: said(tenant, objectId),
    neighbours: [
      { title: "Another identity of the tenant", claims: said(tenant, OTHER_GUID) },
      { title: "An identity of another tenant", claims: said(OTHER_GUID, objectId) },
      {
        title: "An identity of any tenant, by the issuer that stands for all",
        claims: { ...said(OTHER_GUID, objectId), iss: "https://login.microsoftonline.com/common/v2.0" },
      },
    ],
  }
}

function awsClaims(sub: string, account: string): JsonObject {
  return { sub, [AWS_CLAIM]: { aws_account: account, source_region: "eu-west-1" } }
}

function gcpClaims(sub: string, email: string): JsonObject {
  return { sub, azp: sub, email, email_verified: true }
}
