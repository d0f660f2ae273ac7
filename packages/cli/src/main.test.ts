import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Problem, systemClock } from "@tabard/core"
import { explainError } from "./explain-error.ts"
import { main } from "./main.ts"

const STACK = /^\s+at /m

describe("the command line", () => {
  for (const args of [["--help"], ["-h"], ["help"], []]) {
    it(`says what there is: ${args.join(" ") || "nothing typed"}`, async () => {
      const { code, stdout } = await typed(args)
      assert.equal(code, 0)
      for (const name of [
        "up",
        "scan",
        "run",
        "token",
        "agents enroll",
        "reporters enroll",
        "watch install",
        "watch show",
        "watch uninstall",
        "audit verify",
      ])
        assert.match(stdout, new RegExp(`tabard ${name}`))
    })
  }

  it("says its version", async () => {
    assert.match((await typed(["--version"])).stdout, /^tabard \d+\.\d+\.\d+\n$/)
  })

  it("says of a group what is in it, and nothing else", async () => {
    const { code, stdout } = await typed(["agents", "--help"])
    assert.deepEqual([code, /tabard up/.test(stdout)], [0, false])
    assert.match(stdout, /tabard agents enroll/)
    assert.match((await typed(["audit", "--help"])).stdout, /tabard audit verify/)
  })

  for (const name of [
    "up",
    "scan",
    "run",
    "token",
    "agents enroll",
    "reporters enroll",
    "watch install",
    "watch show",
    "watch uninstall",
    "audit verify",
  ]) {
    it(`explains ${name} when it is asked`, async () => {
      const { code, stdout } = await typed([...name.split(" "), "--help"])
      assert.equal(code, 0)
      assert.match(stdout, new RegExp(`^usage: tabard ${name}`))
    })
  }

  for (const [words, args] of [
    [/tabard has no command "frob"/, ["frob"]],
    [/tabard has no command "toString"/, ["toString"]],
    [/tabard agents has no command "frob"/, ["agents", "frob"]],
    [/tabard audit needs a command/, ["audit"]],
    [/--frob/, ["up", "--frob"]],
    [/--frob/, ["scan", "--frob"]],
    [/--frob/, ["agents", "enroll", "--frob"]],
    [/--frob/, ["run", "--frob", "--", "true"]],
    [/what is to be run comes after --/, ["run", "--agent", "helper"]],
    [/--port is a number/, ["run", "--port", "0", "--", "true"]],
    [/name one/, ["token", "--agent", "a", "--credentials", "b"]],
    [/a method and an address/, ["token", "--dpop-for", "GET"]],
    [/--frob/, ["audit", "verify", "--frob"]],
    [/--frob/, ["reporters", "enroll", "--frob"]],
    [/--push is needed/, ["watch", "install"]],
    [/--frob/, ["watch", "uninstall", "--frob"]],
    [/--task is the id of an open task/, ["token", "--agent", "helper", "--task", "tidy"]],
    [/name one agent by its id/, ["agents", "show"]],
    [/github needs --repository/, ["trust", "add", "github", "--agent", "agt_1", "--name", "ci"]],
    [/aws needs --issuer, --role/, ["trust", "add", "aws", "--agent", "agt_1", "--name", "ci"]],
    [/URL and CODE are needed/, ["reporters", "enroll", "http://127.0.0.1:9"]],
  ] as const) {
    it(`refuses ${args.join(" ")} with code 2, and says what would be right`, async () => {
      const { code, stderr } = await typed(args)
      assert.equal(code, 2)
      assert.match(stderr, words)
      assert.match(stderr, /tabard/)
      assert.doesNotMatch(stderr, STACK)
    })
  }
})

describe("an error at the top", () => {
  it("is said in its own words where they are meant to be read", () => {
    assert.deepEqual(explained(new Problem("body_invalid", "give another")), [1, "give another\n"])
  })

  it("takes one line where it is a fault of ours, and moves no cursor", () => {
    const [code, said] = explained(new TypeError("x\n\u001B[2J    at y"))
    assert.deepEqual([code, said], [1, "fault: TypeError: x  [2J    at y\n"])
  })

  it("shows its stack to whoever asks with NODE_DEBUG", () => {
    assert.match(explained(new TypeError("x"), { NODE_DEBUG: "http,tabard" })[1], STACK)
    assert.doesNotMatch(explained(new TypeError("x"), { NODE_DEBUG: "http" })[1], STACK)
  })
})

function explained(error: unknown, env: NodeJS.ProcessEnv = {}): [number, string] {
  let said = ""
  const code = explainError(error, { stderr: { write: (text) => (said += text) }, env })
  return [code, said]
}

async function typed(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = ""
  let stderr = ""
  const code = await main(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd: "/nowhere",
    home: "/nowhere",
    host: "test",
    env: {},
    clock: systemClock,
    signal: AbortSignal.timeout(240_000),
  })
  return { code, stdout, stderr }
}
