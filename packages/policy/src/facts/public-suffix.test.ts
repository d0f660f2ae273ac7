import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { PolicyInvalid } from "../policy-invalid.ts"
import { readPolicyDocument } from "../read-policy-document.ts"
import { letsStrangersIn } from "./public-suffix.ts"

describe("a star in the place of a label", () => {
  it("lets strangers in where whoever signs up gets a name", () => {
    for (const pattern of [
      "*.com",
      "*.co.uk",
      "*.com.au",
      "*.go.jp",
      "*.github.io",
      "http://*.github.io:8080",
      "*.s3.amazonaws.com",
      "*.s3.eu-west-1.amazonaws.com",
      "*.execute-api.us-east-1.amazonaws.com",
      "*.blob.core.windows.net",
      "*.a.run.app",
      "*.europe-west1.run.app",
      "*.workers.dev",
      "@*.co.uk",
      "@*.onmicrosoft.com",
    ])
      assert.ok(letsStrangersIn(pattern), pattern)
  })

  it("lets in one holder's names alone below a name of theirs, and is no matter where there is none", () => {
    for (const pattern of [
      "*.example.com",
      "*.example.co.uk",
      "*.acme.github.io",
      "*.suppliers.example",
      "http://*.example.com:8080",
      "@*.example.com",
      "acme.github.io",
      "co.uk",
      "@example.com",
      "*.t.co",
      "*.go.com",
    ])
      assert.ok(!letsStrangersIn(pattern), pattern)
  })

  it("is refused in a permit that somebody writes, and not in a forbid", () => {
    const source = (effect: string): string =>
      `${effect} (principal, action, resource) when { context.facts.input has url && context.facts.input.url.hosts.contains("*.github.io") };`
    assert.throws(
      () => readPolicyDocument(source("permit"), "own"),
      (error) => error instanceof PolicyInvalid && error.words.startsWith("*.github.io lets in strangers"),
    )
    assert.equal(readPolicyDocument(source("forbid"), "own").length, 1)
  })
})
