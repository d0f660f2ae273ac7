import type { OpenIdFields } from "@tabard/core"
import { claimBegins, claimIs, type FormTerms, formMistake } from "./form-terms.ts"

/** Answers the terms of one subject of any OpenID issuer, or of those that begin with a whole part of a name. */
export function termsOfOpenId({ issuer, subject, subjectPrefix }: OpenIdFields): FormTerms {
  if (subject !== undefined && subjectPrefix !== undefined)
    throw formMistake("say subject or subjectPrefix, not both")
  return {
    issuer,
    keys: { kind: "discovery" },
    conditions: [
      ...claimIs("sub", subject),
      ...(subjectPrefix === undefined ? [] : claimBegins("sub", subjectPrefix)),
    ],
  }
}
