import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { PolicyInvalid } from "./policy-invalid.ts"
import { readPolicyDocument } from "./read-policy-document.ts"

const TAGGED = `resource is Tabard::Resource && resource`

describe("a policy that would bind nobody", () => {
  for (const [source, words] of [
    [
      `@requestble("owner") permit (principal, action, resource);`,
      /@requestble means nothing; is @requestable meant\?/,
    ],
    [`@aks("owner") forbid (principal, action, resource);`, /@aks means nothing; is @ask meant\?/],
    [
      `@advice("x") forbid (principal, action, resource);`,
      /@advice means nothing. Annotations are @id, @say/,
    ],
    [`@obligation("{}") forbid (principal, action, resource);`, /policies of other applications/],
    [`forbid (principal in Tabard::Blueprint::"b", action, resource);`, /blueprint/],
    [`forbid (principal is Tabard::Agent in Tabard::Blueprint::"b", action, resource);`, /blueprint/],
    [`forbid (principal, action, resource) when { principal in Tabard::Blueprint::"b" };`, /blueprint/],
    [`forbid (principal, action, resource) when { ${TAGGED}.hasTag("class") };`, /has tags/],
    [
      `forbid (principal, action, resource) when { ${TAGGED}.hasTag("c") && resource.getTag("c").isEmpty() };`,
      /tags/,
    ],
    [
      `@ask("owner") forbid (principal, action == Tabard::Action::"token.issue", resource);`,
      /nobody is asked/,
    ],
    [
      `@requestable("owner") permit (principal, action in [Tabard::Action::"x", Tabard::Action::"tools/list"], resource);`,
      /nobody is asked about tools\/list/,
    ],
    [
      `@ask("board") forbid (principal, action, resource) unless { context.session.approved.contains("board") };`,
      /nobody can be asked as "board"/,
    ],
    [`@requestable("2 of owner | owner") permit (principal, action, resource);`, /nobody can be asked/],
    [
      `@ask("security") forbid (principal, action, resource) unless { context.session.approved.contains("owner") };`,
      /their yes would change nothing: add unless .*"security"/,
    ],
  ] as const)
    it(`is refused with its place: ${source}`, () => {
      assert.throws(
        () => readPolicyDocument(`// kept\n  ${source}`, "own"),
        (error) =>
          error instanceof PolicyInvalid &&
          words.test(error.words) &&
          error.position.line === 2 &&
          error.position.column === 3,
      )
    })

  it("is none of these: a plain forbid of a door, an @ask about everything, every annotation that means something", () => {
    for (const source of [
      `forbid (principal, action == Tabard::Action::"token.issue", resource);`,
      `@id("a") @say("b") @ask("owner") forbid (principal, action, resource) unless { context.session.approved.contains("owner") };`,
      `@ask("2 of owner | team:Ops") forbid (principal, action, resource) unless { context.session.approved.contains("2 of owner | team:Ops") };`,
      `@requestable("owner") permit (principal, action, resource);`,
    ])
      assert.equal(readPolicyDocument(source, "own").length, 1, source)
  })
})
