import { describe, expect, it } from "vitest"
import { exampleCommand } from "./example-command.ts"

describe("the command that runs the example in a task", () => {
  it("names the task, its folder, and its server where that is another than the example's own", () => {
    const task = { id: "tsk_1", folder: "/tmp/notes" }
    const command =
      "npm run example -- --credentials .tabard/agents/agent.json --task tsk_1 --folder /tmp/notes"
    expect(exampleCommand(task, "notes")).toBe(command)
    expect(exampleCommand(task, "files")).toBe(`${command} --server files`)
  })

  it("keeps a folder one word, whatever it is called", () => {
    expect(exampleCommand({ id: "tsk_1", folder: "/tmp/a b; rm" }, "notes")).toMatch(
      /--folder '\/tmp\/a b; rm'$/,
    )
  })

  it("is not offered without a folder, because the example needs one", () => {
    expect(exampleCommand({ id: "tsk_1", folder: null }, "notes")).toBeUndefined()
  })
})
