import type { AwsFields, EntraFields, GcpFields } from "@tabard/core"
import { AWS_CLAIM } from "../forms/aws.ts"
import type { Neighbourhood } from "./neighbour.ts"

const OTHER_ACCOUNT = "999999999999"
const OTHER_GUID = "ffffffff-1111-4222-8333-444455556666"
const OTHER_NUMBER = "999999999999999999999"

/** Answers what a workload of the role says, and what others near it say. */
export function nearAws({ role }: AwsFields): Neighbourhood {
  const account = role.split(":")[4] ?? ""
  const said = (sub: string, aws_account: string) => ({
    sub,
    [AWS_CLAIM]: { aws_account, source_region: "eu-west-1" },
  })
  return {
    alg: "RS256",
    claims: said(role, account),
    neighbours: [
      {
        title: "Another role of the account, whose name begins alike",
        claims: said(`${role}-evil`, account),
      },
      {
        title: "A role of the same name in another account",
        claims: said(role.replace(account, OTHER_ACCOUNT), OTHER_ACCOUNT),
      },
    ],
  }
}

/** Answers what a workload of the service account says, and what others near it say. */
export function nearGcp({
  uniqueId,
  email = "agent@project.iam.gserviceaccount.com",
}: GcpFields): Neighbourhood {
  const said = (sub: string, address: string) => ({ sub, azp: sub, email: address, email_verified: true })
  return {
    alg: "RS256",
    claims: said(uniqueId, email),
    neighbours: [
      { title: "Another service account of the project", claims: said(OTHER_NUMBER, `other-${email}`) },
      {
        title: "The service account after it was deleted and made again under its address",
        claims: said(OTHER_NUMBER, email),
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
