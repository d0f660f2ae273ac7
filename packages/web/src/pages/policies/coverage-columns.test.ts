import type { ServerView } from "@tabard/api"
import { describe, expect, it } from "vitest"
import { columnsOf, MOST_COLUMNS, onlyServer } from "./coverage-columns.ts"

describe("the tools in the picture of coverage", () => {
  it("are all of them, server by server, as long as they fit", () => {
    const columns = columnsOf([server("a", 2), server("b", 1)], undefined)
    expect(columns.map(({ serverName, tool, isFirst }) => [serverName, tool, isFirst])).toEqual([
      ["a", "tool-0", true],
      ["a", "tool-1", false],
      ["b", "tool-0", true],
    ])
  })

  it("are the first server's where all would be too many, and the chosen one's where one is chosen", () => {
    const servers = [server("a", MOST_COLUMNS), server("b", 3)]
    expect(columnsOf(servers, undefined)).toHaveLength(MOST_COLUMNS)
    expect(columnsOf(servers, "srv_b")).toHaveLength(3)
    expect(onlyServer(servers, undefined)).toBe("a")
    expect(onlyServer(servers, "srv_b")).toBeUndefined()
    expect(onlyServer(servers.slice(1), undefined)).toBeUndefined()
  })
})

function server(name: string, tools: number): ServerView {
  return {
    id: `srv_${name}`,
    name,
    transport: "http",
    reach: "",
    roots: [],
    address: "",
    tools: Array.from({ length: tools }, (_, at) => ({
      id: `tlv_${at}`,
      name: `tool-${at}`,
      description: "",
      digest: "",
      effects: [],
    })),
  }
}
