import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { asksForEverything } from "./scope-flags.ts"

describe("a server that asks for everything", () => {
  const everything: readonly Readonly<Record<string, unknown>>[] = [
    { args: ["--scope", "*"] },
    { args: ["--scopes=repo,admin:org"] },
    { args: ["--role", "arn:aws:iam::123456789012:role/AdministratorAccess"] },
    { env: { GOOGLE_SCOPES: "https://www.googleapis.com/auth/cloud-platform" } },
    { oauth: { scopes: ["openid", "admin"] } },
    { scope: "repo:*" },
  ]
  for (const fields of everything)
    it(`is seen in ${JSON.stringify(fields)}`, () => {
      assert.equal(asksForEverything(fields, argsOf(fields)), true)
    })

  const enough: readonly Readonly<Record<string, unknown>>[] = [
    { args: ["--scopes", "repo:read,issues:write"] },
    { scope: "read:*" },
    { args: ["--allowed-origins", "*"] },
    { oauth: { scopes: ["openid", "profile", "offline_access"] } },
    { env: { LOG: "all", GMAIL_SCOPES: "https://www.googleapis.com/auth/gmail.readonly" } },
    { args: ["admin", "--name", "admin"] },
  ]
  for (const fields of enough)
    it(`is not seen in ${JSON.stringify(fields)}`, () => {
      assert.equal(asksForEverything(fields, argsOf(fields)), false)
    })
})

function argsOf({ args }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(args) ? args.map(String) : []
}
