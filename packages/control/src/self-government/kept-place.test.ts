import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { addressOf, hostOf, isKeptPlace, keptPlaceIn, providerAt, repositoryAt } from "./kept-place.ts"
import { couldKeep } from "./system-keeps.ts"

describe("the address of a repository", () => {
  const SPELT: readonly string[] = [
    "github.com/acme/agents",
    "https://github.com/acme/agents",
    "https://github.com/Acme/Agents.git",
    "git@github.com:acme/agents.git",
    "ssh://git@github.com/acme/agents",
    "github.com/acme/agents/",
  ]
  for (const text of SPELT)
    it(`is one place as ${text}`, () => {
      assert.equal(repositoryAt(text), "repository:github.com/acme/agents")
    })

  const REFUSED: readonly string[] = [
    "",
    "agents",
    "github.com",
    "https://ada:hunter2@github.com/acme/agents",
    "github.com/acme/../agents",
    "github.com/acme/a b",
    "github.com/acme/agents?token=x",
    `github.com/${"a".repeat(300)}`,
  ]
  for (const text of REFUSED)
    it(`is refused as ${JSON.stringify(text.slice(0, 50))}`, () => {
      assert.throws(() => repositoryAt(text), { code: "body_invalid" })
    })
})

describe("the address of a kept place", () => {
  it("is read back from the place, with its host", () => {
    const place = repositoryAt("git.acme.example:8443/team/agents")
    assert.deepEqual(
      [addressOf(place), hostOf(place)],
      ["git.acme.example:8443/team/agents", "git.acme.example"],
    )
    assert.equal(hostOf(providerAt("https://Acme.okta.com/")), "acme.okta.com")
    assert.equal(providerAt("https://acme.okta.com/"), providerAt("https://acme.okta.com"))
  })

  it("is refused where what was named is none", () => {
    for (const text of ["provider:acme", "provider:https://a:b@id.example", "repository:acme"] as const)
      assert.throws(() => keptPlaceIn(text), { code: "body_invalid" }, text)
    assert.equal(isKeptPlace("directory"), false)
  })
})

describe("a system could keep", () => {
  const CASES: readonly (readonly [system: string, place: string, could: boolean])[] = [
    ["GitHub", "repository:github.com/acme/agents", true],
    ["GitHub", "repository:acme.ghe.com/acme/agents", true],
    ["GitHub", "repository:gitlab.com/acme/agents", false],
    ["GitHub", "repository:git.acme.example/acme/agents", true],
    ["GitLab", "repository:git.acme.example/acme/agents", true],
    ["GitLab", "repository:notgithub.com/acme/agents", true],
    ["GitLab", "repository:codeberg.org/acme/agents", false],
    ["GitHub", "provider:https://github.com", false],
    ["Okta", "provider:https://acme.okta.com", true],
    ["Okta", "provider:https://login.microsoftonline.com/t/v2.0", false],
    ["Okta", "provider:https://id.acme.example", true],
    ["Microsoft 365 Graph", "provider:https://login.microsoftonline.com/t/v2.0", true],
    ["Microsoft 365 Graph", "provider:https://accounts.google.com", false],
    ["Stripe", "repository:github.com/acme/agents", false],
  ]
  for (const [system, place, could] of CASES)
    it(`${could ? "" : "not "}${place} where it is ${system}`, () => {
      assert.ok(isKeptPlace(place))
      assert.equal(couldKeep(system, place), could)
    })
})
