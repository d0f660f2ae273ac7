import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { MalformedDocument } from "../../documents/document.ts"
import { ParseThread } from "./parse-thread.ts"

const SMALL = "from crewai import Agent\nclerk = Agent(role='Clerk', goal='g', backstory='b')\n"
/** Takes seconds: each of its agents has a thousand names around it. */
const HEAVY = `from crewai import Agent\n${Array.from({ length: 30_000 }, (_, n) => `w${n} = Agent(role=w${n - 1}, goal="g", tools=[w${n - 1}, w${n - 2}])`).join("\n")}\n`

describe("the thread that parses", () => {
  it("is given up for one file, and the files behind it are parsed by the next", async () => {
    const thread = new ParseThread(1)
    const heavy = assert.rejects(thread.parse("heavy.py", HEAVY), MalformedDocument)
    const small = parsed(thread)
    await heavy
    assert.deepEqual(
      (await small).agents.map(({ name }) => name),
      ["Clerk"],
    )
    await thread.close()
  })

  it("refuses a file in no language that is known, and goes on", async () => {
    const thread = new ParseThread(5_000)
    await assert.rejects(thread.parse("notes.txt", SMALL), /no language/)
    await assert.rejects(thread.parse("torn.ipynb", "{"), /not a notebook/)
    assert.equal((await thread.parse("small.py", SMALL)).agents.length, 1)
    await thread.close()
  })

  it("refuses what waits when it is closed, so that nobody waits for ever", async () => {
    const thread = new ParseThread(5_000)
    const waiting = assert.rejects(thread.parse("small.py", SMALL), /stopped/)
    await thread.close()
    await waiting
  })
})

/** Has a small file parsed, again where a machine that is busy with other things was too slow even for that. */
async function parsed(thread: ParseThread, tries = 50): Promise<Awaited<ReturnType<ParseThread["parse"]>>> {
  try {
    return await thread.parse("small.py", SMALL)
  } catch (error) {
    if (tries === 0) throw error
    return parsed(thread, tries - 1)
  }
}
