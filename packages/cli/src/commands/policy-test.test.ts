import assert from "node:assert/strict"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { ManualClock } from "@tabard/core"
import { main } from "../main.ts"

const EXAMPLE = join(import.meta.dirname, "../../../../examples/pipeline")

describe("tabard policy test", () => {
  it("ends with 0 where every answer is as it has to be, as it is for the examples", async () => {
    using place = example()
    assert.deepEqual(await place.run(), { code: 0, out: "9 of 9 answers are as they have to be.\n" })
  })

  it("ends with 1 where one is not, and says which, where, and what was answered instead", async () => {
    using place = example()
    place.edit("agents/payer/tabard.yaml", "    ask: owner\n", "")
    place.edit("tabard.cases.yaml", "expect: permit", "expect: deny")
    const { code, out } = await place.run()
    assert.equal(code, 1)
    assert.match(out, /^tabard\.cases\.yaml:\d+ {2}With its owner's yes it requests the payment$/m)
    assert.match(out, /^ {2}the effect is permit and has to be deny$/m)
    assert.match(out, /^ {2}answered: permit \(permitted\)$/m)
    const junit = (await place.run("--format", "junit")).out
    assert.match(junit, /tests="9" failures="1" errors="0"/)
    assert.match(junit, /<failure type="answer" message="the effect is permit and has to be deny">/)
    const report: { schema: string; files: { results: { complaints: string[] }[] }[] } = JSON.parse(
      (await place.run("--json")).out,
    )
    assert.equal(report.schema, "tabard.policy-test/1")
    assert.equal(report.files.flatMap(({ results }) => results).length, 9)
  })

  it("ends with 3 where there are none, or some could not be asked, and still asks the others", async () => {
    using place = example()
    assert.equal((await place.run("agents")).code, 3)
    assert.equal((await place.run("none")).code, 3)
    place.write("policies/broken.cedar", "forbid (principal, action, resource) when { context.nothing };")
    place.guardRails("policies/broken.cedar")
    const { code, out } = await place.run()
    assert.equal(code, 3)
    assert.match(out, /tabard\.cases\.yaml could not be asked:\n.*\n3 of 3 answers .*; 1 file could not/)
    assert.match((await place.run("--format", "junit")).out, /errors="1"/)
  })

  it("ends with 3 where the organisation's own file could not be in force", async () => {
    using place = example()
    place.write("policies/own.cedar", "forbid (principal, action, resource) when { context.nothing };")
    const { code, out } = await place.run()
    assert.equal(code, 3)
    assert.match(out, /tabard\.organisation\.yaml could not be in force: policies\/own\.cedar: line 1:/)
  })

  it("ends with 2 where arguments, standards or definitions are of no use", async () => {
    using place = example()
    for (const args of [
      ["--format", "sarif"],
      ["--tools", "none"],
      ["--standards", "tabard.tools.json"],
      [""],
    ])
      assert.equal((await place.run(...args)).code, 2, args.join(" "))
  })

  it("reads nothing outside the folder that it is run in, by whatever way a file of cases names it", async () => {
    using place = example()
    using outside = example()
    symlinkSync(join(outside.path, "policies/own.cedar"), join(place.path, "policies/link.cedar"))
    for (const path of [
      join(outside.path, "policies/own.cedar"),
      "../../../etc/passwd",
      "policies/link.cedar",
    ]) {
      place.guardRails(path)
      const { code, out } = await place.run("tabard.cases.yaml")
      assert.equal(code, 3, path)
      assert.match(out, /outside the folder|is not there/)
    }
  })
})

interface Place extends Disposable {
  readonly path: string
  write(file: string, text: string): void
  edit(file: string, from: string, to: string): void
  /** Has the agents' cases name a file of guard-rails of their own. */
  guardRails(path: string): void
  run(...args: string[]): Promise<{ code: number; out: string }>
}

function example(): Place {
  const path = mkdtempSync(join(tmpdir(), "tabard-cases-"))
  cpSync(EXAMPLE, path, { recursive: true })
  const write = (file: string, text: string): void => writeFileSync(join(path, file), text)
  const read = (file: string): string => readFileSync(join(path, file), "utf8")
  const cases = read("tabard.cases.yaml")
  return {
    path,
    write,
    edit: (file, from, to) => write(file, read(file).replace(from, to)),
    guardRails: (named) =>
      write("tabard.cases.yaml", cases.replace("cases:", `guardRails: [${JSON.stringify(named)}]\ncases:`)),
    async run(...args) {
      const out: string[] = []
      const code = await main(["policy", "test", ...args], {
        stdout: { write: (text: string) => out.push(text) },
        stderr: { write: () => true },
        cwd: path,
        home: path,
        host: "test",
        env: {},
        clock: new ManualClock("2027-03-01T12:00:00Z"),
        signal: new AbortController().signal,
      })
      return { code, out: out.join("") }
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  }
}
