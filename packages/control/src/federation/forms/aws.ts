import type { AwsFields, JsonObject } from "@tabard/core"
import { claimAt, claimSeconds } from "../claim-at.ts"
import { claimIs, type FormTerms, requireSpelling } from "./form-terms.ts"

/** The member that holds what AWS says of a caller. */
export const AWS_CLAIM = "https://sts.amazonaws.com/"

const ISSUER = /^https:\/\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tokens\.sts\.global\.api\.aws$/
const ROLE = /^arn:aws(-[a-z]+)*:iam::(?<account>\d{12}):role\/[\w+=,.@/-]{1,512}$/

/** Answers the terms of one role, by its ARN and the account that it belongs to. */
export function termsOfAws({ issuer, role }: AwsFields): FormTerms {
  requireSpelling(issuer, ISSUER, "the issuer is the account's own, https://<uuid>.tokens.sts.global.api.aws")
  requireSpelling(role, ROLE, "a role is spelt arn:aws:iam::123456789012:role/name")
  const account = ROLE.exec(role)?.groups?.["account"] ?? ""
  return {
    issuer,
    keys: { kind: "discovery" },
    conditions: [
      ...claimIs("sub", role),
      { claim: [AWS_CLAIM, "aws_account"], test: "is", values: [account] },
    ],
  }
}

/** The platform lets its callers choose a life of one minute to one hour. */
export function shapeOfAws(claims: JsonObject): string | undefined {
  const [exp, iat] = [claimSeconds(claims["exp"]), claimSeconds(claims["iat"])]
  const life = exp !== undefined && iat !== undefined ? exp - iat : 60
  if (life < 60 || life > 3600) return "Tokens of AWS live between 60 and 3600 seconds."
  return claimAt(claims, [AWS_CLAIM, "aws_account"]) === undefined ? "It names no account of AWS." : undefined
}
