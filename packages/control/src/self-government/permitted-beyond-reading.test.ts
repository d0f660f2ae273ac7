import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { permitsBeyondReading } from "./permitted-beyond-reading.ts"

const SERVER = "srv_1"
const READING = new Set(["srv_1/look"])

const CASES: readonly (readonly [what: string, text: string, expected: boolean])[] = [
  ["a tool that does more", 'permit (principal, action == Tabard::Action::"srv_1/edit", resource);', true],
  ["a tool that reads", 'permit (principal, action == Tabard::Action::"srv_1/look", resource);', false],
  [
    "a tool of another server",
    'permit (principal, action == Tabard::Action::"srv_2/edit", resource);',
    false,
  ],
  [
    "a server whose id begins alike",
    'permit (principal, action == Tabard::Action::"srv_12/edit", resource);',
    false,
  ],
  [
    "one of several tools",
    'permit (principal, action in [Tabard::Action::"srv_1/look", Tabard::Action::"srv_1/edit"], resource);',
    true,
  ],
  [
    "the doors before tools",
    'permit (principal, action in [Tabard::Action::"tools/list", Tabard::Action::"token.issue"], resource);',
    false,
  ],
  ["any action", "permit (principal, action, resource);", true],
  ["a group that does more", 'permit (principal, action in Tabard::Action::"effect:write", resource);', true],
  ["the group that reads", 'permit (principal, action in Tabard::Action::"effect:read", resource);', false],
  ["a name with escapes", 'permit (principal, action == Tabard::Action::"srv_2/a\\"b", resource);', true],
  ["a forbid", "forbid (principal, action, resource);", false],
]

describe("a policy that names", () => {
  for (const [what, text, expected] of CASES)
    it(`${what} ${expected ? "could let" : "lets"} an agent do ${expected ? "more than read" : "no more than read"} through a server`, () => {
      assert.equal(permitsBeyondReading(text, SERVER, READING), expected)
    })
})
